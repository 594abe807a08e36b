"""Annotations of four tools, in files as they write them, come to the same claims; what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import ReadError, UsageError
from dateline.evaluate.gold import GoldActor, GoldClaim, GoldFigure, GoldSource
from dateline.evaluate.importers import FORMATS, Imported, read_annotations
from dateline.evaluate.importers.labels import labels

HERE = Path(__file__).parent / "imports"
FILES = {
    "brat": HERE / "brat",
    "label-studio": HERE / "label-studio.json",
    "prodigy": HERE / "prodigy.jsonl",
    "doccano": HERE / "doccano.jsonl",
}


def of_type(found: Imported, type: str, report: int = 0) -> GoldClaim:
    (claim,) = [c for c in found.reports[report].claims if c.type == type]
    return claim


@pytest.mark.parametrize("format", FORMATS)
def test_every_tool_tells_the_same_core(format: str) -> None:
    """The text begins with a letter beyond the basic plane and a dotted capital I, so every way of counting differs."""
    found = read_annotations(format, FILES[format])
    report = found.reports[0]
    assert report.text.startswith("🔴 İdlib")
    assert report.published == "2020-02-04"
    assert [report.text[a:b].split()[0] for a, b in report.sentences] == ["🔴", "The", "Two"]
    repel = of_type(found, "repel")
    assert repel.sent == 0
    assert [a.text for a in repel.agents] == ["Rebels"]
    assert [a.text for a in repel.targets] == ["the army"]
    assert repel.place == "Kafr Nabl"
    shelling = of_type(found, "shelling")
    assert (shelling.sent, shelling.trigger) == (1, "shelled")
    assert {"type", "agent", "target", "place"} <= set(found.slots)


def test_brat() -> None:
    found = read_annotations("brat", FILES["brat"])
    assert found.slots == ("type", "agent", "target", "place", "date", "modality", "source", "figure")
    assert found.left_out == {}
    assert (found.reports[0].id, found.reports[0].outlet) == ("2020-02-04", "Radio Z")
    repel = of_type(found, "repel")
    assert repel.trigger == "drove back"  # a span with a gap
    assert repel.targets == (GoldActor(text="the army", country="SYR", sector="MIL", group=""),)
    assert (repel.date_start, repel.date_end) == ("2020-02-03", "2020-02-03")
    assert repel.figures == (GoldFigure(kind="killed", low=12, high=12, text="12 soldiers"),)
    assert repel.sources == (GoldSource(text="a medic"),)
    assert of_type(found, "shelling").modality == "denied"
    assert of_type(found, "shelling").place == "Ma‘arrat"
    assert of_type(found, "destroy").modality == "uncertain"
    assert of_type(found, "destroy").figures[0].kind == "destroyed"


def test_label_studio() -> None:
    found = read_annotations("label-studio", FILES["label-studio"])
    assert [r.id for r in found.reports] == ["radio-z-1", "2", "3"]
    assert found.left_out == {"cancelled annotations": 1}
    for n in range(3):  # code points; UTF-16 units, as older versions count; an export without words
        repel = of_type(found, "repel", n)
        assert (repel.trigger, repel.place, repel.date_start) == ("drove", "Kafr Nabl", "2020-02-03")
        assert repel.figures == (GoldFigure(kind="killed", low=12, high=12, text="12 soldiers"),)
        assert of_type(found, "shelling", n).modality == "denied"
        assert of_type(found, "shelling", n).place == "Ma‘arrat"


def test_prodigy() -> None:
    found = read_annotations("prodigy", FILES["prodigy"])
    assert [r.id for r in found.reports] == ["radio-z-1"]
    assert found.left_out == {"tasks not accepted": 2}
    repel = of_type(found, "repel")
    assert repel.targets == (GoldActor(text="the army", country="SYR", sector="MIL", group=""),)
    assert repel.sources == (GoldSource(text="medic"),)  # a token that no span is of
    assert of_type(found, "shelling").modality == "denied"


def test_doccano_with_relations_and_without() -> None:
    found = read_annotations("doccano", FILES["doccano"])
    assert found.left_out == {"figures have no kind or no number; figures are not scored": 1}
    assert "figure" not in found.slots
    plain = read_annotations("doccano", HERE / "doccano-plain.jsonl")
    assert [r.id for r in plain.reports] == ["431", "432"]
    assert [a.text for a in of_type(plain, "repel").agents] == ["Rebels"]  # the only trigger of its sentence
    assert plain.left_out == {"marked spans 'place' belong to no claim": 1}  # two triggers: nobody knows whose
    assert plain.reports[1].claims == ()


def test_labels_of_ones_own() -> None:
    found = read_annotations("brat", FILES["brat"], ["repel=capture", "Speaker=source", "Agent=target"])
    assert of_type(found, "capture").agents == ()
    assert [a.text for a in of_type(found, "capture").targets] == ["Rebels", "the army"]
    assert labels().slot("Place2") == ("place", "")
    with pytest.raises(UsageError, match="no mapping"):
        labels(["Agent"])


def broken(tmp_path: Path, format: str, old: str, new: str) -> ReadError:
    source = FILES[format]
    if format == "brat":
        for file in source.iterdir():
            text = file.read_text("utf-8")
            (tmp_path / file.name).write_text(text.replace(old, new, 1) if file.suffix == ".ann" else text, "utf-8")
        target = tmp_path
    else:
        target = tmp_path / source.name
        text = source.read_text("utf-8")
        assert old in text
        target.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ReadError) as caught:
        read_annotations(format, target)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("T2\tActor 9 15", "T2\tActor 9 14", 2, "not what stands there"),
        ("T2\tActor 9 15", "T2\tActor 15 9", 2, "no span"),
        ("T2\tActor 9 15", "T2\tActor nine 15", 2, "no offsets"),
        ("T3\tActor", "T2\tActor", 3, "given twice"),
        ("Agent:T2", "Agent:T99", 15, "no mark 'T99'"),
        ("E2\tdeny:T8", "E2\tdeny:T88", 16, "no T88"),
        ("E2\tdeny:T8 Agent:T9", "E2\tdeny", 16, "ROLE:ARGUMENT"),
        ("A3\tSector T2 REB", "A3\tSector T2 RED", 2, "'RED' is none of"),
        ("A3\tSector T2 REB", "A3\tSector", 21, "NAME ID"),
        ("country=SYR", "country=Syria", 3, "ISO 3166"),
        ("date_start=2020-02-03", "date_start=Monday", 5, "no ISO date"),
        ("low=12", "low=dozen", 6, "no number"),
        ("E1\trepel", "Q1\trepel", 15, "an id, a tab"),
        ("R1\tCoref Arg1:T3 Arg2:T9", "R1\tCoref Arg1:T3", 30, "Arg2"),
    ],
)
def test_a_broken_line_of_brat_is_named(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    error = broken(tmp_path, "brat", old, new)
    assert error.path.endswith("2020-02-04.ann")
    assert error.line == line
    assert words in str(error)


@pytest.mark.parametrize(
    ("format", "old", "new", "line", "words"),
    [
        ("prodigy", '"start": 9,', '"start": 9000,', 1, "spans[1]: 9000 to 15 is no span"),
        ("prodigy", '"text": "Rebels", "start": 9, "token_start"', '"text": "Rebel", "start": 9, "token_start"', 1, "spans[1]: 'Rebel' is not"),
        ("prodigy", '"answer": "ignore"}', '"answer": "ignore"', 3, "no JSON"),
        ("prodigy", '"modality": "denied"', '"modality": "perhaps"', 1, "no modality"),
        ("doccano", '"from_id": 11', '"from_id": 999', 1, "no mark '999'"),
        ("doccano", '"end_offset": 21', '"end_offset": null', 1, "entities[0]: None is no offset"),
        ("doccano", '"entities"', '"cats"', 1, "neither entities nor label"),
        ("label-studio", '"text": "drove"', '"text": "drive"', None, "task 1.annotations[0].result[0]: 'drive' is not"),
        ("label-studio", '"annotations"', '"completions"', None, "task 1: no annotations"),
        ("label-studio", '"from_id": "t1"', '"from_id": "zz"', None, "no mark 'zz'"),
        ("label-studio", "2020-02-03", "third", None, "no ISO date"),
        ("label-studio", '[{"id": 1,', '[{"id" 1,', 1, "no JSON"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named(tmp_path: Path, format: str, old: str, new: str, line: int | None, words: str) -> None:
    error = broken(tmp_path, format, old, new)
    assert FILES[format].name in str(error)
    assert error.line == line
    assert words in str(error)


def test_several_annotators(tmp_path: Path) -> None:
    (task, *_) = json.loads(FILES["label-studio"].read_text("utf-8"))
    other = {**task["annotations"][0], "id": 10, "completed_by": {"id": 4, "email": "b@example.org"}}
    task["annotations"].append(other)
    path = tmp_path / "two.json"
    path.write_text(json.dumps([task]), "utf-8")
    with pytest.raises(ReadError, match=r"more than once.*b@example\.org"):
        read_annotations("label-studio", path)
    assert len(read_annotations("label-studio", path, annotator="b@example.org").reports) == 1
    with pytest.raises(ReadError, match="nothing is annotated by"):
        read_annotations("label-studio", path, annotator="c")


def test_files_that_are_missing_or_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.jsonl").write_bytes("é".encode("latin-1"))
    with pytest.raises(ReadError, match=r"no \.ann"):
        read_annotations("brat", tmp_path / "empty")
    with pytest.raises(ReadError, match="not UTF-8"):
        read_annotations("doccano", tmp_path / "latin.jsonl")
    with pytest.raises(ReadError, match="No such file"):
        read_annotations("prodigy", tmp_path / "none.jsonl")
