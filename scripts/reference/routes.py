"""The page of the server's routes, from its OpenAPI description and the guards of its routes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import Any

from dateline.serve import auth
from dateline.serve.app import create_app
from dateline.serve.wire import wanted
from reference.markdown import code, paragraphs, prose, table
from reference.records import definitions, form_of

INTRODUCTION = """\
`dateline serve` answers these beside its own pages; `/api/openapi.json` says the same to programs. Bodies and answers are
JSON in UTF-8. An error is `{"detail": "..."}`, one line for a person.

- **Who asks.** A cookie after `POST /api/session`, or an API token: `Authorization: Bearer TOKEN`. While there are no
  accounts a server on loopback lets everyone in.
- **Changes** by cookie (every method but GET) need the header `X-CSRF-Token` with `csrf` of `GET /api/session`.
- **Nothing new.** Answers of routes with a 304 carry an `ETag`; asked with `If-None-Match`, a 304 says that it is still so.
- **Pages.** A list's `next` is the `cursor` of the next page, null on the last; that of changes is the next `since`.
- **What is withheld.** Viewers see neither private persons' names nor exactly where shelters, camps and hospitals are, unless
  the server was started with `--public-names` or `--public-places`.
"""
_ROLES = {auth.viewer: "viewer", auth.reviewer: "reviewer", auth.admin: "admin"}
Found = Sequence[tuple[str, str, Any]]
"""Method, path and OpenAPI's description of each route."""
COMMON = frozenset(signature(wanted).parameters)


def page(texts: Mapping[str, Any]) -> str:
    """The page.

    Raises:
        ValueError: a parameter is described nowhere, or a description is of none.
    """
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(str(Path(folder) / "reference.db"))
        app.state.dateline.store.close()
    api, roles = app.openapi(), _roles(app)
    found = [(method, path, o) for path, methods in api["paths"].items() for method, o in methods.items()]
    if idle := set(texts["parameters"]) - _used(found, texts["parameters"]):
        raise ValueError(f"descriptions of no parameter: {', '.join(sorted(idle))}")
    lines = ["# HTTP", "", INTRODUCTION, "## All routes", ""]
    heads = [(f"{m.upper()} {p}", roles[m.upper(), p], o) for m, p, o in found]
    rows = [(f"[{h}](#{slug(h)})", role or "everybody", paragraphs(o["description"])[0]) for h, role, o in heads]
    lines += table(("route", "from which role on", "what"), rows)
    lines += [*_statuses(found), *_filters(found, texts)]
    always = _always(found)
    tags = list(dict.fromkeys(o["tags"][-1] for _, _, o in found))
    for tag in tags:
        lines += [f"## Routes: {tag}", ""]
        for method, path, operation in found:
            if operation["tags"][-1] == tag:
                lines += _route(method, path, operation, roles[method.upper(), path], texts, always)
    return "\n".join(lines + _forms(api["components"]["schemas"]))


def slug(heading: str) -> str:
    """A heading's anchor."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def _roles(app: Any) -> dict[tuple[str, str], str]:
    """The least role that each method and path wants, "" for none; routers inside others lack the outer's prefix."""
    guarded = {
        (m, r.path_format): next((_ROLES[d.call] for d in r.dependant.dependencies if d.call in _ROLES), "")
        for r in _routes(app)
        for m in r.methods
    }
    out = {}
    for path, methods in app.openapi()["paths"].items():
        for method in map(str.upper, methods):
            known = [p for m, p in guarded if m == method and path.endswith(p)]
            out[method, path] = guarded[method, max(known, key=len)]
    return out


def _routes(router: Any) -> Iterator[Any]:
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from _routes(route.original_router)
        elif hasattr(route, "dependant"):
            yield route


# ------------------------------------------------------------------------------------------------------ routes


def _always(found: Found) -> set[str]:
    """The statuses that every route may answer with."""
    return set.intersection(*(set(o["responses"]) for _, _, o in found)) - {"200"}


def _statuses(found: Found) -> list[str]:
    """What each status means; which routes have it stands with them, unless all do."""
    said: dict[str, dict[str, None]] = {}
    for _, _, operation in found:
        for status, response in operation["responses"].items():
            said.setdefault(status, {})[response["description"]] = None
    del said["200"]
    always = ", ".join(map(code, sorted(_always(found))))
    rows = [(code(s), prose(" ".join(said[s]))) for s in sorted(said)]
    return ["### Statuses", "", f"Every route may answer {always}.", "", *table(("status", "why"), rows)]


def _filters(found: Found, texts: Mapping[str, Any]) -> list[str]:
    """The parameters that all lists of events share."""
    path, asked = next((p, o["parameters"]) for _, p, o in found if _has_filters(o))
    rows = [_parameter(path, p, texts) for p in asked if p["name"] in COMMON]
    short = [(name, form, what) for name, _, form, _, what in rows]
    said = "They hold together; what is left out passes everything. A list is given by repeating the parameter."
    return ["### Common filters", "", said, "", *table(("parameter", "form", "what"), short)]


def _has_filters(operation: Mapping[str, Any]) -> bool:
    return {p["name"] for p in operation.get("parameters", [])} >= COMMON


def _route(method: str, path: str, operation: Any, role: str, texts: Mapping[str, Any], always: set[str]) -> list[str]:
    lines = [f"### {method.upper()} {path}", "", *paragraphs(operation["description"]), texts["roles"][role], ""]
    asked = operation.get("parameters", [])
    filters = _has_filters(operation)
    own = [p for p in asked if not (filters and p["name"] in COMMON)]
    lines += table(("parameter", "in", "form", "default", "what"), [_parameter(path, p, texts) for p in own])
    if filters:
        lines += [f"Takes {'also ' if own else ''}the [common filters](#common-filters).", ""]
    if "requestBody" in operation:
        lines += [f"Body: {_form(operation['requestBody']['content']['application/json']['schema'])}.", ""]
    more = ", ".join(code(s) for s in operation["responses"] if s not in always and s != "200")
    return [*lines, f"Answers {_answer(operation['responses']['200'])}{'; or ' if more else ''}{more}.", ""]


def _parameter(path: str, p: Mapping[str, Any], texts: Mapping[str, Any]) -> tuple[str, ...]:
    schema, name = p["schema"], p["name"]
    said = p.get("description") or texts["parameters"].get(_key(path, name, texts["parameters"]))
    if not said:
        raise ValueError(f"{path}: the parameter {name} is not described")
    default = schema.get("default")
    shown = "must be given" if p["required"] else "" if default in ("", [], None) else code(_typed(default))
    return code(name), p["in"], _form(schema) + _range(schema), shown, prose(said)


def _key(path: str, name: str, texts: Mapping[str, str]) -> str:
    return whole if (whole := f"{path} {name}") in texts else name


def _used(found: Found, texts: Mapping[str, str]) -> set[str]:
    """The texts of parameters that the server itself says nothing of."""
    asked = [(path, p) for _, path, o in found for p in o.get("parameters", [])]
    return {_key(path, p["name"], texts) for path, p in asked if not p.get("description")}


def _typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _range(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None or high is None or high >= 2**53:
        return "" if low is None else f", {low} at least"
    return f", {low} to {high}"


def _answer(response: Mapping[str, Any]) -> str:
    (kind, content), *_ = response["content"].items()
    return _form(content["schema"]) if kind == "application/json" and content.get("schema") else code(kind)


# ------------------------------------------------------------------------------------------------------- forms


def _forms(schemas: Mapping[str, Any]) -> list[str]:
    """The forms of bodies and answers; those of the record stand on its page."""
    lines = ["## Forms", "", "Those of a record are on the [page of records](schema.md).", ""]
    for name, schema in sorted(schemas.items(), key=lambda item: _title(item[0]).lower()):
        if _of_record(name):
            continue
        fields = schema.get("properties", {})
        needed = schema.get("required", [])
        rows = [(code(f), _form(s) + ("" if f in needed else "; may be missing")) for f, s in fields.items()]
        lines += [f"### {_title(name)}", "", *paragraphs(schema.get("description"))]
        lines += table(("field", "form"), rows)
    return lines


def _title(name: str) -> str:
    return name.rpartition("__")[2]


def _of_record(name: str) -> bool:
    """Whether a form is the record's; the server's own of the same name has its module before it."""
    return _title(name) in definitions() and not name.startswith("dateline__serve__")


def _form(schema: Mapping[str, Any]) -> str:
    """A form in words, with links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        page = "schema.md" if _of_record(name) else ""
        return f"[{_title(name)}]({page}#{_title(name).lower()})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_form(s) for s in schema["anyOf"]))
    if "prefixItems" in schema:
        return f"list: {', '.join(map(_form, schema['prefixItems']))}"
    if schema.get("type") == "array":
        return f"list of {_form(schema.get('items', {}))}"
    if "const" in schema:
        return code(schema["const"])
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"object with values ({_form(values)})" if isinstance(values, dict) else "object"
    return form_of(schema, "schema.md")
