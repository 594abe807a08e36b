"""Which numbers count anything at all.

A year, an age, a calibre, an hour or an article of a law is written like a count and is none.
"""

from __future__ import annotations

from dateline.extract.counted import listed
from dateline.extract.number_words import Numeral, Words, at, digits, tag, words
from dateline.types import Sentence

_NOUN = ("NN", "JJ", "VB", "CD")
_LINKS_ON = frozenset({"of", "or", "more", "-", "to", "others", "(", "as"})


def counts(s: Sentence, num: Numeral) -> bool:
    """Whether a number can count something: not a date, an hour, an age, a calibre, a share, a name or an address."""
    if num.unit:
        return True
    w = words()
    a, b = num.first, num.last
    before, after = at(s, a - 1), at(s, b + 1)
    if after in w.ordinals and num.scale != 1000:
        return False
    if _measured(s, b, w) or _glued(s, num, w):
        return False
    if before in w.designators and not (before in {"number", "no", "unit"} and tag(s, b + 1) in {"NNS", "NN", "JJ"}):
        return False
    if before in w.months and not (tag(s, b + 1) == "NNS" and s.lower[b + 1].isalpha()):
        return False
    if after in w.months and num.low is not None and num.low <= 31:
        return False
    if s.lower[a][0].isdigit():
        return not _is_label(s, num, w)
    if s.lower[a] == "one" and b == a:
        return _one_counts(s, a)
    return True


def _measured(s: Sentence, b: int, w: Words) -> bool:
    """Whether a time or a measure follows: "5 km", "12 percent", "16-year-old", "five consecutive days"."""
    k = b + 2 if at(s, b + 1) == "-" else b + 1
    if k < len(s):
        low, lemma = s.lower[k], s.lemmas[k]
        if low in w.times or lemma in w.times or low in w.measures or lemma in w.measures:
            return True
        if k == b + 2 and low in w.ordinals:
            return True
    return k == b + 1 and _time_ahead(s, b, w)


def _glued(s: Sentence, num: Numeral, w: Words) -> bool:
    """Whether the number is a piece of a longer sign: "T-72", "9:30", "252-972-1411", "5-4"."""
    a, b = num.first, num.last
    before, low = at(s, a - 1), s.lower
    if _joined(s, a - 1, a):
        if not before.isalpha() and before not in {"(", "[", '"', "'", "``", "-", "--", "~", "+"}:
            return True
        if before == "-" and _joined(s, a - 2, a - 1):
            name = low[a - 2]
            if name[:1].isdigit() and at(s, a - 3) == "-":
                return True
            if name.isalpha() and name not in w.units and name not in w.tens and len(name) <= 3:
                return True
    if at(s, b + 1) == "-" and _joined(s, b, b + 1) and _joined(s, b + 1, b + 2):
        return at(s, b + 2)[:1].isdigit() and _chain(s, a, b)
    return False


def _joined(s: Sentence, i: int, j: int) -> bool:
    return i >= 0 and j < len(s) and s.ends[i] == s.starts[j]


def _chain(s: Sentence, a: int, b: int) -> bool:
    """A telephone number, a date or a score's chain: digits, hyphen, digits, hyphen, digits; or a falling "5-4"."""
    if b + 4 < len(s) and s.lower[b + 3] == "-" and s.lower[b + 4][:1].isdigit():
        return True
    if a >= 2 and s.lower[a - 1] == "-" and s.lower[a - 2][:1].isdigit():
        return True
    left, right = digits(s.lower[b]), digits(s.lower[b + 2])
    return left is None or right is None or (left >= right and right >= 1)


def _time_ahead(s: Sentence, b: int, w: Words) -> bool:
    """ "five consecutive days", "12 more years"."""
    for k in range(b + 1, min(b + 4, len(s))):
        if s.lemmas[k] in w.times and s.tags[k].startswith("NN"):
            return True
        if s.tags[k] not in {"JJ", "JJR", "VBG", "JJS", "HYPH"}:
            return False
    return False


def _is_label(s: Sentence, num: Numeral, w: Words) -> bool:
    """Whether a number in digits is a year, a day of the month, an age or the name of something."""
    a, b = num.first, num.last
    value = num.low or 0
    before, after, after_tag = at(s, a - 1), at(s, b + 1), tag(s, b + 1)
    word = s.lower[a]
    if _is_telephone(s, a, b):
        return True
    if a == b and word.isdigit() and (len(word) >= 9 or (len(word) == 4 and _is_year(s, a, value, w))):
        return True
    if (num.scale == 1 and value != int(value)) or (word == "911" and after_tag != "NNS"):
        return True
    if after in {")", "."} and a == 0 and value < 100:
        return True
    if before in w.weekdays and value <= 31 and not after_tag.startswith(_NOUN):
        return True
    if after in w.streets or (after_tag in {"NNP", "NNPS"} and not w.streets.isdisjoint(s.lower[b + 1 : b + 5])):
        return True
    if _is_age(s, a, b, value):
        return True
    if a == 0 or tag(s, a - 1) not in {"NN", "NNP", "NNPS"} or before in w.counted_after or value >= 10000:
        return False
    return not after_tag.startswith(_NOUN) and after not in _LINKS_ON


def _is_telephone(s: Sentence, a: int, b: int) -> bool:
    """ "(216) 555-1234": three digits in brackets and more after them, or what comes after those brackets."""
    if len(s.lower[a]) == 3 and at(s, a - 1) == "(" and at(s, b + 1) == ")":
        return at(s, b + 2)[:3].isdigit()
    return at(s, a - 1) == ")" and len(at(s, a - 2)) == 3 and at(s, a - 2).isdigit() and at(s, a - 3) == "("


def _is_year(s: Sentence, a: int, value: float, w: Words) -> bool:
    """Whether a number of four digits is a year, which it is unless the words around it say that it counts."""
    if not 1900 <= value <= 2099:
        return False
    before = at(s, a - 1)
    if before in w.year_counts:
        return False
    counted = tag(s, a + 1) == "NNS" or (tag(s, a + 1) == "JJ" and tag(s, a + 2) == "NNS")
    return not (counted and (a == 0 or tag(s, a - 1).startswith(("VB", "PRP", "CC"))))


def _is_age(s: Sentence, a: int, b: int, value: float) -> bool:
    """ "Ahmed, 34, said", "ages 13, 17 and 19"."""
    if value > 110 or a == 0:
        return False
    if s.lower[a - 1] in {",", "("} and a > 1 and at(s, b + 1) in {",", ")", ".", "of", "and", "was", "from", ""}:
        person = s.lower[a - 2] in listed("one_of") and at(s, b + 1) != "of"  # "Boy, 14, dies"
        return person or s.ents[a - 2] == "PERSON" or s.tags[a - 2].startswith("NNP")
    k = a - 1
    while k >= 0 and (s.lower[k][0].isdigit() or s.lower[k] in {",", "and"}):
        k -= 1
    return 0 <= k < a - 1 and s.lower[k] in {"aged", "ages", "age"}


def _one_counts(s: Sentence, i: int) -> bool:
    """ "one" as a count: not "one another", "the one", "no one", "one side"."""
    w = words()
    return at(s, i - 1) not in w.one_after and at(s, i + 1) not in w.one_before
