"""Parts of a total ("12, among them four children") and counts that stand side by side ("six men and a woman")."""

from __future__ import annotations

from dateline.extract.counted import OPEN_PARTS, PLURAL_PRONOUNS, Phrase
from dateline.extract.number_words import at, tag
from dateline.types import FigurePart, Sentence

_JOINS = frozenset(tuple(j.split()) for j in ("", "and", ",", ", and", "&", "plus", "as well as", ", as well as"))
_JOINS |= {("along", "with"), ("together", "with")}
_CHAINS = frozenset([(), ("and",), (",",), ("plus",)])
_AMONG = frozenset({"among", "amongst"})
_NEVER_ADDED = frozenset({"event", "place", "money", "area"})
_SAYING = frozenset(
    {"say", "report", "tell", "add", "announce", "confirm", "claim", "state", "estimate", "believe", "note"}
)


def combine(s: Sentence, phrases: list[Phrase], text: str) -> list[Phrase]:
    """The counts with the parts of each total moved into it and those of one class that stand together added."""
    return _among_others(s, _add_up(s, _take_parts(s, phrases, text)), text)


def text_of(s: Sentence, span: tuple[int, int] | None, text: str) -> str:
    """The report's words of a run of tokens, "" for none."""
    return text[s.starts[span[0]] : s.ends[span[1]]] if span else ""


def _take_parts(s: Sentence, phrases: list[Phrase], text: str) -> list[Phrase]:
    """Move the parts of a total ("including two women", "four of them children") into the total."""
    out: list[Phrase] = []
    part_before: Phrase | None = None
    total: Phrase | None = None
    for p in phrases:
        gap = tuple(s.lower[part_before.last + 1 : p.first]) if part_before else None
        chained = gap in _CHAINS
        bracketed = p.one and total is not None and _bracketed(s, total, p)
        again = bool(part_before and part_before.of_them and at(s, p.first - 1) == "and" and p.what is None)
        if total is not None and (chained or bracketed or again or _marked_part(s, p)):
            part = FigurePart(low=p.low, high=p.high, of=text_of(s, p.what, text))
            if gap == () and part_before and part_before.of_them and part_before.what is None:
                total.parts.pop()  # "one of them a child"
            total.parts.append(part)
            part_before = p
            if again or _own_verb(s, p):
                p.of_them = p.of_them or again or at(s, p.first - 1) in PLURAL_PRONOUNS
                out.append(p)
            continue
        part_before = None
        if not p.weak:
            total = p if not p.one else total
        out.append(p)
    return out


def _bracketed(s: Sentence, total: Phrase, p: Phrase) -> bool:
    """ "2 women (a nurse and a cook)": who they are, not others."""
    between = s.lower[total.last + 1 : p.first]
    return "(" in between and ")" not in between and len(between) < 6


def _marked_part(s: Sentence, p: Phrase) -> bool:
    a, b = p.first, p.last
    if (p.of_them and not tag(s, a - 1).startswith("VB")) or at(s, a - 1) in OPEN_PARTS:
        return True
    if at(s, a - 2) in {"of", *_AMONG} and at(s, a - 1) in {"them", "whom", "which"}:
        return True
    if at(s, a - 3) in _AMONG and at(s, a - 2) in {"them", "whom"} and at(s, a - 1) in {"are", "were", ","}:
        return True
    marked = at(s, b + 1) in {"of", *_AMONG} and at(s, b + 2) == "them"
    return marked and tag(s, b + 3) not in {"CD", "DT"}  # not "four others, among them two girls"


def _own_verb(s: Sentence, p: Phrase) -> bool:
    """Whether a part says something else of its own: "of whom 76,000 returned"."""
    which = p.of_them or at(s, p.first - 2) == "of"
    return which and (p.what is None or p.of_them) and tag(s, p.last + 1).startswith(("VB", "MD"))


def _add_up(s: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join counts of one class that stand side by side: "seven soldiers and a civilian"."""
    out: list[Phrase] = []
    for p in phrases:
        if out and _joins(s, out[-1], p):
            q = out[-1]
            lows = [x.low for x in (q, p) if x.low is not None]
            q.low = sum(lows) if lows else None
            q.high = q.high + p.high if q.high is not None and p.high is not None else None
            q.what = (q.what[0] if q.what else q.first, p.last)
            q.last = p.last
            q.parts.extend(p.parts)
            q.one, q.weak = q.one and p.one, False
            continue
        out.append(p)
    return out


def _among_others(s: Sentence, phrases: list[Phrase], text: str) -> list[Phrase]:
    """Move the two of "two medics were among 31 dead" into the 31."""
    out: list[Phrase] = []
    for p in phrases:
        gap = tuple(s.lower[out[-1].last + 1 : p.first]) if out else ()
        if gap and gap[-1] in _AMONG and gap[:-1] in {(), ("were",), ("are",), ("was",)}:
            part = out.pop()
            p.parts.insert(0, FigurePart(low=part.low, high=part.high, of=text_of(s, part.what, text)))
        out.append(p)
    return out


def _joins(s: Sentence, a: Phrase, b: Phrase) -> bool:
    if a.what is None or b.what is None or a.of_them or b.of_them or not _same_class(a, b):
        return False
    gap = _gap(s, a.last + 1, b.first)
    if gap == (",",) and not _list_goes_on(s, b.last + 1):
        return False  # "one person, a 19-year-old man, was found": the same
    if gap == ("with",):
        return a.one and (b.weak or any(t == "PRP$" for t in s.tags[b.first : b.last + 1]))
    if gap not in _JOINS:
        return False
    if a.parts and not {"and", "as"}.intersection(gap):
        return False
    before, after = a.first - 1, b.last + 1
    acts = tag(s, before).startswith("VB") and s.lemmas[before] not in _SAYING
    if acts and tag(s, after) in {"VBD", "VBN", "VBP", "VBZ"} and s.deps[after] != "acl":
        return False  # "killed 12 soldiers and two civilians were hurt"
    if a.weak and not acts:
        return False
    return bool(gap) or acts or tag(s, before) in {"", "CC", ",", ":", "WRB", "NNP"} or at(s, before) == "that"


def _list_goes_on(s: Sentence, i: int) -> bool:
    if at(s, i) == ",":
        return tag(s, i + 1) in {"CD", "CC", "PRP$"} or at(s, i + 1) in {"a", "an"}
    return at(s, i) in {"and", "&"}


def _gap(s: Sentence, i: int, j: int) -> tuple[str, ...]:
    """The words between two counts, without what stands in brackets."""
    out: list[str] = []
    depth = 0
    for k in range(i, min(j, i + 14)):
        low = s.lower[k]
        depth += low == "("
        if not depth:
            out.append(low)
        depth -= low == ")" and depth > 0
    return tuple(out)


def _same_class(a: Phrase, b: Phrase) -> bool:
    if a.cls in _NEVER_ADDED or b.cls in _NEVER_ADDED:
        return False
    if a.cls == b.cls:
        return a.cls != "" or a.unit == b.unit
    return {a.cls, b.cls} == {"", "person"}
