"""``dateline explain``: of a text, of a coded file, of a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.pipeline import Pipeline
from dateline.record import encode
from dateline.store import Received, Store
from dateline.types import CodedReport, Report

STORY = "Syrian army units shelled Saraqeb on Monday, killing six civilians, activists said."


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    code = 0
    try:
        main(["explain", *map(str, args)])
    except SystemExit as e:
        code = int(e.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="module")
def coded(pipeline: Pipeline) -> CodedReport:
    (one,) = pipeline.code([Report(id="r1", text=STORY, published="2020-02-07")])
    assert isinstance(one, CodedReport)
    return one


def test_of_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--text", STORY, "--published", "2020-02-07", "--format", "json")
    assert code == 0, err
    (only,) = json.loads(out)
    fields = {r["field"]: r for r in only["reasons"]}
    assert only["type"] == "shelling"
    assert fields["type"]["words"] == "shelled"
    assert fields["source"]["rule"] == "said"
    assert {"name", "score", "note"} == set(fields["confidence"]["options"][0])


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--text", STORY)
    assert code == 0
    assert "it is the object of “killing”" in " ".join(out.split())
    assert run(capsys, "--text", "The weather was fine.")[1] == "No claim is made of this text.\n"


def test_of_a_coded_file_with_its_reports(
    coded: CodedReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, texts = tmp_path / "coded.jsonl", tmp_path / "in.jsonl"
    lines.write_bytes(encode(coded) + b"\n")
    texts.write_text(json.dumps({"id": "r1", "text": STORY, "published": "2020-02-07"}), "utf-8")
    id = coded.claims[0].id
    code, out, err = run(capsys, id, "--coded", lines, "--reports", texts, "--format", "json")
    assert code == 0, err
    assert [e["claim"] for e in json.loads(out)] == [id]
    code, _, err = run(capsys, id, "--coded", lines)
    assert code == 2
    assert "--reports" in err
    code, _, err = run(capsys, "c0", "--coded", lines)
    assert code == 2
    assert "no claim c0" in err


def test_of_a_store(coded: CodedReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = tmp_path / "s.db"
    with Store(str(at)) as store:
        store.add([Received(coded=coded, raw=STORY.encode())])
    code, out, err = run(capsys, coded.claims[0].id, "--store", at, "--format", "json")
    assert code == 0, err
    assert json.loads(out)[0]["claim"] == coded.claims[0].id
    code, _, err = run(capsys, "c0", "--store", at)
    assert code == 2
    assert "no claim c0" in err


def test_a_claim_that_another_coding_made_is_said_to_be_one(
    coded: CodedReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, texts = tmp_path / "coded.jsonl", tmp_path / "in.jsonl"
    lines.write_bytes(encode(coded) + b"\n")
    texts.write_text(json.dumps({"id": "r1", "text": "The weather was fine."}), "utf-8")
    code, _, err = run(capsys, coded.claims[0].id, "--coded", lines, "--reports", texts)
    assert code == 2
    assert "do not make this claim" in err


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 2
    assert run(capsys, "c1", "--text", STORY)[0] == 2
