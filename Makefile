PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test serve lint bench

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)) and "chartcoder needs Python 3.11 or 3.12: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $(STAMP)

$(VENV)/.dev: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(VENV)/.dev

demo: $(STAMP)
	$(BIN)/chartcoder suggest examples/notes/office_visit.txt --date-of-service 2026-09-15 --age 63 --sex M

test: $(VENV)/.dev
	$(BIN)/python -m pytest

serve: $(STAMP)
	$(BIN)/chartcoder serve

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m eval.benchmarks.suggest
	$(BIN)/python -m eval.benchmarks.search
