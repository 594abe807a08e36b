"""Whole runs: the same bytes whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline.corpus import code_corpus
from dateline.corpus.columns import read_parquet
from dateline.errors import OutputError, ReadError, UsageError
from dateline.read import Options
from dateline.record import decode
from tests.corpus_engine.texts import done, ids, rows, write

RUN = (
    "import sys; from dateline.corpus import code_corpus;"
    "code_corpus([sys.argv[1]], sys.argv[2], engine=sys.argv[3], jobs=2, resume=True, shard=2)"
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(
        tmp_path_factory.mktemp("source") / "in.jsonl", [*rows(40), *rows(2)], "{broken", '{"id": "e", "text": ""}'
    )


@pytest.fixture(scope="module")
def whole(source: Path) -> tuple[bytes, bytes]:
    """The output and the rejects of an undisturbed run in one process."""
    output = source.with_name("whole.jsonl")
    code_corpus([source], output, jobs=1, shard=2)
    return output.read_bytes(), Path(f"{output}.rejects.jsonl").read_bytes()


def outputs(output: Path) -> tuple[bytes, bytes]:
    return output.read_bytes(), Path(f"{output}.rejects.jsonl").read_bytes()


def start(source: Path, output: Path, engine: str = "local") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(source), str(output), engine]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def until(output: Path, shards: int, run: subprocess.Popen[bytes]) -> None:
    """Wait until so many shards are finished, or the run is."""
    while run.poll() is None and done(output) < shards:
        time.sleep(0.005)


def workers(run: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a run started which are spawned workers."""
    out = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == run.pid and b"spawn_main" in command:
            out.append(int(status.parent.name))
    return out


def test_nothing_is_lost_and_ids_stand_once(whole: tuple[bytes, bytes]) -> None:
    coded = [decode(line) for line in whole[0].splitlines()]
    assert [r.report.id for r in coded] == [*(f"r{n}" for n in range(40)), "r0~2", "r1~2"]
    assert all(c.report_id == r.report.id for r in coded for c in r.claims)
    claims = [c.id for r in coded for c in r.claims]
    assert len(claims) == len(set(claims)) > 40
    assert [json.loads(line)["reason"] for line in whole[1].splitlines()] == ["malformed", "empty"]


def test_two_processes_give_the_same_bytes(source: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    summary = code_corpus([source], tmp_path / "out.jsonl", jobs=2, shard=2)
    assert outputs(tmp_path / "out.jsonl") == whole
    assert (summary.reports, summary.duplicate_ids, summary.rejects) == (42, 2, {"empty": 1, "malformed": 1})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "out.jsonl.rejects.jsonl"]


def test_a_run_killed_again_and_again_is_completed(source: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    for shards in (1, 6, 13):
        run = start(source, output)
        until(output, shards, run)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
    assert done(output) >= 13
    assert not output.exists()
    summary = code_corpus([source], output, jobs=1, resume=True, shard=2)
    assert summary.resumed >= 26
    assert outputs(output) == whole


def test_a_worker_that_is_killed_loses_nothing(source: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    run = start(source, output)
    until(output, 2, run)
    killed = workers(run)[:1]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    _, errors = run.communicate()
    assert killed
    assert run.returncode == 0, errors.decode()
    assert outputs(output) == whole


def test_a_ledger_entry_whose_file_is_short_is_not_believed(
    source: Path, whole: tuple[bytes, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    run = start(source, output)
    until(output, 4, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    parts = Path(f"{output}.parts")
    first = sorted(parts.glob("*.done"))[0]
    shard = parts / f"{first.stem}.jsonl"
    shard.write_bytes(shard.read_bytes()[:-5])
    sorted(parts.glob("*.done"))[1].write_text("{half of an ent")
    code_corpus([source], output, jobs=1, resume=True, shard=2)
    assert outputs(output) == whole


def test_an_input_that_has_changed_is_coded_anew_where_it_did(tmp_path: Path) -> None:
    output, source = tmp_path / "out.jsonl", write(tmp_path / "in.jsonl", rows(6))
    code_corpus([source], f"{output}.parts/", jobs=1, shard=2)  # a folder keeps its ledger, as an unfinished run does
    changed = rows(6)
    changed[3]["text"] = "Police arrested 20 protesters in Tunis on Sunday."
    write(source, changed)
    summary = code_corpus([source], output, jobs=1, resume=True, shard=2)
    assert summary.resumed == 4
    code_corpus([source], tmp_path / "afresh.jsonl", jobs=1, shard=2)
    assert output.read_bytes() == (tmp_path / "afresh.jsonl").read_bytes()


def test_other_settings_are_not_mixed_into_a_run(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(2))
    code_corpus([source], f"{tmp_path}/out.jsonl.parts/", jobs=1)
    with pytest.raises(UsageError, match="published"):
        code_corpus([source], tmp_path / "out.jsonl", jobs=1, resume=True, options=Options(published="2021-01-01"))
    code_corpus([source], tmp_path / "out.jsonl", jobs=1, options=Options(published="2021-01-01"))
    assert ids(tmp_path / "out.jsonl") == ["r0", "r1"]


def test_a_folder_of_parts(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(5))
    code_corpus([source], f"{tmp_path}/out/", jobs=1, shard=2)
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert [i for p in sorted((tmp_path / "out").glob("*.jsonl")) for i in ids(p)] == [f"r{n}" for n in range(5)]


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    for _ in range(2):
        code_corpus([source], f"{tmp_path}/out/", jobs=1)
    assert (tmp_path / "out" / "mine.txt").read_text() == "keep"


def test_parquet_holds_what_the_lines_hold(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(3))
    code_corpus([source], tmp_path / "out.jsonl", jobs=1)
    code_corpus([source], tmp_path / "out.parquet", jobs=1)
    assert read_parquet(tmp_path / "out.parquet") == (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert pq.read_table(tmp_path / "out.parquet").column_names == ["report", "claims"]


@pytest.mark.parametrize(
    ("input", "output", "error"),
    [
        ("nowhere.jsonl", "out.jsonl", ReadError),
        ("in.jsonl", "no/such/out.jsonl", OutputError),
        ("in.jsonl", ".", OutputError),
        ("in.jsonl", "out.jsonl.gz", UsageError),
    ],
)
def test_errors_say_where(tmp_path: Path, input: str, output: str, error: type[Exception]) -> None:
    write(tmp_path / "in.jsonl", rows(1))
    with pytest.raises(error):
        code_corpus([tmp_path / input], tmp_path / output, jobs=1)


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    from dateline.corpus.run import _lock

    write(tmp_path / "in.jsonl", rows(1))
    with _lock(tmp_path / "out.jsonl"), pytest.raises(UsageError, match="another run"):
        code_corpus([tmp_path / "in.jsonl"], tmp_path / "out.jsonl", jobs=1)


def test_an_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="local, spark"):
        code_corpus([tmp_path], tmp_path / "out.jsonl", engine="abacus")


def test_spark_gives_the_same_bytes(source: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    output = tmp_path / "out.jsonl"
    run = start(source, output, "spark")
    until(output, 3, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    assert done(output) >= 3
    run = start(source, output, "spark")
    _, errors = run.communicate()
    assert run.returncode == 0, errors.decode()[-2000:]
    assert outputs(output) == whole
