"""Mend the words that the parser sees, never the text: what newsrooms' and scrapers' habits did to them.

A lost apostrophe is put back ("Syrias Idlib" → "Syria" "'s"), a headline's capitals are lowered, curly
quotes become straight.  Every mended word keeps the offsets of what stands in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_QUOTES = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "`": "'",
    "´": "'",
    "–": "--",
    "—": "--",
}
_STOPS = {".", "!", "?", "...", "…", "?!", "!?"}
_CLOSERS = {'"', "''", "'", ")", "]", "”", "’", "»"}
_OPENERS = {'"', "``", "''", "(", "[", "“", "‘", "«", "'"}
_WEEKDAYS = {"mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"}
_HEADLINE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Token:
    """A word for the parser and where it stands in the report's text."""

    word: str
    start: int
    end: int


def mend(tokens: Sequence[Token], is_name: Callable[[str], bool]) -> list[Token]:
    """Straighten quotes and put back the apostrophe that scraping lost after a known name."""
    out: list[Token] = []
    shouted = sum(t.word.isupper() for t in tokens) * 2 > len(tokens)
    for i, t in enumerate(tokens):
        word = _straight(t.word)
        if word == "IS" and not shouted:  # the group; the parser would take it for the verb
            word = "ISIS"
        if len(word) > 4 and word[-1] == "s" and _lost_apostrophe(word, tokens, i, is_name):
            out.append(Token(word[:-1], t.start, t.end - 1))
            out.append(Token("'s", t.end - 1, t.end))
        else:
            out.append(Token(word, t.start, t.end) if word is not t.word else t)
    return out


def _straight(word: str) -> str:
    if word.isascii():
        return '"' if word == "''" else word
    for curly, plain in _QUOTES.items():
        if curly in word:
            word = word.replace(curly, plain)
    return word


def _lost_apostrophe(word: str, tokens: Sequence[Token], i: int, is_name: Callable[[str], bool]) -> bool:
    if i + 1 >= len(tokens) or not tokens[i + 1].word[:1].isalpha():
        return False
    low = word.lower()
    if low in _WEEKDAYS:
        return i == 0 or tokens[i - 1].word.lower() not in {"on", "and", "or"}
    return word[0].isupper() and word[-2] != "s" and is_name(low[:-1]) and not is_name(low)


def sentence_starts(tokens: Sequence[Token], caseless: bool = False) -> list[bool]:
    """Whether each token begins a sentence.  Stops inside abbreviations are part of their token.

    Without capitals (``caseless``) any word after a stop begins one.
    """
    starts = [False] * len(tokens)
    if tokens:
        starts[0] = True
    i = 0
    while i < len(tokens) - 1:
        if tokens[i].word in _STOPS:
            j = i + 1
            while j < len(tokens) and tokens[j].word in _CLOSERS and tokens[j].start == tokens[j - 1].end:
                j += 1
            if j < len(tokens) and (caseless or _begins(tokens, j)):
                starts[j] = True
            i = j
        else:
            i += 1
    return starts


def _begins(tokens: Sequence[Token], j: int) -> bool:
    first = tokens[j].word[:1]
    return first.isupper() or first.isdigit() or tokens[j].word in _OPENERS or not first.isascii()


def is_telegraphic(words: Sequence[str]) -> bool:
    """Whether a sentence is set in a headline's capitals."""
    alpha = [w for w in words if len(w) > 3 and w.isalpha()]
    return len(alpha) >= 4 and sum(w[0].isupper() for w in alpha) >= _HEADLINE_SHARE * len(alpha) + 1


def lower_headline(tokens: list[Token], common: Callable[[str], bool]) -> list[Token]:
    """Lower the words of a headline that are known as common words; names keep their capitals."""
    return [
        Token(low, t.start, t.end)
        if t.word[:1].isupper() and common(low := t.word.lower()) and len(low) == len(t.word)
        else t
        for t in tokens
    ]


def quoted(words: Sequence[str], inside: bool) -> tuple[list[bool], bool]:
    """Which tokens stand inside direct speech; ``inside`` says whether speech was open before."""
    out = []
    for w in words:
        if w in {'"', "``", "''", "“", "”"}:
            inside = w in {"``", "“"} or (w == '"' and not inside)
            out.append(True)
        else:
            out.append(inside)
    return out, inside
