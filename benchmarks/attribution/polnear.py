"""Who says so, on a corpus of annotated attributions in brat's form (PolNeAR: Newell et al., LREC 2018).

usage: python benchmarks/attribution/polnear.py TEXT_FOLDER ANN_FOLDER [--step N] [--start N] [--errors N]

For every annotated attribution with a source and a content: of our attributions in reach the one that covers
most of the content's tokens is taken; it is right if one of its speakers overlaps the annotated source (pronouns as
they stand).  A found attribution is right if an annotated content that it mostly covers has a source that overlaps one
of its speakers.

Half of the corpus's attributions are of wanting, planning, believing and doing ("wants to", "criticized",
"polls show"): attitudes, which make no source of a claim.  The second recall is over those whose cue is a word or mark
of reporting.  The last line takes an annotated "who" or "which" for the noun that stands right before it, whom we name
in its stead; the others take it as it stands.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.extract.attribution import find_attributions
from dateline.extract.speech import speech_words
from dateline.parse import Parser
from dateline.types import Report, Sentence

Spans = list[tuple[int, int]]
RELATIVE = {"who", "which", "that", "whom"}


@dataclass(frozen=True)
class Said:
    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class Found:
    speakers: Spans
    content: Spans
    verb: str


@dataclass
class Counts:
    wanted: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0

    def add(self, recall: bool | None = None, precision: bool | None = None) -> None:
        self.wanted += recall is not None
        self.hit += recall is True
        self.found += precision is not None
        self.right += precision is True

    @property
    def recall(self) -> float:
        return self.hit / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def annotations(path: Path) -> list[Said]:
    spans: dict[str, Spans] = {}
    events = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("T") and line.count("\t") > 1:  # not the second line of a span's text
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


def length(spans: Spans) -> int:
    return sum(y - x for x, y in spans)


def with_nouns(text: str, source: Spans) -> Spans:
    """A source, relative pronouns widened to the end of the word before them."""
    return [(len(text[:x].rstrip(" ,-\n")) - 1, y) if text[x:y].lower() in RELATIVE else (x, y) for x, y in source]


def is_speech(text: str, cue: Spans) -> bool:
    """Whether a cue holds a verb of saying, "according to", or a mark that stands for one."""
    words = speech_words()
    acts = {v for v, (manner, _) in words.attitudes.items() if manner == "act"}
    said = {v for v in words.stances if v not in acts and v not in words.charge}
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
    ap.add_argument("--start", type=int, default=0)
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    by_text = {text_of(f, args.text): f for f in sorted(args.ann.glob("*.ann"), reverse=True)}  # the first annotator's
    texts = sorted(t for t in by_text if t)[args.start :: args.step]
    files = [by_text[t] for t in texts]
    reports = [Report(id=t.stem, text=t.read_text("utf-8")) for t in texts]
    plain, nouns, spoken = Counts(), Counts(), Counts()
    shown = 0
    for f, (report, sentences) in zip(files, Parser().parse(reports), strict=True):
        gold = [g for g in annotations(f) if g.source]
        found = found_in(sentences)
        for g in gold:
            ok = is_found(g, g.source, found)
            plain.add(recall=ok)
            nouns.add(recall=ok or is_found(g, with_nouns(report.text, g.source), found))
            if speech := is_speech(report.text, g.cue):
                spoken.add(recall=ok)
            if not ok and shown < args.errors:
                shown += 1
                text = [" … ".join(report.text[x:y] for x, y in part) for part in (g.source, g.cue, g.content)]
                lo = min(x for x, _ in g.source + g.cue + g.content)
                print(f"MISSED {'speech' if speech else 'other'} [{text[0]}] <{text[1]}> {text[2][:160]!r}")
                print(f"     {report.text[max(0, lo - 60) : lo + 260]!r}")
        for a in found:
            same = [g for g in gold if shared(a.content, g.content)]
            ok = any(shared(a.speakers, g.source) for g in same)
            plain.add(precision=ok)
            nouns.add(precision=ok or any(shared(a.speakers, with_nouns(report.text, g.source)) for g in same))
            if not ok and shown < args.errors:
                shown += 1
                said = ", ".join(report.text[x:y] for x, y in a.speakers)
                lo, hi = a.content[0]
                print(f"SPURIOUS [{said}] <{a.verb}> {report.text[lo:hi][:200]!r}")
    print(f"with a word of reporting {spoken.wanted}: R {spoken.recall:.3f}")
    for name, c in (("attributions", plain), ("relative pronouns as their nouns,", nouns)):
        print(f"{name} {c.wanted}: P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}")


def found_in(sentences: Sequence[Sentence]) -> list[Found]:
    """Our attributions of a text, attitudes among them, in offsets."""
    out = []
    for s, attributions in zip(sentences, find_attributions(sentences), strict=True):
        for a in attributions:
            names = [(sentences[m.sentence].starts[m.first], sentences[m.sentence].ends[m.last]) for m in a.speakers]
            out.append(Found(names, [(s.starts[a.first], s.ends[a.last])], a.verb))
    return out


def is_found(g: Said, source: Spans, found: list[Found]) -> bool:
    best = max(found, key=lambda a: (shared(a.content, g.content), -length(a.content)), default=None)
    if best is None or not shared(best.content, g.content):
        return False
    near = [a for a in found if shared(a.content, g.content) >= 0.5 * length(g.content) or a is best]
    return any(shared(a.speakers, source) for a in near)


if __name__ == "__main__":
    main()
