"""A batch of items → a batch of coded reports: the one pure function that every engine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.corpus.duplicates import signature
from dateline.corpus.tally import Tally
from dateline.errors import DatelineError, ReadError
from dateline.pipeline import Pipeline, failed
from dateline.read import Options
from dateline.read.files import is_uri
from dateline.read.items import Item, read_item
from dateline.reconcile import with_events
from dateline.record import encode
from dateline.types import CodedReport, Reject, Report

if TYPE_CHECKING:
    from dateline.llm import Client, Extractor

ID_BYTES = 8
"""Bytes of the hash under which an id is remembered."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How reports are read and coded; picklable, the same for all shards of a run.

    ``model`` is a language model that finds the claims in place of the codebook's rules; ``kinds`` is whether the trained
    model of kinds is asked.
    """

    options: Options = field(default_factory=Options)
    codebook: Path | None = None
    publications: bool = False
    events: bool = False
    model: Client | None = None
    kinds: bool = True


@dataclass(slots=True)
class Batch:
    """Lines of coded reports and of rejects, as bytes with their line breaks.

    ``ids`` are hashes of the reports' ids, ``signatures`` (if they were asked for) tell near-duplicates.
    """

    coded: list[bytes] = field(default_factory=list)
    rejects: list[bytes] = field(default_factory=list)
    ids: list[bytes] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)
    sign: bool = False
    tally: Tally = field(default_factory=Tally)

    def add(self, item: CodedReport | Reject) -> None:
        self.tally.add(item)
        if isinstance(item, Reject):
            self.rejects.append(encode(item) + b"\n")
        else:
            self.coded.append(encode(item) + b"\n")
            self.ids.append(hash_id(item.report.id))
            if self.sign:
                self.signatures.append(signature(item.report.text))


def hash_id(id: str) -> bytes:
    return blake2b(id.encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).digest()


@lru_cache(maxsize=1)
def pipeline(codebook: Path | None, model: Client | None, kinds: bool = True) -> tuple[Pipeline, Extractor | None]:
    """This process's pipeline, loaded once, with the extractor that asks the model."""
    if model is None:
        return Pipeline(codebook, kinds=kinds), None
    from dateline.llm import Extractor

    extractor = Extractor(model)
    return Pipeline(codebook, extractor=extractor), extractor


def code_batch(
    items: Iterable[Item],
    settings: Settings,
    skip: frozenset[int] = frozenset(),
    before: Callable[[int], None] | None = None,
) -> Batch:
    """Read and code items.  The same items give the same bytes, in whichever process.

    Args:
        items: what to read.
        settings: how.
        skip: positions of items that must not be touched, since they end the process; they are put aside.
        before: called with an item's position before it is read; items are then coded one at a time.
    """
    batch = Batch(sign=settings.publications)
    coder, extractor = pipeline(settings.codebook, settings.model, settings.kinds)
    if extractor:
        extractor.refused = batch.tally.refused
    _code(items, settings, coder, batch, skip, before)
    return batch


def _code(
    items: Iterable[Item],
    settings: Settings,
    coder: Pipeline,
    batch: Batch,
    skip: frozenset[int],
    before: Callable[[int], None] | None,
) -> None:
    finish = _with_events if settings.events else _as_it_is
    if before is None and not skip:
        for coded in coder.code(_reports(items, settings.options)):
            batch.add(finish(coded))
        return
    for n, item in enumerate(items):
        if n in skip:
            batch.add(
                Reject(id=item.name, origin=item.origin, reason="crashed", detail="the process ended while coding it")
            )
            continue
        if before:
            before(n)
        for coded in coder.code(_reports((item,), settings.options)):
            batch.add(finish(coded))


def _as_it_is(item: CodedReport | Reject) -> CodedReport | Reject:
    return item


def _with_events(item: CodedReport | Reject) -> CodedReport | Reject:
    if isinstance(item, Reject):
        return item
    try:
        return with_events(item)
    except DatelineError:
        raise
    except Exception as e:
        return failed(item.report, e)


def _reports(items: Iterable[Item], options: Options) -> Iterator[Report | Reject]:
    for item in items:
        yield from _guarded(item, options)


def _guarded(item: Item, options: Options) -> Iterator[Report | Reject]:
    """An item that trips its reader is put aside with its reason; the others go on.

    Raises:
        ReadError: a file elsewhere cannot be had; unlike damage, that may pass.
    """
    try:
        yield from read_item(item, options)
    except Exception as e:
        if isinstance(e, ReadError) and is_uri(item.path):
            raise
        detail = f"cannot be read: {type(e).__name__}: {e}"
        yield Reject(id=item.name, origin=item.origin, reason="failed", detail=detail)
