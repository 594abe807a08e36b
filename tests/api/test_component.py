"""The spaCy component in pipelines of other people."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import dateline
import dateline.api.component
from dateline.types import CodedReport

STORY = "🔴 Rebels shelled Binnish on Monday. The army denied that it had entered Harim."
STRIKES = str(Path(dateline.__file__).parent / "examples" / "strikes" / "codebook")


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline", config={"published": "2020-02-07"})
    return nlp


def test_claims_are_spans_of_the_document(nlp: Language) -> None:
    doc = nlp(STORY)
    assert [(s.text, s.label_) for s in doc.spans["dateline"]] == [
        ("shelled", "shelling"),
        ("denied", "deny"),
        ("entered", "advance"),
    ]
    coded = doc._.dateline
    assert isinstance(coded, CodedReport)
    assert coded.report.text == STORY
    for span, claim in zip(doc.spans["dateline"], coded.claims, strict=True):
        assert span._.claim == claim
        assert doc.text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
    assert coded.claims[0].time is not None
    assert coded.claims[0].time.earliest == "2020-02-03"
    assert coded.claims == dateline.read(STORY, published="2020-02-07", id="doc").claims


def test_batches_documents_dates_and_empty_texts(nlp: Language) -> None:
    dated = nlp.make_doc(STORY)
    dated.user_data |= {"published": "2021-03-05", "id": "own"}
    docs = list(nlp.pipe([dated, nlp.make_doc(""), nlp.make_doc(STORY)], batch_size=2))
    assert [len(d.spans["dateline"]) for d in docs] == [3, 0, 3]
    first = docs[0]._.dateline
    assert (first.report.id, first.claims[0].time.earliest) == ("own", "2021-03-01")


def test_documents_can_be_kept(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(STORY)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.dateline == doc._.dateline
    assert [s._.claim.type for s in again.spans["dateline"]] == ["shelling", "deny", "advance"]
    (kept,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert kept._.dateline == doc._.dateline
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(STORY)._.dateline == doc._.dateline


def test_a_codebook_of_ones_own() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline", config={"codebook": STRIKES})
    doc = nlp("Nurses walked out in Leeds.")
    assert [s.label_ for s in doc.spans["dateline"]] == ["strike"]


def test_a_document_that_was_not_read_has_none() -> None:
    assert spacy.blank("en")(STORY)._.dateline is None


def test_the_entry_point_leads_to_the_factory() -> None:
    point = EntryPoint("dateline", "dateline.api.component:make", "spacy_factories")
    assert point.load() is dateline.api.component.make
    assert Language.has_factory("dateline")
