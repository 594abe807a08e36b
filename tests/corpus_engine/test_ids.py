"""No id twice: one file and a folder of parts settle it alike, and a report's events go with it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.corpus import code_corpus
from dateline.corpus.columns import read_parquet
from dateline.corpus.ledger import Ledger
from dateline.read import Options, read_paths
from dateline.reconcile import reconcile
from dateline.record import decode, from_record
from tests.corpus_engine.texts import ids, rows, write


def named(*names: str) -> list[dict[str, str]]:
    return [{**row, "id": name} for row, name in zip(rows(len(names)), names, strict=True)]


def parts(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.glob("*.jsonl")) if "rejects" not in p.name)


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    return write(tmp_path / "in.jsonl", named("a", "b", "a", "c", "a", "b", "d"))


def test_a_folder_has_the_ids_of_one_file(twice: Path, tmp_path: Path) -> None:
    one = code_corpus([twice], tmp_path / "out.jsonl", jobs=1, shard=2, events=True)
    many = code_corpus([twice], f"{tmp_path}/out/", jobs=2, shard=2, events=True)
    assert parts(tmp_path / "out") == (tmp_path / "out.jsonl").read_bytes()
    assert ids(tmp_path / "out.jsonl") == ["a", "b", "a~2", "c", "a~3", "b~2", "d"]
    assert one.duplicate_ids == many.duplicate_ids == 3


def test_settling_again_changes_nothing(twice: Path, tmp_path: Path) -> None:
    code_corpus([twice], f"{tmp_path}/out/", jobs=1, shard=2)
    before = parts(tmp_path / "out")
    again = code_corpus([twice], f"{tmp_path}/out/", jobs=1, shard=2, resume=True)
    assert (again.resumed, again.duplicate_ids) == (7, 3)
    assert parts(tmp_path / "out") == before


def test_a_part_that_a_crash_left_half_settled_is_coded_again(twice: Path, tmp_path: Path) -> None:
    code_corpus([twice], f"{tmp_path}/out/", jobs=1, shard=2)
    wanted = parts(tmp_path / "out")
    ledger = Ledger(f"{tmp_path}/out/")
    part = tmp_path / "out" / "00000001.jsonl"
    part.write_bytes(part.read_bytes().replace(b'"a~2"', b'"a"'))  # as before, under the entry of afterwards
    assert sorted(ledger.entries()) == [0, 2, 3]
    assert code_corpus([twice], f"{tmp_path}/out/", jobs=1, shard=2, resume=True).resumed == 5
    assert parts(tmp_path / "out") == wanted


def test_a_report_that_is_alone_now_gets_its_id_back(twice: Path, tmp_path: Path) -> None:
    code_corpus([twice], f"{tmp_path}/out/", jobs=1, shard=2)
    write(twice, named("x", "y", "a", "c", "a", "b", "d"))
    for output in (f"{tmp_path}/out/", f"{tmp_path}/fresh/"):
        code_corpus([twice], output, jobs=1, shard=2, resume=True)
    assert parts(tmp_path / "out") == parts(tmp_path / "fresh")


NAMES = st.lists(st.sampled_from(["a", "a~2", "a~3", "a~2~2", "b"]), min_size=1, max_size=7)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
def test_ids_that_look_like_suffixes(tmp_path: Path, names: list[str]) -> None:
    source = write(tmp_path / "in.jsonl", [{**r, "text": "Nothing happened in Gao."} for r in named(*names)])
    code_corpus([source], tmp_path / "out.jsonl", jobs=1, shard=2)
    code_corpus([source], f"{tmp_path}/out/", jobs=1, shard=2)
    assert parts(tmp_path / "out") == (tmp_path / "out.jsonl").read_bytes()
    for found in (ids(tmp_path / "out.jsonl"), [r.id for r in read_paths([source], Options())]):
        assert not [id for id, n in Counter(found).items() if n > 1]
        assert [f.startswith(n) for f, n in zip(found, names, strict=True)] == [True] * len(names)


def test_events_are_those_of_the_records_own_claims(twice: Path, tmp_path: Path) -> None:
    code_corpus([twice], tmp_path / "plain.jsonl", jobs=1)
    code_corpus([twice], tmp_path / "out.jsonl", jobs=1, events=True)
    assert all("events" not in json.loads(line) for line in (tmp_path / "plain.jsonl").open())
    found = [decode(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert sum(len(r.events) for r in found) > len(found)
    for record in found:
        assert list(record.events) == reconcile([from_record(record)])
        assert sorted(c for e in record.events for c in e.claims) == sorted(c.id for c in record.claims)


def test_events_in_parquet(twice: Path, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.parquet"):
        code_corpus([twice], tmp_path / name, jobs=1, events=True)
    assert read_parquet(tmp_path / "out.parquet") == (tmp_path / "out.jsonl").read_bytes().splitlines()


def test_code_gives_the_events_that_read_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline.cli import main

    source = write(tmp_path / "in.jsonl", rows(3))
    main(["code", str(source), "-o", str(tmp_path / "out.jsonl"), "--events", "--jobs", "1"])
    capsys.readouterr()
    main(["read", str(source), "--format", "jsonl"])
    assert capsys.readouterr().out == (tmp_path / "out.jsonl").read_text()
