"""Finding names of the gazetteer in a sentence: longest match from the left, over capitalised words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from zlib import crc32

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import MASK
from dateline.gazetteer.cues import Cues, place_words
from dateline.gazetteer.normalise import ARTICLES, fold
from dateline.gazetteer.tables import demonyms
from dateline.types import Sentence

_LONGEST = 7  # tokens, hyphens not counted
_PEOPLES = frozenset(fold(d) for d in demonyms())
_HYPHENS = frozenset({"-", "–", "‑", "--"})
_PARTICLES = place_words("particles")
_SHORT = {"st": "saint", "st.": "saint", "mt": "mount", "mt.": "mount", "ft": "fort", "ft.": "fort"}
_JOINTS = place_words("joints")
STOP = place_words("stop")


@dataclass(slots=True)
class Found:
    """A run of tokens that is a name in the gazetteer, or that words near by call a place."""

    sentence: Sentence
    first: int
    last: int
    key: str
    entries: tuple[Entry, ...]
    kinds: tuple[str, ...] = ()
    as_actor: bool = False
    sure: float = 0.0
    container: Found | None = None  # "X, Y": Y
    cut: int = 0  # characters of the last token that belong to the name, 0 for all ("U.S.-backed")
    anchor: tuple[str, str] | None = None  # country and first-order code that an abbreviation names
    near: list[tuple[str, Found]] = field(default_factory=list)  # compass point and the place it is seen from


def scan(sentence: Sentence, gazetteer: Gazetteer, cues: Cues) -> Iterator[Found]:
    """Yield the names of the gazetteer in the sentence, longest first from the left, none overlapping."""
    words = sentence.words
    n = len(words)
    bits = gazetteer.bitmaps
    i = 0
    while i < n:
        word = words[i]
        if not word[0].isupper() and not _begins(words, sentence.lower, i, cues):
            i += 1
            continue
        found = _abbreviation(sentence, i, cues, gazetteer) or _match(sentence, i, bits, gazetteer, cues)
        if found:
            yield found
            i = found.last + 1
        else:
            i += 1


def _begins(words: Sequence[str], lower: Sequence[str], i: int, cues: Cues) -> bool:
    """Whether a lower-case word can begin a name: "al-Bab", "eastern Ghouta"."""
    if i + 1 >= len(words):
        return False
    low = lower[i]
    if low in ARTICLES:
        return (words[i + 1] in _HYPHENS and i + 2 < len(words) and words[i + 2][0].isupper()) or (
            low in {"al", "el"} and words[i + 1][0].isupper()
        )
    return low in cues.modifiers and words[i + 1][0].isupper()


def _match(sentence: Sentence, i: int, bits: Sequence[bytes | mmap], gazetteer: Gazetteer, cues: Cues) -> Found | None:
    """The longest name that begins at token i."""
    words, lower = sentence.words, sentence.lower
    n = len(words)
    ends: list[tuple[int, str]] = []
    crc, text, used, j = 0, "", 0, i
    while j < n and used < _LONGEST:
        word = words[j]
        if word in _HYPHENS:
            j += 1
            continue
        low = lower[j]
        last_possible = True
        if low in ARTICLES and j + 1 < n:
            part = "al" if j == i else ""
            last_possible = False
        elif low in _SHORT and j + 1 < n:
            part = _SHORT[low]
        else:
            part = fold(word)
        if not part and last_possible:
            break
        if part:
            crc = crc32(part.encode(), crc)
            text += part
        used += 1
        if last_possible and (used > 1 or low not in STOP):
            h = crc & MASK
            at, bit = h >> 3, 1 << (h & 7)
            for b in bits:
                if b[at] & bit:
                    ends.append((j, text))
                    break
        j += 1
        if j < n and not _goes_on(words, lower, j):
            break
    for last, key in reversed(ends):
        if (entries := gazetteer.lookup(key)) and _written_as(sentence, i, last, key, cues):
            return Found(sentence, i, last, key, entries)
    return None


def _goes_on(words: Sequence[str], lower: Sequence[str], j: int) -> bool:
    word = words[j]
    if word[0].isupper() or word[0].isdigit():
        return True
    after = words[j + 1] if j + 1 < len(words) else " "
    if word in _HYPHENS:
        small = after.lower()
        return after[0].isupper() or small in _JOINTS or small in ARTICLES or small in _PARTICLES
    if lower[j] in _JOINTS and words[j - 1] in _HYPHENS:
        return after in _HYPHENS
    if lower[j] in ARTICLES or lower[j] in _PARTICLES:
        if after in _HYPHENS:
            return True
        return after[0].isupper() or after.lower() in _PARTICLES or after.lower() in ARTICLES
    # "Euphrates river", "Kakhovka dam": names that end in a common noun.
    return lower[j] in _NOUNS


_NOUNS = place_words("nouns")


def _written_as(sentence: Sentence, first: int, last: int, key: str, cues: Cues) -> bool:
    """Whether the words are written as a name is: "US" is one, "Us", "us" and a lone "northwestern" are not."""
    if not any(w[0].isupper() for w in sentence.words[first : last + 1]) or sentence.words[last][-1] == "$":
        return False
    low = sentence.lower[first]
    if first == last and (low in cues.modifiers or low in cues.kinds or key in cues.never):
        return False
    if first == last and last + 1 < len(sentence) and sentence.lower[first] in cues.beginnings:
        if sentence.words[last + 1][0].isupper():
            return False  # "Tell" of "Tell Zanbaq"
    if last > first and sentence.lower[first] in {"a", "an"} and first == 0:
        return False
    if first == last and last + 1 < len(sentence) and key in _PEOPLES and sentence.words[last + 1][0].islower():
        return False  # "a Somali port city"
    if len(key) <= 3 and first == last:
        word = sentence.words[first]
        if key in _CAPITALS:
            return word.replace(".", "").isupper()
    return True


_CAPITALS = frozenset(
    {"us", "uk", "uae", "drc", "car", "ksa", "png", "prc", "rok", "rsa", "kri", "nyc", "dpr", "lpr", "dnr", "lnr",
     "dmz", "loc"}
)  # fmt: skip


def _abbreviation(sentence: Sentence, i: int, cues: Cues, gazetteer: Gazetteer) -> Found | None:
    """ "Fla.", "N.Y.", and "OK" after a comma: a state or province by its abbreviation."""
    word = sentence.words[i]
    if (at := cues.abbreviations.get(word)) is None:
        if word not in cues.codes or i < 2 or sentence.words[i - 1] != "," or not sentence.words[i - 2][0].isupper():
            return None
        at = cues.codes[word]
    elif word in {"Miss.", "Mass.", "Ill.", "Cal.", "Ind.", "Wash."} and (i < 2 or sentence.words[i - 1] != ","):
        if word in {"Miss.", "Mass.", "Ill."}:
            return None
    entries = tuple(gazetteer.area(*at))
    return Found(sentence, i, i, fold(word), entries, anchor=at, sure=2.0) if entries else None
