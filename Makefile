# Everything is installed below this folder; only `make toolchains` touches the system (Debian, as root).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
# By several processes, which take tests off one another: each starts with a part of its own, of folders that hang together.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist worksteal
LANGUAGES := $(VENV)/toolchains/.installed
REPOSITORIES := $(VENV)/toolchains/exercises/packages/.installed

# Caches that all answers share (Go's standard library, compiled headers) stay below this folder too.
export ASSAY_HOME ?= $(CURDIR)/$(VENV)/home

.PHONY: help demo test test-fast test-long test-hf wheel test-wheel check toolchains exercises clean

help:
	@echo "make demo        run a fifth of the built-in suite with the built-in entrants and write a report"
	@echo "make test        run all tests but the longest"
	@echo "make test-long   run those: whole benchmarks, and other tools beside ours"
	@echo "make wheel       a package in dist/ whose readers of tool calls are machine code (needs a C compiler)"
	@echo "make check       ruff, mypy and import-linter"
	@echo "make toolchains  install compilers and a browser (Debian, root)"
	@echo "make exercises   install what Aider's polyglot exercises are tested with (npm; Debian, root)"
	@echo "make test-hf     run the Hugging Face tests in an environment of their own"

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Assay needs Python 3.11 or newer; say PYTHON=/path/to/it")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e '.[images]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

$(LANGUAGES): $(VENV)/.installed tools/language_packages.py tools/package.json tools/package-lock.json
	$(BIN)/python tools/language_packages.py $(VENV)/toolchains
	@touch $@

$(REPOSITORIES): $(LANGUAGES) $(wildcard tools/repositories/*.json)
	$(BIN)/python tools/repository_packages.py $(VENV)/toolchains
	@mkdir -p $(@D) && touch $@

# A fifth of the suite, spread over languages and kinds of work: the whole takes minutes.
demo: $(LANGUAGES)
	@$(BIN)/assay run core -m reference -m mutant --limit 42

test: $(VENV)/.installed-dev $(LANGUAGES) $(REPOSITORIES)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not hf and not long"

test-fast: $(VENV)/.installed-dev $(LANGUAGES) $(REPOSITORIES)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not hf and not long and not slow"

check: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test-long: $(VENV)/.installed-dev $(LANGUAGES)
	$(BIN)/python -m pytest -m long

# An environment of its own, because torch is larger than everything else together.
test-hf:
	$(PYTHON) -m venv .venv-hf
	.venv-hf/bin/python -m pip --disable-pip-version-check -q install -c constraints.txt -e '.[hf,dev]'
	.venv-hf/bin/python -m pytest -m hf

# Out of a copy that `build` makes of the sources: machine code left beside them would hide later changes.
wheel: $(VENV)/.installed
	$(PIP) install -c constraints.txt build
	rm -rf dist
	PIP_CONSTRAINT=$(CURDIR)/constraints.txt HATCH_BUILD_HOOK_ENABLE_MYPYC=true $(BIN)/python -m build --quiet

test-wheel: wheel $(VENV)/.installed-dev
	rm -rf build
	$(BIN)/python -m zipfile -e dist/*.whl build/wheel
	PYTHONPATH=build/wheel $(BIN)/python -c 'from assay.formats.tools import sink; assert sink.__file__.endswith(".so")'
	PYTHONPATH=build/wheel $(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/formats_tools

toolchains:
	sh tools/debian_toolchains.sh

exercises: $(VENV)/.installed-dev
	$(BIN)/python tools/exercise_packages.py $(VENV)/toolchains

clean:
	rm -rf $(VENV) .venv-hf
