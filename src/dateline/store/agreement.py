"""How far coders agree: Krippendorff's alpha of each field, and where they differ.

Every field is nominal: two answers are the same or they are not.  A field that a coder left out of an answer is
missing and takes no part; null or an empty list says that there is none and is a value like any other.  A claim that
fewer than two coders gave a field counts for nothing in that field's alpha.  Alpha is None where it is not defined:
where nothing can be compared, or where all answers are the same, so that no disagreement could be expected.

Krippendorff, K. (2019): Content Analysis, 4th ed., chapter 12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.gazetteer.normalise import key

Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Claim → coder → field → value (as JSON has it)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a claim to which coders gave different values; ``values`` are what each gave."""

    claim: str
    field: str
    values: Mapping[str, Any]


def alphas(answers: Answers, fields: Sequence[str], coders: Sequence[str]) -> dict[str, float | None]:
    """Krippendorff's alpha of each field that some coder gave a value."""
    out = {}
    for field in fields:
        units = [[_category(field, claim.get(coder, {})) for coder in coders] for _, claim in sorted(answers.items())]
        if any(v is not None for unit in units for v in unit):
            out[field] = alpha(units)
    return out


def alpha(units: Sequence[Sequence[str | None]]) -> float | None:
    """Alpha of nominal data: a row a unit, a column a coder, None where missing."""
    import krippendorff

    paired = [u for u in units if sum(v is not None for v in u) > 1]
    codes = {v: n for n, v in enumerate(sorted({v for u in paired for v in u if v is not None}))}
    if len(codes) < 2:
        return None
    data = np.array([[np.nan if v is None else codes[v] for v in u] for u in paired], dtype=float).T
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def differences(answers: Answers, fields: Sequence[str]) -> list[Difference]:
    """Where coders differ, by claim and field."""
    out = []
    for claim, given in sorted(answers.items()):
        for field in fields:
            values = {coder: a[field] for coder, a in sorted(given.items()) if field in a}
            if len({_category(field, given[coder]) for coder in values}) > 1:
                out.append(Difference(claim, field, values))
    return out


def _category(field: str, answer: Mapping[str, Any]) -> str | None:
    """What two answers are compared by; None where the field was left out."""
    if field not in answer:
        return None
    value = answer[field]
    if field == "place":
        return _place(value)
    if field in ("agents", "targets"):
        return " | ".join(sorted({_actor(a) for a in value or ()}))
    if field == "time":
        return f"{value['earliest']}/{value['latest']}" if value else ""
    if field == "figures":
        return " | ".join(sorted({f"{f['kind']} {f['low']}–{f['high']}" for f in value or ()}))
    return str(value)


def _place(value: Mapping[str, Any] | None) -> str:
    """A place is what it is, not how it is called: by its GeoNames id, else its name."""
    if value is None:
        return ""
    return f"#{value['geonameid']}" if value["geonameid"] is not None else key(value["name"])


def _actor(value: Mapping[str, Any]) -> str:
    """An actor is its key in the actor list, else its country, sector and group, else its name."""
    if value["actor_id"]:
        return f"#{value['actor_id']}"
    identity = ".".join((value["country"], value["sector"], value["group"]))
    return identity if identity.strip(".") not in ("", "UNK") else key(value["name"])
