"""The rules and weights of reconciling, read from the lexicon's ``reconcile.yaml``, which a person may edit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.codebook.lexicon import DATA, lexicon
from dateline.errors import CodebookError

Steps = tuple[tuple[float, float], ...]
"""(up to, weight) in rising order; :func:`step` finds the one that holds."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``reconcile.yaml`` says; weights are sums of evidence, distances kilometres, spans of time days."""

    across: float
    within: float
    mean: float
    same_type: float
    other_type: float
    within_other_type: float
    group_of: Mapping[str, str]
    kin: Mapping[tuple[str, str], tuple[float, float]]
    vague: frozenset[str]
    place_same: Mapping[str, float]
    place_site: Steps
    place_within: Mapping[str, float]
    place_near: float
    place_apart: Steps
    same_name: float
    other_name: float
    other_country: float
    scene: float
    slack_km: float
    weak_days: int
    short_days: int
    long_days: int
    same_day: float
    overlap: float
    wide: float
    sum: float
    told: float
    published: Steps
    gap: Steps
    weak_gap: Steps
    before: float
    agent: Mapping[str, float]
    target: Mapping[str, float]
    both: float
    turned: float
    allies: frozenset[tuple[str, str]]
    unarmed: frozenset[str]
    kinds: frozenset[str]
    exact: tuple[float, float, float]
    open: float
    ratio: Steps
    within_figures: float
    most: float
    names: tuple[float, ...]
    other_names: float
    age: Mapping[str, float]
    age_words: tuple[re.Pattern[str], ...]
    title_place: float
    main: float
    main_marked: float
    aside: float
    recurring: frozenset[str]
    recurring_in_war: frozenset[str]
    recurring_time: float
    recurring_marks: float
    marks: Steps
    marks_least: int
    marks_few: float
    title: Steps
    title_marked: float
    stop: frozenset[str]
    copy_share: float
    copy_least: int
    copy_weight: float
    follows: float
    within_gap: float
    in_sentence: float
    label: str


@cache
def rules() -> Rules:
    """The rules, read once.

    Raises:
        CodebookError: the file is missing, a part is missing or is not what it should be.
    """
    raw = lexicon("reconcile")
    try:
        return _rules(raw)
    except (KeyError, TypeError, ValueError, re.error) as e:
        what = f"{e} is missing" if isinstance(e, KeyError) else str(e)
        raise CodebookError(what, path=str(DATA / "lexicon" / "reconcile.yaml")) from None


def _rules(raw: Mapping[str, Any]) -> Rules:
    place, time, actors, figures, copy, within = (
        raw[k] for k in ("place", "time", "actors", "figures", "copy", "within")
    )
    kin = {}
    for a, b, across, inside in raw["kin"]:
        kin[(str(a), str(b))] = kin[(str(b), str(a))] = (float(across), float(inside))
    allies = {(str(a), str(b)) for a, b in raw["allies"]}
    a, b, c = map(float, figures["exact"])
    return Rules(
        across=float(raw["threshold"]["across"]),
        within=float(raw["threshold"]["within"]),
        mean=float(raw["threshold"]["mean"]),
        same_type=float(raw["type"]["same"]),
        other_type=float(raw["type"]["other"]),
        within_other_type=float(raw["type"]["within_other"]),
        group_of={str(t): str(g) for g, members in raw["groups"].items() for t in members},
        kin=kin,
        vague=frozenset(map(str, raw["vague"])),
        place_same=place["same"],
        place_site=_steps(place["site"]),
        place_within=place["within"],
        place_near=float(place["near"]),
        place_apart=_steps(place["apart"]),
        same_name=float(place["same_name"]),
        other_name=float(place["other_name"]),
        other_country=float(place["country"]),
        scene=float(place["scene"]),
        slack_km=float(raw["slack_km"]),
        weak_days=int(time["weak_days"]),
        short_days=int(time["short_days"]),
        long_days=int(time["long_days"]),
        same_day=float(time["same_day"]),
        overlap=float(time["overlap"]),
        wide=float(time["wide"]),
        sum=float(time["sum"]),
        told=float(time["told"]),
        published=_steps(time["published"]),
        gap=_steps(time["gap"]),
        before=float(time["before"]),
        weak_gap=_steps(time["weak_gap"]),
        agent=actors["agent"],
        target=actors["target"],
        both=float(actors["both"]),
        turned=float(actors["turned"]),
        allies=frozenset(allies | {(y, x) for x, y in allies}),
        unarmed=frozenset(map(str, raw["unarmed"])),
        kinds=frozenset(map(str, figures["kinds"])),
        exact=(a, b, c),
        open=float(figures["open"]),
        ratio=_steps(figures["ratio"]),
        within_figures=float(figures["within"]),
        most=float(figures["most"]),
        names=tuple(map(float, raw["names"])),
        other_names=float(raw["other_names"]),
        age=raw["ages"],
        age_words=tuple(re.compile(p, re.IGNORECASE) for p in raw["age_words"]),
        title_place=float(raw["title_place"]),
        main=float(raw["main"]),
        main_marked=float(raw["main_marked"]),
        aside=float(raw["aside"]),
        recurring=frozenset(raw["recurring"]["types"]),
        recurring_in_war=frozenset(raw["recurring"]["in_war"]),
        recurring_time=float(raw["recurring"]["time"]),
        recurring_marks=float(raw["recurring"]["marks"]),
        marks=_steps(raw["marks"]["alike"]),
        marks_least=int(raw["marks"]["least"]),
        marks_few=float(raw["marks"]["few"]),
        title=_steps(raw["title"]),
        title_marked=float(raw["title_marked"]),
        stop=frozenset(map(str, raw["stop"])),
        copy_share=float(copy["share"]),
        copy_least=int(copy["least"]),
        copy_weight=float(copy["weight"]),
        follows=float(within["follows"]),
        within_gap=float(within["gap"]),
        in_sentence=float(within["sentence"]),
        label=hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()[:12],
    )


def _steps(raw: Sequence[Sequence[float]]) -> Steps:
    return tuple((float(a), float(b)) for a, b in raw)


def step(steps: Steps, value: float) -> float:
    """The weight of the first step that reaches as far as ``value``; the last one beyond."""
    for most, weight in steps:
        if value <= most:
            return weight
    return steps[-1][1]


def group_of(kind: str) -> str:
    """The group of types that may tell of one happening; a type that stands alone is its own."""
    return rules().group_of.get(kind, kind)
