"""The quirks of real files: byte-order marks, line ends, quotes, headings, pages, lost apostrophes, cut-off ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.parse import Parser
from dateline.read import read_paths
from dateline.types import Reject, Report, Sentence

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = sorted(p.name for p in CORPUS.iterdir() if p.suffix in {".txt", ".html"})


def read(name: str) -> Report:
    (item,) = read_paths([CORPUS / name])
    assert isinstance(item, Report), item
    return item


@pytest.fixture(scope="module")
def parsed(parser: Parser) -> Callable[[str], list[Sentence]]:
    def run(name: str) -> list[Sentence]:
        ((_, sentences),) = parser.parse([read(name)])
        return sentences

    return run


@pytest.mark.parametrize("name", FILES)
def test_each_is_read_and_its_words_lie_in_its_text(name: str, parsed: Callable[[str], list[Sentence]]) -> None:
    report, sentences = read(name), parsed(name)
    assert report.id == Path(name).stem
    assert "\ufeff" not in report.text
    assert "\ufffd" not in report.text
    assert not any("\x80" <= c <= "\x9f" for c in report.text)
    ends = [0, *(end for s in sentences for end in s.ends)]
    assert ends == sorted(ends)
    assert ends[-1] == len(report.text.rstrip())
    assert all(s.start <= a <= b <= s.end for s in sentences for a, b in zip(s.starts, s.ends, strict=True))


def test_a_mark_and_windows_line_ends_move_no_offset(parsed: Callable[[str], list[Sentence]]) -> None:
    report = read("bom-crlf.txt")
    assert report.published == "2023-11-14"
    assert report.text.startswith("Tue 14 Nov 2023")
    assert report.text.count("\r\n") == 5
    first = next(s for s in parsed("bom-crlf.txt") if not s.heading)
    assert report.text[first.start : first.end].startswith("Four rockets hit the market")
    assert report.text[first.starts[-2] : first.ends[-2]] == "said"


def test_curly_quotes_are_kept_and_their_speech_is_marked(parsed: Callable[[str], list[Sentence]]) -> None:
    assert read("curly-quotes.txt").text.startswith("“We will not leave,” said the mayor’s deputy.")
    sentences = parsed("curly-quotes.txt")
    said = {w for s in sentences for w, quoted in zip(s.lower, s.quoted, strict=True) if quoted}
    assert {"leave", "world"} <= said
    assert not {"mayor", "deputy", "police", "fired"} & said
    assert "n't" in sentences[-1].lower


def test_headings_inside_the_text_are_told_from_sentences(parsed: Callable[[str], list[Sentence]]) -> None:
    sentences = parsed("heading-inside.txt")
    assert [" ".join(s.words) for s in sentences if s.heading] == ["Civilians trapped", "Aid convoys"]
    assert [s.words[0] for s in sentences if not s.heading] == ["The", "Some", "A"]


def test_lost_apostrophes_are_told_from_letters(parsed: Callable[[str], list[Sentence]]) -> None:
    report = read("lost-apostrophes.txt")
    assert report.published == "2016-03-04"
    assert "didnt" in report.text
    first, second = parsed("lost-apostrophes.txt")
    assert [first.lower[i - 1] for i, w in enumerate(first.lower) if w == "nt"] == ["did"]
    assert [second.lower[i - 1] for i, w in enumerate(second.lower) if w == "nt"] == ["were", "could"]


def test_a_text_that_breaks_off_says_so(parsed: Callable[[str], list[Sentence]]) -> None:
    assert read("cut-off.txt").truncated
    assert [s.broken for s in parsed("cut-off.txt")] == [False, True]
    assert not any(read(name).truncated for name in FILES if name != "cut-off.txt")


def test_windows_1252_gives_its_letters_quotes_and_dashes() -> None:
    text = read("cp1252.txt").text
    assert text.startswith("N’DJAMENA – Gunmen")
    assert "Béré" in text
    assert "“at least six”" in text


def test_utf_16_is_read() -> None:
    assert read("utf16.txt").text.startswith("Two drones struck the port of Berdiansk")


def test_lines_that_are_wrapped_by_hand_are_one_sentence(parsed: Callable[[str], list[Sentence]]) -> None:
    assert [s.words[-2] for s in parsed("hard-wrapped.txt")] == ["dark", "said"]


def test_invisible_characters_are_no_words(parsed: Callable[[str], list[Sentence]]) -> None:
    (sentence,) = parsed("invisible.txt")
    assert not any(w.strip(" \u00a0\u200b\u00ad\u2028") == "" for w in sentence.words)
    assert len(read("invisible.txt").text.splitlines()) == 2


def test_a_page_is_its_article_and_nothing_else() -> None:
    report = read("page.html")
    assert (report.title, report.outlet, report.published) == (
        "Bomb kills four in Baidoa",
        "Horn Gazette",
        "2023-06-11",
    )
    assert "the army’s supply road" in report.text
    assert "& taken to the capital" in report.text
    for word in ("cookies", "Cholera", "newsletter", "tracker", "Sport", "margin", "Subscribe"):
        assert word not in report.text


def test_a_folder_gives_all_of_them_in_order() -> None:
    items = [i for i in read_paths([CORPUS]) if not isinstance(i, Reject)]
    ids = [i.id for i in items]
    assert [i for i in ids if i in {Path(n).stem for n in FILES}] == [Path(n).stem for n in FILES]
    assert "kafr-nabl-monitor" in ids
