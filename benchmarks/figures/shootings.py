"""How often a report of a shooting gives the right number of dead and hurt, from its sentences alone.

    python benchmarks/figures/shootings.py RECORDS.jsonl.gz [--first N] [--step N] [--errors]

RECORDS: {"content", "title", "gold": {"num_killed", "num_injured"}} a line.  The figure taken is the first that is told
in the order of the text, none told being none killed.  This reads no events and merges no reports: it shows what the
sentences miss.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib

from dateline.extract.figures import assign
from dateline.extract.quantities import find_quantities
from dateline.parse import Parser
from dateline.types import Mention, Report


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("records", type=pathlib.Path)
    ap.add_argument("--first", type=int, default=0)
    ap.add_argument("--step", type=int, default=7)
    ap.add_argument("--limit", type=int, default=300)
    ap.add_argument("--errors", action="store_true")
    args = ap.parse_args()
    with gzip.open(args.records, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][args.first :: args.step][: args.limit]
    right, total = {"killed": 0, "injured": 0}, {"killed": 0, "injured": 0}
    parsed = Parser().parse(Report(id=str(n), text=r["content"]) for n, r in enumerate(records))
    for (report, sentences), record in zip(parsed, records, strict=True):
        told: dict[str, list[tuple[float, str]]] = {"killed": [], "injured": []}
        for s in sentences:
            root = next((i for i in range(len(s)) if s.heads[i] == i), 0)
            event = (Mention(s.index, root, root, root), "casualties")
            for kind, q in assign(s, [event], find_quantities(s, report.text))[0]:
                if kind in told:
                    told[kind].append((q.low if q.low is not None else q.high or 0, report.text[s.start : s.end]))
        for kind in told:
            if record["gold"][f"num_{kind}"] is None:
                continue
            total[kind] += 1
            value = told[kind][0][0] if told[kind] else 0
            ok = value == record["gold"][f"num_{kind}"]
            right[kind] += ok
            if args.errors and not ok:
                print(f"{kind} is {record['gold'][f'num_{kind}']}, not {value}:", record["title"], "|", record["id"])
                for v, sentence in told[kind][:3]:
                    print("      ", v, " ".join(sentence.split())[:300])
    for kind, n in right.items():
        print(f"{kind}: {n}/{total[kind]} = {n / (total[kind] or 1):.3f}")


if __name__ == "__main__":
    main()
