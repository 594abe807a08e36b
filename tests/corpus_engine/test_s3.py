"""An object store: a server on this machine that speaks S3, where one is installed (``pip install 'moto[server]'``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import fs

from dateline.corpus import code_corpus
from dateline.errors import OutputError, ReadError
from dateline.read.files import file_system
from tests.corpus_engine.test_uris import folder
from tests.corpus_engine.texts import rows, write

server = pytest.importorskip("moto.server", reason="moto[server] is not installed")


@pytest.fixture(scope="module")
def uri() -> Iterator[str]:
    """A URI with the server's address in it and a gap for the rest: ``s3://…@news{}?…``."""
    running = server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    options = f"endpoint_override={host}:{port}&scheme=http&region=us-east-1"
    store, _ = fs.FileSystem.from_uri(f"s3://key:secret@news?{options}&allow_bucket_creation=true")
    store.create_dir("news")
    yield f"s3://key:secret@news{{}}?{options}"
    running.stop()


def upload(source: Path, uri: str) -> None:
    store, at = file_system(uri)
    for file in source.rglob("*"):
        if file.is_file():
            with store.open_output_stream(f"{at}/{file.relative_to(source)}", compression=None) as f:
                f.write(file.read_bytes())


def test_a_prefix_gives_the_same_as_a_folder(uri: str, tmp_path: Path) -> None:
    source = folder(tmp_path)
    upload(source, uri.format("/in"))
    code_corpus([source], tmp_path / "path.jsonl", jobs=1)
    code_corpus([uri.format("/in/")], tmp_path / "s3.jsonl", jobs=2, shard=2)
    assert (tmp_path / "s3.jsonl").read_bytes() == (tmp_path / "path.jsonl").read_bytes()


def test_the_output_there_and_going_on(uri: str, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [*rows(5), *rows(1)])
    code_corpus([source], tmp_path / "path.jsonl", jobs=1, shard=2)
    wanted = (tmp_path / "path.jsonl").read_bytes()
    code_corpus([source], uri.format("/out/all.jsonl"), jobs=2, shard=2)
    code_corpus([source], uri.format("/parts/"), jobs=2, shard=2)
    store, at = file_system(uri.format(""))
    assert store.open_input_stream(f"{at}/out/all.jsonl").read() == wanted
    store.delete_file(f"{at}/parts/00000001.done")
    assert code_corpus([source], uri.format("/parts/"), jobs=1, shard=2, resume=True).resumed == 4
    parts = [f"{at}/parts/{n:08d}.jsonl" for n in range(3)]
    assert b"".join(store.open_input_stream(p).read() for p in parts) == wanted


def test_what_is_not_there_is_said_without_the_password(uri: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^s3://news/none/: no such file or folder$"):
        code_corpus([uri.format("/none/")], tmp_path / "out.jsonl", jobs=1)
    source = write(tmp_path / "in.jsonl", rows(1))
    with pytest.raises(OutputError, match=r"^s3://other/out\.jsonl\.parts: .*bucket"):
        code_corpus([source], uri.format("").replace("@news", "@other/out.jsonl"), jobs=1)
