# Colloquy. `make demo` and `make test` are all that a newcomer needs.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LANGUAGES := ar es fr ru zh
POT := app/locale/messages.pot
TIDY := --no-location --sort-output --omit-header --width=110 --ignore-dirs='.*'

.PHONY: setup setup-dev demo test check lint types house bench format messages lock

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

# What a missing chromium or PostgreSQL leaves out is said at the start and in the summary at the end.
# A browser's driver leaves an event loop running, in which no other test could run its own: two processes.
# Each process begins with half of the tests in their order, so that a module's fixtures are made once, and who is
# done first takes over from the other.
test: setup-dev
	PYTHON=$(BIN)/python tests/with-postgres sh -c '\
	  $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser" && $(BIN)/python -m pytest -n 0 -m browser'

# mypy takes three quarters of the time in a fresh clone, and a second when its cache is there: `make -j 2 check`.
check: lint types house

lint: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: setup-dev
	$(BIN)/mypy

house: setup-dev
	$(BIN)/python -m pytest -n 0 tests/house -m "not database"

# Our numbers and then our times beside those of other libraries: the group `bench` of pyproject.toml, which has
# an environment of its own.
bench: benchmarks/.venv/.peers
	benchmarks/.venv/bin/python -m pytest -m bench -W ignore benchmarks/peers
	PYTHONPATH=. benchmarks/.venv/bin/python benchmarks/aggregation.py

# Without looking at what each asks for: the lock is whole, and overrules one of them (pyproject.toml, tool.uv).
benchmarks/.venv/.peers: benchmarks/requirements-bench.lock
	$(PYTHON) -m venv benchmarks/.venv
	benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	touch $@

format: setup-dev
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

# The texts that people read, gathered anew; what is untranslated stays empty and nothing is guessed.
messages: setup-dev
	$(BIN)/python -m babel.messages.frontend --quiet extract $(TIDY) -F pyproject.toml -o $(POT) app templates
	for language in $(LANGUAGES); do \
	  mkdir -p app/locale/$$language && touch app/locale/$$language/messages.po && \
	  $(BIN)/python -m babel.messages.frontend --quiet update --no-fuzzy-matching --ignore-obsolete \
	    --omit-header --width=110 -i $(POT) -o app/locale/$$language/messages.po -l $$language || exit 1; \
	done

# After a change of the dependencies in pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev \
	  -c requirements.lock -o requirements-dev.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group bench \
	  -o benchmarks/requirements-bench.lock
