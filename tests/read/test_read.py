"""Reports are read as they come, or put aside with a reason; nothing is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError, RejectedReport, UsageError
from dateline.read import Options, read_paths
from dateline.read.decode import decode
from dateline.read.head import parse_date, read_head
from dateline.read.language import other_language
from dateline.read.text import MOST, is_truncated, make_report
from dateline.types import Reject, Report

STORY = "Army units entered the town on Monday, residents said. Two people were killed."


def only(items: object) -> Report | Reject:
    (item,) = list(items)  # type: ignore[call-overload]
    assert isinstance(item, Report | Reject)
    return item


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("text", "published", "body"),
    [
        (" date 2020-02-07 Turkey has sent", "2020-02-07", "Turkey"),
        ("Tue 05 Jul 2016 Suicide bombing", "2016-07-05", "Suicide"),
        ("Published July 27 2016 A twin bombing", "2016-07-27", "A twin"),
        ("Posted on August 12 2016 by Jane Doe Russians and", "2016-08-12", "Russians"),
        ("Date of publication: 13 October 2016 - Civilians", "2016-10-13", "Civilians"),
        ("Fri 07 Apr 2017 at 0914 Governor says", "2017-04-07", "Governor"),
        ("21-03-2016 Army kills", "2016-03-21", "Army"),
        ("Wednesday, 30 November 2016 14:28\n54 killed", "2016-11-30", "54 killed"),
        ("7 February 2020 was a Friday.", None, "7 February"),
        ("Army units entered on 7 February 2020.", None, "Army"),
        ("31 February 2020 Army", None, "31 February"),
        ("Last updated at Apr 092017 At least 15", "2017-04-09", "At least 15"),
        ("5th of July, 2016 - Rebels", "2016-07-05", "Rebels"),
        ("2016/07/15 Rebels", "2016-07-15", "Rebels"),
        ("2020-02-07T10:00:00+00:00\nRebels", "2020-02-07", "Rebels"),
        ("Date: Fri, 7 Feb 2020 10:11:12 +0000\nRebels", "2020-02-07", "Rebels"),
        ("\ufeff7 February 2020 Rebels", "2020-02-07", "Rebels"),
        ("2 January 2014 1200 people fled", "2014-01-02", "1200 people"),
        ("August 13 2016 2037 UTC+3 A representative", "2016-08-13", "A representative"),
        ("05/06/2016 Air strikes", None, "Air strikes"),
        ("Mon 05/06/2017 Air strikes", "2017-06-05", "Air strikes"),
        ("07/15/2016 Air strikes", "2016-07-15", "Air strikes"),
        ("MOSCOW, March 15, 2023. /Example/. Russian", "2023-03-15", "MOSCOW"),
        ("IDLIB, Syria (Wire) 7 Feb 2020 - Rebels", "2020-02-07", "IDLIB"),
        ("10 troops killed in clashes Monitor AFP Tuesday 14 Oct 2014 At least", "2014-10-14", "10 troops"),
        ("Army entered Harim on Tuesday 14 Oct 2014 At dawn", None, "Army"),
        ("7 February 2020, the day the war began, was", None, "7 February"),
    ],
)
def test_head_of_text(text: str, published: str | None, body: str) -> None:
    head = read_head(text)
    assert head.published == published
    assert text[head.body :].lstrip().startswith(body)


@pytest.mark.parametrize(
    "text",
    [
        "Town falls to rebels\n\n7 February 2020\n\nRebels took the town.",
        "Town falls to rebels\r\nPublished: 7 February 2020 10:30 GMT\r\nRebels took the town.",
        "Town falls to rebels\nBy Jane Doe\nFriday, 7 February 2020\nRebels took the town.",
    ],
)
def test_a_title_above_its_date_is_no_part_of_the_text(text: str) -> None:
    report = make_report(text, id="a")
    assert (report.title, report.published) == ("Town falls to rebels", "2020-02-07")
    assert report.text == text
    assert text[report.body :] == "Rebels took the town."
    assert make_report(text, id="a", title="Known").title == "Known"


@given(st.text(max_size=120))
def test_any_head(text: str) -> None:
    head = read_head(text)
    assert 0 <= head.body <= len(text)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2020-02-07", "2020-02-07"),
        ("2020-02-07T10:11:12Z", "2020-02-07"),
        ("7 Feb 2020", "2020-02-07"),
        ("Fri, 07 Feb 2020 10:11:12 GMT", "2020-02-07"),
        ("20200207", "2020-02-07"),
        ("05/06/2016", None),
        ("2020-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_metadata(value: str, wanted: str | None) -> None:
    assert parse_date(value) == wanted


def test_option_before_metadata_before_head(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": f"Tue 05 Jul 2016 {STORY}", "published": "2016-07-06"})
    path = write(tmp_path, "r.jsonl", line)
    given_ = only(read_paths([path], Options(published="2016-07-09")))
    of_record = only(read_paths([path]))
    of_head = only(read_paths([write(tmp_path, "r.txt", f"Tue 05 Jul 2016 {STORY}")]))
    assert [r.published for r in (given_, of_record, of_head) if isinstance(r, Report)] == [
        "2016-07-09",
        "2016-07-06",
        "2016-07-05",
    ]


def test_no_date_anywhere() -> None:
    assert make_report(STORY, id="a").published is None


@pytest.mark.parametrize(
    "raw",
    [
        STORY.encode(),
        b"\xef\xbb\xbf" + STORY.encode(),
        STORY.encode("utf-16"),
        STORY.replace(". ", ".\r\n").encode(),
        "It’s “over”, the commander said — and the café in the square was closed.".encode("cp1252"),
    ],
)
def test_encodings(raw: bytes) -> None:
    text = decode(raw)
    assert "\ufeff" not in text
    assert "\ufffd" not in text
    assert text.rstrip().endswith(".")


def test_utf_16_without_its_mark() -> None:
    assert decode(STORY.encode("utf-16-le")) == STORY
    assert decode(STORY.encode("utf-16-be")) == STORY


def test_a_character_cut_in_two_at_the_end_is_left_out() -> None:
    assert decode(f"{STORY} Café".encode()[:-1]) == f"{STORY} Caf"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"abc\0def", "binary"),
        (b"%PDF-1.7 ...", "binary"),
        ("Дорогие друзья, сегодня утром был обстрел".encode("cp1251"), "encoding"),
        (b"\xff\xfeabc", "encoding"),
        ("“Café”, he said, ".encode() + b"\xff and left.", "encoding"),
        (b"\0\1\2\3" * 20, "binary"),
    ],
)
def test_what_is_no_text(raw: bytes, reason: str) -> None:
    with pytest.raises(RejectedReport) as caught:
        decode(raw)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \r\n\t ", "empty"), (b"\0\0\0", "binary"), (b"a" * (MOST + 1), "too-large")],
)
def test_files_put_aside(tmp_path: Path, content: bytes, reason: str) -> None:
    item = only(read_paths([write(tmp_path, "bad.txt", content)]))
    assert isinstance(item, Reject)
    assert item.reason == reason
    assert item.id == "bad"


def test_fifty_megabytes_are_put_aside_unread(tmp_path: Path) -> None:
    item = only(read_paths([write(tmp_path, "big.txt", b"x " * 25_000_000)]))
    assert isinstance(item, Reject)
    assert item.reason == "too-large"
    assert "50,000,000" in item.detail


def test_missing_file() -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(read_paths(["/no/such/report.txt"]))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Le gouvernement a annoncé mardi que les soldats avaient repris la ville après trois jours de combats avec les rebelles.",
            "fr",
        ),
        (
            "Правительственные войска вошли в город во вторник после трех дней тяжелых боев, сообщает наблюдатель на месте.",
            "ru",
        ),
        (
            "El ejército anunció el martes que sus tropas habían entrado en la ciudad tras tres días de combates con los rebeldes.",
            "es",
        ),
        (
            "دخلت القوات الحكومية المدينة يوم الثلاثاء بعد ثلاثة أيام من القتال العنيف مع المعارضة المسلحة في المنطقة",
            "ar",
        ),
    ],
)
def test_other_languages_are_named(text: str, code: str) -> None:
    with pytest.raises(RejectedReport) as caught:
        make_report(text, id="a")
    assert (caught.value.reason, caught.value.detail) == ("language", code)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Saraqeb: Maarat al-Numan, Khan Shaykhun, Kafr Nabl",
        "12 killed",
        "Ukrainian officials say Kherson shelled",
    ],
)
def test_english_and_short_texts_are_kept(text: str) -> None:
    assert other_language(text) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (STORY * 2, False),
        (STORY * 2 + " Syrian jets hit air base", True),
        ("Rebels take town", False),
        (STORY * 2 + '"', False),
        (STORY * 2 + "\n--Agencies", False),
        (STORY * 2 + " Source Example News and agencies", False),
        (STORY * 2 + " J. Doe / R. Roe", False),
        (STORY * 2 + " Read Also", False),
        (STORY * 2 + " The rebels said they had…", True),
        ("The army entered the town and the", True),
        ("Rebels take town,", True),
        (STORY.replace(".", "").replace(",", "") * 2, False),
    ],
)
def test_truncated(text: str, wanted: bool) -> None:
    assert is_truncated(text) is wanted


def test_malformed_lines_are_numbered_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": STORY}),
        "{not json",
        json.dumps(["a", "list"]),
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": 5.5}),
        "",
        json.dumps({"id": "a", "text": STORY}),
    ]
    items = list(read_paths([write(tmp_path, "r.jsonl", "\n".join(lines))]))
    assert [i.id for i in items if isinstance(i, Report)] == ["a", "a~2"]
    rejects = [i for i in items if isinstance(i, Reject)]
    assert [r.reason for r in rejects] == ["malformed"] * 4
    assert rejects[0].origin.endswith("r.jsonl:2")
    assert "line 2" in rejects[0].detail
    assert "'text'" in rejects[2].detail


def test_fields_by_other_names(tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", json.dumps({"key": 7, "body": STORY, "day": "2020-01-02"}))
    item = only(read_paths([path], Options(fields={"id": "key", "text": "body", "published": "day"})))
    assert isinstance(item, Report)
    assert (item.id, item.text, item.published) == ("7", STORY, "2020-01-02")


def test_unknown_field_and_date_are_refused() -> None:
    with pytest.raises(UsageError, match="no field"):
        Options(fields={"autor": "by"})
    with pytest.raises(UsageError, match="no date"):
        Options(published="yesterday")


def test_html_page(tmp_path: Path) -> None:
    page = f"""<!doctype html><html><head><title>Town entered</title><meta property="og:site_name" content="Example Wire">
    <meta property="article:published_time" content="2020-02-07"></head><body><nav><a href="/">Home</a></nav><article>
    <h1>Town entered</h1><p>{STORY} {STORY}</p><p>{STORY}</p></article><footer>Follow us</footer></body></html>"""
    item = only(read_paths([write(tmp_path, "page.html", page)]))
    assert isinstance(item, Report)
    assert item.text.count("Army units") == 3
    assert "Follow us" not in item.text
    assert (item.title, item.published) == ("Town entered", "2020-02-07")


def test_a_year_in_a_pages_footer_is_no_date(tmp_path: Path) -> None:
    page = f"""<!doctype html><html><head><title>Town entered</title></head><body><article><p>{STORY} {STORY}</p>
    <p>The war began on 3 March 2014.</p></article><footer>Copyright 2019 Example Wire</footer></body></html>"""
    item = only(read_paths([write(tmp_path, "page.html", page)]))
    assert isinstance(item, Report)
    assert item.published is None


def test_page_without_an_article(tmp_path: Path) -> None:
    item = only(read_paths([write(tmp_path, "page.html", "<!doctype html><html><body></body></html>")]))
    assert isinstance(item, Reject)
    assert item.reason == "no-text"


def test_folder_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.png"):
        write(tmp_path, name, STORY)
    assert [i.id for i in read_paths([tmp_path])] == ["a", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, ids in ((STORY.encode(), ["stdin"]), (f'{{"id": "x", "text": "{STORY}"}}\n'.encode(), ["x"])):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert [i.id for i in read_paths(["-"])] == ids


def test_digest_is_of_the_bytes_received(tmp_path: Path) -> None:
    from hashlib import sha256

    raw = b"\xef\xbb\xbf" + STORY.encode()
    item = only(read_paths([write(tmp_path, "r.txt", raw)]))
    assert isinstance(item, Report)
    assert item.sha256 == sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("SARAQEB (Example Wire), 7 February 2020 - Army units entered", "2020-02-07"),
        ("KHARTOUM, March 15, 2024 (Example Wire) — Shells fell", "2024-03-15"),
        ("KHARTOUM (Example Wire) — Shells fell on 15 March 2024.", None),
    ],
)
def test_date_of_a_dateline(text: str, published: str | None) -> None:
    assert read_head(text).published == published
