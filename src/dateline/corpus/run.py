"""A whole run: input → shards → engine → ledger → output."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyarrow import fs

from dateline.codebook.lexicon import DATA
from dateline.codebook.loader import DEFAULT, load_codebook
from dateline.corpus import progress
from dateline.corpus.batch import Settings
from dateline.corpus.join import Joined, join, settle
from dateline.corpus.ledger import Entry, Ledger, whereabouts
from dateline.corpus.local import run, run_here
from dateline.corpus.shards import ITEMS, Shard, shards
from dateline.corpus.tally import Summary, Tally
from dateline.errors import OutputError, UsageError
from dateline.read import Options
from dateline.read.compressed import SUFFIXES
from dateline.read.files import beside, first_line, is_uri, names_folder, pure, shown
from dateline.read.items import find_items

if TYPE_CHECKING:
    from dateline.llm import Client

ENGINES = ("local", "spark")
Meters = Callable[[int], AbstractContextManager[progress.Meter]]


AS_IT_COMES = Options()


def code_corpus(
    input: Sequence[str | Path],
    output: str | Path,
    *,
    engine: str = "local",
    jobs: int | None = None,
    resume: bool = False,
    codebook: Path | None = None,
    options: Options = AS_IT_COMES,
    publications: bool = False,
    events: bool = False,
    model: Client | None = None,
    kinds: bool = True,
    shard: int = ITEMS,
    meter: Meters | None = None,
) -> Summary:
    """Code a corpus into a file; what is put aside goes to ``OUTPUT.rejects.jsonl``.

    The output is the same, byte for byte, whatever the engine, the number of processes and the accidents on
    the way.  Until it is whole, ``OUTPUT.parts`` holds the finished shards.

    Args:
        input: files and folders, by path or URI; ``-`` for standard input.
        output: the file to write, by path or URI: JSONL, or Parquet if its name ends so.  A name that ends in ``/`` is
            a folder, which keeps the shards as its parts.
        engine: "local" (processes of this machine) or "spark".
        jobs: processes; by default one a core.
        resume: go on where an earlier run of the same settings ended.
        codebook: a codebook's file or folder; the default one if None.
        options: how to read.
        publications: keep one of near-identical reports, the first; ``OUTPUT.publications.jsonl`` says where each
            of the kept ones stands too.
        events: give each report the events that its own claims come to.
        model: a language model that finds the claims in place of the codebook's rules.
        kinds: ask the trained model of kinds what each report is mainly about.
        shard: items of a shard at most.
        meter: makes what is told of progress, given the bytes of the input; by default nothing.

    Raises:
        UsageError: the options make no sense, or an earlier run had others.
        ReadError: an input does not exist or cannot be read.
        OutputError: the output cannot be written.
        CodebookError: the codebook is wrong.
        ModelError: no language model answers.
    """
    started = time.monotonic()
    if engine not in ENGINES:
        raise UsageError(f"no engine {engine!r}; there are {', '.join(ENGINES)}", field="--engine")
    jobs = jobs if jobs is not None else cores()
    if jobs < 1:
        raise UsageError("at least one process is wanted", field="--jobs")
    settings = Settings(options, codebook, publications, events, model, kinds)
    output = str(output)
    folder = names_folder(output)
    if folder and publications:
        raise UsageError("near-duplicates are found where the output is one file, not a folder", field="--publications")
    ledger = Ledger(output if folder else beside(output, ".parts"))
    described = _describe(settings, shard)
    if not folder:
        _check(output)
    with nullcontext() if folder or is_uri(output) else _lock(Path(output)):
        ledger.begin(described, resume)
        done = _Done(ledger.entries() if resume else {})
        cut = shards(find_items(input), shard)
        with meter(progress.size_of(input)) if meter else nullcontext(progress.nothing) as tell:
            pending = done.without(cut, tell)
            for entry in _engine(engine, pending, settings, ledger, jobs):
                done.add(entry, tell)
        entries = done.in_order()
        if folder:
            joined = settle(ledger, entries)
            ledger.finish()
        else:
            joined = join(ledger, entries, output, events)
            ledger.remove()
    return _summary(entries, done, time.monotonic() - started, joined)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _engine(name: str, pending: Iterator[Shard], settings: Settings, ledger: Ledger, jobs: int) -> Iterator[Entry]:
    if name == "spark":
        from dateline.corpus.spark import run as run_spark

        return run_spark(pending, settings, ledger, jobs)
    head = list(islice(pending, 2))
    whole = chain(head, pending)
    return run_here(whole, settings, ledger) if jobs == 1 or len(head) < 2 else run(whole, settings, ledger, jobs)


class _Done:
    """What is finished: by earlier runs and by this one."""

    def __init__(self, earlier: dict[int, Entry]) -> None:
        self._earlier = earlier
        self._sizes: dict[int, int] = {}
        self.entries: dict[int, Entry] = {}
        self.resumed = Tally()

    def without(self, cut: Iterable[Shard], tell: progress.Meter) -> Iterator[Shard]:
        """The shards that are still to do."""
        for shard in cut:
            size = sum(i.size for i in shard.items)
            known = self._earlier.get(shard.number)
            if known and known.digest == shard.digest:
                self.entries[shard.number] = known
                self.resumed.update([known.tally])
                tell(known, size)
            else:
                self._sizes[shard.number] = size
                yield shard

    def add(self, entry: Entry, tell: progress.Meter) -> None:
        self.entries[entry.number] = entry
        tell(entry, self._sizes.pop(entry.number, 0))

    def in_order(self) -> list[Entry]:
        return [self.entries[n] for n in sorted(self.entries)]


def _summary(entries: Sequence[Entry], done: _Done, seconds: float, joined: Joined) -> Summary:
    whole = Tally()
    whole.update(e.tally for e in entries)
    return Summary(
        reports=whole.reports,
        words=whole.words,
        claims=dict(sorted(whole.claims.items())),
        rejects=dict(sorted(whole.rejects.items())),
        seconds=seconds,
        resumed=done.resumed.reports,
        resumed_words=done.resumed.words,
        duplicate_ids=joined.renamed,
        copies=joined.copies,
        refused=dict(sorted(whole.refused.items())),
    )


def _describe(settings: Settings, shard: int) -> dict[str, Any]:
    """What must be the same for two runs to give the same output."""
    return {
        "program": version("dateline"),
        "codebook": f"{load_codebook(settings.codebook).label} {_fingerprint(settings.codebook or DEFAULT)}",
        "word lists": _fingerprint(DATA),
        "parser": os.environ.get("DATELINE_MODEL", ""),
        "publications": settings.publications,
        "events": settings.events,
        "published": settings.options.published,
        "fields": dict(settings.options.fields),
        "shard": shard,
        **({} if settings.kinds else {"kinds": False}),
        **({"language model": f"{settings.model.model} at {settings.model.url}"} if settings.model else {}),
    }


def _fingerprint(path: Path) -> str:
    h = hashlib.blake2b(digest_size=8)
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        h.update(file.name.encode())
        h.update(file.read_bytes())
    return h.hexdigest()


def _check(output: str) -> None:
    if pure(output).suffix.lower() in SUFFIXES:
        raise UsageError("is written unpacked; end its name in .jsonl or .parquet", path=shown(output))
    system, at = whereabouts(output)
    if isinstance(system, fs.LocalFileSystem) and not Path(at).parent.is_dir():
        raise OutputError("no such folder", path=shown(output))
    try:
        kind = system.get_file_info(at).type
    except OSError as e:
        raise OutputError(first_line(e), path=shown(output)) from None
    if kind == fs.FileType.Directory:
        raise OutputError("is a folder; end its name in / to write parts into it", path=shown(output))


@contextmanager
def _lock(output: Path) -> Iterator[None]:
    """Keep a second run off the same output; the lock goes with the process, however that ends."""
    import fcntl

    at = output.with_name(output.name + ".lock")
    try:
        with at.open("wb") as f:
            try:
                fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError("another run is writing this output", path=str(output)) from None
            yield
            at.unlink(missing_ok=True)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(output)) from None
