"""Sets that score one part: incidents and their dead, figures of displacement, certainty and polarity, attribution."""

from __future__ import annotations

import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from measuring import Matrix, Score, Tally, Tools, bench, f1_of_shares, records, share, text
from types_of import primary

from dateline.extract.attribution import find_attributions
from dateline.extract.modality import modality_of
from dateline.reconcile import reconcile
from dateline.record import encode
from dateline.types import Report


def gun_violence(folder: Path, tools: Tools) -> Iterator[Score]:
    """Reports joined to incidents (B-cubed F1 of Bagga and Baldwin 1998), and the incident's dead exactly told."""
    rows = _incidents(records(folder / "records.jsonl.gz"), tools.limit)
    coded = tools.code(text(r["id"], r["content"], title=r["title"], published=r["dct"], url=r["uri"]) for r in rows)
    event_of = {c: e for e in reconcile(coded.values()) for c in e.claims}
    gold, given = defaultdict(set), defaultdict(set)
    chosen = {}
    for r in rows:
        c = primary(coded.get(r["id"]))
        chosen[r["id"]] = event_of[c.id] if c else None
        event = chosen[r["id"]]
        gold[r["incident_id"]].add(r["id"])
        given[event.id if event else f"alone {r['id']}"].add(r["id"])
    joined, dead, hurt = Tally("incidents"), Tally("incidents"), Tally("incidents")
    home = {i: name for name, some in given.items() for i in some}
    for r in rows:
        mine, theirs = given[home[r["id"]]], gold[r["incident_id"]]
        both = len(mine & theirs)
        joined.add(r["incident_id"], (both / len(mine), both / len(theirs), 1))
        for tally, kind in ((dead, "killed"), (hurt, "injured")):
            wanted = (r.get("gold") or {}).get(f"num_{kind}")
            if wanted is not None:
                event = chosen[r["id"]]
                told = next((f.best for f in (event.figures if event else ()) if f.kind == kind), None)
                tally.add(r["incident_id"], ((told or 0) == wanted, 1))
    yield from joined.scores("joined, B-cubed F1", _b_cubed)
    yield from dead.scores("dead exact", share)
    yield from hurt.scores("injured exact", share)


def _incidents(rows: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """All records, or whole incidents, in a fixed mixed order, until so many records are there."""
    if not limit or len(rows) <= limit:
        return rows
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in rows:
        by[r["incident_id"]].append(r)
    names = sorted(by)
    order = np.random.default_rng(0).permutation(len(names))
    out: list[dict[str, Any]] = []
    for n in order:
        if len(out) >= limit:
            break
        out += by[names[n]]
    return out


def _b_cubed(sums: Matrix) -> Matrix:
    p, r = sums[:, 0] / np.maximum(sums[:, 2], 1), sums[:, 1] / np.maximum(sums[:, 2], 1)
    return np.asarray(2 * p * r / np.maximum(p + r, 1e-9))


def displacement(folder: Path, tools: Tools) -> Iterator[Score]:
    """The figure of a labelled excerpt: by the whole program's claims, and by the counts alone."""
    b = bench("displacement/figures")
    (path,) = folder.glob("d4d_idetect/IDMC_fully_labelled*.xlsx")
    rows = list(tools.some(list(b.read(path))))
    sound = {r.id for r in rows} - b.notes(path.name.split(".")[0])
    coded = tools.code(text(r.id, r.excerpt) for r in rows)
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as f:
        f.writelines(encode(c) + b"\n" for c in coded.values())
        f.flush()
        by_claims = b.from_claims(Path(f.name))
    for name, told in (("figure exact, claims", by_claims), ("figure exact, counts alone", b.from_roles(rows))):
        every, audited = Tally("excerpts"), Tally("excerpts")
        for r in rows:
            value = b.pick(r, told.get(r.id, []))
            ok = value is not None and r.figure in value
            every.add(r.id, (ok, 1))
            if r.id in sound:
                audited.add(r.id, (ok, 1))
        yield from every.scores(name, share)
        yield from audited.scores(f"{name}, sound labels", share)


def meantime(folder: Path, tools: Tools) -> Iterator[Score]:
    """Certainty, polarity and time of the event mentions whose word the codebook covers."""
    b = bench("modality/meantime")
    documents = list(tools.some(list(b.read(folder))))
    known = b.triggers()
    right, usual = [Tally("documents") for _ in b.COLUMNS], [Tally("documents") for _ in b.COLUMNS]
    parsed = tools.parser.parse([Report(id=name, text=words) for name, words, _ in documents])
    for (name, _, mentions), (_, sentences) in zip(documents, parsed, strict=True):
        for start, end, values in mentions:
            at = b.locate(sentences, start, end)
            if at is None or sentences[at.sentence].lemmas[at.head] not in known:
                continue
            given = b.OURS[modality_of(sentences[at.sentence], at)[0]]
            for k, (wanted, told) in enumerate(zip(values, given, strict=True)):
                wanted = {"PROBABLE": "POSSIBLE"}.get(wanted, wanted)
                if wanted in {"", "UNDERSPECIFIED"}:
                    continue
                right[k].add(name, ((told or wanted) == wanted, 1), f"{b.COLUMNS[k]}: {wanted}")
                usual[k].add(name, (wanted == b.OURS["asserted"][k], 1))
    for k, column in enumerate(b.COLUMNS):
        yield from right[k].scores(f"{column} right", share)
        yield from usual[k].scores(f"{column} right, always the usual value", share)


def polnear(folder: Path, tools: Tools) -> Iterator[Score]:
    """The source of attributed words, partial match, on the corpus's part for testing; and two annotators' agreement."""
    b = bench("attribution/polnear")
    with tempfile.TemporaryDirectory() as d, zipfile.ZipFile(folder / "polnear_text_attributions.zip") as z:
        z.extractall(d)
        for part in ("test", "dev"):
            texts, notes = Path(d) / part / "text", Path(d) / part / "attributions"
            if texts.exists():
                yield from _attributions(b, part, texts, notes, tools)


def _attributions(b: Any, part: str, texts: Path, notes: Path, tools: Tools) -> Iterator[Score]:
    by_text: dict[Path, list[Path]] = defaultdict(list)
    for f in sorted(notes.glob("*.ann")):
        if home := b.text_of(f, texts):
            by_text[home].append(f)
    order = tools.some(sorted(by_text))
    ours, said, people = Tally("articles"), Tally("articles"), Tally("articles")
    reports = [Report(id=t.stem, text=t.read_text("utf-8")) for t in order]
    for t, (report, sentences) in zip(order, tools.parser.parse(reports), strict=True):
        gold = b.annotations(by_text[t][0])
        found = [
            (
                [(sentences[m.sentence].starts[m.first], sentences[m.sentence].ends[m.last]) for m in a.speakers],
                [(s.starts[a.first], s.ends[a.last])],
            )
            for s, each in zip(sentences, find_attributions(sentences), strict=True)
            for a in each
        ]
        ours.add(t.stem, _counts(b, found, gold))
        spoken = [g for g in gold if b.is_speech(report.text, g.cue)]
        said.add(t.stem, (sum(_hit(b, found, g) for g in spoken if g.source), sum(bool(g.source) for g in spoken)))
        if len(by_text[t]) > 1:
            second = [(g.source, g.content) for g in b.annotations(by_text[t][1]) if g.source]
            people.add(t.stem, _counts(b, second, gold))
    yield from ours.scores(f"source found, F1 ({part})", f1_of_shares)
    yield from said.scores(f"source found where a word of saying stands, recall ({part})", share)
    yield from people.scores(f"two annotators, F1 ({part})", f1_of_shares)


def _counts(b: Any, found: list[Any], gold: list[Any]) -> tuple[int, int, int, int]:
    """Right of what was found, found, hit of what is wanted, wanted."""
    wanted = [g for g in gold if g.source]
    right = sum(
        any(b.shared(speakers, g.source) for g in wanted if b.shared(content, g.content)) for speakers, content in found
    )
    return right, len(found), sum(_hit(b, found, g) for g in wanted), len(wanted)


def _hit(b: Any, found: list[Any], g: Any) -> bool:
    """Whether what covers most of an attributed stretch has a speaker that overlaps its source."""
    best = max(found, key=lambda a: (b.shared(a[1], g.content), -sum(y - x for x, y in a[1])), default=None)
    if best is None or not b.shared(best[1], g.content):
        return False
    half = 0.5 * sum(y - x for x, y in g.content)
    near = [a for a in found if b.shared(a[1], g.content) >= half or a is best]
    return any(b.shared([speaker], g.source) for a in near for speaker in a[0])
