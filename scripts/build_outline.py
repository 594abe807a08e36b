"""Make src/dateline/export/assets/outline.json: the world's coasts and land borders, coarse, for the map of a report.

The source is Natural Earth at 1:110 million (public domain), as TopoJSON of the npm package world-atlas:

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_outline.py package

The result has two lists of lines, "land" (closed rings) and "borders"; a line is a list of numbers, hundredths of a
degree: the first longitude and latitude, then the steps to each next point.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

OUTLINE = Path("src/dateline/export/assets/outline.json")
Line = list[tuple[int, int]]


def arcs(topology: dict[str, Any]) -> list[Line]:
    """The topology's arcs in hundredths of a degree, points that fall together once."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round(100 * (x * sx + tx)), round(100 * (y * sy + ty)))
            if not line or line[-1] != point:
                line.append(point)
        out.append(line)
    return out


def rings(topology: dict[str, Any], name: str) -> list[list[int]]:
    """The arcs' numbers of each ring of an object (~n: arc n backwards)."""
    out: list[list[int]] = []
    for shape in topology["objects"][name]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        out += [ring for polygon in polygons for ring in polygon]
    return out


def joined(ring: list[int], lines: list[Line]) -> Line:
    """A ring's points."""
    out: Line = []
    for n in ring:
        part = lines[n] if n >= 0 else lines[~n][::-1]
        out += part[1:] if out else part
    return out


def steps(line: Line) -> list[int]:
    """A line as its first point and the steps to the next ones."""
    out = list(line[0])
    for (a, b), (c, d) in zip(line, line[1:], strict=False):
        out += (c - a, d - b)
    return out


def main(folder: Path) -> None:
    """Write the file."""
    land = json.loads((folder / "land-110m.json").read_text("utf-8"))
    states = json.loads((folder / "countries-110m.json").read_text("utf-8"))
    coast_lines, state_lines = arcs(land), arcs(states)
    coasts = [joined(r, coast_lines) for r in rings(land, "land")]
    uses = Counter(n if n >= 0 else ~n for r in rings(states, "countries") for n in r)
    borders = [state_lines[n] for n in sorted(uses) if uses[n] > 1]
    whole = {"land": [steps(x) for x in coasts], "borders": [steps(x) for x in borders if len(x) > 1]}
    OUTLINE.write_text(json.dumps(whole, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
