# Two commands do all the set-up: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.dateline
UV := $(VENV)/bin/uv

.PHONY: demo test check clean

demo: $(STAMP)
	mkdir -p out
	$(BIN)/dateline read src/dateline/examples/reports.jsonl
	$(BIN)/dateline read src/dateline/examples/reports.jsonl --format html > out/demo.html
	@echo "The page is out/demo.html"

test: check
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The versions and their hashes are those of uv.lock.
$(STAMP): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"
	UV_SYSTEM_CERTS=1 VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --frozen --inexact --extra postgres --python $(BIN)/python
	touch $(STAMP)

clean:
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
