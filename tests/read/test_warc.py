"""Web archives, whole and cut off."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dateline.read import read_paths
from dateline.types import Reject, Report

PAGE = "<html><head><title>Bridge</title></head><body><article><p>{} shelled the bridge near the old town on Friday, residents said by telephone.</p><p>Two soldiers were killed and a dozen were hurt, the army told reporters in the evening.</p></article></body></html>"


def record(url: str, body: bytes, http: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n") -> bytes:
    answer = http.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-02-07T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def pages(count: int) -> list[bytes]:
    return [record(f"https://news.example/{n}", PAGE.format(f"Gunmen number {n}").encode()) for n in range(count)]


@pytest.mark.parametrize("packing", ["", ".gz"])
def test_pages_become_reports(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.warc{packing}"
    records = [gzip.compress(r) if packing else r for r in pages(3)]
    path.write_bytes(b"".join(records))
    found = list(read_paths([path]))
    assert [r.id for r in found] == [f"https://news.example/{n}" for n in range(3)]
    for r in found:
        assert isinstance(r, Report)
        assert "shelled the bridge" in r.text
        assert "<p>" not in r.text
        assert r.url == r.id


def test_what_is_no_page_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    image = record("https://news.example/i", b"\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")
    missing = record("https://news.example/m", b"gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n")
    path.write_bytes(image + missing + pages(1)[0])
    assert [r.id for r in read_paths([path])] == ["https://news.example/0"]


@pytest.mark.parametrize("packing", ["", ".gz"])
def test_an_archive_that_breaks_off(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.warc{packing}"
    whole = [gzip.compress(r) if packing else r for r in pages(3)]
    path.write_bytes(b"".join(whole)[: -len(whole[-1]) // 2])
    found = list(read_paths([path]))
    assert [r.id for r in found if isinstance(r, Report)] == ["https://news.example/0", "https://news.example/1"]
    (reject,) = [r for r in found if isinstance(r, Reject)]
    assert reject.reason == "malformed"
    assert "breaks off" in reject.detail


def test_a_page_in_the_encoding_of_its_server(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    body = PAGE.format("Kämpfer").encode("iso-8859-15")
    path.write_bytes(
        record("https://news.example/k", body, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-15\r\n")
    )
    (report,) = read_paths([path])
    assert isinstance(report, Report)
    assert "Kämpfer" in report.text
