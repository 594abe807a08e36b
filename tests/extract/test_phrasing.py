"""The phrase that tells of an event: its trigger with the verbs beside it."""

from __future__ import annotations

import pytest

from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize(
    ("text", "type", "phrase"),
    [
        ("Six soldiers were killed in clashes near Aleppo on Monday.", "armed-clash", "killed in clashes"),
        ("The army launched a new assault on the town on Friday.", "attack", "launched a new assault"),
        ("Heavy fighting erupted in Homs between rebels and soldiers.", "armed-clash", "fighting erupted"),
        ("An air strike killed four people in Idlib.", "air-strike", "air strike killed"),
        ("A car bomb was detonated outside the embassy in Kabul.", "bombing", "bomb was detonated"),
    ],
)
def test_verbs_of_the_same_event_belong_to_its_phrase(pipeline: Pipeline, text: str, type: str, phrase: str) -> None:
    (coded,) = pipeline.code([Report(id="1", text=text)])
    assert isinstance(coded, CodedReport)
    assert [(c.type, c.trigger.text) for c in coded.claims] == [(type, phrase)]


def test_no_phrase_reaches_over_another_event(pipeline: Pipeline) -> None:
    text = "Rebels killed three soldiers and shelled the airport in clashes near Hama."
    (coded,) = pipeline.code([Report(id="1", text=text)])
    assert isinstance(coded, CodedReport)
    spans = sorted((c.trigger.start or 0, c.trigger.end or 0) for c in coded.claims)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_a_patrol_is_a_deployment(pipeline: Pipeline) -> None:
    (coded,) = pipeline.code([Report(id="1", text="Soldiers patrolled the streets of Tunis overnight.")])
    assert isinstance(coded, CodedReport)
    assert [(c.type, c.place.name if c.place else "") for c in coded.claims] == [("deploy", "Tunis")]
