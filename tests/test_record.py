"""The output is the contract's, and its schema is generated from the types that make it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from dateline.errors import ReadError
from dateline.pipeline import Pipeline
from dateline.record import decode, encode, from_record, schema, to_record
from dateline.types import CodedReport, Report

STORY = (
    "Army units shelled Harim on Wednesday, killing at least 12 people, among them four children, a monitor said. "
    "About 10 km south of the town the rebels may have retreated."
)
CONTRACT = {
    "Record": "report claims events",
    "Head": "id title url outlet published language sha256 truncated primary",
    "Claim": "id report_id type codes trigger sentence agents targets place time modality sources figures"
    " background evidence quoted confidence",
    "Span": "text start end",
    "Actor": "text start end name country sector group actor_id",
    "Place": "text start end name geonameid country admin1 feature lat lon radius_km precision relation",
    "Relation": "bearing distance_km kind",
    "When": "text start end earliest latest precision",
    "Source": "text start end name kind verb stance",
    "Figure": "text start end kind low high of includes",
    "Codes": "plover cameo acled ucdp",
    "Event": "id type codes claims place time agents targets figures status disagreements first_reported last_reported",
}


@pytest.fixture(scope="module")
def coded() -> CodedReport:
    (item,) = Pipeline().code([Report(id="r", text=STORY, published="2020-02-07", title="A “title”\nin two lines")])
    assert isinstance(item, CodedReport)
    return item


@pytest.mark.parametrize("name", CONTRACT)
def test_every_field_of_the_contract_is_in_the_schema(name: str) -> None:
    defs = schema()["$defs"]
    assert set(CONTRACT[name].split()) <= set(defs[name]["properties"])


def test_output_fits_its_schema(coded: CodedReport) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(encode(coded)), schema())


def test_order_of_fields_is_the_contracts(coded: CodedReport) -> None:
    whole = json.loads(encode(coded))
    assert list(whole) == ["report", "claims"]
    assert list(whole["claims"][0]) == CONTRACT["Claim"].split()


def test_whole_numbers_are_whole(coded: CodedReport) -> None:
    assert b'"low":12,' in encode(coded)


def test_round_trip_is_byte_identical(coded: CodedReport) -> None:
    line = encode(coded)
    assert b"\n" not in line
    again = decode(line)
    assert again == to_record(coded)
    assert encode(from_record(again)) == line


def test_a_line_that_is_no_record_is_named() -> None:
    with pytest.raises(ReadError, match="line 7"):
        decode(b'{"report": {"id": 3}}', "coded.jsonl", 7)
