"""Whatever JSON a model may answer with, a draft's every span stands in its sentence, and nothing breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.errors import RejectedReport
from dateline.extract.times import find_times
from dateline.llm.check import Checker, claims_of
from dateline.types import Sentence

TEXT = "🔴 Rebels shelled Binnish on Monday, killing 12 people, a medic said. The army's jets hit Ma‘arrat – twice."
_WORDS = TEXT.replace(",", " ,").replace(".", " .").split()
_piece = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 20)).map(lambda p: TEXT[p[0] : p[0] + p[1]])
_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(_WORDS)
    | _piece,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
_claim = st.fixed_dictionaries(
    {},
    optional={
        "sentence": st.sampled_from([0, 1]) | _anything,
        "type": st.sampled_from(["shelling", "air-strike"]) | _anything,
        "trigger": st.sampled_from(["shelled", "hit", "killing"]) | _anything,
        "modality": st.sampled_from(["asserted", "denied"]) | _anything,
        "agents": st.lists(_anything, max_size=3) | _anything,
        "targets": st.lists(_anything, max_size=3) | _anything,
        "sources": st.lists(_anything, max_size=3) | _anything,
        "time": st.sampled_from(["Monday", "on Monday"]) | _anything,
        "figures": st.lists(st.fixed_dictionaries({"kind": st.just("killed") | _anything, "text": _anything}) | _anything, max_size=3)
        | _anything,
        "background": _anything,
    },
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=_claim | _anything)
def test_every_span_stands_in_its_sentence(parse: Callable[[str], list[Sentence]], raw: Any) -> None:
    sentences = parse(TEXT)
    refused: Counter[str] = Counter()
    times = dict(enumerate(find_times(sentences, TEXT, "2020-02-07")))
    checker = Checker({s.index: s for s in sentences}, TEXT, load_codebook(), times, refused)
    draft = checker.draft(raw, frozenset({0, 1}), Counter())
    if draft is None:
        assert sum(refused.values()) == 1
        return
    mentions = [draft.trigger, *draft.agents, *draft.targets, *(m for a in draft.attributions for m in a.speakers)]
    listed = [*_texts(raw, "agents"), *_texts(raw, "targets"), *_texts(raw, "sources"), raw["trigger"].strip()]
    for m in mentions:
        s = sentences[m.sentence]
        assert m.sentence == draft.trigger.sentence
        assert m.first <= m.head <= m.last
        assert TEXT[s.starts[m.first] : s.ends[m.last]] in listed
    for _, quantity in draft.figures:
        assert quantity.mention.sentence == draft.trigger.sentence


def _texts(raw: dict[str, Any], field: str) -> list[str]:
    value = raw.get(field)
    return [v.strip() for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


@given(st.text(max_size=60) | _anything.map(str))
def test_an_answer_is_a_list_of_claims_or_refused(answer: str) -> None:
    try:
        assert isinstance(claims_of(answer), list)
    except RejectedReport as e:
        assert e.reason == "failed"  # noqa: PT017
