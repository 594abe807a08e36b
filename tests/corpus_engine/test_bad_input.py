"""One folder of everything that is wrong with real corpora: what is whole is coded, the rest put aside with its reason."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.corpus_engine.texts import ids, rows, write
from tests.read.test_warc import pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("bad") / "in"
    at.mkdir()
    whole = pages(3)
    (at / "a.warc").write_bytes(b"".join(whole)[: -len(whole[-1]) // 2])
    table = pa.Table.from_pylist([{**r, "id": f"p{n}"} for n, r in enumerate(rows(20))])
    pq.write_table(table, at / "b.parquet", row_group_size=10, use_dictionary=False, write_page_checksum=True)
    raw = bytearray((at / "b.parquet").read_bytes())
    column = pq.ParquetFile(at / "b.parquet").metadata.row_group(1).column(1)
    raw[column.data_page_offset + column.total_compressed_size - 9] ^= 0xFF
    (at / "b.parquet").write_bytes(bytes(raw))
    with (at / "c.jsonl").open("wb") as f:
        f.write(json.dumps({**rows(1)[0], "id": "short"}).encode() + b'\n{"id": "line", "text": "')
        for _ in range(100):
            f.write(b"x" * 1_000_000)
        f.write(b'"}\n')
    with gzip.open(at / "d.jsonl.gz", "wb", compresslevel=1) as g:
        for _ in range(110):
            g.write(b"\0" * 1_000_000)
    (at / "e.jsonl").write_text('{"text": ""}\n' * 10_000)
    write(at / "f.jsonl", [*rows(2), *rows(2)])
    return at


def test_every_bad_input_at_once(folder: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "dateline", "code", str(folder), "-o", str(tmp_path / "out.jsonl"), "--jobs", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 3, run.stderr
    assert ids(tmp_path / "out.jsonl") == [
        *(f"https://news.example/{n}" for n in range(2)), *(f"p{n}" for n in range(10)), "short", "r0", "r1", "r0~2", "r1~2"
    ]  # fmt: skip
    rejects = [json.loads(line) for line in (tmp_path / "out.jsonl.rejects.jsonl").open()]
    reasons = Counter((Path(r["origin"].rpartition(":")[0] or r["origin"]).name, r["reason"]) for r in rejects)
    assert reasons["c.jsonl", "too-large"] == 1
    assert reasons["e.jsonl", "empty"] == 10_000
    assert {(file.split(":")[0], why) for file, why in reasons} >= {("b.parquet", "malformed")}
    assert sum(r["reason"] == "malformed" and "a.warc" in r["origin"] for r in rejects) == 1
    assert any("150 times" in r["detail"] for r in rejects)
