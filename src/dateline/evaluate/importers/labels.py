"""What the labels and attributes of an annotation scheme stand for (lexicon ``annotations``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from dateline.codebook.lexicon import lexicon
from dateline.errors import UsageError
from dateline.types import FigureKind

SLOTS = ("agent", "target", "place", "date", "source", "figure")


@dataclass(frozen=True, slots=True)
class Labels:
    """``slots``: a label → (slot, kind of figure or ""); ``types``: a label → a type; ``attributes``: a name → a field."""

    slots: Mapping[str, tuple[str, str]]
    types: Mapping[str, str]
    attributes: Mapping[str, str]
    modality: Mapping[str, str]

    def slot(self, label: str) -> tuple[str, str] | None:
        """The slot that a label or role fills, None for what is no argument.  Digits at its end do not count."""
        key = label.lower()
        return self.slots.get(key) or self.slots.get(key.rstrip("0123456789"))

    def type(self, label: str) -> str:
        """The type that a trigger's label is."""
        return self.types.get(label.lower(), label.lower())


def labels(mapping: Iterable[str] = ()) -> Labels:
    """The labels known, with ``NAME=SLOT`` and ``NAME=TYPE`` of one's own.

    Raises:
        UsageError: a mapping has another form.
    """
    raw = lexicon("annotations")
    slots = {str(name): (str(slot), "") for slot, names in raw["slots"].items() for name in names}
    slots |= {kind: ("figure", kind) for kind in get_args(FigureKind)}
    types: dict[str, str] = {}
    for pair in mapping:
        name, _, value = pair.partition("=")
        if not name or not value:
            raise UsageError(f"{pair!r} is no mapping (NAME=SLOT or NAME=TYPE)", field="--map")
        if value.lower() in (*SLOTS, *get_args(FigureKind)):
            slots[name.lower()] = slots[value.lower()]
        else:
            slots.pop(name.lower(), None)
            types[name.lower()] = value
    return Labels(
        slots=slots,
        types=types,
        attributes={str(n): str(f) for f, names in raw["attributes"].items() for n in names},
        modality={str(n): str(m) for m, names in raw["modality"].items() for n in names},
    )
