"""Places that are in no list: names that the words around them, or the parser, call places.

Villages, quarters, hills and hospitals of a war are seldom in a gazetteer; they are found by what stands
around them ("the village of X", "X district", "stormed the X checkpoint", "at X") and get no coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.cues import Cues, place_words
from dateline.gazetteer.normalise import ARTICLES, fold, key
from dateline.resolve.place_scan import STOP, Found
from dateline.types import Sentence

_HYPHENS = frozenset({"-", "–", "‑"})
_QUOTES = frozenset({"‘", "’", "'", "`"})
_PROPER = frozenset({"NNP", "NNPS"})
_SURE = 1.0
_SAINTS = place_words("saints")
_DESCRIBING = place_words("describing")
_OWN = place_words("own")
_IN_NAMES = place_words("in_names")
_NOT_PLACES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "PERCENT", "CARDINAL", "ORDINAL", "LANGUAGE", "LAW",
                         "EVENT", "WORK_OF_ART", "NORP"})  # fmt: skip


class _Setting(Protocol):
    @property
    def ner(self) -> bool: ...
    @property
    def persons(self) -> frozenset[str]: ...


def unknown(s: Sentence, names: list[Found], setting: _Setting, cues: Cues, gazetteer: Gazetteer) -> list[Found]:
    """The sentence's names with those added that no list knows; a longer one takes the place of its part.

    "Tariq al-Bab" is a name of its own, not the town al-Bab; "Deir Ezzor Military Airport" not the city.
    """
    if not any(w[0].isupper() for w in s.words[1:]):
        return names
    firm = {i: f for f in names if f.sure >= _SURE or _renowned(f) for i in range(f.first, f.last + 1)}
    out: list[Found] = []
    end = -9  # of the last name that was a place's
    for first, last in _runs(s, firm, cues, gazetteer):
        inner = [f for f in names if first <= f.first and f.last <= last]
        if any(f.first == first and f.last == last and f.sure >= _SURE for f in inner):
            continue
        listed = 0.6 if _listed(s, max((k for k in firm if k < first), default=-9), first) else 0.0
        if out and _listed(s, end, first):
            listed = 0.6 if not out[-1].kinds else 1.2  # "the towns of A and B"
        f = _judge(s, first, last, inner, listed, setting, cues, gazetteer)
        if f is None and first < last and s.words[first].isalpha() and _is_named(s, first, cues):
            last = first  # "the village of Tokhar Amnesty International said": a comma is lost
            f = _judge(s, first, last, (), listed, setting, cues, gazetteer)
        if f:
            out.append(f)
            end = last
            after = firm.get(last + 1)
            if after and after.first == last + 1 and s.lower[last + 1] not in ARTICLES:
                # "Zubdiya Aleppo": a comma is lost.
                after.sure = max(after.sure, _SURE)
                f.container = after
    if not out:
        return names
    taken = {i for f in out for i in range(f.first, f.last + 1)}
    kept = [f for f in names if f.first not in taken and f.last not in taken]
    return sorted([*kept, *out], key=lambda f: f.first)


def _renowned(f: Found) -> bool:
    """A big town's name stands by itself wherever it stands, unless a person's given name may precede it."""
    return f.sure > 0 and bool(f.entries) and f.entries[0].prior > 5.5 and f.entries[0].kind < 2


def _listed(s: Sentence, end: int, first: int) -> bool:
    """Whether a name goes on a list of places: "A, B and C", or "A B" where the commas are lost."""
    between = s.lower[end + 1 : first] if end >= 0 else ["none"]
    return len(between) <= 3 and all(w in {",", "and", "or", "&", "the"} for w in between)


def _runs(s: Sentence, firm: dict[int, Found], cues: Cues, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be a name, articles and hyphens within."""
    i, n = 0, len(s)
    while i < n:
        if not _starts(s, i):
            i += 1
            continue
        j = i
        while (k := _next(s, j)) is not None:
            j = k
        yield from _parts(s, i, j, firm, cues, gazetteer)
        i = j + 1


def _starts(s: Sentence, i: int) -> bool:
    word = s.words[i]
    if word[0].isupper():
        return i > 0 or s.tags[i] in _PROPER
    # "al-Rashideen", "al Rashideen", "as-Sukkari"
    if s.lower[i] in ARTICLES and i + 1 < len(s):
        k = i + 2 if s.words[i + 1] in _HYPHENS else i + 1
        return k < len(s) and s.words[k][0].isupper() and (k > i + 1 or s.lower[i] in {"al", "el"})
    return False


def _next(s: Sentence, j: int) -> int | None:
    """The token that goes on with the run after j, over an article, a hyphen or a stray quotation mark."""
    k, n = j + 1, len(s)
    while k < n and k - j <= 3 and (s.words[k] in _HYPHENS or s.words[k] in _QUOTES or s.lower[k] in ARTICLES):
        if s.lower[k] in {"as", "at", "an", "en", "ed", "er"} and (k + 1 >= n or s.words[k + 1] not in _HYPHENS):
            return None
        k += 1
    if k >= n or not (s.words[k][0].isupper() or (s.words[k][0].isdigit() and s.words[k].isalnum() and k == j + 2)):
        return None
    if k > j + 1 and all(s.words[x] in _QUOTES for x in range(j + 1, k)) and s.ends[k - 1] != s.starts[k]:
        return None
    return k


def _parts(
    s: Sentence, i: int, j: int, firm: dict[int, Found], cues: Cues, gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """The run less titles, days, demonyms and compass words before it; divided where a known place ends."""
    while i <= j and not (i in firm and firm[i].first == i) and _not_of_name(s, i, cues, gazetteer):
        i += 1
        while i <= j and s.words[i] in _HYPHENS:
            i += 1
    if i > j:
        return
    known_at = {k: f for k, f in firm.items() if f.first == k}
    known = known_at.get(i)
    if known and known.last < j:
        article = s.lower[i + 1] in ARTICLES and i + 2 <= j and s.words[i + 2] in _HYPHENS
        if article and known.last == i and s.lower[i] in cues.beginnings:
            yield i, j  # "Bustan al-Diwan"
            return
        if _tail(s, j, cues) and j - known.last <= 3 and not any(k in firm for k in range(known.last + 1, j + 1)):
            yield i, j  # "Deir Ezzor Military Airport"
            return
        nxt = known.last + 1
        if nxt <= j and s.words[nxt] not in _HYPHENS:
            yield from _parts(s, nxt, j, firm, cues, gazetteer)
        return
    cut = next((k for k in range(i + 1, j + 1) if k in known_at and not _binds(s, k, known_at[k])), None)
    if cut is not None and s.words[cut - 1] not in _HYPHENS:
        # "Aleppo" after the unknown name stands by itself.
        j = cut - 1
    begin, articles = i, 0
    for k in range(i, j):
        if s.lower[k] in ARTICLES and s.words[k + 1] in _HYPHENS:
            articles += 1
            # "al-Zahraa al-Ramousa": two names whose comma is lost.
            if articles > 1 and k > begin:
                yield begin, k - 1
                begin = k
    yield begin, j


def _binds(s: Sentence, k: int, f: Found) -> bool:
    """Whether a known name in the middle of a run belongs to a longer one: "Tariq al-Bab", "Bustan al-Qasr"."""
    return s.lower[k] in ARTICLES or s.words[k - 1] in _HYPHENS or s.lower[k].startswith(("al-", "el-"))


def _not_of_name(s: Sentence, i: int, cues: Cues, gazetteer: Gazetteer) -> bool:
    low = s.lower[i].rstrip(".")
    return (
        low in STOP
        or s.words[i] in gazetteer.demonyms
        or low in cues.modifiers
        or (low in cues.titles and low not in _SAINTS)
        or low.startswith(("pro-", "anti-"))
    )


def _tail(s: Sentence, j: int, cues: Cues) -> bool:
    return s.lower[j] in cues.place_tails or s.lower[j] in cues.facilities


def _judge(
    s: Sentence,
    first: int,
    last: int,
    inner: Sequence[Found],
    listed: float,
    setting: _Setting,
    cues: Cues,
    gazetteer: Gazetteer,
) -> Found | None:
    """Whether a run is a place's name, by the words around it and in it."""
    words, lower = s.words, s.lower
    name = [w for w in lower[first : last + 1] if w not in _HYPHENS]
    if len("".join(name)) < 3 or key(" ".join(words[first : last + 1])) in cues.never:
        return None
    if " ".join(words[first : last + 1]) in gazetteer.demonyms:
        return None
    if first == last and not words[first].isalpha() and "-" not in words[first]:
        return None
    tail = last > first and _tail(s, last, cues)
    facility = last > first and lower[last] in cues.facilities
    if last > first and lower[last] in cues.other_tails and not facility:
        return None
    text = " ".join(words[first : last + 1])
    whole = next((f for f in inner if f.first == first and f.last == last - 1 and f.sure >= 0.3), None)
    if whole and tail and lower[last] in _AREAS:
        # "Homs Governorate" is Homs.
        return replace(whole, last=last, kinds=cues.kinds.get(lower[last], whole.kinds), sure=max(_SURE, whole.sure))
    value, kinds = _around(s, first, last, tail, cues)
    value += listed
    told = value >= 1.0
    value += _inside(s, first, last, tail, cues)
    read = _read(s, first, last, tail, setting)
    value += max(read, -0.2) if told else read
    if first == last or not tail:
        if fold(words[last]) in setting.persons:
            value -= 0.3 if told else 1.5
        elif lower[first] in cues.given_names and not told:
            value -= 0.7
    if tail:
        kinds = cues.kinds.get(lower[last], kinds) or ("S.",)
    if value < _SURE:
        return None
    return Found(s, first, last, key(text), gazetteer.lookup(key(text)), kinds=kinds, sure=max(_SURE, value))


_AREAS = place_words("areas")


def _before(s: Sentence, i: int, cues: Cues) -> int:
    """The token before the name's article, compass words and the like."""
    i -= 1
    while i >= 0 and (
        _lower_in(s, i, cues.modifiers)
        or s.lower[i] in {"the", "'s", "-", "“", '"'}
        or s.lower[i] in _DESCRIBING
        or s.lower[i].endswith(("-held", "-controlled"))
    ):
        i -= 1
    return i


def _lower_in(s: Sentence, i: int, words: frozenset[str]) -> bool:
    return s.lower[i] in words and not s.words[i][0].isupper()


def _is_named(s: Sentence, first: int, cues: Cues) -> bool:
    """ "The village of X": a name must follow."""
    if first < 3 or s.lower[first - 1] != "of" or s.words[first - 2][0].isupper():
        return False
    return s.lower[first - 2] in cues.kinds


def _around(s: Sentence, first: int, last: int, tail: bool, cues: Cues) -> tuple[float, tuple[str, ...]]:
    """What the words before and after say, and the kind of place they ask for."""
    lower = s.lower
    kinds: tuple[str, ...] = ()
    value = 0.0
    b = _before(s, first, cues)
    the = any(lower[k] == "the" for k in range(b + 1, first))
    before = lower[b] if b >= 0 else ""
    after = lower[last + 1] if last + 1 < len(s) else ""
    if before == "of" and b > 0 and lower[b - 1] in cues.kinds and not s.words[b - 1][0].isupper():
        kinds, value = cues.kinds[lower[b - 1]], 1.6
    elif before == "of" and b > 0 and lower[b - 1] in _LIKE:
        value = 0.5
    elif before in cues.kinds and b >= 0 and not s.words[b][0].isupper() and before not in _OWN:
        kinds, value = cues.kinds[before], 0.7
    elif before in _AT and (not the or tail):
        value = 0.85
    elif before in _AT:
        value = 0.2
    elif before in cues.weak:
        value = 0.15
    elif before in _INTO:
        value = 1.2 if not the or tail else 0.4
    elif before in _TAKEN:
        value = 0.4 if not the or tail else 0.1
    if after in cues.kinds and not s.words[last + 1][0].isupper() and after not in _OWN:
        if not kinds:
            kinds = cues.kinds[after]
        value += 1.2
    elif after == "sub" and s.lower[last + 2 : last + 4] == ["-", "district"]:
        kinds, value = ("A.ADM2", "P."), value + 1.2
    elif after in cues.facilities and not s.words[last + 1][0].isupper() and value > 0.1:
        kinds, value = ("S.",), value + 0.8
    elif after == "," and last + 3 < len(s) and _told_where(s, last + 2, cues):
        value += 1.1
    elif after == "in" and last + 2 < len(s) and s.words[last + 2][0].isupper() and before in _AT:
        value += 0.4  # "at X in Y district"
    elif after in _NOT_AFTER or (after in cues.actor_tails and after not in {"city", "central", "public", "local"}):
        value -= 1.2
    elif after in cues.speech:
        value -= 0.8
    elif after == "(" and last + 2 < len(s) and s.words[last + 2].isupper() and len(s.words[last + 2]) > 1:
        value -= 1.0
    elif after in {"'s", "’s"}:
        value -= 0.2
    return value, kinds


_AT = place_words("at")
_LIKE = place_words("like")
_INTO = place_words("into")
_TAKEN = place_words("taken")


def _told_where(s: Sentence, i: int, cues: Cues) -> bool:
    """What follows a name and a comma tells of a place: "south of…", "a town in…", "near…"."""
    low = s.lower[i]
    if low in {"a", "an", "the"}:
        return any(s.lower[k] in cues.kinds or s.lower[k] in _STRONGHOLDS for k in range(i + 1, min(i + 7, len(s))))
    if low in {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}:
        return s.lower[i + 1] == "of"
    far = s.tags[i] == "CD" and s.lower[i + 1] in {"km", "kilometers", "kilometres", "miles"}
    return far or low in {"near", "outside"}


_NOT_AFTER = place_words("not_after")
_STRONGHOLDS = frozenset({"stronghold", "bastion", "hub", "hometown", "birthplace", "resort"})


def _inside(s: Sentence, first: int, last: int, tail: bool, cues: Cues) -> float:
    """What the name's own words say."""
    lower = s.lower
    value = 0.0
    if tail:
        value += 0.6 if lower[last] in cues.facilities or lower[last] in cues.kinds else 0.4
    if lower[first] in cues.beginnings and last > first:
        value += 0.7
    elif lower[first] in ARTICLES and s.words[first + 1] in _HYPHENS and s.words[first][0].isupper():
        value += 0.25  # "Al-Reyhan": written as a name's own beginning
    if first == last:
        word = s.words[first]
        low = lower[first]
        if low in cues.common or low in cues.surnames:
            value -= 0.8
        if word.isupper() and len(word) > 1:
            value -= 1.0
        if low in cues.given_names:
            value -= 0.4
    elif any(
        w not in _IN_NAMES and (w in cues.actor_tails or w in _NOT_AFTER or w in cues.other_heads)
        for w in lower[first : last + 1]
    ):
        value -= 1.2
    if not any(s.tags[k] in _PROPER for k in range(first, last + 1)):
        value -= 0.6
    plain = [k for k in range(first, last + 1) if s.words[k] not in _HYPHENS and s.lower[k] not in ARTICLES]
    if last > first and all(s.tags[k] in _PROPER for k in plain):
        value += 0.0 if any(lower[k] in cues.common for k in plain) else 0.3
    common = (lower[k] in cues.common or lower[k] in cues.facilities or lower[k] in cues.modifiers for k in plain)
    if tail and all(common):
        value -= 1.0
    return value


def _read(s: Sentence, first: int, last: int, tail: bool, setting: _Setting) -> float:
    """What the entity recogniser makes of it."""
    if not setting.ner:
        return 0.0
    labels = [e for e in s.ents[first : last + 1] if e]
    if not labels:
        return 0.2
    label = labels[-1]
    if label in {"GPE", "LOC"}:
        return 1.0 if labels[0] in {"GPE", "LOC"} else 0.5
    if label == "FAC":
        return 0.5
    if label == "PERSON":
        return -0.2 if tail else -0.5
    if label == "ORG":
        return -0.1 if tail else -0.35
    return -1.0 if label in _NOT_PLACES else -0.5
