"""The accuracy page, from results and from what is published of the same sets.  No figure of ours is typed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.codebook.lexicon import read_yaml

REFERENCES = read_yaml(Path(__file__).with_name("references.yaml"))


def page(results: Mapping[str, Any]) -> str:
    """The whole page, in Markdown."""
    return "\n".join([*REFERENCES["head"].splitlines(), "", *_overview(results), *_sets(results)]).rstrip() + "\n"


def _overview(results: Mapping[str, Any]) -> Iterator[str]:
    yield "| set | what | Dateline (95 % interval) | of | best published | people's own agreement |"
    yield "|---|---|---|---|---|---|"
    for name, known in REFERENCES["sets"].items():
        for measure, says in known["headline"].items() if name in results else ():
            for s in results[name]["scores"]:
                if s["measure"] == measure and s["group"] == says.get("group", ""):
                    yield (
                        f"| [{known['title']}](#{_anchor(known['title'])}) | {says.get('called', measure)} | {_value(s)} "
                        f"| {s['n']:,} {s['unit']} | {says.get('best', '')} | {_people(says, results[name])} |"
                    )
    yield ""


def _people(says: Mapping[str, str], result: Mapping[str, Any]) -> str:
    """What is known of people's agreement: as published, or as measured on the set itself."""
    if measure := says.get("people measured"):
        found = [s for s in result["scores"] if s["measure"] == measure and not s["group"]]
        return f"{_value(found[0])}, {found[0]['n']} {found[0]['unit']}" if found else "not known"
    return str(says.get("people", "not known"))


def _sets(results: Mapping[str, Any]) -> Iterator[str]:
    for name, known in REFERENCES["sets"].items():
        if name not in results:
            continue
        r = results[name]
        yield from (f"## {known['title']}", "", *str(known["about"]).strip().splitlines(), "")
        if r["limit"]:
            yield from (f"Measured on a sample of about {r['limit']:,} records.", "")
        yield from _tables(r["scores"])


def _tables(scores: list[dict[str, Any]]) -> Iterator[str]:
    """A table of the whole, then one of each kind of group."""
    kinds = list(dict.fromkeys(s["group"].split(":")[0] for s in scores))
    for kind in kinds:
        here = [s for s in scores if s["group"].split(":")[0] == kind]
        measures = list(dict.fromkeys(s["measure"] for s in here))
        if not kind:
            yield from ("| | Dateline (95 % interval) | of |", "|---|---|---|")
            yield from (f"| {s['measure']} | {_value(s)} | {s['n']:,} {s['unit']} |" for s in here)
        else:
            yield f"| {kind} | " + " | ".join(measures) + " | of |"
            yield "|---" * (len(measures) + 2) + "|"
            for group in dict.fromkeys(s["group"] for s in here):
                rows = {s["measure"]: s for s in here if s["group"] == group}
                one = next(iter(rows.values()))
                cells = " | ".join(_value(rows[m]) if m in rows else "" for m in measures)
                yield f"| {group.split(': ', 1)[1]} | {cells} | {one['n']:,} {one['unit']} |"
        yield ""


def _value(s: Mapping[str, Any]) -> str:
    if s["low"] is None:
        return f"{s['value']:.3f}"
    return f"{s['value']:.3f} ({s['low']:.3f} to {s['high']:.3f})"


def _anchor(title: str) -> str:
    """The anchor that a heading gets."""
    kept = "".join(c if c.isalnum() or c in " -_" else "" for c in title.lower())
    return "-".join(kept.split())
