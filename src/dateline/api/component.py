"""``nlp.add_pipe("dateline")``: claims on the documents of any spaCy pipeline.

The component reads a document's text as it stands, with the program's own parser; what other components found is left
alone and not used.  It needs nothing of the pipeline that it stands in, not even a model.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.record import decode, encode, from_record
from dateline.types import Claim, CodedReport, Reject, Report

if TYPE_CHECKING:
    from dateline.pipeline import Pipeline

_KEY = "dateline"
_BATCH = 64  # documents taken in at a time


class Component:
    """Codes documents.

    Sets ``doc._.dateline``, the coded report, and the span group ``doc.spans["dateline"]``: a span for each claim's
    trigger, its label the claim's type, its ``span._.claim`` the claim.  Tokens are never cut: a span covers those
    that the trigger touches.  A document whose text cannot be coded has None and no spans.

    ``doc.user_data["published"]`` gives a document's ISO date, ``["id"]``, ``["title"]`` and ``["outlet"]`` what else
    is known of it; the setting ``published`` is the date of those that have none.
    """

    def __init__(self, codebook: str | None = None, published: str | None = None) -> None:
        self._codebook = Path(codebook) if codebook else None
        self._published = published
        self._pipeline: Pipeline | None = None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        """Code documents in batches, in order."""
        stream = iter(docs)
        while batch := list(islice(stream, max(1, batch_size))):
            coded = self._loaded().code([self._report(doc) for doc in batch])
            for doc, found in zip(batch, coded, strict=True):
                _set(doc, found)
                yield doc

    def _loaded(self) -> Pipeline:
        if self._pipeline is None:
            from dateline.pipeline import Pipeline

            self._pipeline = Pipeline(self._codebook)
        return self._pipeline

    def _report(self, doc: Doc) -> Report:
        id, title, outlet = (str(doc.user_data.get(n) or "") for n in ("id", "title", "outlet"))
        published = doc.user_data.get("published") or self._published
        return Report(id=id or "doc", text=doc.text, title=title, outlet=outlet, published=published)

    def __getstate__(self) -> dict[str, object]:
        return {"_codebook": self._codebook, "_published": self._published, "_pipeline": None}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing is learned, so nothing is kept besides the settings in the pipeline's own configuration."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Component:
        return self

    def to_disk(self, path: str | os.PathLike[str], *, exclude: Iterable[str] = ()) -> None:
        """As :meth:`to_bytes`."""

    def from_disk(self, path: str | os.PathLike[str], *, exclude: Iterable[str] = ()) -> Component:
        return self


def _set(doc: Doc, found: CodedReport | Reject) -> None:
    """Keep a coding as text, which spaCy can write to disk and hand between processes."""
    if isinstance(found, Reject):
        doc.user_data.pop(_KEY, None)
        doc.spans[_KEY] = []
        return
    doc.user_data[_KEY] = encode(found).decode()
    doc.spans[_KEY] = [span for claim in found.claims if (span := _span(doc, claim)) is not None]


def _span(doc: Doc, claim: Claim) -> Span | None:
    start, end = claim.trigger.start, claim.trigger.end
    if start is None or end is None:
        return None
    found = doc.char_span(start, end, label=claim.type, alignment_mode="expand")
    return Span(doc, found.start, found.end, label=claim.type, span_id=claim.id) if found is not None else None


def _coded(doc: Doc) -> CodedReport | None:
    if _KEY not in doc.user_data:
        return None
    coded = from_record(decode(doc.user_data[_KEY]))
    return replace(coded, report=replace(coded.report, text=doc.text))


def _claim(span: Span) -> Claim | None:
    coded = _coded(span.doc)
    return next((c for c in coded.claims if c.id == span.id_), None) if coded and span.id_ else None


@Language.factory(
    "dateline", default_config={"codebook": None, "published": None}, assigns=["doc._.dateline", "doc.spans"]
)
def make(nlp: Language, name: str, codebook: str | None, published: str | None) -> Component:
    """The component; ``codebook`` is the path of a codebook of your own, ``published`` the documents' ISO date."""
    return Component(codebook, published)


Doc.set_extension("dateline", getter=_coded, force=True)
Span.set_extension("claim", getter=_claim, force=True)
