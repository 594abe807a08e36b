"""The API against its own description: no 500, no status that is not told of, no answer of another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served import ORIGIN, WORD, copy_of

from dateline.serve.app import create_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def app(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = create_app(str(copy_of(peopled, tmp_path_factory.mktemp("openapi") / "store.db")))
    yield made
    made.state.dateline.store.close()


@pytest.fixture(scope="module")
def api(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"Host": "127.0.0.1"})


@pytest.fixture(scope="module")
def headers(app: Any) -> dict[str, str]:
    client = TestClient(app, base_url=ORIGIN)
    answer = client.post("/api/session", json={"user": "admin", "password": WORD})
    return {
        "Host": "127.0.0.1",
        "Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items()),
        "X-CSRF-Token": answer.json()["csrf"],
    }


def tried(operation: Any, examples: int, test: Callable[[Any], None]) -> str:
    """Make up so many calls of an operation; what went wrong first, "" if nothing did."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def calls(case: Any) -> None:
        test(case)

    try:
        calls()
    except (Exception, BaseExceptionGroup) as e:
        return f"{operation.method.upper()} {operation.path}: {e}"
    return ""


def operations(api: Any) -> list[Any]:
    return [result.ok() for result in api.get_all_operations()]


def test_the_api_keeps_to_its_description(api: Any, headers: dict[str, str]) -> None:
    def call(case: Any) -> None:
        name = (case.path_parameters or {}).get("name")
        if case.operation.path == "/api/admin/users/{name}" and name in ("admin", "reviewer", "viewer"):
            return
        case.call_and_validate(headers=headers, checks=CHECKS)

    every = [o for o in operations(api) if (o.path, o.method) != ("/api/session", "delete")]  # it would end the session
    assert len(every) > 20
    assert [wrong for o in every if (wrong := tried(o, 15, call))] == []


def test_what_is_there_has_the_form_that_is_told(app: Any, api: Any, headers: dict[str, str]) -> None:
    client = TestClient(app, base_url=ORIGIN, headers=headers)
    events = client.get("/api/events", params={"limit": 12}).json()["items"]
    ids = {
        "/api/events/{id}": [e["id"] for e in events],
        "/api/claims/{id}": [e["claims"][0] for e in events],
        "/api/reports/{id}": [r["id"] for r in client.get("/api/reports").json()["items"]],
    }
    ids["/api/reports/{id}/raw"] = ids["/api/reports/{id}"]
    asked = 0
    for operation in operations(api):
        for id in ids.get(operation.path, ()):
            answer = operation.Case(path_parameters={"id": id}).call_and_validate(headers=headers, checks=CHECKS)
            assert answer.status_code == 200
            asked += 1
    assert asked > 50


def test_nobody_gets_nothing(api: Any) -> None:
    def call(case: Any) -> None:
        answer = case.call_and_validate(headers={"Host": "127.0.0.1"}, checks=CHECKS)
        assert answer.status_code in (400, 401, 413, 422), answer.status_code

    every = [o for o in operations(api) if o.path != "/api/session"]
    assert [wrong for o in every if (wrong := tried(o, 3, call))] == []


def test_the_description_tells_of_every_route(app: Any) -> None:
    told = app.openapi()["paths"]
    for path, methods in told.items():
        for method, operation in methods.items():
            assert operation.get("description") or operation.get("summary"), path
            statuses = set(operation["responses"])
            assert {"400", "413", "422", "503"} <= statuses, (method, path)
            if path != "/api/session":
                assert {"401", "403"} <= statuses, (method, path)
