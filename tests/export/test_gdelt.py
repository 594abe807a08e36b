"""GDELT's shape in both versions: codes, days, actors, places, and tables that every reader reads alike."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from made import NASTY, bundles, of, reasons, rows, told, written

import making
from dateline.export.bundle import Bundle
from dateline.export.gdelt import goldstein, quad, schema2
from dateline.export.sheet import schema

SHAPES = {"gdelt1": schema("gdelt").names, "gdelt2": schema2().names}


def table(b: Bundle, folder: Path, version: str = "gdelt2") -> list[dict[str, str]]:
    path, _ = written(version, b, folder)
    return rows(path, "\t", SHAPES[version])


def test_version_1_has_58_columns_and_version_2_has_61() -> None:
    one, two = SHAPES["gdelt1"], SHAPES["gdelt2"]
    assert (len(one), len(two)) == (58, 61)
    assert [c for c in two if c not in one] == ["Actor1Geo_ADM2Code", "Actor2Geo_ADM2Code", "ActionGeo_ADM2Code"]
    assert two.index("ActionGeo_ADM2Code") == two.index("ActionGeo_ADM1Code") + 1


def test_every_code_has_a_value_and_a_quad_class() -> None:
    assert len(goldstein()) == 311
    assert (goldstein()["190"], goldstein()["0874"], goldstein()["138"]) == (-10.0, 10.0, -7.0)
    assert [quad(c) for c in ("010", "057", "0874", "138", "14", "190", "2042")] == [1, 1, 2, 3, 4, 4, 4]


def test_a_row(tmp_path: Path) -> None:
    b = of(told("shelling", by=["army"], to=["Turkey"], killed=3))
    b = replace(b, coded=tuple(replace(c, report=replace(c.report, url="https://example.org/a")) for c in b.coded))
    (row,) = table(b, tmp_path)
    wanted = {
        "SQLDATE": "20200205", "MonthYear": "202002", "Year": "2020", "FractionDate": "2020.1781",
        "Actor1Code": "SYRMIL", "Actor1Name": "ARMY", "Actor1CountryCode": "SYR", "Actor1Type1Code": "MIL",
        "Actor2Code": "TURMIL", "IsRootEvent": "1", "EventCode": "194", "EventBaseCode": "194", "EventRootCode": "19",
        "QuadClass": "4", "GoldsteinScale": "-10.0", "NumMentions": "1", "NumSources": "1", "NumArticles": "1",
        "AvgTone": "", "ActionGeo_Type": "4", "ActionGeo_FullName": "Saraqeb, Idlib, Syria", "ActionGeo_CountryCode": "SY",
        "ActionGeo_FeatureID": "", "DATEADDED": "20200206000000", "SOURCEURL": "https://example.org/a",
    }  # fmt: skip
    assert {k: row[k] for k in wanted} == wanted
    (old,) = table(b, tmp_path, "gdelt1")
    assert old["DATEADDED"] == "20200206"


def test_codes_keep_the_zero_in_front(tmp_path: Path) -> None:
    (row,) = table(of(told("withdraw", by=["army"])), tmp_path)
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("0874", "087", "08")


def test_groups_bodies_and_the_press_have_cameos_codes(tmp_path: Path) -> None:
    plain = making.actor("rebels")
    some = [
        replace(plain, name="Hamas", country="PSE", sector="REB", group="Hamas"),
        replace(plain, name="UN", country="", sector="IGO", group="UN"),
        replace(plain, name="reporters", country="ROU", sector="MED"),
        replace(plain, name="monitors", country="", sector="NGO", actor_id="human-rights-watch"),
    ]
    codes = []
    for a in some:
        (row,) = table(of(told("accuse", agents=(a,), to=["army"])), tmp_path)
        codes.append(row["Actor1Code"])
    assert codes == ["PSEHMSREB", "IGOUNO", "ROMMED", "NGOHRW"]


@pytest.mark.parametrize(
    ("at", "kind", "name"), [("Syria", "1", "Syria"), ("Idlib", "5", "Idlib, Syria"), ("Aleppo", "4", "Aleppo, Syria")]
)
def test_kinds_of_places(at: str, kind: str, name: str, tmp_path: Path) -> None:
    (row,) = table(of(told("shelling", at=at, to=["rebels"])), tmp_path)
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == (kind, name)


def test_what_is_to_come_is_of_the_day_on_which_it_was_said(tmp_path: Path) -> None:
    (row,) = table(of(told("shelling", on="2020-02-29", to=["rebels"], modality="future")), tmp_path)
    assert (row["EventCode"], row["QuadClass"], row["SQLDATE"]) == ("138", "3", "20200206")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"modality": "denied"}, "denied: no source says that it happened"),
        ({"on": None}, "no date is told"),
        ({"by": [], "to": []}, "no actor that CAMEO has a code for"),
    ],
)
def test_what_has_no_row_says_why(more: dict[str, object], reason: str, tmp_path: Path) -> None:
    path, w = written("gdelt1", of(told("shelling", **more)), tmp_path)  # type: ignore[arg-type]
    assert (path.read_text(), reasons(w)) == ("", [reason])


@pytest.mark.parametrize("version", ["gdelt1", "gdelt2"])
def test_tabs_breaks_and_quotes_never_part_a_row(version: str, tmp_path: Path) -> None:
    strange = replace(making.actor("army"), name=NASTY)
    path, _ = written(version, of(told("shelling", agents=(strange,), to=["rebels"])), tmp_path)
    names = SHAPES[version]
    (quoted,) = rows(path, "\t", names)
    with path.open(encoding="utf-8", newline="") as f:
        (bare,) = csv.DictReader(f, names, delimiter="\t", quoting=csv.QUOTE_NONE)
    frame = pd.read_csv(path, sep="\t", header=None, names=names, dtype=str, keep_default_na=False)
    assert quoted == bare == frame.to_dict("records")[0]
    assert quoted["Actor1Name"].startswith("HE SAID: 'NO, NEVER', THEN LEFT;")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_every_row_fits_and_agrees_with_itself(b: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, w = written("gdelt2", b, Path(folder))
        found = rows(path, "\t", SHAPES["gdelt2"])
    assert w.rows == len(found)
    assert w.rows + len(w.dropped) == len(b.events)
    assert len({r["GLOBALEVENTID"] for r in found}) == len(found)
    for row in found:
        assert None not in row
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        assert float(row["GoldsteinScale"]) == goldstein()[row["EventCode"]]
        assert int(row["QuadClass"]) == quad(row["EventRootCode"])
        assert row["Actor1Code"] or row["Actor2Code"]
