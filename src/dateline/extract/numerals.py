"""Numbers as English writes them, in digits ("1,200", "1 200", "1.5 million") and in words ("half a million")."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.extract.counting import counts
from dateline.extract.number_words import Numeral, Words, at, digits, words
from dateline.types import Sentence

_SUFFIXED = re.compile(r"(\d[\d,.]*)(k|m|mn|bn)")
_INSIDE = frozenset({"JJ", "NN", "NNP", "HYPH", "VBG"})  # tags between "twin" and its plural


def find_numerals(s: Sentence) -> list[Numeral]:
    """Every number of a sentence that may count something, in order; see :func:`counts` for what is left out."""
    w, found, i = words(), [], 0
    while i < len(s):
        low = s.lower[i]
        number = _read(s, i, w) if low[0].isdigit() or low in w.starts else None
        if number is None:
            i += 1
            continue
        number = _with_unit(s, number, w)
        found.append(number)
        i = number.last + 1
    if not found:
        return found
    kept = [counts(s, number) for number in found]
    for k in range(len(found) - 2, -1, -1):  # "3 to 5 years": the first number counts no more than the second
        between = s.lower[found[k].last + 1 : found[k + 1].first]
        linked = len(between) == 1 and (between[0] in {"to", "-", "--", "or"} or _between(s, found[k], between[0]))
        if linked and not kept[k + 1]:
            kept[k] = False
    return [number for number, keep in zip(found, kept, strict=True) if keep]


def _between(s: Sentence, num: Numeral, link: str) -> bool:
    return link == "and" and num.first > 0 and s.lower[num.first - 1] == "between"


# ---------------------------------------------------------------------------------------------- reading


def _read(s: Sentence, i: int, w: Words) -> Numeral | None:
    low = s.lower[i]
    if low[0].isdigit():
        return _read_digits(s, i, w)
    if low == "no":
        deaths = i + 1 < len(s) and s.lower[i + 1] in {"deaths", "fatalities", "injuries"}
        return Numeral(i, i, 0, 0) if deaths else None
    if low in {"half", "quarter"}:
        return _read_fraction(s, i, w)
    if low in w.pairs:
        plural = next((t for t in s.tags[i + 1 : i + 4] if t not in _INSIDE), "")
        return Numeral(i, i, w.pairs[low], w.pairs[low]) if plural.startswith("NN") else None
    if low in w.vague:
        return _read_vague(s, i, w)
    return _read_words(s, i, w)


def _read_digits(s: Sentence, i: int, w: Words) -> Numeral | None:
    low = s.lower[i]
    value, last, scale = digits(low), i, 1.0
    if value is None:
        m = _SUFFIXED.fullmatch(low)
        value = digits(m[1]) if m else None
        if m is None or value is None or (m[2] == "m" and not _of_millions(s, i, w)):
            return None
        scale = w.suffixes[m[2]]
        return Numeral(i, i, value * scale, value * scale, scale)
    if value < 1000 and "." not in low and "," not in low:
        value, last = _spaced(s, i, value)
    for k in range(last + 1, len(s)):
        word = s.lower[k]
        if word in w.scales or (word in w.suffixes and s.starts[k] == s.ends[k - 1] and _suffix_fits(s, i, k, w)):
            scale = w.scales.get(word) or w.suffixes[word]
            value, last = value * scale, k
        else:
            break
    if scale > 1 and list(s.lower[last + 1 : last + 4]) == ["and", "a", "half"]:
        value, last = value + scale / 2, last + 3
    return Numeral(i, last, round(value, 6), round(value, 6), scale)


def _spaced(s: Sentence, i: int, value: float) -> tuple[float, int]:
    """Thousands set off by one space or by a comma and a space: "1 200", "61, 000"."""
    last = i
    if i and s.lower[i - 1] in words().months:
        return value, last
    while last + 1 < len(s):
        k = last + 1
        if s.lower[k] == "," and k + 1 < len(s) and s.lower[k + 1] == "000":
            k += 1
        word = s.lower[k]
        if not (len(word) == 3 and word.isascii() and word.isdigit() and s.starts[k] - s.ends[k - 1] <= 1):
            break
        value, last = value * 1000 + int(word), k
    return value, last


def _of_millions(s: Sentence, i: int, w: Words) -> bool:
    before = s.lower[i - 1] if i else ""
    after = s.tags[i + 1] if i + 1 < len(s) else ""
    return before in w.signs or (after == "NNS" and s.lemmas[i + 1] not in w.measures)


def _suffix_fits(s: Sentence, i: int, k: int, w: Words) -> bool:
    if s.lower[k] != "m":
        return True
    before = s.lower[i - 1] if i else ""
    return before in w.signs or (k + 1 < len(s) and s.tags[k + 1] == "NNS" and s.lemmas[k + 1] not in w.times)


def _read_fraction(s: Sentence, i: int, w: Words) -> Numeral | None:
    """ "half a million", "a half million", "a half a million", "a quarter of a million"."""
    k = i + 1
    if k < len(s) and s.lower[k] == "of":
        k += 1
    if k < len(s) and s.lower[k] in {"a", "an", "one"}:
        k += 1
    if k >= len(s) or s.lower[k] not in w.scales:
        return None
    scale = w.scales[s.lower[k]]
    if k + 1 < len(s) and s.lower[k] == "dozen" and s.lower[k + 1] in w.scales:
        return None
    value = w.fractions[s.lower[i]] * scale
    first = i - 1 if i and s.lower[i - 1] in {"a", "one"} else i
    return Numeral(first, k, value, value, scale)


def _read_vague(s: Sentence, i: int, w: Words) -> Numeral | None:
    """ "dozens", "tens of thousands", "several hundreds"."""
    value, k = float(w.vague[s.lower[i]]), i
    if s.tags[i].startswith("VB") and s.lower[i] == "scores":
        return None
    while k + 2 < len(s) and s.lower[k + 1] == "of" and s.lower[k + 2] in w.vague:
        step = w.vague[s.lower[k + 2]] / 2
        value, k = value / 2 * step * 2, k + 2
    if s.lower[i] == "tens" and k == i and not (k + 1 < len(s) and s.lower[k + 1] == "of"):
        return None
    if k + 1 < len(s) and s.lower[k + 1] in w.ordinals:
        return None
    return Numeral(i, k, value, None, vague=True)


def _read_words(s: Sentence, i: int, w: Words) -> Numeral | None:
    """ "two hundred and fifty thousand", "a dozen", "several hundred", "two and a half million"."""
    low = s.lower
    if low[i] in w.units and list(low[i + 1 : i + 4]) == ["and", "a", "half"] and at(s, i + 4) in w.scales:
        scale = float(w.scales[low[i + 4]])
        value = (w.units[low[i]] + 0.5) * scale
        return Numeral(i, i + 4, value, value, scale)
    lead = _lead(s, i, w) if low[i] in w.scales else (i, 0.0, False)
    if lead is None:
        return None
    first, group, vague = lead
    last, value, scale = _sum_words(s, i, group, w)
    return Numeral(first, last, value, None if vague else value, scale, vague=vague) if last >= i else None


def _lead(s: Sentence, i: int, w: Words) -> tuple[int, float, bool] | None:
    """What stands before a scale: its first token, how many of the scale it makes, and whether only vaguely."""
    before = at(s, i - 1)
    if before in {"a", "an"}:
        return i - 1, 1.0, False
    if before == "of" and at(s, i - 2) == "couple":
        return i - 2 - (at(s, i - 3) == "a"), 2.0, False
    if before in w.few:
        return i - 1 - (at(s, i - 2) == "a"), 2.0, True
    return (i, 1.0, False) if s.lower[i] in {"dozen", "hundred", "thousand"} else None


def _sum_words(s: Sentence, i: int, group: float, w: Words) -> tuple[int, float, float]:
    """Add number words up from ``i``: last token, value, and the scale that ended it.

    ``group`` is the part below the next thousand; ``room`` what the next word must stay below.
    """
    total, scale, smallest, room = 0.0, 1.0, float("inf"), 100.0
    last, k = i - 1, i
    while k < len(s):
        word = s.lower[k]
        if word in w.tens and room > 10 and group % 100 == 0:
            group, room = group + w.tens[word], 10
        elif word in w.units and w.units[word] < room and not (room == 10 and w.units[word] == 0):
            group, room = group + w.units[word], 0
        elif word == "hundred" and 0 < group < 100:
            group, room, scale = group * 100, 100, 100
        elif word == "dozen" and group and scale == 1:
            total, group, room, scale = group * 12, 0, 0, 12
        elif word in w.scales and scale == 12 and not group:
            total, scale = total * w.scales[word], w.scales[word]
        elif word in w.scales and 100 < w.scales[word] < smallest and group:
            scale = smallest = w.scales[word]
            total, group, room = total + group * scale, 0, 100
        elif k > last + 1 or k == i or not _bridges(s, k, room, scale, w):
            break
        else:
            k += 1
            continue
        last = k
        k += 1
    return last, total + group, scale


def _bridges(s: Sentence, k: int, room: float, scale: float, w: Words) -> bool:
    """Whether a hyphen or "and" leads on: "twenty-five", "two hundred and five"."""
    following = at(s, k + 1)
    if s.lower[k] == "-":
        return room == 10 and following in w.units
    return s.lower[k] == "and" and scale >= 100 and room == 100 and (following in w.tens or following in w.units)


def _with_unit(s: Sentence, num: Numeral, w: Words) -> Numeral:
    """The number with the money or area that signs and words beside it make it."""
    before, after = at(s, num.first - 1), at(s, num.last + 1)
    after_lemma = s.lemmas[num.last + 1] if after else ""
    if before in w.signs:
        return replace(num, first=num.first - 1, unit="money")
    if after_lemma in w.currencies or after in w.signs:
        return replace(num, last=num.last + 1, unit="money")
    if after_lemma in w.area:
        last = num.last + 1
        if after in {"square", "sq", "sq."}:
            unit = at(s, last + 1)
            if unit.startswith(("mile", "mi")):
                return replace(num, last=last + 1, unit="square miles")
            if not unit.startswith(("k", "met", "m")):
                return num
            return replace(num, last=last + 1, unit="km2" if unit.startswith("k") else "m2")
        return replace(num, last=last, unit=w.area[after_lemma])
    return num
