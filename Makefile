# What one needs: Python 3.11 or newer, and make. `make demo` for a first look; CONTRIBUTING.md for the rest.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DEFAULT_GOAL := help

# The first Python here that is new enough, unless PYTHON names one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; exit; }; done; echo python3)
TOO_OLD = Trenza needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Install one, or name it: make PYTHON=python3.12
# One more than there are cores: browsers and servers are waited for.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

# Whoever forbids Python to keep what it compiled compiles all of it at every start, and tests start some hundred times.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
# A user's environment is part of a developer's: `make demo` makes the small one, unless the large one is there.
USER := .venv/.user
DEVELOPER := .venv/.developer
ENVIRONMENT := $(DEVELOPER)
ifneq ($(filter $(MAKECMDGOALS)$(wildcard $(DEVELOPER)),demo install install-cell),)
ENVIRONMENT := $(USER)
endif
CATALOGUE := src/trenza/locale/es/LC_MESSAGES/django.mo

.PHONY: help demo install install-cell setup test test-fast drill check bench messages lock clean

help:
	@echo 'make demo       set up what a user needs, then run Trenza with demonstration data'
	@echo 'make install    set up what a server needs'
	@echo 'make install-cell  the same, and the search for people who were entered twice'
	@echo 'make setup      set up what a developer needs'
	@echo 'make test       every test: on SQLite with a real browser, then on PostgreSQL'
	@echo 'make drill      those of them that take minutes: killed processes, cut lines, restored backups'
	@echo 'make test-fast  the tests that need no network, browser or PostgreSQL'
	@echo 'make check      style, types, order of apps, migrations, translations, definitions'
	@echo 'make bench      measure against the limits of this machine (ONLY=name for one)'
	@echo 'make messages   compile the translations and say what is missing'
	@echo 'make lock       choose the versions of packages (UPGRADE=1 for the newest)'
	@echo 'make clean      remove what these commands made; the data in var/ stay'

# --- Setting up ---

$(USER): requirements/run.txt pyproject.toml tools/setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(TOO_OLD)" % sys.version_info[:2] or 0)'
	@$(PYTHON) tools/setup.py requirements/run.txt
	@touch $@

$(DEVELOPER): requirements/dev.txt pyproject.toml tools/setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(TOO_OLD)" % sys.version_info[:2] or 0)'
	@$(PYTHON) tools/setup.py requirements/dev.txt
	@touch $@

$(CATALOGUE): $(wildcard src/trenza/locale/es/parts/*.po) tools/catalogue.py $(ENVIRONMENT)
	@$(BIN)/python -m tools.catalogue

setup: $(CATALOGUE)
install: $(CATALOGUE)
# What `make install` sets up, and the search for people who were entered twice.
install-cell: $(CATALOGUE)
	@$(PYTHON) tools/setup.py requirements/cell.txt

# --- Running ---

demo: setup
	@$(BIN)/trenza demo

bench: setup
	@$(BIN)/python -m bench $(ONLY)

# --- Proving ---

test: setup
	@$(BIN)/python -m tools.browser
	$(BIN)/pytest -n $(WORKERS) $(TESTS)
	$(BIN)/python -m tools.postgresql run $(BIN)/pytest -n $(WORKERS) $(TESTS)

drill: setup
	@$(BIN)/python -m tools.browser
	$(BIN)/pytest -n $(WORKERS) -m 'drill or sweep'
	$(BIN)/python -m tools.postgresql run $(BIN)/pytest -n $(WORKERS) -m sweep

test-fast: setup
	$(BIN)/pytest -n $(WORKERS) -m 'not browser and not slow and not postgresql'

check: setup
	@$(BIN)/python -m tools.check

# --- Keeping ---

messages: setup
	@$(BIN)/python -m tools.catalogue
	@$(BIN)/python -m tools.messages

COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(if $(UPGRADE),--upgrade)

lock: setup
	$(COMPILE) pyproject.toml --extra build -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra build --extra duplicates -c requirements/run.txt -o requirements/cell.txt
	$(COMPILE) pyproject.toml --extra build --extra duplicates --extra dev -c requirements/cell.txt -o requirements/dev.txt

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	rm -f $(CATALOGUE) $(CATALOGUE:.mo=.po)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
