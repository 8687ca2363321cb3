# Hindsight's commands. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
# More arguments for a command: make test ARGS="tests/claims -x"
ARGS ?=

# These would change what the commands do; each says what it needs.
unexport DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONHOME VIRTUAL_ENV HINDSIGHT_ROLE
# Without compiled files each of the tests' many processes compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# Production's checks need its settings; these values open nothing.
AS_PRODUCTION := HINDSIGHT_PROFILE=production DATABASE_URL=postgresql://nobody@localhost/none \
	REDIS_URL=redis://localhost/0 ALLOWED_HOSTS=localhost \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')
LOCK := $(BIN)/python .ci/uv.py pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test lint bench reading-report lock lock-check screenshots clean python

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here; Hindsight needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); Hindsight needs Python 3.11 or newer."; \
		echo "If you have one under another name: make PYTHON=python3.12 ..."; exit 1; }

setup: python ## build .venv with what Hindsight needs to run
	@$(PYTHON) .ci/install.py

setup-dev: python ## build .venv with the tools for tests and lint too
	@$(PYTHON) .ci/install.py --dev

demo: setup ## serve the site with sample data, a worker and beat
	@HINDSIGHT_PROFILE=demo exec $(BIN)/python -m config.demo $(ARGS)

test: setup-dev ## run every test, the browser's too
	@$(BIN)/python .ci/browser.py
	@$(BIN)/pytest -n 2 $(ARGS)

# The types and the migrations are read from the settings; production's would want secrets.
lint: export HINDSIGHT_PROFILE := test
lint: setup-dev lock-check ## check style, types, layers, templates, migrations, settings and the lock
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	HINDSIGHT_PROFILE=test $(BIN)/mypy --no-error-summary .
	$(BIN)/lint-imports --no-cache
	git ls-files -z -- 'templates/*.html' | xargs -0 -r $(BIN)/djade --check
	$(BIN)/djlint --lint --quiet templates
	HINDSIGHT_PROFILE=test $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@echo manage.py check --deploy
	@$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup-dev ## measure what has to be fast, beside a reference from the same run
	@HINDSIGHT_PROFILE=test $(BIN)/python -m tests.bench $(ARGS)

reading-report: setup-dev ## measure the readers on the corpus, both halves, and show their worst misses
	@HINDSIGHT_PROFILE=test $(BIN)/python -m tests.reading $(ARGS)

lock: setup-dev ## compile the requirements anew; ARGS=--upgrade takes newer versions
	$(LOCK) $(ARGS) pyproject.toml -o requirements.txt
	$(LOCK) $(ARGS) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	echo uv | $(LOCK) --no-annotate $(ARGS) - -o requirements-uv.txt

# Compiled into copies, which steer to the versions that are locked; what differs is a requirement that has changed.
lock-check:
	@mkdir -p .venv/lock && cp requirements.txt requirements-dev.txt .venv/lock
	@$(LOCK) pyproject.toml -o .venv/lock/requirements.txt >/dev/null
	@$(LOCK) pyproject.toml --group dev -c requirements.txt -o .venv/lock/requirements-dev.txt >/dev/null
	@for each in requirements.txt requirements-dev.txt; do \
		cmp -s $$each .venv/lock/$$each || { echo "$$each is not what pyproject.toml asks for: make lock"; exit 1; }; \
	done

screenshots: setup-dev ## take the README's picture from a demo; ARGS=--all takes every page
	@$(BIN)/python .ci/browser.py
	@$(BIN)/python -m tests.screenshots $(ARGS)

clean: ## remove what was built: .venv, and var/ with the demo's data
	@if [ -e var/elsewhere ]; then rm -rf "$$(cat var/elsewhere)"; fi
	@if [ -e var/test/elsewhere ]; then rm -rf "$$(cat var/test/elsewhere)"; fi
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
