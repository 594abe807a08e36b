"""What surrounds an event in its report: whether it is told as background, and what evidence it leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateline.codebook.lexicon import lexicon
from dateline.types import Mention, Sentence, TimeMention

_CLAUSES = frozenset({"ROOT", "relcl", "advcl", "ccomp", "acl", "csubj", "pcomp", "parataxis", "xcomp"})
_PRESENT = frozenset({"VBZ", "VBP"})


# -------------------------------------------------------------------------------------------- background


def is_background(
    sentence: Sentence,
    trigger: Mention,
    time: TimeMention | None,
    published: str | None,
    sentences: Sequence[Sentence] = (),
) -> bool:
    """Whether the event is told as context from well before the report, or as the general course of a war.

    Args:
        sentence: the event's sentence.
        trigger: the event's words.
        time: the expression that dates the event, if there is one.
        published: the report's ISO date, if known.
        sentences: the report's sentences, for "since then" (optional).
    """
    return bool(background_reason(sentence, trigger, time, published, sentences))


def background_reason(
    sentence: Sentence,
    trigger: Mention,
    time: TimeMention | None,
    published: str | None,
    sentences: Sequence[Sentence] = (),
) -> str:
    """What shows that an event is background, "" where nothing does; see :func:`is_background`."""
    words = _background()
    today = _day(published)
    if time is not None and today is not None and (dated := _dated(time, today, words)) is not None:
        return "its date lies well before the report's" if dated else ""
    if _names_course(sentence, trigger, words):
        return "it names the course of the war"
    clause = list(_clause(sentence, trigger.head))
    if any(sentence.lower[i] in words.fresh for i in clause):
        return ""
    verb = _verb(sentence, trigger.head)
    if _habitual(sentence, trigger.head, verb, words):
        return "it is told as a habit"
    if _course_of_things(sentence, verb, clause, words):
        return "it is told as a long course (perfect tense)"
    if found := words.phrases.search(f" {' '.join(sentence.lower[i] for i in clause)} "):
        return f"“{found.group().strip()}” stands in its clause"
    if long := next((sentence.lower[i] for i in clause if _long_course(sentence.lower[i], words)), ""):
        return f"“{long}” stands in its clause"
    if today is not None and (old := next((i for i in clause if _old_year(sentence, i, today)), None)) is not None:
        return f"the year {sentence.words[old]} stands in its clause"
    if _since_long_ago(sentence, verb, today, words):
        return "“since” leads back to the war's beginning"
    return "“since then” follows on a sentence of long ago" if _goes_on(sentence, today, sentences, words) else ""


@dataclass(frozen=True, slots=True)
class _Background:
    days_before: timedelta
    course_days: timedelta
    courses: frozenset[str]
    phrases: re.Pattern[str]
    habits: frozenset[str]
    beginnings: frozenset[str]
    year_of: tuple[str, ...]
    fresh: frozenset[str]


@cache
def _background() -> _Background:
    raw = lexicon("background")
    return _Background(
        timedelta(days=raw["days_before"]),
        timedelta(days=raw["course_days"]),
        frozenset(raw["courses"]),
        re.compile("|".join(f" {re.escape(p).replace('_', '[^ ]+')} " for p in raw["phrases"])),
        frozenset(raw["habits"]),
        frozenset(raw["beginnings"]),
        tuple(raw["year_of"]),
        frozenset(raw["fresh"]),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _dated(time: TimeMention, today: date, words: _Background) -> bool | None:
    """What a date says: old, news, or nothing."""
    first, last = _day(time.earliest), _day(time.latest)
    if time.role in {"since", "during"} or (first and last and today - last <= words.days_before):
        return today - first > words.course_days if first else None
    if last is not None:
        return today - last > words.days_before
    return None


def _names_course(s: Sentence, trigger: Mention, words: _Background) -> bool:
    if s.deps[trigger.head] in {"compound", "amod", "nmod", "npadvmod"}:
        return False  # "a war monitor"
    phrase = " ".join(s.lemmas[trigger.first : trigger.last + 1])
    return s.tags[trigger.head][0] == "N" and (phrase in words.courses or s.lemmas[trigger.head] in words.courses)


def _clause(s: Sentence, at: int) -> Iterator[int]:
    """The tokens of the event's own clause and of the clauses it is part of, up to one that tells news."""
    barred: set[int] = set()
    top = at
    while s.heads[top] != top:
        head, dep = s.heads[top], s.deps[top]
        if dep == "conj" and s.tags[top][0] == "V" and _finite(s, top):
            break
        if dep in {"ccomp", "parataxis"} or (dep == "relcl" and not s.lower[head].isdigit()):
            break  # the clause of a year ("in 2011, when…") is told with it
        top = head
    for c in s.children[top]:
        if s.deps[c] == "conj" and s.tags[c][0] == "V" and _finite(s, c) and not _below(s, at, c):
            barred.update(range(s.edges[c][0], s.edges[c][1] + 1))
    for i in range(s.edges[top][0], s.edges[top][1] + 1):
        if i in barred:
            continue
        if _inside_other(s, i, top, at):
            continue
        yield i


def _finite(s: Sentence, v: int) -> bool:
    return s.tags[v] in {"VBD", "VBZ", "VBP"} or any(s.deps[c] in {"aux", "auxpass"} for c in s.children[v])


def _below(s: Sentence, i: int, top: int) -> bool:
    """Whether token i stands under top (or is it)."""
    return i == top or top in s.ancestors(i)


def _inside_other(s: Sentence, i: int, top: int, at: int) -> bool:
    """Whether a token belongs to a clause below ``top`` that the event is not part of."""
    while i != top and s.heads[i] != i:
        if s.deps[i] in {"relcl", "ccomp", "acl", "advcl", "parataxis"} and not _below(s, at, i):
            return True
        i = s.heads[i]
    return False


def _verb(s: Sentence, at: int) -> int:
    """The verb of the event's clause: the event's own word, or the one it hangs on."""
    while s.tags[at][0] not in "VM" and s.heads[at] != at:
        at = s.heads[at]
    return at


def _habitual(s: Sentence, at: int, verb: int, words: _Background) -> bool:
    """ "often shell", "used to shell"."""
    if (
        s.lower[s.heads[verb]] == "used"
        and s.deps[verb] == "xcomp"
        and any(s.lower[c] == "to" for c in s.children[verb])
    ):
        return True
    return any(s.deps[c] == "advmod" and s.lower[c] in words.habits for v in {at, verb} for c in s.children[v])


def _course_of_things(s: Sentence, verb: int, clause: list[int], words: _Background) -> bool:
    """The perfect of a long course: "have been fighting", "the war has killed", "has been a target of strikes"."""
    aux = {s.lower[c] for c in s.children[verb] if s.deps[c] in {"aux", "auxpass"}}
    if not aux & {"has", "have"}:
        return False
    deps = {s.deps[c] for c in s.children[verb]}
    if s.tags[verb] == "VBG" or (s.lemmas[verb] == "be" and "attr" in deps and "expl" not in deps):
        return True
    return any(s.lemmas[i] in words.courses and s.deps[i] in {"nsubj", "pobj"} for i in clause)


def _since_long_ago(s: Sentence, verb: int, today: date | None, words: _Background) -> bool:
    """ "have been killed since the war began in 2011"."""
    if any(s.tags[c] == "JJS" or s.lower[c] == "first" for c in range(len(s))):
        return False  # "the deadliest attack since the war began" is news
    beside = [
        v for v in (*s.children[verb], s.heads[verb]) if "conj" in {s.deps[v], s.deps[verb]} and s.tags[v][0] == "V"
    ]
    for c in (c for v in (verb, *beside) for c in s.children[v]):
        first, last = s.edges[c]
        if s.lower[c] != "since" and not (s.deps[c] == "advcl" and s.lower[first] == "since"):
            continue
        inside = range(first, last + 1)
        if any(s.lemmas[i] in words.beginnings or (today is not None and _old_year(s, i, today)) for i in inside):
            return True
    return False


def _long_course(word: str, words: _Background) -> bool:
    return "-" in word and any(word.endswith(end) for end in words.year_of)


def _old_year(s: Sentence, i: int, today: date) -> bool:
    """Whether a token is the number of a year before the report's, and no count ("2000 people")."""
    word = s.lower[i]
    if len(word) != 4 or not (word.isascii() and word.isdigit()) or not 1900 <= int(word) < today.year:
        return False
    return s.deps[i] != "nummod" or s.tags[s.heads[i]] != "NNS"


def _goes_on(s: Sentence, today: date | None, sentences: Sequence[Sentence], words: _Background) -> bool:
    """ "Since then" after a sentence that tells of long ago."""
    if "since then" not in " ".join(s.lower) or not 0 < s.index < len(sentences):
        return False
    previous = sentences[s.index - 1]
    if words.phrases.search(f" {' '.join(previous.lower)} ") or words.courses & set(previous.lemmas):
        return True
    return today is not None and any(_old_year(previous, i, today) for i in range(len(previous)))


# ---------------------------------------------------------------------------------------------- evidence


def evidence_of(sentence: Sentence, trigger: Mention, sentences: Sequence[Sentence] = ()) -> tuple[str, ...]:
    """What the telling of an event leans on besides words: "video", "photo", "satellite", "document", "witness"…

    Counted is evidence that shows the event ("videos showed fighters shelling…"), that pictures it ("footage of the
    attack"), that its clause cites ("according to leaked documents"), and people who saw it ("witnesses said").

    Args:
        sentence: the event's sentence.
        trigger: the event's words.
        sentences: the report's sentences (not used yet: evidence is taken from the event's own sentence).

    Returns:
        The kinds, sorted, each once.
    """
    words = _evidence()
    found: set[str] = set()
    for i, lemma in enumerate(sentence.lemmas):
        if (
            lemma in words.filmed
            and _below(sentence, trigger.head, i)
            and sentence.tags[i] == "VBN"
            and i != trigger.head
        ):
            found.add(words.filmed[lemma])
        kind = _kind(sentence, i, words)
        if kind and not trigger.first <= i <= trigger.last and _supports(sentence, i, kind, trigger.head, words):
            found.add(kind)
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Evidence:
    kinds: Mapping[str, str]
    weak: frozenset[str]
    pictures: frozenset[str]
    people: frozenset[str]
    shows: frozenset[str]
    says: frozenset[str]
    leaning: frozenset[str]
    published: frozenset[str]
    unlike: frozenset[str]
    filmed: Mapping[str, str]


@cache
def _evidence() -> _Evidence:
    raw = lexicon("evidence")
    sets = {k: frozenset(raw[k]) for k in ("weak", "pictures", "people", "shows", "says", "leaning", "published")}
    return _Evidence(
        kinds={w: kind for kind, listed in raw["kinds"].items() for w in listed},
        unlike=frozenset(raw["not"]),
        filmed={w: kind for kind, listed in raw["filmed"].items() for w in listed},
        **sets,
    )


def _kind(s: Sentence, i: int, words: _Evidence) -> str:
    """The kind of evidence that a noun names, or ""."""
    if s.tags[i][0] != "N":
        return ""
    lemma = s.lemmas[i]
    before = s.lower[i - 1] if i else ""
    pair = words.kinds.get(f"{before} {lemma}")
    if pair:
        return pair
    if s.deps[i] in {"compound", "nmod"} or before in words.unlike:
        return ""
    return words.kinds.get(lemma, "")


def _supports(s: Sentence, e: int, kind: str, event: int, words: _Evidence) -> bool:
    """Whether the evidence named at ``e`` is evidence of the event."""
    weak = s.lemmas[e] in words.weak
    if kind in words.pictures and not weak and _below(s, event, e):
        return True
    top = e
    while s.deps[top] in {"conj", "appos"} or (s.deps[top] == "pobj" and s.lemmas[s.heads[s.heads[top]]] in _PARTS):
        top = s.heads[top] if s.deps[top] != "pobj" else s.heads[s.heads[top]]
    dep, head = s.deps[top], s.heads[top]
    people = kind in words.people
    if dep in {"nsubj", "nsubjpass"}:
        says = s.lemmas[head] in (words.says if people else words.shows)
        if not people and not says and s.lemmas[head] in words.published:  # "footage posted online showed…", misread
            says = any(s.lemmas[i] in words.shows for i in range(head + 1, event))
        return says and event != head and _below(s, event, head)
    if dep == "dobj" and s.lower[head] == "citing":
        return _below(s, event, s.heads[head])
    if dep == "pobj":
        return _leans(s, top, head, people, weak, event, words)
    return False


_PARTS = frozenset({"number", "series", "dozen", "set", "group", "several", "some", "piece", "lot", "host", "trove"})


def _leans(s: Sentence, top: int, q: int, people: bool, weak: bool, event: int, words: _Evidence) -> bool:
    """ "according to leaked documents", "seen in a video"."""
    before = s.lower[q - 1] if q else ""
    word = s.lower[q]
    verb = s.heads[q]
    if word == "to" and before == "according":
        verb = s.heads[s.heads[q]] if s.lower[s.heads[q]] == "according" else s.heads[q]
        return _below(s, event, verb)
    if people:
        return word in {"by", "from"} and s.lemmas[verb] in words.says | words.published and _below(s, event, verb)
    if f"{before} {word}" in words.leaning:
        return _below(s, event, s.heads[s.heads[q]])
    if weak or word not in words.leaning:
        return False
    if word in {"by", "from"}:
        return s.lemmas[verb] in words.shows | words.published and _below(s, event, verb)
    return s.tags[verb][0] == "V" and _below(s, event, verb)
