"""The page of the output's form, from its JSON Schema and the domain types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec

from dateline import record, types
from reference.markdown import code, prose, table

INTRODUCTION = """\
`dateline schema` prints this as a JSON Schema. Fields may be added in a later version; none is renamed or dropped.

- Offsets count Unicode code points of the report's text as it was given. The end is exclusive.
- Dates are ISO 8601.
- Nothing is invented: what the text does not say is null, "" or an empty list.
"""
OTHER = [record.PlacesRecord, types.Reject]
CLOSED = ("Modality", "Sector", "SourceKind", "Stance", "FigureKind", "Status")
SCALES = {"where_prec": "UCDP's where_prec", "date_prec": "UCDP's date_prec"}


def definitions() -> dict[str, Any]:
    """Every type's JSON Schema, by name."""
    _, more = msgspec.json.schema_components(OTHER, ref_template="#/$defs/{name}")
    return {**record.schema()["$defs"], **more}


def page(texts: Mapping[str, Any]) -> str:
    """The page.

    Raises:
        ValueError: a type, field or value has no text, or a text has none.
    """
    known, shown = definitions(), [t for names in texts["sections"].values() for t in names]
    _same("types", known, shown)
    _same("fields", dict(_told(known)).values(), texts["fields"])
    _same("lists", [*CLOSED, *SCALES], texts["values"])
    lines = ["# Records, claims and events", "", INTRODUCTION]
    for title, names in texts["sections"].items():
        lines += [f"## {title}", ""]
        for name in names:
            lines += [f"### {name}", "", texts["types"].get(name) or prose(known[name]["description"]), ""]
            lines += table(("field", "form", "what"), _rows(name, known[name], texts["fields"]))
    lines += ["## Closed lists", ""]
    for name, values in texts["values"].items():
        if name in CLOSED:
            _same(name, get_args(getattr(types, name)), values)
        lines += [f"### {SCALES.get(name, name)}", ""]
        lines += table(("value", "what"), [(code(v), text) for v, text in values.items()])
    return "\n".join(lines)


def _same(what: str, wanted: Any, there: Any) -> None:
    if odd := sorted(map(str, {*wanted} ^ {*there})):
        raise ValueError(f"{what} and their texts differ: {', '.join(odd)}")


def _told(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A field's name and that of its text, which a span's fields share."""
    spans = known["Span"]["properties"]
    for name, schema in known.items():
        for field in schema["properties"]:
            yield f"{name}.{field}", f"{'Span' if field in spans and _is_span(name) else name}.{field}"


def _is_span(name: str) -> bool:
    return issubclass(getattr(types, name, object), types.Span)


def _rows(name: str, schema: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    told = dict(_told({"Span": definitions()["Span"], name: schema}))
    for field, form in schema["properties"].items():
        needed = "" if field in schema["required"] else "; may be missing"
        yield code(field), form_of(form) + needed, texts[told[f"{name}.{field}"]]


# ------------------------------------------------------------------------------------------------------- forms

SIMPLE = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}


def form_of(schema: Mapping[str, Any], page: str = "") -> str:
    """A value's form in words; types are links into ``page``."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}]({page}#{name.lower()})"
    if "anyOf" in schema:
        return _joined([form_of(s, page) for s in schema["anyOf"]])
    if "enum" in schema:
        return _listed(schema["enum"], page)
    if schema.get("type") == "array":
        return f"list of {form_of(schema.get('items', {}), page)}"
    return SIMPLE.get(str(schema.get("type")), "any value")


def _listed(values: list[Any], page: str) -> str:
    """A closed list by its link where the domain has a name for it."""
    for name in CLOSED:
        if {*get_args(getattr(types, name))} == {*values}:
            return f"one of [{name}]({page}#{name.lower()})"
    return "one of " + ", ".join(code(v) for v in values)


def _joined(forms: list[str]) -> str:
    """Whole numbers are numbers, so the two together are one."""
    if "number" in forms:
        forms = [f for f in forms if f != "whole number"]
    return " or ".join(forms)
