"""A claim's codes in PLOVER, CAMEO, ACLED and UCDP, by the default codebook and the schemes' fine print."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.codebook.crosswalk import CrosswalkContext, codes, compile_crosswalk
from dateline.codebook.loader import load_codebook
from dateline.errors import CodebookError
from dateline.types import AcledCode, Actor, Codes, Figure, FigureKind, Modality, PloverCode, Sector


def actor(country: str, sector: Sector, group: str = "") -> Actor:
    return Actor(
        text="", start=None, end=None, name=group or country, country=country, sector=sector, group=group, actor_id=None
    )


def figure(low: float | None, high: float | None, kind: FigureKind = "killed") -> Figure:
    return Figure(text="", start=None, end=None, kind=kind, low=low, high=high, of="")


ARMY = actor("SYR", "MIL")
TURKS = actor("TUR", "MIL")
REBELS = actor("SYR", "REB", "HTS")
JIHADISTS = actor("", "REB", "ISIS")
PEOPLE = actor("SYR", "CVL")
POLICE = actor("SYR", "COP")
NOBODY: tuple[Actor, ...] = ()
SIX = (figure(6, 6),)


def coded(
    type: str,
    trigger: str,
    words: str = "",
    agents: tuple[Actor, ...] = NOBODY,
    targets: tuple[Actor, ...] = NOBODY,
    modality: Modality = "asserted",
    place: str = "SYR",
    figures: tuple[Figure, ...] = (),
) -> Codes:
    """The codes of a claim of the default codebook; ``words`` is the sentence in base forms."""
    parts = words.split()
    runs = {" ".join(parts[i : i + n]) for n in (1, 2, 3) for i in range(len(parts) - n + 1)}
    context = CrosswalkContext(
        trigger=trigger,
        words=frozenset(runs | set(trigger.split())),
        agents=agents,
        targets=targets,
        modality=modality,
        place_country=place,
        figures=figures,
        type=type,
    )
    return codes(load_codebook().types[type].crosswalk, context)


NO_EVENT = PloverCode(event="", mode="")


def plover(c: Codes) -> str | None:
    return f"{c.plover.event}/{c.plover.mode}".rstrip("/") if c.plover else None


def acled(c: Codes) -> str | None:
    return c.acled.sub_event_type if c.acled else None


def test_every_type_of_the_default_codebook_is_coded_or_left_out_on_purpose() -> None:
    silent = [
        t for t in load_codebook().types if coded(t, t) == Codes(plover=NO_EVENT, cameo=None, acled=None, ucdp=None)
    ]
    assert silent == ["return"]


# One row a case of the schemes' own rules.
ACLED_ROWS: list[tuple[str | None, dict[str, Any]]] = [
    (
        "Government regains territory",
        {"type": "capture", "trigger": "recapture", "agents": (ARMY,), "targets": (REBELS,)},
    ),
    ("Non-state actor overtakes territory", {"type": "capture", "trigger": "seize", "agents": (REBELS,)}),
    ("Non-state actor overtakes territory", {"type": "capture", "trigger": "capture", "agents": (TURKS,)}),
    ("Government regains territory", {"type": "capture", "trigger": "capture", "agents": (ARMY,), "place": ""}),
    ("Government regains territory", {"type": "capture", "trigger": "capture", "agents": (TURKS, ARMY)}),
    ("Armed clash", {"type": "capture", "trigger": "fall", "agents": NOBODY}),
    ("Armed clash", {"type": "capture", "trigger": "seize", "agents": (REBELS,), "modality": "uncertain"}),
    (None, {"type": "capture", "trigger": "take control", "agents": (ARMY,), "modality": "denied"}),
    (None, {"type": "capture", "trigger": "seize", "agents": (REBELS,), "modality": "future"}),
    (
        "Non-violent transfer of territory",
        {"type": "capture", "trigger": "take over", "words": "the army take over without a fight", "agents": (ARMY,)},
    ),
    (
        "Shelling/artillery/missile attack",
        {"type": "shelling", "trigger": "shell", "agents": (TURKS,), "targets": (ARMY,)},
    ),
    (
        "Armed clash",
        {"type": "shelling", "trigger": "shelling", "words": "an exchange of artillery fire", "agents": (ARMY, REBELS)},
    ),
    ("Air/drone strike", {"type": "air-strike", "trigger": "air strike", "agents": (ARMY,), "targets": (PEOPLE,)}),
    ("Suicide bomb", {"type": "bombing", "trigger": "bombing", "words": "a suicide bomber drove a car bomb"}),
    ("Grenade", {"type": "bombing", "trigger": "bomb", "words": "a hand grenade was thrown"}),
    ("Remote explosive/landmine/IED", {"type": "bombing", "trigger": "car bomb"}),
    ("Chemical weapon", {"type": "chemical-attack", "trigger": "chlorine attack"}),
    ("Attack", {"type": "attack", "trigger": "open fire", "agents": (REBELS,), "targets": (PEOPLE,)}),
    ("Armed clash", {"type": "attack", "trigger": "attack", "agents": (REBELS,), "targets": (ARMY,)}),
    ("Arrests", {"type": "arrest", "trigger": "arrest", "agents": (POLICE,), "targets": (PEOPLE,)}),
    (
        "Abduction/forced disappearance",
        {"type": "arrest", "trigger": "arrest", "agents": (REBELS,), "targets": (PEOPLE,)},
    ),
    ("Change to group/activity", {"type": "deploy", "trigger": "send", "agents": (TURKS,)}),
    ("Non-violent transfer of territory", {"type": "withdraw", "trigger": "withdraw", "agents": (REBELS,)}),
    ("Change to group/activity", {"type": "withdraw", "trigger": "withdraw", "agents": (REBELS,), "place": ""}),
    ("Change to group/activity", {"type": "withdraw", "trigger": "surrender", "agents": (REBELS,)}),
    (None, {"type": "withdraw", "trigger": "withdraw", "agents": (REBELS,), "modality": "future"}),
    ("Agreement", {"type": "release", "trigger": "release", "words": "in a prisoner swap", "agents": (REBELS,)}),
    ("Other", {"type": "siege", "trigger": "besiege", "agents": (ARMY,)}),
    ("Agreement", {"type": "agree", "trigger": "truce", "words": "a truce"}),
    (None, {"type": "agree", "trigger": "agree", "words": "they agree on a visit"}),
    (None, {"type": "violate", "trigger": "collapse", "words": "the truce collapse"}),
    (
        "Shelling/artillery/missile attack",
        {"type": "violate", "trigger": "violate", "words": "violate the truce by shelling"},
    ),
    (None, {"type": "threaten", "trigger": "threaten", "agents": (TURKS,)}),
    (None, {"type": "air-strike", "trigger": "air strike", "agents": (ARMY,), "modality": "future"}),
    (None, {"type": "shelling", "trigger": "shell", "agents": (ARMY,), "modality": "denied"}),
    (
        "Shelling/artillery/missile attack",
        {"type": "shelling", "trigger": "shell", "agents": (ARMY,), "modality": "uncertain"},
    ),
]


@pytest.mark.parametrize(("wanted", "claim"), ACLED_ROWS, ids=lambda v: str(v)[:60])
def test_acled(wanted: str | None, claim: dict[str, Any]) -> None:
    assert acled(coded(**claim)) == wanted


PLOVER_ROWS: list[tuple[str | None, str | None, dict[str, Any]]] = [
    ("ASSAULT/drone", "195", {"type": "air-strike", "trigger": "strike", "words": "a drone strike"}),
    ("ASSAULT/suicide-attack", "1831", {"type": "bombing", "trigger": "blast", "words": "a suicide car bomb"}),
    ("ASSAULT/abduct", "173", {"type": "arrest", "trigger": "capture", "agents": (ARMY,), "targets": (REBELS,)}),
    ("COERCE/seize", "192", {"type": "advance", "trigger": "enter", "agents": (ARMY,)}),
    ("MOBILIZE/weapons", "154", {"type": "deploy", "trigger": "send", "words": "send 40 armoured vehicle"}),
    ("RETREAT/release", "0841", {"type": "release", "trigger": "free", "agents": (REBELS,)}),
    ("AGREE", "032", {"type": "support", "trigger": "support", "modality": "future"}),
    ("AGREE", "036", {"type": "consult", "trigger": "meet", "modality": "future"}),
    ("AGREE", "033", {"type": "aid", "trigger": "deliver", "modality": "future"}),
    ("THREATEN/violence", "138", {"type": "shelling", "trigger": "shell", "modality": "future"}),
    ("THREATEN/territory", "1382", {"type": "capture", "trigger": "retake", "modality": "future"}),
    ("CONCEDE", "087", {"type": "withdraw", "trigger": "retreat", "modality": "future"}),
    ("CONCEDE", "084", {"type": "release", "trigger": "release", "modality": "future"}),
    ("THREATEN/violence", "138", {"type": "threaten", "trigger": "threaten", "modality": "asserted"}),
    ("ASSAULT/heavy-weapons", "194", {"type": "shelling", "trigger": "shell", "modality": "denied"}),
    (None, None, {"type": "displacement", "trigger": "flee", "targets": (PEOPLE,)}),
    ("SANCTION/expel", None, {"type": "displacement", "trigger": "displace", "agents": (ARMY,), "targets": (PEOPLE,)}),
    (None, "015", {"type": "claim-responsibility", "trigger": "claim responsibility"}),
]


@pytest.mark.parametrize(("wanted", "cameo", "claim"), PLOVER_ROWS, ids=lambda v: str(v)[:60])
def test_plover_and_cameo(wanted: str | None, cameo: str | None, claim: dict[str, Any]) -> None:
    found = coded(**claim)
    assert (plover(found), found.cameo) == (wanted, cameo)


UCDP_ROWS: list[tuple[int | None, dict[str, Any]]] = [
    (1, {"type": "armed-clash", "trigger": "clash", "agents": (ARMY, REBELS), "figures": SIX}),
    (1, {"type": "armed-clash", "trigger": "clash", "agents": (REBELS,), "targets": (ARMY,), "figures": SIX}),
    (2, {"type": "armed-clash", "trigger": "clash", "agents": (REBELS,), "targets": (JIHADISTS,), "figures": SIX}),
    (2, {"type": "armed-clash", "trigger": "clash", "agents": (REBELS, JIHADISTS), "figures": SIX}),
    (None, {"type": "armed-clash", "trigger": "clash", "agents": (REBELS, ARMY)}),
    (None, {"type": "armed-clash", "trigger": "clash", "figures": SIX}),
    (None, {"type": "shelling", "trigger": "shell", "agents": (ARMY,), "figures": (figure(0, 0),)}),
    (
        1,
        {"type": "shelling", "trigger": "shell", "agents": (TURKS,), "targets": (ARMY,), "figures": (figure(None, 5),)},
    ),
    (3, {"type": "shelling", "trigger": "shell", "agents": (ARMY,), "targets": (PEOPLE,), "figures": SIX}),
    (3, {"type": "air-strike", "trigger": "air strike", "targets": (PEOPLE,), "figures": SIX}),
    (3, {"type": "attack", "trigger": "massacre", "agents": (JIHADISTS,), "targets": (PEOPLE,)}),
    (
        None,
        {
            "type": "attack",
            "trigger": "massacre",
            "agents": (JIHADISTS,),
            "targets": (PEOPLE,),
            "figures": (figure(0, 0),),
        },
    ),
    (1, {"type": "execution", "trigger": "assassinate", "agents": (REBELS,), "targets": (actor("SYR", "GOV"),)}),
    (3, {"type": "execution", "trigger": "behead", "agents": (JIHADISTS,), "targets": (ARMY,)}),
    (None, {"type": "air-strike", "trigger": "air strike", "agents": (ARMY,), "figures": (figure(9, 9, "injured"),)}),
    (None, {"type": "shelling", "trigger": "shell", "agents": (ARMY,), "figures": SIX, "modality": "denied"}),
    (None, {"type": "consult", "trigger": "meet", "figures": SIX}),
    (3, {"type": "protest", "trigger": "protest", "agents": (PEOPLE,), "figures": SIX}),
    (None, {"type": "protest", "trigger": "protest", "agents": (PEOPLE,)}),
]


@pytest.mark.parametrize(("wanted", "claim"), UCDP_ROWS, ids=lambda v: str(v)[:60])
def test_ucdp_counts_the_deadly_and_looks_at_the_sides(wanted: int | None, claim: dict[str, Any]) -> None:
    assert coded(**claim).ucdp == wanted


class TestAReportWorkedThrough:
    """The kinds of statement that one day's report made, each with what it becomes."""

    def test_a_convoy_to_military_posts(self) -> None:
        found = coded("deploy", "send", "send some 150 vehicle to observation post", (TURKS,))
        assert (plover(found), acled(found), found.ucdp) == ("MOBILIZE/weapons", "Change to group/activity", None)

    def test_an_army_that_enters_and_one_that_is_said_not_to_control(self) -> None:
        entered = coded("advance", "enter", "army unit enter the town and comb it", (ARMY,))
        assert plover(entered) == "COERCE/seize"
        assert acled(entered) != "Government regains territory"
        denied = coded("capture", "take control", "have not yet take control", (ARMY,), modality="denied")
        assert (acled(denied), denied.ucdp) == (None, None)

    def test_one_army_shells_another(self) -> None:
        told = coded("shelling", "shell", "", (TURKS,), (ARMY,))
        deadly = coded("shelling", "shell", "", (TURKS,), (ARMY,), figures=(figure(2, None),))
        assert plover(told) == "ASSAULT/heavy-weapons"
        assert acled(told) == "Shelling/artillery/missile attack"
        assert (told.ucdp, deadly.ucdp) == (None, 1)

    def test_a_counterattack_pushes_troops_back(self) -> None:
        found = coded("repel", "push back", "", (REBELS,), (ARMY,))
        assert (plover(found), acled(found)) == ("ASSAULT", "Armed clash")

    def test_force_by_the_end_of_the_month(self) -> None:
        threat = coded("threaten", "threaten", "threaten to use force", (TURKS,))
        retreat = coded("withdraw", "retreat", "", (ARMY,), modality="future")
        assert (plover(threat), acled(threat), threat.ucdp) == ("THREATEN/violence", None, None)
        assert (plover(retreat), acled(retreat)) == ("CONCEDE", None)

    def test_half_a_million_displaced_is_no_event(self) -> None:
        found = coded("displacement", "displace", "half a million people displace in two months", (), (PEOPLE,))
        assert (found.plover, found.acled, found.ucdp) == (NO_EVENT, None, None)

    def test_soldiers_killed_with_no_number(self) -> None:
        found = coded("casualties", "kill", "", (), (actor("RUS", "MIL"),), place="")
        assert (plover(found), acled(found)) == ("ASSAULT", None)

    def test_rebels_shell_from_around_a_town(self) -> None:
        found = coded("shelling", "lob", "lob shell from around the town", (REBELS,))
        assert (plover(found), acled(found)) == ("ASSAULT/heavy-weapons", "Shelling/artillery/missile attack")


BASE: dict[str, Any] = {
    "plover": {"event": "ASSAULT", "mode": "firearms"},
    "cameo": "193",
    "acled": {"event_type": "Battles", "sub_event_type": "Armed clash"},
    "ucdp": 1,
}


class TestRules:
    def test_the_first_rule_that_names_a_field_gives_it(self) -> None:
        raw = {
            **BASE,
            "rules": [
                {"when": {"cue": ["gun"]}, "cameo": "190"},
                {"when": {"cue": ["knife"]}, "cameo": "182", "plover": {"event": "ASSAULT", "mode": "beat"}},
            ],
        }
        both = codes(raw, CrosswalkContext(trigger="fight", words=frozenset({"gun", "knife"})))
        assert (both.cameo, plover(both)) == ("190", "ASSAULT/beat")
        assert codes(raw, CrosswalkContext(trigger="fight", words=frozenset({"knife"}))).cameo == "182"
        assert codes(raw, CrosswalkContext(trigger="fight")).cameo == "193"

    def test_a_class_stands_for_its_words(self) -> None:
        raw = {**BASE, "rules": [{"when": {"cue": ["<guns>"]}, "cameo": "194"}]}
        compiled = compile_crosswalk(raw, "fight", {"guns": ["howitzer", "field gun"]})
        assert codes(compiled, CrosswalkContext(trigger="fight", words=frozenset({"field gun"}))).cameo == "194"
        assert codes(compiled, CrosswalkContext(trigger="fight", words=frozenset({"guns"}))).cameo == "193"

    def test_nobody_is_a_sector_too(self) -> None:
        raw = {**BASE, "rules": [{"when": {"agent": [""]}, "acled": None}]}
        assert codes(raw, CrosswalkContext(trigger="fight")).acled is None
        assert codes(raw, CrosswalkContext(trigger="fight", agents=(ARMY,))).acled is not None

    def test_a_rule_can_take_a_code_away_and_leaves_the_others(self) -> None:
        raw = {**BASE, "rules": [{"when": {"not_cue": ["war"]}, "ucdp": None}]}
        found = codes(raw, CrosswalkContext(trigger="fight", agents=(ARMY,), figures=SIX))
        assert found == Codes(
            plover=PloverCode(event="ASSAULT", mode="firearms", contexts=("military",)),
            cameo="193",
            acled=AcledCode(event_type="Battles", sub_event_type="Armed clash"),
            ucdp=None,
        )

    def test_a_type_without_a_crosswalk_has_no_codes(self) -> None:
        assert codes({}, CrosswalkContext(trigger="x")) == Codes(plover=NO_EVENT, cameo=None, acled=None, ucdp=None)


class TestContexts:
    def test_military_is_for_states_forces(self) -> None:
        assert coded("shelling", "shell", "", (ARMY,)).plover.contexts == ("military",)  # type: ignore[union-attr]
        assert coded("shelling", "shell", "", (REBELS,)).plover.contexts == ()  # type: ignore[union-attr]

    def test_they_are_sorted_and_each_once(self) -> None:
        found = coded("chemical-attack", "attack", "a sarin attack near a hospital clinic", (ARMY,), (ARMY,)).plover
        assert found is not None
        assert found.contexts == ("cbrn", "health", "military")


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ({"plover": {"event": "FIGHT"}}, "types.brawl.crosswalk.plover"),
        ({"plover": {"event": "ASSAULT", "mode": "demo"}}, "types.brawl.crosswalk.plover.mode"),
        ({"cameo": 193}, "types.brawl.crosswalk.cameo"),
        ({"cameo": "210"}, "types.brawl.crosswalk.cameo"),
        ({"acled": {"event_type": "Battle", "sub_event_type": "Armed clash"}}, "types.brawl.crosswalk.acled"),
        (
            {"acled": {"event_type": "Battles", "sub_event_type": "Attack"}},
            "types.brawl.crosswalk.acled.sub_event_type",
        ),
        ({"ucdp": 4}, "types.brawl.crosswalk.ucdp"),
        ({"ucdp": True}, "types.brawl.crosswalk.ucdp"),
        ({"gdelt": "4"}, "types.brawl.crosswalk.gdelt"),
        ({"rules": [{"cameo": "190"}]}, "types.brawl.crosswalk.rules[0]"),
        ({"rules": [{"when": {"weather": ["rain"]}, "cameo": "190"}]}, "types.brawl.crosswalk.rules[0].when.weather"),
        ({"rules": [{"when": {"agent": ["ARMY"]}, "cameo": "190"}]}, "types.brawl.crosswalk.rules[0].when.agent"),
        ({"rules": [{"when": {"modality": ["maybe"]}, "ucdp": 1}]}, "types.brawl.crosswalk.rules[0].when.modality"),
        ({"rules": [{"when": {"agent_home": "yes"}, "ucdp": 1}]}, "types.brawl.crosswalk.rules[0].when.agent_home"),
        ({"rules": [{"when": {"cue": ["<guns>"]}, "ucdp": 1}]}, "types.brawl.crosswalk.rules[0].when.cue"),
        ({"rules": [{"when": {"cue": ["a"]}, "quad": 1}]}, "types.brawl.crosswalk.rules[0].quad"),
        ({"rules": "none"}, "types.brawl.crosswalk.rules"),
        (["ASSAULT"], "types.brawl.crosswalk"),
    ],
)
def test_what_is_wrong_is_named_with_type_and_field(raw: Any, where: str) -> None:
    with pytest.raises(CodebookError) as caught:
        compile_crosswalk(raw, "brawl", path="mine.yaml")
    assert (caught.value.path, caught.value.field) == ("mine.yaml", where)
    assert where in str(caught.value)
