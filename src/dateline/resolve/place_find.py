"""Which of the names that stand in a report name a place: evidence for and against, summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import ALTERNATE, LOOSE
from dateline.gazetteer.cues import Cues, place_words
from dateline.gazetteer.normalise import fold, key
from dateline.resolve.place_scan import STOP, Found, scan
from dateline.resolve.place_unknown import unknown
from dateline.types import Sentence

SURE = 1.0  # a name with this much evidence is a place's
MAYBE = 0.3  # with this much it is one if the report's other places speak for it
_PLACES = frozenset({"GPE", "LOC"})
_PROPER = frozenset({"NNP", "NNPS"})
_DAYS = place_words("days")
_COMPASS = {
    "north": "N", "south": "S", "east": "E", "west": "W", "northeast": "NE", "northwest": "NW", "southeast": "SE",
    "southwest": "SW", "north-east": "NE", "north-west": "NW", "south-east": "SE", "south-west": "SW",
    "northern": "N", "southern": "S", "eastern": "E", "western": "W", "northeastern": "NE", "northwestern": "NW",
    "southeastern": "SE", "southwestern": "SW", "north-eastern": "NE", "north-western": "NW", "south-eastern": "SE",
    "south-western": "SW", "northeasterly": "NE",
}  # fmt: skip
COMPASS = _COMPASS


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole report: is there NER, and which names are persons'."""

    ner: bool
    persons: frozenset[str]


def find(sentences: Sequence[Sentence], gazetteer: Gazetteer, cues: Cues) -> list[Found]:
    """Every name of the gazetteer with its evidence, and names unknown to it that are plainly places'."""
    scanned = [[f for f in scan(s, gazetteer, cues) if not _in_groups_name(f)] for s in sentences]
    setting = Setting(
        ner=any(e for s in sentences for e in s.ents),
        persons=persons(sentences, scanned, cues),
    )
    out: list[Found] = []
    for s, names in zip(sentences, scanned, strict=True):
        starts = {f.first: f for f in names}
        for f in names:
            _link(f, starts)
        for f in names:
            if not f.sure:
                weigh(f, starts, setting, cues)
        names += _hyphened(s, names, gazetteer, cues)
        names = unknown(s, names, setting, cues, gazetteer)
        names.sort(key=lambda f: f.first)
        _lists(names)
        out += names
    return out


def _in_groups_name(f: Found) -> bool:
    """ "The Islamic State of Iraq and the Levant": a group that bears the names of places."""
    s, i = f.sentence, f.first - 1
    while i > 0 and f.first - i < 8 and s.lower[i] in _GROUPS_PLACES:
        i -= 1
    return i > 0 and i < f.first - 1 and s.words[i] == "State" and s.words[i - 1] == "Islamic"


_GROUPS_PLACES = frozenset({"of", "in", "iraq", "and", "&", "the", "al", "-", "sham", "al-sham", "syria", "levant"})

# ----------------------------------------------------------------------------------------------- persons


def persons(sentences: Sequence[Sentence], scanned: Sequence[Sequence[Found]], cues: Cues) -> frozenset[str]:
    """Folded names by which the report calls persons: what stands after a title or a given name."""
    out: set[str] = set()
    for s, names in zip(sentences, scanned, strict=True):
        taken = {i for f in names if f.last > f.first for i in range(f.first, f.last + 1)}
        words, lower = s.words, s.lower
        for i in range(len(words) - 1):
            if not words[i][0].isupper() or i in taken:
                continue
            low = lower[i].rstrip(".")
            nxt = i + 1
            if words[nxt] == "." and low in cues.titles and nxt + 1 < len(words):
                nxt += 1
            if low in cues.titles or (low in cues.given_names and lower[i] not in STOP):
                j = nxt
                while j < len(words) and j - nxt < 3 and words[j][0].isupper() and words[j] != "," and j not in taken:
                    j += 1
                if j > nxt and words[j - 1].isalpha() and lower[j - 1] not in cues.place_tails | cues.actor_tails:
                    out.add(fold(words[j - 1]))
        if any(s.ents):
            out |= _ner_persons(s, taken)
    return frozenset(out)


def _ner_persons(s: Sentence, taken: set[int]) -> set[str]:
    out = set()
    for i in range(1, len(s)):
        last = i + 1 == len(s) or s.ents[i + 1] != "PERSON"
        if last and s.ents[i] == "PERSON" == s.ents[i - 1] and i not in taken and s.words[i].isalpha():
            out.add(fold(s.words[i]))
    return out


# ---------------------------------------------------------------------------------------------- evidence


def weigh(f: Found, starts: dict[int, Found], setting: Setting, cues: Cues) -> None:
    """Set how sure it is that the name is a place's, what kind is asked for, and whether it stands for an actor."""
    s = f.sentence
    sure = _standing(f, cues)
    sure += _reading(f, setting)
    sure += _before(f, starts, cues)
    sure += _after(f, starts, cues)
    if f.first == f.last and f.key in setting.persons and not _is_state(f.entries[0]):
        sure -= 1.8 if not _strong_before(s, f.first, cues) else 0.7
    if f.container is not None:
        sure += 1.5
    f.sure += sure
    f.as_actor = f.as_actor or _acts(f, cues) or _based(f)


def _standing(f: Found, cues: Cues) -> float:
    """What speaks for the name by itself: how well known its likeliest place is, and what else the word means."""
    best = f.entries[0]
    value = renown(best)
    if best.kind == ALTERNATE and not best.listed and best.population < 200_000:
        value -= 0.3
    elif best.kind == LOOSE and not best.listed:
        value -= 0.5
    s = f.sentence
    if f.last > f.first:
        value += 0.6 if f.last - f.first > 1 or not _begins_with_word(f, cues) else 0.1
        if s.lower[f.last] in {"county", "parish", "province", "oblast", "governorate"}:
            value += 1.0
        return value
    word, low = s.words[f.first], s.lower[f.first]
    against = 0.0
    if not best.feature.startswith(("A.PCL", "L.CONT")):
        if f.key in cues.common or low in cues.common:
            against = 1.4 if best.prior < 5.5 else 0.8
        if f.key in cues.given_names:
            against = max(against, 0.8 if best.prior < 6 else 0.3)
        if f.key in cues.surnames:
            against = max(against, 0.7 if best.prior < 5.7 else 0.3)
        if len(f.key) <= 3:
            against += 0.6
    if word.isupper() and len(word) > 1 and not all(w.isupper() or not w.isalpha() for w in s.words[:4]):
        against += 0.0 if best.feature.startswith("A.PCL") or len(word) > 5 else 0.9
    return value - against


def _begins_with_word(f: Found, cues: Cues) -> bool:
    """Whether the name's first word is an ordinary one that begins the sentence ("But Homs")."""
    return f.first == 0 and f.sentence.lower[0] in STOP


def renown(e: Entry) -> float:
    """How well known a place is, on the scale of the evidence."""
    if e.feature.startswith("A.PCL"):
        return 2.2
    if e.feature == "L.CONT":
        return 2.0
    if e.feature == "P.PPLC":
        return 1.8
    if e.feature == "A.ADM1":
        return 1.4
    if e.listed:
        return 1.2
    if e.feature == "A.ADM2":
        return 0.5
    for least, value in ((1_000_000, 1.5), (200_000, 1.1), (50_000, 0.8), (10_000, 0.5)):
        if e.population >= least:
            return value
    return 0.2


def _reading(f: Found, setting: Setting) -> float:
    """What the tagger and the entity recogniser make of it."""
    s = f.sentence
    tag = s.tags[f.last]
    value = 0.2 if tag in _PROPER else (-0.7 if f.first == f.last else -0.2)
    if not setting.ner:
        return value
    ents = s.ents[f.first : f.last + 1]
    label = ents[-1] or ents[0]
    if label in _PLACES:
        return value + 0.9
    if label == "FAC":
        return value + 0.4
    if label and f.entries[0].listed and f.last == f.first:
        return value - 0.3  # put on the list by hand: the recogniser knows such names least
    if label == "PERSON":
        return value - (0.5 if f.entries[0].population > 1_000_000 and f.entries[0].kind < ALTERNATE else 1.0)
    if label == "ORG":
        return value - 0.3
    if label == "NORP":
        return value
    return value - (0.7 if label else 0.2)


def _strong_before(s: Sentence, i: int, cues: Cues) -> bool:
    i = _skip_back(s, i, cues)
    return i >= 0 and s.lower[i] in cues.strong


def _skip_back(s: Sentence, i: int, cues: Cues) -> int:
    """The token before the name, its article, compass words and demonyms left out."""
    i -= 1
    while i >= 0 and (s.lower[i] in cues.modifiers or s.lower[i] == "the" or s.words[i] in {"'s", "-"}):
        i -= 1
    return i


def _before(f: Found, starts: dict[int, Found], cues: Cues) -> float:
    s = f.sentence
    i = f.first - 1
    if i < 0:
        return _dateline(f)
    value = 0.0
    word, low = s.words[i], s.lower[i]
    if low in cues.modifiers:
        value += 0.6
    elif word[0].isupper() and ((low not in STOP and word.isalpha()) or word[-1] == "."):
        value += _capital_before(f, i, starts, cues)
    elif low == "the" and f.first == f.last and f.entries[0].feature[0] == "P":
        value -= 0.6
    j = _skip_back(s, f.first, cues)
    if j < 0:
        return value
    low = s.lower[j]
    if low in cues.strong or low in cues.taking:
        value += 0.9
    elif low in cues.weak:
        value += 0.35
        if low == "of" and j > 0 and (kinds := cues.kinds.get(s.lower[j - 1])) and not s.words[j - 1][0].isupper():
            value += 1.2
            f.kinds = kinds
        elif low == "of" and j > 0 and s.words[j - 1][0].isupper() and s.lower[j - 1] in cues.other_heads:
            value -= 2.0
    elif (kinds := cues.kinds.get(low)) and not s.words[j][0].isupper():
        value += 0.9
        f.kinds = kinds
    return value


def _dateline(f: Found) -> float:
    """A name that begins the text and is set off, as agencies begin their reports."""
    s = f.sentence
    after = s.words[f.last + 1] if f.last + 1 < len(s) else ""
    return 1.2 if after in {"(", "--", "—", "-", ":", "–"} else 0.0


def _capital_before(f: Found, i: int, starts: dict[int, Found], cues: Cues) -> float:
    """A capitalised word just before: a title or a given name makes it a person."""
    s = f.sentence
    low = s.lower[i].rstrip(".")
    if any(g.last == i for g in starts.values()):
        return 0.0
    if low in cues.titles and low not in {"saint"}:
        return -2.5
    if i == 0 and s.tags[0] not in _PROPER:
        return 0.0
    if low in cues.given_names or (len(low) == 1 and s.words[i][-1] == "."):
        return -2.2
    if low in cues.kinds or low in _DAYS or low in _DEMONYM_TAILS:
        return 0.3
    if s.tags[i] not in _PROPER and s.tags[i] not in {"NN", "NNS"}:
        return 0.0
    return -1.0


_DEMONYM_TAILS = frozenset({"camp", "fort", "mount", "lake", "port", "cape"})


def _after(f: Found, starts: dict[int, Found], cues: Cues) -> float:
    s = f.sentence
    i = f.last + 1
    if i >= len(s):
        return 0.0
    word, low = s.words[i], s.lower[i]
    if word in {"-", "–", "‑"} and i + 1 < len(s):
        nxt = s.lower[i + 1]
        if nxt in cues.compounds:
            f.as_actor = True
            return 0.4
        return -0.4 if s.words[i + 1][0].isupper() and i + 1 not in starts else 0.0
    if not word[0].isalpha():
        return 0.0
    if (kinds := cues.kinds.get(low)) and (not word[0].isupper() or low in cues.place_tails):
        if not f.kinds:
            f.kinds = kinds
        return 0.8
    if not word[0].isupper():
        if low in cues.facilities or (low.endswith("s") and low[:-1] in cues.facilities) or low in _HOMES:
            return 0.5  # "the Sydney offices"
        return _verb_after(f, i, cues)
    if i in starts or low in _DAYS:
        return 0.0
    if s.tags[i] not in _PROPER and low in STOP:
        return 0.0
    if low in cues.place_tails:
        return 0.4
    single = f.first == f.last
    if low in cues.other_tails:
        return -2.2
    if low in cues.actor_tails or low.rstrip(".") in cues.titles:
        f.as_actor = True
        return 0.0
    if single and f.key in cues.given_names:
        return -2.0
    return -0.9


_HOMES = frozenset({"home", "homes", "apartment", "residence", "office", "offices", "streets", "suburbs", "nightclub"})


def _verb_after(f: Found, i: int, cues: Cues) -> float:
    """ "Jackson said": a person, unless the place is a capital or a country, which then is an actor."""
    s = f.sentence
    low = s.lower[i]
    if low in cues.speech and not _strong_before(s, f.first, cues):
        if _is_state(f.entries[0]):
            f.as_actor = True
            return 0.0
        return -1.2
    return 0.0


def _is_state(e: Entry) -> bool:
    return e.feature.startswith("A.PCL") or e.feature in {"P.PPLC", "A.ADM1"} or e.population > 1_000_000


def _acts(f: Found, cues: Cues) -> bool:
    """Whether the name stands for a government or an army: subject of a deed, its agent, or owner of one."""
    s = f.sentence
    head = f.last
    dep = s.deps[head]
    if not f.entries or not f.entries[0].feature.startswith(("A.PCL", "P.PPLC", "P.PPLA")):
        return False
    verb = s.heads[head]
    after = head + 1
    if f.entries[0].feature.startswith("A.PCL") and after < len(s) and s.tags[after] in {"NN", "NNS"}:
        # "US convoy", "Russia talks"; but "Syria war", "Iraq border".
        return s.lower[after] not in _OF_PLACE and s.lower[after] not in cues.kinds
    if dep == "nsubj":
        return s.lower[verb] in cues.acting and s.lemmas[verb] != "be"
    if dep == "pobj" and s.deps[verb] == "agent":
        return True
    if dep == "dobj" and s.lemmas[verb] in cues.addressed:
        return True
    if dep == "poss":
        return s.lower[verb] in cues.actor_tails
    return dep in {"compound", "nmod"} and s.lower[verb] in cues.actor_tails


def _based(f: Found) -> bool:
    """ "A group based in X": where its office is, not where anything happened."""
    s, i = f.sentence, f.first - 1
    while i > 1 and s.lower[i] in {"the", "northern", "southern", "eastern", "western"}:
        i -= 1
    return i > 0 and s.lower[i] in {"in", "at"} and s.lower[i - 1] in {"based", "headquartered"}


_OF_PLACE = place_words("of_place")


# ---------------------------------------------------------------------------------- what stands together


def _link(f: Found, starts: dict[int, Found]) -> None:
    """ "X, Y" and "X (Y)" where Y holds X; "X, northwest of Y"."""
    s = f.sentence
    i = f.last + 1
    if i + 1 >= len(s):
        return
    if s.words[i] in {",", "("} and (holder := starts.get(i + 1)) and holds(holder, f):
        f.container = holder
    elif s.lower[i] in {"in"}:
        k = i + 1
        while k < len(s) and k < i + 5 and k not in starts and s.words[k][0] != ",":
            k += 1
        if (holder := starts.get(k)) and holder.entries[0].feature[0] in "AL" and holds(holder, f):
            f.near.append(("in", holder))
    for k in range(i, min(i + 9, len(s) - 2)):
        point = _COMPASS.get(s.lower[k])
        if point and s.lower[k + 1] == "of":
            j = k + 2
            while j < len(s) and j < k + 7 and j not in starts:
                j += 1
            if other := starts.get(j):
                f.near.append((point, other))
            return
        if s.words[k][0] in ".;:":
            return
        if s.lower[k] == "near" and (other := starts.get(k + 1) or starts.get(k + 4) or starts.get(k + 5)):
            f.near.append(("near", other))
            return


def holds(holder: Found, f: Found) -> bool:
    """Whether some place of the one name is an area that holds some place of the other."""
    areas = [e for e in holder.entries[:12] if e.feature[0] in "AL"]
    return any(within(e, a) for a in areas for e in f.entries)


def within(e: Entry, area: Entry) -> bool:
    """Whether a place lies in an area, by their codes."""
    if e.id == area.id or e.country != area.country or not e.country:
        return False
    if area.feature.startswith("A.PCL"):
        return not e.feature.startswith("A.PCL")
    if area.feature == "A.ADM1":
        return e.admin1 == area.admin1 and e.feature != "A.ADM1"
    if area.feature == "A.ADM2":
        return bool(area.admin2) and e.admin2 == area.admin2 and e.admin1 == area.admin1 and e.feature[0] != "A"
    return False


def _lists(names: list[Found]) -> None:
    """In "Homs, Hama and X", the sure ones speak for the others."""
    for a, b in pairwise(names):
        between = a.sentence.lower[a.last + 1 : b.first]
        if 1 <= len(between) <= 2 and all(w in {",", "and", "or", "&"} for w in between):
            low, high = sorted((a, b), key=lambda f: f.sure)
            if high.sure >= 1.3 and low.sure < SURE + 0.5 and high.entries and low.entries:
                low.sure += 0.5


# -------------------------------------------------------------------------------------- outside the list


def _hyphened(s: Sentence, names: list[Found], gazetteer: Gazetteer, cues: Cues) -> list[Found]:
    """ "U.S.-backed" in one token."""
    out = []
    taken = {i for f in names for i in range(f.first, f.last + 1)}
    for i, word in enumerate(s.words):
        if i in taken or "-" not in word or not word[0].isupper():
            continue
        stem, _, tail = word.partition("-")
        if tail in cues.compounds and (entries := gazetteer.lookup(key(stem))) and _is_state(entries[0]):
            out.append(Found(s, i, i, key(stem), entries, as_actor=True, sure=2.0, cut=len(stem)))
    return out
