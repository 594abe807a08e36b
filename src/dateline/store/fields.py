"""What a reviewer gives for a claim's fields, and the claim that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dateline.errors import UsageError
from dateline.store.given import Context
from dateline.store.givens import READERS
from dateline.store.wording import Wording
from dateline.types import Claim

FIELDS = (
    "type", "modality", "background", "quoted", "trigger", "agents", "targets", "place", "time", "sources", "figures",
)  # fmt: skip
_CODED = frozenset({"type", "modality", "trigger", "agents", "targets", "place", "figures"})  # what codes depend on

Given = Mapping[str, Any]


def values(given: Given, claim: Claim, known: Sequence[Claim], wording: Wording) -> dict[str, Any]:
    """The new values of fields, as a claim has them.

    Args:
        given: field → plain value, ``{"start", "end", …}``, a list of such, or None for none.
        claim: the claim as it stands.
        known: the report's claims: what they already say of a span holds for it.
        wording: the report.

    Raises:
        UsageError: a field is unknown, a span does not lie in the text, or a value is none that the field may have.
    """
    if unknown := sorted(set(given) - set(FIELDS)):
        raise UsageError(f"no such field; {', '.join(FIELDS)} may be corrected", field=unknown[0])
    out = {}
    for name in FIELDS:
        if name in given:
            try:
                out[name] = READERS[name](given[name], Context(claim, known, wording))
            except UsageError as e:
                raise UsageError(e.message, field=e.field or name) from None
    return out


def applied(claim: Claim, new: Mapping[str, Any], wording: Callable[[], Wording]) -> Claim:
    """The claim with new values, its sentence and codes following them."""
    changed = replace(claim, **new)
    if changed.trigger != claim.trigger and changed.trigger.start is not None and changed.trigger.end is not None:
        changed = replace(changed, sentence=wording().extent(changed.trigger.start, changed.trigger.end))
    if any(getattr(changed, name) != getattr(claim, name) for name in _CODED):
        changed = replace(changed, codes=wording().codes(changed))
    return changed
