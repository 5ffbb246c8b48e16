# A Python of the right version that is on the PATH, python3 first; make PYTHON=… names another.
PYTHON ?= $(shell for p in python3 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: demo claim-demo test soak serve lint bench docs train
.NOTPARALLEL:

demo: $(VENV)/.installed
	@$(BIN)/chartcoder suggest examples/notes/office_visit.txt --date-of-service 2026-09-15 --age 63 --sex M

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

claim-demo: $(VENV)/.installed
	@mkdir -p build
	@$(BIN)/chartcoder suggest examples/notes/office_visit.txt --date-of-service 2026-09-15 --age 63 --sex M --json >build/answer.json
	@$(BIN)/chartcoder claim build examples/encounter.json --codes build/answer.json --fees examples/fees.csv \
		--accept "E11.22 N18.32 E11.42 I12.9 E78.5 99214" --out build/claim.837 --check --today 2026-09-20
	@cat build/claim.837

soak: $(VENV)/.dev
	CHARTCODER_CLAIM_EXAMPLES=500 $(BIN)/python -m pytest -n 2 tests/claims/test_written.py

serve: $(VENV)/.installed
	$(BIN)/chartcoder serve

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m eval.benchmarks.suggest
	$(BIN)/python -m eval.benchmarks.search

docs: $(VENV)/.dev
	$(BIN)/python -m tests.api.test_openapi
	$(BIN)/python docs/picture.py
	$(BIN)/python docs/edits.py
	$(BIN)/python docs/rules.py
	$(BIN)/python docs/trails.py

train: $(VENV)/.train
	$(BIN)/python -m training.phrase_table --out build/phrases-1
	$(BIN)/python -m training.linker --out build/linker-1
	$(BIN)/python -m training.doubt --out build/doubt-1
	$(BIN)/python -m training.ranker --out build/ranker-1
	$(BIN)/python -m training.compare build

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.created
	@echo "chartcoder: installing what it needs into $(VENV) (about a minute)"
	@$(INSTALL) .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/.created
	@echo "chartcoder: installing what it and its tests need into $(VENV) (about a minute)"
	@$(INSTALL) '.[dev]'
	@touch $(VENV)/.installed $@

# torch goes first and by its exact version, so that no CUDA package comes with it.
$(VENV)/.train: pyproject.toml constraints.txt | $(VENV)/.created
	@echo "chartcoder: installing what training needs into $(VENV) (a few minutes)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	@$(INSTALL) '.[dev,train]'
	@touch $(VENV)/.installed $(VENV)/.dev $@

$(VENV)/.created:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null || \
		{ echo "chartcoder: needs Python 3.11 or 3.12: install one, then name it: make PYTHON=/path/to/python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
