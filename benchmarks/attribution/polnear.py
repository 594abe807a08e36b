"""Who says so, on a corpus of annotated attributions in brat's form (PolNeAR: Newell et al., LREC 2018).

usage: python benchmarks/attribution/polnear.py TEXT_FOLDER ANN_FOLDER [--step N] [--errors N]

For every annotated attribution with a source and a content: of our attributions in reach the one that covers
most of the content's tokens is taken; it is right if one of its speakers overlaps the annotated source (pronouns as
they stand).  A found attribution is right if an annotated content that it mostly covers has a source that overlaps one
of its speakers.

Half of the corpus's attributions are of wanting, planning, believing and doing ("wants to", "criticized",
"polls show"), which are no sources here.  The second recall is over those whose cue is a word or mark of reporting.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from dateline.extract.attribution import find_attributions
from dateline.extract.speech import speech_words
from dateline.parse import Parser
from dateline.types import Report

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Said:
    source: Spans
    cue: Spans
    content: Spans


def annotations(path: Path) -> list[Said]:
    spans: dict[str, Spans] = {}
    events = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("T"):
            key, middle, _ = line.split("\t", 2)
            spans[key] = [(int(a), int(b)) for a, b in (p.split() for p in middle.split(" ", 1)[1].split(";"))]
        elif line.startswith("E"):
            parts = [p.split(":") for p in line.split("\t", 1)[1].split()]
            events.append(
                {k: [v for name, v in parts if re.sub(r"\d+$", "", name) == k] for k in ("Source", "Cue", "Content")}
            )
    return [
        Said(*([s for t in e[k] for s in spans[t]] for k in ("Source", "Cue", "Content")))
        for e in events
        if e["Content"]
    ]


def text_of(ann: Path, folder: Path) -> Path | None:
    """The text that a file annotates: its name may carry the annotation's own suffix."""
    for stem in (ann.stem, ann.stem.rpartition("_")[0]):
        if (folder / f"{stem}.txt").exists():
            return folder / f"{stem}.txt"
    return None


def shared(a: Spans, b: Spans) -> int:
    return sum(max(0, min(y, v) - max(x, u)) for x, y in a for u, v in b)


def is_speech(text: str, cue: Spans) -> bool:
    """Whether a cue holds a verb of saying, "according to", or a mark that stands for one."""
    words = speech_words()
    said = {v for v in words.stances if v not in words.acts and v not in words.charge}
    for low in " ".join(text[x:y] for x, y in cue).lower().split():
        low = low.strip(".,:;")
        stem = {
            "told": "tell",
            "said": "say",
            "says": "say",
            "wrote": "write",
            "found": "find",
            "denies": "deny",
            "denied": "deny",
        }.get(low, low)
        if low in {"according", "―", "—", ""} or any(
            f in said for f in (stem, low[:-1], low[:-2], low[:-3], low[:-3] + "e")
        ):
            return True
    return False


def main() -> None:
    ap = argparse.ArgumentParser(description="Attributions on an annotated corpus.")
    ap.add_argument("text", type=Path)
    ap.add_argument("ann", type=Path)
    ap.add_argument("--step", type=int, default=1)
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    by_text = {text_of(f, args.text): f for f in sorted(args.ann.glob("*.ann"), reverse=True)}  # the first annotator's
    texts = sorted(t for t in by_text if t)[:: args.step]
    files = [by_text[t] for t in texts]
    reports = [Report(id=t.stem, text=t.read_text("utf-8")) for t in texts]
    wanted = hit = found_all = right = shown = spoken = spoken_hit = 0
    for f, (report, sentences) in zip(files, Parser().parse(reports), strict=True):
        gold = annotations(f)
        found = []
        for s, attributions in zip(sentences, find_attributions(sentences), strict=True):
            for a in attributions:
                speakers = [
                    (sentences[m.sentence].starts[m.first], sentences[m.sentence].ends[m.last]) for m in a.speakers
                ]
                found.append((speakers, [(s.starts[a.first], s.ends[a.last])], a.verb))
        for g in gold:
            if not g.source:
                continue
            wanted += 1
            best = max(found, key=lambda a: (shared(a[1], g.content), -sum(y - x for x, y in a[1])), default=None)
            ok = (
                best is not None
                and shared(best[1], g.content) > 0
                and any(
                    shared([sp], g.source)
                    for a in found
                    if shared(a[1], g.content) >= 0.5 * sum(y - x for x, y in g.content) or a is best
                    for sp in a[0]
                )
            )
            hit += ok
            if speech := is_speech(report.text, g.cue):
                spoken, spoken_hit = spoken + 1, spoken_hit + ok
            if not ok and shown < args.errors:
                shown += 1
                text = [" … ".join(report.text[x:y] for x, y in part) for part in (g.source, g.cue, g.content)]
                lo = min(x for x, _ in g.source + g.cue + g.content)
                print(f"MISSED {'speech' if speech else 'other'} [{text[0]}] <{text[1]}> {text[2][:160]!r}")
                print(f"     {report.text[max(0, lo - 60) : lo + 260]!r}")
        for speakers, content, verb in found:
            found_all += 1
            same = [g for g in gold if g.source and shared(content, g.content)]
            ok = any(shared(speakers, g.source) for g in same)
            right += ok
            if not ok and shown < args.errors:
                shown += 1
                said = ", ".join(report.text[x:y] for x, y in speakers)
                print(f"SPURIOUS [{said}] <{verb}> {report.text[content[0][0] : content[0][1]][:200]!r}")
    p, r = right / max(found_all, 1), hit / max(wanted, 1)
    print(f"with a word of reporting {spoken}: R {spoken_hit / max(spoken, 1):.3f}")
    print(f"attributions {wanted}: P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
