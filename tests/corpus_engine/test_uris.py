"""Input and output by URI.  ``file://`` takes the whole way through Arrow that an object store takes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from dateline.cli import main
from dateline.corpus import code_corpus
from dateline.corpus.batch import Settings, code_batch
from dateline.corpus.columns import read_parquet
from dateline.errors import OutputError, ReadError
from dateline.read.compressed import bare_suffix
from dateline.read.files import beside, is_uri, names_folder, shown
from dateline.read.items import find_items
from tests.corpus_engine.texts import ids, rows, write
from tests.read.test_warc import pages


def folder(at: Path) -> Path:
    """A folder with a file of every kind, in it and below, one with a blank and a percent sign in its name."""
    (at / "in" / "sub dir").mkdir(parents=True)
    lines = [json.dumps(r) + "\n" for r in rows(8)]
    (at / "in" / "a.jsonl").write_text("".join(lines[:2]))
    (at / "in" / "b.jsonl.gz").write_bytes(gzip.compress("".join(lines[2:4]).encode()))
    (at / "in" / "c.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress("".join(lines[4:5]).encode()))
    pq.write_table(pa.Table.from_pylist(rows(8)[5:7]), at / "in" / "sub dir" / "d 100%.parquet")
    (at / "in" / "e.txt").write_text(rows(8)[7]["text"])
    (at / "in" / "f.warc.gz").write_bytes(gzip.compress(pages(1)[0]))
    (at / "in" / "leave.me").write_text("not an input")
    return at / "in"


def test_a_folder_by_uri_gives_the_same_as_by_path(tmp_path: Path) -> None:
    source = folder(tmp_path)
    code_corpus([source], tmp_path / "path.jsonl", jobs=1)
    summary = code_corpus([source.as_uri()], tmp_path / "uri.jsonl", jobs=1)
    assert summary.reports == 9
    assert (tmp_path / "uri.jsonl").read_bytes() == (tmp_path / "path.jsonl").read_bytes()


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_folder_may_end_in_a_stroke(tmp_path: Path, ending: str) -> None:
    write(tmp_path / "in.jsonl", rows(2))
    code_corpus([tmp_path.as_uri() + ending], tmp_path / "out.jsonl", jobs=1)
    assert ids(tmp_path / "out.jsonl") == ["r0", "r1"]


@pytest.mark.parametrize("name", ["a.jsonl", "b.jsonl.gz", "sub dir/d 100%.parquet", "f.warc.gz", "leave.me"])
def test_a_single_file_by_uri(tmp_path: Path, name: str) -> None:
    at = folder(tmp_path) / name
    code_corpus([at], tmp_path / "path.jsonl", jobs=1)
    code_corpus([at.as_uri()], tmp_path / "uri.jsonl", jobs=1)
    assert (tmp_path / "uri.jsonl").read_bytes() == (tmp_path / "path.jsonl").read_bytes() != b""


def test_the_output_by_uri(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [*rows(3), *rows(1)], "{broken")
    code_corpus([source], tmp_path / "path.jsonl", jobs=1, shard=2)
    for name in ("uri.jsonl", "uri.parquet"):
        code_corpus([source.as_uri()], (tmp_path / name).as_uri(), jobs=2, shard=2)
    whole = (tmp_path / "path.jsonl").read_bytes()
    assert (tmp_path / "uri.jsonl").read_bytes() == whole
    assert read_parquet(tmp_path / "uri.parquet") == whole.splitlines()
    rejects = [p.read_text().replace("file://", "") for p in sorted(tmp_path.glob("*.rejects.jsonl"))]
    assert len(rejects) == 3
    assert len(set(rejects)) == 1
    assert not list(tmp_path.glob("*.part*"))


def test_options_and_passwords_are_not_told() -> None:
    uri = "s3://key:secret@bucket/a%20b/c.jsonl.gz?region=x&scheme=http"
    assert shown(uri) == "s3://bucket/a b/c.jsonl.gz"
    assert beside(uri, ".parts") == "s3://key:secret@bucket/a%20b/c.jsonl.gz.parts?region=x&scheme=http"
    assert bare_suffix(uri) == ".jsonl"
    assert names_folder("s3://bucket/a/?region=x/")
    assert not names_folder("s3://bucket/a?region=x/")
    assert (is_uri("a/b"), is_uri("C://b"), is_uri("gs://b")) == (False, False, True)


def test_a_run_goes_on_where_its_ledger_lies(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(6))
    at = tmp_path.as_uri()
    code_corpus([source], f"{at}/out/", jobs=1, shard=2)
    (tmp_path / "out" / "00000001.done").unlink()
    assert code_corpus([source], f"{at}/out/", jobs=1, shard=2, resume=True).resumed == 4
    assert (tmp_path / "out" / "_SUCCESS").exists()


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("{at}/nowhere.jsonl", "no such file or folder"),
        ("http://example.org/news.jsonl", "http"),
        ("nosuch://bucket/news.jsonl", "nosuch"),
    ],
)
def test_an_input_that_is_not_there(tmp_path: Path, uri: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        code_corpus([uri.format(at=tmp_path.as_uri())], tmp_path / "out.jsonl", jobs=1)


@pytest.mark.parametrize("uri", ["{at}/no/such/out.jsonl", "{at}/folder", "nosuch://bucket/out.jsonl"])
def test_an_output_that_cannot_be(tmp_path: Path, uri: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError):
        code_corpus([write(tmp_path / "in.jsonl", rows(1))], uri.format(at=tmp_path.as_uri()), jobs=1)


def test_the_command_ends_with_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["code", f"{tmp_path.as_uri()}/none/", "-o", str(tmp_path / "out.jsonl")])
    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"dateline: {tmp_path.as_uri()}/none/: no such file or folder"


@pytest.mark.parametrize("kind", ["txt", "parquet"])
def test_a_file_that_cannot_be_had_any_more_ends_the_run_if_it_lies_elsewhere(tmp_path: Path, kind: str) -> None:
    at = tmp_path / f"a.{kind}"
    if kind == "txt":
        at.write_text(rows(1)[0]["text"])
    else:
        pq.write_table(pa.Table.from_pylist(rows(2)), at)
    here, elsewhere = list(find_items([at])), list(find_items([at.as_uri()]))
    at.unlink()
    assert sum(code_batch(here, Settings()).tally.rejects.values()) == 1
    with pytest.raises(ReadError, match=at.as_uri()):
        code_batch(elsewhere, Settings())
