"""Where in a sentence a place could hang on an event: names, "the town", borders, each with its phrase.

A *site* is a place named or meant in a sentence together with the phrase that it stands in: "the outskirts
of the town of X" is one site, whose head in the tree is "outskirts".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.cues import cues, place_words
from dateline.gazetteer.normalise import key
from dateline.gazetteer.tables import countries
from dateline.resolve.place_find import COMPASS
from dateline.resolve.place_types import Candidate, PlaceMention
from dateline.types import Relation, Sentence

_Kind = Literal["near", "in", "around", "between", "along", "edge", "outskirts"]
_PARTS: dict[str, _Kind] = {
    "outskirt": "outskirts", "outskirts": "outskirts", "suburb": "outskirts", "suburbs": "outskirts",
    "edge": "edge", "entrance": "edge", "edges": "edge", "perimeter": "edge", "fringe": "edge", "fringes": "edge",
    "gates": "edge", "vicinity": "around", "surroundings": "around", "countryside": "around", "environs": "around",
    "hinterland": "around", "rural": "around", "proximity": "near", "border": "near", "borders": "near",
    "coast": "near",
}  # fmt: skip
_WITHIN = place_words("within")
_NEAR: dict[str, _Kind] = {
    "near": "near", "around": "around", "outside": "outskirts", "along": "along", "between": "between",
    "nearby": "near", "alongside": "along",
}  # fmt: skip
_CLOSE = frozenset({"close", "next", "adjacent", "far", "away"})
_KM = {"km": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometre": 1.0, "kms": 1.0,
       "miles": 1.609, "mile": 1.609, "mi": 1.609, "meters": 0.001, "metres": 0.001, "m": 0.001}  # fmt: skip
_NUMBERS = {"a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
            "eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
            "forty": 40.0, "fifty": 50.0, "few": 3.0}  # fmt: skip
_SETTLED = place_words("settled")
_KINDLY = _SETTLED | place_words("kindly")
_ANAPHORA = dict.fromkeys(sorted(_SETTLED), ("P.", "S.")) | {
    "province": ("A.ADM1",), "governorate": ("A.ADM1",), "oblast": ("A.ADM1",), "country": ("A.PCL",),
    "capital": ("P.PPLC",), "area": ("",), "region": ("A.", "L."), "base": ("S.",), "airbase": ("S.AIRB",),
    "island": ("T.ISL",), "enclave": ("L.", "P."),
}  # fmt: skip
_POINTING = frozenset({"the", "this", "that"})


@dataclass(frozen=True, slots=True)
class Site:
    """A place as it stands in a sentence.

    ``first``/``last`` are the tokens of its name (or of "the town"), ``head`` the token by which its whole
    phrase hangs in the tree, ``left`` the first token of the phrase.  ``mention`` is the place meant: of this
    sentence, or for ``anaphor`` of one before.
    """

    sentence: int
    first: int
    last: int
    head: int
    left: int
    mention: PlaceMention
    relation: Relation | None = None
    anaphor: bool = False
    other: PlaceMention | None = None  # "between A and B": B; "on the M5 near X": the road


def sites_of(sentence: Sentence, mentions: Sequence[PlaceMention]) -> list[Site]:
    """The sites of the places that the sentence names, in order."""
    starts = {m.first: m for m in mentions}
    return [_site(sentence, m, starts) for m in mentions]


def anaphors(sentence: Sentence, mentions: Sequence[PlaceMention], before: Sequence[PlaceMention]) -> list[Site]:
    """ "The town", "the area", "there", each with the last place named that it can stand for.

    Args:
        sentence: where they stand.
        mentions: the places that the sentence itself names.
        before: places named in the sentences before, in order.
    """
    out: list[Site] = []
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    for i, low in enumerate(sentence.lower):
        wanted = _ANAPHORA.get(low)
        if wanted is None or not _points(sentence, i, taken):
            continue
        known = [*before, *(m for m in mentions if m.last < i)]
        meant = next((m for m in reversed(known) if _can_be(m, wanted, low)), None)
        if meant is None:
            continue
        head, left, relation = _climb(sentence, i, i, i)
        out.append(Site(sentence.index, i, i, head, left, meant, relation or _spoken(sentence, i, left), True))
    return out


def _points(s: Sentence, i: int, taken: set[int]) -> bool:
    """Whether "town" here is "the town" with no name of its own: not "the town of X", "X town", "a town"."""
    if i in taken or i == 0:
        return False
    after = i + 1 < len(s) and s.lower[i + 1] == "of"
    if after or (i + 1 < len(s) and i + 1 in taken):
        return False
    k = i - 1
    while k > 0 and s.tags[k][:2] in {"JJ", "VB", "NN", "HY", "CD"} and k not in taken and i - k < 4:
        k -= 1
    return s.lower[k] in _POINTING and k not in taken and not any(t in taken for t in range(k, i))


def _can_be(m: PlaceMention, wanted: tuple[str, ...], word: str) -> bool:
    if m.as_actor and word not in {"country", "capital"}:
        return False
    chosen = m.chosen
    if word == "area":
        return chosen is None or not chosen.feature.startswith("A.PCL")
    if chosen is None:
        return bool(set(m.kinds) & set(wanted)) or (not m.kinds and wanted[0] == "P.")
    if m.kinds and word in _SETTLED and not any(k.startswith("P.") for k in m.kinds):
        return False
    return chosen.feature.startswith(wanted)


# ---------------------------------------------------------------------------------------- a name's phrase


def _site(s: Sentence, m: PlaceMention, starts: dict[int, PlaceMention]) -> Site:
    inner = range(m.first, m.last + 1)
    outward = [i for i in inner if s.heads[i] not in inner or s.heads[i] == i]
    top = outward[-1] if outward else m.last
    head, left, relation = _climb(s, top, m.first, m.last)
    relation = relation or _spoken(s, m.first, left)
    other = None
    if relation and relation.kind == "between":
        other = next((starts[k] for k in range(m.last + 1, min(m.last + 6, len(s))) if k in starts), None)
        relation = relation if other else None
    return Site(s.index, m.first, m.last, head, left, m, relation, False, other)


def _climb(s: Sentence, top: int, first: int, last: int) -> tuple[int, int, Relation | None]:
    """The head and first token of the phrase that the name is the core of, and the relation it tells."""
    known = cues().kinds
    head, left, relation = top, first, None
    for _ in range(6):
        up = s.heads[head]
        if up == head:
            break
        dep, low = s.deps[head], s.lower[up]
        part = low in known or low in _PARTS or low in _WITHIN
        if part and dep in {"compound", "nmod", "amod", "poss", "appos", "npadvmod"}:
            relation = _part_relation(s, up, relation)
            head = up
        elif dep == "pobj" and low == "of" and s.deps[up] == "prep":
            over = s.heads[up]
            word = s.lower[over]
            if not (word in known or word in _PARTS or word in _WITHIN or word in COMPASS or s.lemmas[over] in known):
                break
            relation = _part_relation(s, over, relation)
            if word in COMPASS:
                relation = _compass_relation(s, over)
            head = over
        else:
            break
        left = min(left, head)
    return head, _phrase_left(s, left), relation


def _phrase_left(s: Sentence, left: int) -> int:
    """Back over articles and adjectives that belong to the phrase."""
    while left > 0 and s.tags[left - 1] in _ADJECTIVAL and s.lower[left - 1] not in {"not", "when", "where", "there"}:
        left -= 1
    return left


_ADJECTIVAL = frozenset({"DT", "JJ", "PDT", "POS", "HYPH", "VBN", "CD", "RB"})


def _part_relation(s: Sentence, i: int, old: Relation | None) -> Relation | None:
    kind = _PARTS.get(s.lower[i])
    point = _point_before(s, i)
    if kind:
        return Relation(bearing=point, distance_km=None, kind=kind)
    if point and old is None and s.lower[i] not in _SETTLED and (s.lower[i] in _WITHIN or s.lower[i] in _KINDLY):
        return Relation(bearing=point, distance_km=None, kind="in")
    return old


def _point_before(s: Sentence, i: int) -> str | None:
    """The compass point among the few words before ("the north-western edge of")."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if s.lower[k] in COMPASS:
            return COMPASS[s.lower[k]]
        if s.tags[k] not in {"JJ", "NN", "HYPH", "POS", "VBN"} and not (s.tags[k] == "NNP" and k == i - 1):
            break
    return None


def _compass_relation(s: Sentence, i: int) -> Relation | None:
    """ "(10 km) south of": with its distance if it has one; "to the east of" and "in the east of" differ."""
    k = i - 1
    the = k >= 0 and s.lower[k] == "the"
    if the:
        k -= 1
    if the and k >= 0 and s.lower[k] in {"in", "across", "throughout", "within"}:
        return Relation(bearing=COMPASS[s.lower[i]], distance_km=None, kind="in")
    return Relation(bearing=COMPASS[s.lower[i]], distance_km=distance_before(s, i), kind="near")


def distance_before(s: Sentence, i: int) -> float | None:
    """Kilometres told in the few tokens before token i."""
    for k in range(i - 1, max(-1, i - 8), -1):
        unit = s.lower[k].strip("()")
        if unit in _KM and k > 0:
            value = _number(s.lower[k - 1]) if s.words[k - 1] != "-" else _number(s.lower[k - 2])
            if value is not None:
                # "30 km (20 miles)": the first of the two is as good.
                return round(value * _KM[unit], 1)
        if s.tags[k][:1] == "V" and s.tags[k] not in {"VBN", "VBG"}:
            break
    return None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return _NUMBERS.get(text)


def _spoken(s: Sentence, first: int, left: int) -> Relation | None:
    """The relation that the words just before the phrase tell: "near", "not far from", "outside"…"""
    i = left - 1
    if i < 0:
        return None
    low = s.lower[i]
    if kind := _NEAR.get(low):
        d = distance_before(s, i) if low == "outside" else None
        return Relation(bearing=None, distance_km=d, kind=kind)
    if low in {"to", "from"} and i > 0 and (s.lower[i - 1] in _CLOSE or s.lower[i - 1] in _KM):
        return Relation(bearing=None, distance_km=distance_before(s, i), kind="near")
    if low == "of" and i > 0 and s.lower[i - 1] in COMPASS:
        return _compass_relation(s, i - 1)
    for k in range(first - 1, max(left - 1, first - 3), -1):
        if s.lower[k] in COMPASS:
            return Relation(bearing=COMPASS[s.lower[k]], distance_km=None, kind="in")
    return None


def adjectives(sentence: Sentence, gazetteer: Gazetteer) -> list[Site]:
    """Countries named by their adjective: "the Syrian civil war", "near the Turkish-Syrian border"."""
    out: list[Site] = []
    words, lower, table = sentence.words, sentence.lower, gazetteer.demonyms
    for i, word in enumerate(words):
        if not word[0].isupper() or (iso := table.get(word)) is None:
            continue
        last = i
        while last + 2 < len(words) and words[last + 1] in _DASHES and words[last + 2] in table:
            last += 2  # "Turkish-Syrian"
        after = range(last + 1, min(last + 3, len(words)))
        noun = next((k for k in after if lower[k] in _OF_COUNTRY or lower[k] in _BORDERS), None)
        if noun is None or any(s.first <= i <= s.last for s in out):
            continue
        if lower[noun] in _BORDERS:
            out.append(_border(sentence, i, noun))
        elif entry := _country(iso, gazetteer):
            head = noun if lower[noun] in _SOIL else i
            m = _made(sentence, i, last, (Candidate(entry, 1.0),))
            out.append(Site(sentence.index, i, last, head, i, m, None))
    return out


_DASHES = frozenset({"-", "–", "‑"})
_BORDERS = frozenset({"border", "borders", "frontier", "borderline"})
_SOIL = place_words("soil")
_OF_COUNTRY = _SOIL | place_words("wars")


def _border(s: Sentence, first: int, noun: int) -> Site:
    head, left, relation = _climb(s, noun, first, noun)
    relation = relation or _spoken(s, first, left) or Relation(bearing=None, distance_km=None, kind="near")
    return Site(s.index, first, noun, head, left, _made(s, first, noun, ()), relation)


def _made(s: Sentence, first: int, last: int, candidates: tuple[Candidate, ...]) -> PlaceMention:
    start, end = s.starts[first], s.ends[last]
    text = "".join(
        s.words[k] + (" " if k < last and s.starts[k + 1] > s.ends[k] else "") for k in range(first, last + 1)
    )
    return PlaceMention(sentence=s.index, first=first, last=last, text=text, start=start, end=end,
                        kinds=("L.",), candidates=candidates)  # fmt: skip


def _country(iso: str, gazetteer: Gazetteer) -> Entry | None:
    named = countries().get(iso)
    found = gazetteer.lookup(key(named.names[0])) if named else ()
    return next((e for e in found if e.country == iso and e.feature.startswith("A.PCL")), None)
