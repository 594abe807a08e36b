"""Reports too long to be parsed at once: the same sentences come out, whatever is parsed together."""

from __future__ import annotations

import pytest

from dateline.parse import Parser, model
from dateline.parse.segments import segments
from dateline.types import Report, Sentence

PARAGRAPHS = [
    f"Gunmen attacked convoy {n} near Gao on Monday, killing {n + 2} soldiers, the army said. "
    f'"We heard shooting until nightfall," a trader told the radio. "Nobody slept." The road to the town stayed closed.'
    for n in range(60)
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def parsed(parser: Parser, text: str) -> list[Sentence]:
    ((_, sentences),) = parser.parse([Report(id="r", text=text)])
    return sentences


def test_what_is_parsed_together_changes_nothing(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(PARAGRAPHS)
    monkeypatch.setattr(model, "_AT_ONCE", 10**9)
    whole = parsed(parser, text)
    monkeypatch.setattr(model, "_AT_ONCE", 1)
    assert parsed(parser, text) == whole
    assert [s.index for s in whole] == list(range(len(whole)))
    assert whole[-1].paragraph == 59


def test_of_a_batch_each_report_gets_its_own_sentences(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_AT_ONCE", 1500)
    reports = [Report(id=str(n), text="\n\n".join(PARAGRAPHS[:n])) for n in (1, 40, 2, 3)]
    found = {r.id: s for r, s in parser.parse(reports)}
    assert list(found) == ["1", "40", "2", "3"]
    for r in reports:
        assert found[r.id] == parsed(parser, r.text)


def test_one_paragraph_of_many_thousand_words(parser: Parser) -> None:
    text = " ".join(PARAGRAPHS * 6)
    found = parsed(parser, text)
    assert {s.paragraph for s in found} == {0}
    assert all(
        text[a:b] == w or w in {'"', "'"} for s in found for w, a, b in zip(s.words, s.starts, s.ends, strict=True)
    )
    (spoken, *_) = [s.quoted for s in found if s.words[0] == '"' and "shooting" in s.words]
    assert all(s.quoted == spoken for s in found if s.words[0] == '"' and "shooting" in s.words)
    assert len([s for s in found if s.words[0] == "Gunmen"]) == 360


def test_a_line_of_megabytes_is_cut_where_sentences_end() -> None:
    text = "He said no. They left! " * 100_000
    found = list(segments(text))
    assert max(s.end - s.start for s in found) <= 20_000
    assert "".join(text[s.start : s.end] for s in found) == text.rstrip() + text[len(text.rstrip()) : found[-1].end]
    assert all(text[s.start : s.end].rstrip()[-1] in ".!" for s in found)


def test_a_line_without_sentences_or_blanks_is_cut_too() -> None:
    for text in ("word " * 30_000, "x" * 150_000):
        found = list(segments(text))
        assert max(s.end - s.start for s in found) <= 20_000
        assert sum(s.end - s.start for s in found) >= len(text.rstrip())


def test_a_renewed_model_parses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser()
    before = parsed(parser, PARAGRAPHS[0])
    monkeypatch.setattr(model, "_MOST_WORDS", 0)
    first = parser._nlp
    assert parsed(parser, PARAGRAPHS[0]) == before
    assert parser._nlp is not first
