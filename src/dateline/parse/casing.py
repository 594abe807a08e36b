"""Capitals given back to a report that has none, or nothing else: dispatches of old wires and of monitoring services.

The parser, the actor list and the gazetteer go by capitals.  Only the words that they see are changed, never the text.
Names known from the lists are spelled as there; any other word that no dictionary has is a name too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Spell = Callable[[tuple[str, ...]], tuple[str, ...] | None]
"""Lower-cased tokens that stand together → the same as a name is written; None where they are no name."""

_LONGEST = 6  # tokens of a name
_SAMPLE = 1500  # characters that are looked at
_LEAST = 12  # letters of the sample without which nothing is said
_FEW = 0.004  # share of capitals below which there are none; running English has some 2 to 6 %
_MANY = 0.8
_VOWELS = frozenset("aeiouy")
_ACRONYM = 6


def is_caseless(text: str) -> bool:
    """Whether a text is written without capitals, or in capitals alone."""
    sample = text[:_SAMPLE]
    small, large = sum(map(str.islower, sample)), sum(map(str.isupper, sample))
    letters = small + large
    return letters >= _LEAST and not _FEW * letters <= large <= _MANY * letters


def restored(
    words: Sequence[str],
    spell: Spell,
    known: Callable[[str], bool],
    person: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The words of a sentence with capitals where names are, and at its beginning.

    Args:
        words: the sentence's tokens.
        spell: knows names.
        known: says whether a lower-cased word is in the dictionary; one that is not is a name.
        person: says whether a word may be part of a person's name; beside another part it is ("Hector" before "Oqueli").
    """
    low = [w.lower() if len(w.lower()) == len(w) else w for w in words]
    out = list(low)
    i = 0
    while i < len(low):
        size = _name_at(low, i, spell, out)
        if not size:
            if low[i].isalpha() and not known(low[i]):
                out[i] = _as_name(low, i)
            size = 1
        i += size
    for i in range(len(out)):
        beside = out[i - 1 : i] + out[i + 1 : i + 2] if i else out[1:2]
        if out[i].isalpha() and out[i].islower() and person(low[i]) and any(_is_person(w, known) for w in beside):
            out[i] = out[i][:1].upper() + out[i][1:]
    first = next((i for i, w in enumerate(out) if w[:1].isalpha()), None)
    if first is not None and out[first].islower():
        out[first] = out[first][:1].upper() + out[first][1:]
    return ["I" if w == "i" else w for w in out]


def _is_person(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word was made a name because no dictionary has it, as most surnames."""
    return word.isalpha() and word[:1].isupper() and not word.isupper() and not known(word.lower())


def _name_at(low: Sequence[str], i: int, spell: Spell, out: list[str]) -> int:
    """Write the longest name that begins at a token; how many tokens it has, 0 for none."""
    if not low[i][:1].isalnum():
        return 0
    for size in range(min(_LONGEST, len(low) - i), 0, -1):
        if found := spell(tuple(low[i : i + size])):
            out[i : i + size] = found
            return size
    return 0


def _as_name(low: Sequence[str], i: int) -> str:
    """An unknown word as a name: in capitals where it is an abbreviation ("(FMLN)")."""
    word = low[i]
    bracketed = 0 < i < len(low) - 1 and low[i - 1] == "(" and low[i + 1] == ")"
    if len(word) <= _ACRONYM and (bracketed or _VOWELS.isdisjoint(word)):
        return word.upper()
    return word[:1].upper() + word[1:]
