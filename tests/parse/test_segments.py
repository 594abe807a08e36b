"""Headings, headlines and datelines stand apart; hard-wrapped lines do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.parse.segments import segments


def pieces(text: str) -> list[tuple[str, bool]]:
    return [(text[s.start : s.end].strip(), s.heading) for s in segments(text)]


@pytest.mark.parametrize(
    "line",
    [
        "KHARTOUM (Example Wire) - ",
        "KHARTOUM, March 15 (Example Wire) — ",
        "SARAQEB (Example Wire), 7 February 2020 - ",
        "PORT-AU-PRINCE, Haiti (Example Wire) -- ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(line: str) -> None:
    assert pieces(f"{line}Shells fell on the market.") == [(line.strip(), True), ("Shells fell on the market.", False)]


@pytest.mark.parametrize(
    "text", ["Shells fell on the market - twice.", "KHARTOUM is quiet.", "UN: Aid reached the camp"]
)
def test_what_is_no_dateline(text: str) -> None:
    assert "".join(p for p, _ in pieces(text)).replace(" ", "") == text.replace(" ", "")


def test_a_heading_inside_the_text() -> None:
    assert pieces("Shells fell on Monday.\n\nIdlib assault\n\nTroops withdrew.") == [
        ("Shells fell on Monday.", False),
        ("Idlib assault", True),
        ("Troops withdrew.", False),
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "Shells fell on the market in the early hours of Monday and killed two\nwomen who were on their way home."
    assert len(pieces(text)) == 1


@given(st.text(max_size=200))
def test_segments_are_in_order_and_apart(text: str) -> None:
    end = 0
    for s in segments(text):
        assert end <= s.start < s.end <= len(text)
        end = s.end
