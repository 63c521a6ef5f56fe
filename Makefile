# Jishi. `make` lists what there is to do; the steps themselves are in tools/ and marketplace/cli/.
.DEFAULT_GOAL := help
.PHONY: help run dev build migrate seed test e2e lint format types bench screenshots translations lock clean

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Some containers forbid it; compiling everything anew doubles the time of every start.
export PYTHONDONTWRITEBYTECODE :=
STRICT := marketplace/kit marketplace/settings marketplace/domain marketplace/flows marketplace/db.py \
	marketplace/migrations.py marketplace/ports.py marketplace/jobs marketplace/http marketplace/cli \
	marketplace/integrations
CODE := marketplace tests tools bench alembic rxconfig.py

help: ## List what there is to do
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup-run ## Everything, then the marketplace on http://localhost:3000 (PORT=… for another)
	@PORT=$(PORT) $(BIN)/python tools/run.py

dev: setup-run ## Like run, and reloads when a file changes
	@PORT=$(PORT) $(BIN)/python tools/run.py --dev

build: setup-run ## Build the front end, if it changed
	@$(BIN)/python tools/build.py

migrate: setup-run ## Bring the database up to date
	@$(BIN)/python -m marketplace migrate

seed: setup-run migrate ## Fill an empty database with demo data (SIZE=s|m|l SEED=42)
	@$(BIN)/python -m marketplace seed --size $(or $(SIZE),s) --seed $(or $(SEED),42)

test: setup-test system ## Install what tests need, then run all of them (ARGS=… for pytest)
	@$(BIN)/python tools/build.py
	@$(BIN)/python -m pytest -n $(or $(JOBS),2) $(ARGS)

e2e: setup-test system ## Only the tests in a browser
	@$(BIN)/python tools/build.py
	@$(BIN)/python -m pytest tests/e2e $(ARGS)

lint: setup-lint ## Style, layers and types: everything that needs no running program
	@echo "→ ruff";           $(BIN)/ruff check $(CODE)
	@echo "→ ruff format";    $(BIN)/ruff format --check $(CODE)
	@echo "→ import-linter";  told=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$told"; exit 1; }
	@$(MAKE) --no-print-directory types

format: setup-lint ## Let ruff put the code in order
	@$(BIN)/ruff check --fix $(CODE); $(BIN)/ruff format $(CODE)

types: setup-lint ## mypy --strict on the business, basedpyright on the pages
	@echo "→ mypy --strict";  $(BIN)/mypy $(STRICT)
	@echo "→ basedpyright";   $(BIN)/basedpyright --level error

bench: setup-test ## Measure the machine and the marketplace, side by side
	@$(BIN)/python tools/build.py
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/search.py

screenshots: setup-test system ## Take pictures of the pages into screenshots/
	@$(BIN)/python tools/build.py
	@$(BIN)/python tools/screenshots.py $(ARGS)

translations: setup-run ## Collect the messages of the code into the catalogue
	@$(BIN)/python tools/translations.py

lock: setup-lint ## Pin dependencies anew from pyproject.toml
	@$(BIN)/python tools/lock.py

clean: ## Remove what was made, the virtual environment and data in var/ excepted
	@rm -rf .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		test-results screenshots
	@find marketplace tests tools alembic -name __pycache__ -type d -prune -exec rm -rf {} +
.PHONY: setup-run setup-test setup-lint system
setup-run setup-test setup-lint: setup-%:
	@$(PYTHON) tools/setup.py $*
system:
	@$(PYTHON) tools/system.py
