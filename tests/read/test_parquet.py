"""Parquet files, whole and damaged; packed lines."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from dateline.errors import ReadError
from dateline.read import Options, read_paths
from dateline.read.items import LONGEST_LINE, find_items
from dateline.types import Reject, Report

STORY = "Army units entered the town on Monday, residents said. Two people were killed."


def table(count: int, **columns: list[object]) -> pa.Table:
    base: dict[str, list[object]] = {
        "id": [f"r{n}" for n in range(count)],
        "text": [f"{STORY} No. {n}." for n in range(count)],
    }
    return pa.table({**base, **columns})


def test_rows_become_reports_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(table(250, published=[date(2020, 2, 7)] * 250, other=[None] * 250), path, row_group_size=120)
    found = list(read_paths([path]))
    assert [r.id for r in found] == [f"r{n}" for n in range(250)]
    assert all(isinstance(r, Report) and r.published == "2020-02-07" for r in found)


def test_fields_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"key": [7], "body": [STORY]}), path)
    (report,) = read_paths([path], Options(fields={"id": "key", "text": "body"}))
    assert isinstance(report, Report)
    assert (report.id, report.text) == ("7", STORY)


def test_a_damaged_page_puts_its_rows_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        table(20), path, row_group_size=10, compression="zstd", use_dictionary=False, write_page_checksum=True
    )
    raw = bytearray(path.read_bytes())
    column = pq.ParquetFile(path).metadata.row_group(1).column(1)
    end = column.data_page_offset + column.total_compressed_size
    raw[end - 20 : end - 10] = b"\xff" * 10
    path.write_bytes(bytes(raw))
    found = list(read_paths([path]))
    assert [r.id for r in found if isinstance(r, Report)] == [f"r{n}" for n in range(10)]
    (reject,) = [r for r in found if isinstance(r, Reject)]
    assert reject.reason == "malformed"
    assert "rows 11 to 20" in reject.detail


def test_what_is_no_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 or not")
    with pytest.raises(ReadError, match=r"a\.parquet"):
        list(read_paths([path]))


# ------------------------------------------------------------------------------------------ packed lines


LINES = b"".join(json.dumps({"id": f"r{n}", "text": f"{STORY} {n}"}).encode() + b"\n" for n in range(30))


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.ZstdCompressor().compress), ("", bytes)]
)
def test_lines_are_unpacked(tmp_path: Path, suffix: str, pack: object) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(pack(LINES))  # type: ignore[operator]
    assert [r.id for r in read_paths([path])] == [f"r{n}" for n in range(30)]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.ZstdCompressor().compress)])
def test_a_packed_file_that_breaks_off(tmp_path: Path, suffix: str, pack: object) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    noise = b"".join(
        json.dumps({"id": str(n), "text": f"{STORY} {hash((n, 1))}"}).encode() + b"\n" for n in range(9000)
    )
    packed = pack(noise)  # type: ignore[operator]
    path.write_bytes(packed[: len(packed) // 2])
    found = list(read_paths([path]))
    assert isinstance(found[0], Report)
    assert [r.reason for r in found if isinstance(r, Reject)][-1:] == ["malformed"]


def test_a_bomb_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as f:
        for _ in range(110):
            f.write(b"\0" * 1_000_000)
    found = list(read_paths([path]))
    assert all(isinstance(r, Reject) for r in found)
    assert any("150 times" in r.detail for r in found if isinstance(r, Reject))


def test_a_line_too_long_to_be_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as f:
        f.write(b'{"id": "a", "text": "Two people were killed on Monday."}\n{"id": "b", "text": "')
        for _ in range(LONGEST_LINE // 1_000_000 + 60):
            f.write(b"x" * 1_000_000)
        f.write(b'"}\n{"id": "c", "text": "Two people were killed on Monday."}')
    a, b, c = read_paths([path])
    assert (a.id, c.id) == ("a", "c")
    assert isinstance(b, Reject)
    assert (b.reason, b.id) == ("too-large", "line 2")


def test_ten_thousand_empty_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": ""}\n' * 10_000)
    found = list(read_paths([path]))
    assert len(found) == 10_000
    assert {r.reason for r in found if isinstance(r, Reject)} == {"empty"}
    assert len({r.id for r in found}) == 10_000


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / "sub").mkdir()
    pq.write_table(table(1), tmp_path / "sub" / "d.parquet")
    kinds = [i.kind for i in find_items([tmp_path])]
    assert kinds == ["file", *["line"] * 30, "rows"]


def test_a_report_of_a_million_words_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "long", "text": "Two people were killed in the town " * 143_000}) + "\n")
    (found,) = read_paths([path])
    assert isinstance(found, Reject)
    assert (found.id, found.reason) == ("long", "too-large")
