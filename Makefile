# Two commands do all the set-up: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.dateline
UV := $(VENV)/bin/uv
SPARK := $(if $(shell command -v java),--extra spark)
PAGES := src/dateline/serve/static/index.html

.PHONY: demo test check web docs clean

demo: $(STAMP)
	mkdir -p out
	$(BIN)/dateline read src/dateline/examples/reports.jsonl
	$(BIN)/dateline read src/dateline/examples/reports.jsonl --format html > out/demo.html
	@echo "The page is out/demo.html"

test: check web
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The web application's pages.  Without Node.js they are left out, and so are the tests that open them.
ifneq ($(shell command -v npm),)
web: $(PAGES)
else
web:
	@echo "No npm here: the web application's pages are not built, and the tests that open them are left out."
endif

$(PAGES): web/package-lock.json web/index.html $(shell find web/src web/public -type f 2>/dev/null)
	cd web && npm ci --no-audit --no-fund && npm run check && npm test && npm run build
	touch $(PAGES)

# The versions and their hashes are those of uv.lock.
$(STAMP): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"
	UV_SYSTEM_CERTS=1 VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --frozen --inexact --extra postgres $(SPARK) --python $(BIN)/python
	touch $(STAMP)

docs: $(STAMP)
	$(BIN)/zensical build -s

clean:
	rm -rf $(VENV) out dist web/node_modules src/dateline/serve/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
