"""The kinds of error that are most frequent, counted from what a scorer found to differ.

    uv run python benchmarks/accuracy/errors.py --gold GOLD --data DATA [--most 20] [--limit N]

Of the annotated reports and of CASE 2021 every other text is looked at, of the shootings a sample of half the
incidents: the halves that rules may be tuned on.  A kind is what differs and where the right value stood.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from measuring import Tools, records, text
from types_of import LABELS, primary

from dateline.evaluate.gold import GoldReport, load_gold
from dateline.evaluate.scoring import Pair, score
from dateline.reconcile import reconcile
from dateline.types import CodedReport


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--most", type=int, default=20)
    ap.add_argument("--limit", type=int, default=600, help="records of shootings")
    args = ap.parse_args()
    tools = Tools(None)
    gold = load_gold(args.gold / "reports.json" if args.gold.is_dir() else args.gold)[::2]
    coded = tools.code(text(g.id, g.text, title=g.title, outlet=g.outlet, published=g.published) for g in gold)
    show("annotated reports, even half: slots", Counter(of_reports(gold, coded)), args.most)
    show("CASE 2021, even half: snippets", Counter(of_case(args.data / "case2021_task2", tools)), args.most)
    show(
        "shootings, a sample: reports", Counter(of_shootings(args.data / "gun_violence", tools, args.limit)), args.most
    )


def show(title: str, kinds: Counter[str], most: int) -> None:
    print(f"\n{title} ({sum(kinds.values())} wrong)")
    for kind, n in kinds.most_common(most):
        print(f"{n:5}  {kind}")


def of_reports(gold: tuple[GoldReport, ...], coded: dict[str, CodedReport]) -> Iterator[str]:
    """A kind for each slot that is missed or made up; of a claim without partner only the claim."""
    by_id = {g.id: g for g in gold}
    found = score(gold, coded.values())
    here: dict[tuple[str, int], list[Pair]] = defaultdict(list)
    for p in found.pairs:
        here[p.report, p.sentence].append(p)
    for p in found.pairs:
        rest = here[p.report, p.sentence]
        if p.gold and p.coded:
            yield from _of_pair(p, by_id[p.report])
        elif p.gold:
            lone = [q.coded.type for q in rest if q.coded and not q.gold]
            yield f"claim missed: {p.gold.type} read as {lone[0]}" if lone else f"claim missed: {p.gold.type}"
        elif p.coded and not any(q.gold and not q.coded for q in rest):
            yield f"claim made up: {p.coded.type}"


def _of_pair(p: Pair, g: GoldReport) -> Iterator[str]:
    one, other = p.gold, p.coded
    assert one
    assert other
    start, end = g.sentences[p.sentence]
    for slot, filled, wanted in (
        ("agent", other.agents, one.agents), ("target", other.targets, one.targets), ("source", other.sources, one.sources),
    ):  # fmt: skip
        c = p.slots[slot]
        absent = any(not w.text for w in wanted)
        if c.missed and c.spurious:
            yield f"{slot}: another than annotated"
        elif c.missed:
            yield f"{slot} missed: " + (
                "only the context names it" if absent else "named in the text" if not filled else "one of several"
            )
        elif c.spurious:
            yield f"{slot} made up" if not wanted else f"{slot} made up beside the right one"
    c = p.slots["place"]
    if c.missed or c.spurious:
        inside = other.place is not None and other.place.start is not None and start <= other.place.start < end
        carried = "named in the sentence" if inside else "carried on from the text before"
        elsewhere = "in another sentence" if one.place_sent not in (None, one.sent) else "in its sentence"
        if c.missed and c.spurious:
            yield f"place: another, {carried}"
        else:
            yield f"place missed: stands {elsewhere}" if c.missed else f"place made up: {carried}"
    c = p.slots["date"]
    if c.missed and c.spurious:
        yield "date: another"
    elif c.missed:
        yield "date missed"
    elif c.spurious:
        yield "date made up"
    if p.slots["modality"].missed:
        yield f"modality: {one.modality} read as {other.modality}"
    c = p.slots["figure"]
    if c.missed or c.spurious:
        yield "figure: another" if c.missed and c.spurious else "figure missed" if c.missed else "figure made up"


def of_case(folder: Path, tools: Tools) -> Iterator[str]:
    """Wanted type → given type."""
    ours: dict[str, str] = LABELS["case2021"]
    kept = set(ours.values()) | {"OTHER"}
    rows = [r for r in records(folder / "records.jsonl.gz") if r["type"] in kept][::2]
    coded = tools.code(text(n, r["text"]) for n, r in enumerate(rows))
    for n, r in enumerate(rows):
        c = primary(coded.get(str(n)))
        acled = c.codes.acled if c else None
        given = ours.get(acled.sub_event_type, "OTHER") if acled else f"OTHER ({c.type if c else 'no claim'})"
        if given.split()[0] != r["type"]:
            yield f"{r['type']} read as {given}"


def of_shootings(folder: Path, tools: Tools, limit: int) -> Iterator[str]:
    """What is wrong of the dead, and of the joining, of each report."""
    rows = [r for r in records(folder / "records.jsonl.gz") if int(r["incident_id"]) % 2 == 0][:limit]
    coded = tools.code(text(r["id"], r["content"], title=r["title"], published=r["dct"], url=r["uri"]) for r in rows)
    event_of = {c: e for e in reconcile(coded.values()) for c in e.claims}
    home = {}
    for r in rows:
        c = primary(coded.get(r["id"]))
        event = event_of[c.id] if c else None
        home[r["id"]] = event.id if event else None
        wanted = (r.get("gold") or {}).get("num_killed")
        if wanted is None:
            continue
        told = next((f.best for f in (event.figures if event else ()) if f.kind == "killed"), None)
        if (told or 0) == wanted:
            continue
        if c is None:
            yield "dead: the report has no claim"
        elif told is None:
            some = any(f.kind == "killed" for k in coded[r["id"]].claims for f in k.figures)
            yield "dead: " + ("another claim of the report has them" if some else "none told")
        else:
            yield f"dead: {'too many' if told > wanted else 'too few'}"
    by: dict[str, set[str | None]] = defaultdict(set)
    for r in rows:
        by[r["incident_id"]].add(home[r["id"]])
    yield from ("joining: reports of one incident apart" for some in by.values() if len(some) > 1)
    mixed: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        if home[r["id"]]:
            mixed[str(home[r["id"]])].add(r["incident_id"])
    yield from ("joining: incidents that are not one in one event" for some in mixed.values() if len(some) > 1)


if __name__ == "__main__":
    main()
