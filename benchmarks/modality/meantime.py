"""Certainty, polarity and time of event mentions against the MEANTIME corpus (business news).

    uv run python benchmarks/modality/meantime.py CAT_XML.zip_or_folder [--all] [--errors N] [--part even|odd|all]

Scored are the event mentions whose word is a trigger (verb or noun) of the default codebook; ``--all`` takes every
mention.  How the two schemes meet:

    ours        certainty            polarity   time
    asserted    CERTAIN              POS        NON_FUTURE
    denied      CERTAIN              NEG        NON_FUTURE
    uncertain   POSSIBLE, PROBABLE   POS        either
    future      CERTAIN              POS        FUTURE

A mention without a value (empty, or UNDERSPECIFIED: the annotators could not say) is left out of that column;
``--strict`` counts UNDERSPECIFIED as "not CERTAIN" and "not POS".  The baseline is each column's most frequent value.
"""

from __future__ import annotations

import argparse
import io
import pathlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from dateline.codebook.lexicon import DATA, read_yaml
from dateline.extract.modality import modality_of
from dateline.parse import Parser
from dateline.types import Mention, Modality, Report, Sentence

OURS: dict[Modality, tuple[str, str, str]] = {
    "asserted": ("CERTAIN", "POS", "NON_FUTURE"),
    "denied": ("CERTAIN", "NEG", "NON_FUTURE"),
    "uncertain": ("POSSIBLE", "POS", ""),
    "future": ("CERTAIN", "POS", "FUTURE"),
}
COLUMNS = ("certainty", "polarity", "time")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", type=pathlib.Path)
    ap.add_argument("--all", action="store_true")
    ap.add_argument("--strict", action="store_true")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--part", choices=["even", "odd", "all"], default="all")
    args = ap.parse_args()
    documents = list(read(args.corpus))
    documents = [d for k, d in enumerate(documents) if args.part == "all" or k % 2 == (args.part == "odd")]
    known = set() if args.all else triggers()
    rows: list[list[tuple[str, str, str]]] = [[], [], []]
    reports = [Report(id=name, text=text) for name, text, _ in documents]
    for (_, _, mentions), (report, sentences) in zip(documents, Parser().parse(reports), strict=True):
        for start, end, values in mentions:
            found = locate(sentences, start, end)
            if found is None:
                continue
            s = sentences[found.sentence]
            if known and s.lemmas[found.head] not in known:
                continue
            said, cue = modality_of(s, found)
            note = f"{said} {cue!r} {report.text[start:end]!r}: {' '.join(s.words)}"
            for k, (wanted, given) in enumerate(zip(values, OURS[said], strict=True)):
                wanted = {"PROBABLE": "POSSIBLE"}.get(wanted, wanted)
                if args.strict and wanted == "UNDERSPECIFIED" and k < 2:
                    wanted = ("POSSIBLE", "NEG")[k]
                if wanted in {"", "UNDERSPECIFIED"}:
                    continue
                rows[k].append((wanted, given or wanted, note))
    for name, pairs in zip(COLUMNS, rows, strict=True):
        show(name, pairs, args.errors)


def triggers() -> set[str]:
    """Base forms of the default codebook's verbs and nouns."""
    out: set[str] = set()
    for path in sorted((DATA / "default").glob("*.yaml")):
        content = read_yaml(path) or {}
        for entry in [*content.get("types", ()), *content.get("generic", ())]:
            out.update(w.split()[0] for w in entry.get("verbs", ()) or ())
            out.update(w.split()[-1] for w in entry.get("nouns", ()) or ())
    return out


def read(path: pathlib.Path) -> Iterator[tuple[str, str, list[tuple[int, int, tuple[str, str, str]]]]]:
    """Each document's name, text, and event mentions (start, end, the three values), each document once."""
    seen: set[str] = set()
    for stream in files(path):
        root = ElementTree.parse(stream).getroot()
        name = root.get("doc_name", "")
        if name in seen:
            continue
        seen.add(name)
        spans, parts, at, last = {}, [], 0, None
        for token in root.iter("token"):
            word, sentence = token.text or "", token.get("sentence")
            gap = "" if last is None else " " if sentence == last else "\n\n"
            spans[token.get("t_id")] = (at + len(gap), at + len(gap) + len(word))
            parts.append(gap + word)
            at += len(gap) + len(word)
            last = sentence
        mentions = []
        for mention in root.iter("EVENT_MENTION"):
            anchors = [spans[a.get("t_id")] for a in mention.iter("token_anchor")]
            if anchors and mention.get("certainty") is not None:
                values = tuple(mention.get(c) or "" for c in COLUMNS)
                mentions.append((min(anchors)[0], max(anchors)[1], values))
        yield name, "".join(parts), sorted(mentions)


def files(path: pathlib.Path) -> Iterator[io.IOBase]:
    if path.is_dir():
        for found in sorted(path.rglob("*.zip")) or []:
            yield from files(found)
        for found in sorted(path.rglob("*.xml")):
            yield found.open("rb")
        return
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist(), reverse=True):
            if name.endswith(".xml"):
                yield io.BytesIO(archive.read(name))


def locate(sentences: list[Sentence], start: int, end: int) -> Mention | None:
    for n, s in enumerate(sentences):
        tokens = [i for i in range(len(s)) if s.starts[i] < end and s.ends[i] > start]
        if tokens:
            first, last = tokens[0], tokens[-1]
            head = next((i for i in tokens if not first <= s.heads[i] <= last or s.heads[i] == i), last)
            return Mention(n, first, last, head)
    return None


def show(name: str, pairs: list[tuple[str, str, str]], errors: int) -> None:
    wanted, given = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    right = Counter(p[0] for p in pairs if p[0] == p[1])
    total = max(len(pairs), 1)
    usual = max(wanted.values(), default=0)
    print(
        f"{name}: {len(pairs)} mentions, accuracy {sum(right.values()) / total:.3f}"
        f" (most frequent value: {usual / total:.3f})"
    )
    for label in sorted(wanted):
        precision = right[label] / given[label] if given[label] else 0.0
        print(
            f"  {label:12} P {precision:.3f} R {right[label] / wanted[label]:.3f}"
            f" ({wanted[label]} wanted, {given[label]} given)"
        )
    for w, g, note in [p for p in pairs if p[0] != p[1]][:errors]:
        print(f"  wanted {w}, got {g}: {note}")


if __name__ == "__main__":
    main()
