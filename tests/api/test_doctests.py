"""Every public name has a docstring, every function an example, and every example does what it says."""

from __future__ import annotations

import doctest
import importlib
import inspect

import pytest

import dateline

MODULES = ("dateline.api.functions", "dateline.api.results", "dateline.api.archive")


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert tried.attempted
    assert not tried.failed


def test_every_public_function_has_an_example() -> None:
    for name in dateline.__all__:
        value = getattr(dateline, name)
        value = inspect.unwrap(value)
        assert inspect.getdoc(value), name
        if inspect.isfunction(value):
            assert ">>> import dateline" in (inspect.getdoc(value) or ""), name
    for method in ("add", "events", "show", "verify"):
        assert ">>> import dateline" in (inspect.getdoc(getattr(dateline.Archive, method)) or "")
