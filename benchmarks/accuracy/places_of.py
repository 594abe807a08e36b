"""Sets that score places: where an event was, which places a text names, and who held them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from measuring import Score, Tally, Tools, bench, f1, f1_of_shares, precision, recall, records, share, text

from dateline.types import Claim

NEAR = 161.0  # km


def event_location(folder: Path, tools: Tools) -> Iterator[Score]:
    """Tokens of the place of a marked verb's event, by the claims whose trigger is that verb."""
    b = bench("places/event_location")
    rows = list(enumerate(tools.some(records(folder / "records.jsonl.gz"))))
    coded = tools.code(text(n, r["text"]) for n, r in rows)
    tokens, verbs, sound = Tally("sentences"), Tally("sentences"), Tally("sentences")
    for n, r in rows:
        words, gold = b.tokens(r)
        marked = [s for s in r["spans"] if s["label"] == "VERB"]
        claims = [c for c in (coded[str(n)].claims if str(n) in coded else ()) if _is_of(c, marked)]
        got = {
            w for w in words for c in claims
            if c.place and c.place.start is not None and w[0] < c.place.end and c.place.start < w[1]
        }  # fmt: skip
        counts = (len(gold & got), len(got - gold), len(gold - got))
        tokens.add(n, counts, f"source: {r['source']}")
        verbs.add(n, (bool(claims), 1))
        if b.sound(r):
            sound.add(n, counts)
    yield from tokens.scores("token F1", f1)
    yield from (s for s in tokens.scores("token precision", precision) if not s.group)
    yield from (s for s in tokens.scores("token recall", recall) if not s.group)
    yield from verbs.scores("verbs coded as events", share)
    yield from sound.scores("token F1, sound annotations", f1)


def _is_of(c: Claim, marked: list[dict[str, int]]) -> bool:
    t = c.trigger
    return t.start is not None and t.end is not None and any(t.start < v["end"] and v["start"] < t.end for v in marked)


def geoparsing(folder: Path, tools: Tools) -> Iterator[Score]:
    """Places named: overlap F1, and the share of annotated places put within 161 km, a missed one being wrong."""
    b = bench("places/geoparsing")
    for corpus, docs in b.corpora(folder / "corpora.zip"):
        corpus = corpus.upper() if len(corpus) == 3 else corpus
        docs = tools.some(docs)
        found, near = Tally("articles"), Tally("articles")
        tops_of = {i: tops for i, _, tops in docs}
        for report, places in tools.places(text(i, t) for i, t, _ in docs):
            tops = tops_of[report.id]
            hits = [next((p for p in places if p.start < e and s < p.end), None) for s, e, _, _ in tops]  # type: ignore[operator]
            tp = sum(h is not None for h in hits)
            found.add(report.id, (tp, len(places), tp, len(tops)))
            placed = [
                h is not None and h.lat is not None and b.distance_km(lat, lon, h.lat, h.lon) <= NEAR
                for h, (_, _, lat, lon) in zip(hits, tops, strict=True) if lat is not None
            ]  # fmt: skip
            near.add(report.id, (sum(placed), len(placed)))
        for s in (*found.scores("overlap F1", f1_of_shares), *near.scores("within 161 km", share)):
            yield Score(
                measure=s.measure, group=f"corpus: {corpus}", value=s.value, low=s.low, high=s.high, n=s.n, unit=s.unit
            )  # fmt: skip


def re3d(folder: Path, tools: Tools) -> Iterator[Score]:
    """Locations named in documents on Syria and Iraq: overlap F1."""
    docs, gold = bench("places/re3d").read(folder, 0.0)
    docs = tools.some(docs)
    tally = Tally("documents")
    for report, places in tools.places(text(d.id, d.text) for d in docs):
        wanted, found = gold.get(report.id, []), [(p.start, p.end) for p in places]
        right = sum(any(s < y and x < e for x, y in wanted) for s, e in found)  # type: ignore[operator]
        hit = sum(any(s < y and x < e for s, e in found) for x, y in wanted)  # type: ignore[operator]
        tally.add(report.id, (right, len(found), hit, len(wanted)))
    yield from tally.scores("overlap F1", f1_of_shares)


# ----------------------------------------------------------------------------------------------- who held it

_TAKEN = re.compile(r"\b(?:re)?captured by\s+(?:the\s+)?(Russia|Ukraine)\b[^.]*?(\d{1,2} [A-Z][a-z]+ \d{4})", re.I)
_SIDES = {"russia": "RUS", "ukraine": "UKR"}


def control(folder: Path, tools: Tools) -> Iterator[Score]:
    """Captures told in the free text of a table of towns: the one who took it and the last day named."""
    (path,) = folder.glob("*_latest.csv")
    with path.open(encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f) if _TAKEN.search(r["More information"])]
    rows = list(tools.some(rows))
    texts = {str(n): f"{r['Name'].strip()}: {r['More information']}" for n, r in enumerate(rows)}
    published = "2024-08-17"  # the day of the table
    coded = tools.code(text(i, t, published=published) for i, t in texts.items())
    who, when = Tally("towns"), Tally("towns")
    for i, told in texts.items():
        wanted = {(_SIDES[m[1].lower()], _day(m[2])) for m in _TAKEN.finditer(told)}
        claims = [c for c in (coded[i].claims if i in coded else ()) if c.type == "capture"]
        got = {(a.country, c.time.latest[:10] if c.time and c.time.latest else "") for c in claims for a in c.agents}
        sides, ours = {w[0] for w in wanted}, {g[0] for g in got}
        who.add(i, (len(sides & ours), len(ours - sides), len(sides - ours)))
        when.add(i, (len(wanted & got), len(got - wanted), len(wanted - got)))
    yield from who.scores("who took it, F1", f1)
    yield from when.scores("who and on which day, F1", f1)


def _day(text: str) -> str:
    try:
        return date.isoformat(datetime.strptime(text, "%d %B %Y").date())
    except ValueError:
        return text
