# Colloquy. `make demo` and `make test` are all that a newcomer needs.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup setup-dev demo test check format messages lock bench

setup: $(VENV)/.runtime static/vendor/htmx.min.js

setup-dev: $(VENV)/.dev node_modules/axe-core/axe.min.js static/vendor/htmx.min.js

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

node_modules/htmx.org/dist/htmx.min.js: package-lock.json
	npm ci --omit=dev --ignore-scripts
	touch $@

node_modules/axe-core/axe.min.js: package-lock.json
	npm ci --ignore-scripts
	touch $@ node_modules/htmx.org/dist/htmx.min.js

static/vendor/htmx.min.js: node_modules/htmx.org/dist/htmx.min.js
	mkdir -p static/vendor
	cp $< $@

demo: setup
	$(BIN)/colloquy demo --port $(PORT)

test: setup-dev
	tests/with-postgres $(BIN)/python -m pytest -n 2

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 0 tests/house

format: setup-dev
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .
