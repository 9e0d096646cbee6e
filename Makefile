# Everything that a developer does, by one word. `make` lists it.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV ?= .venv
BIN := $(VENV)/bin
NPM := npm --prefix frontend
# Two at a time where make can keep their outputs apart.
SIDE_BY_SIDE := $(if $(filter output-sync,$(.FEATURES)),-j2 --output-sync=target)
# One more than most machines have processors for: half of the time, tests wait for pages and processes.
WORKERS ?= 3
# Further arguments of pip, to test with other versions: make test WITH="kedro==1.0.0".
WITH ?=

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-23s %s\n", $$1, $$2 }'

# --- Environments. A stamp file remembers what is installed, so that the next run is quick. ---------------------------

$(BIN)/python:
	@python=$$(scripts/find_python); echo "Making $(VENV) with $$($$python --version) ..."; $$python -m venv $(VENV)

$(VENV)/.demo-installed: pyproject.toml | $(BIN)/python
	@if [ $(VENV)/.dev-installed -nt pyproject.toml ]; then exit 0; fi; \
	echo "Installing Kedro-Viz and what the demo needs ..."; $(BIN)/pip install --quiet --editable '.[demo]' $(WITH)
	@touch $@

$(VENV)/.dev-installed: pyproject.toml | $(BIN)/python
	@echo "Installing Kedro-Viz and what its development needs ..."; $(BIN)/pip install --quiet --editable '.[dev]' $(WITH)
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json
	@scripts/check_node
	@echo "Installing the web app's dependencies ..."; $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONTEND_SOURCES := $(shell find frontend -name node_modules -prune -o -type f -print)

package/kedro_viz/web/index.html: frontend/node_modules/.package-lock.json $(FRONTEND_SOURCES)
	@scripts/check_node
	@scripts/step "web build" $(NPM) run build
	@touch $@

# --- The demo ----------------------------------------------------------------------------------------------------------

# Written once the history is whole, so that one that was interrupted goes on where it stopped.
DEMO_HISTORY := demo-project/data/.history-made

$(DEMO_HISTORY): | $(VENV)/.demo-installed
	@echo "Making the demo's history of runs, once ..."
	@cd demo-project && PYTHONPATH=src ../$(BIN)/python -m demo_project.history --runs 40 --seed 7
	@touch $@

.PHONY: demo
demo: $(VENV)/.demo-installed package/kedro_viz/web/index.html $(DEMO_HISTORY) ## Open Kedro-Viz on the demo project; takes ARGS="--no-browser --port 4999"
	@cd demo-project && exec ../$(BIN)/kedro viz $(ARGS)

# --- Checks -------------------------------------------------------------------------------------------------------------

.PHONY: test checks
test: ## Check and test everything: Python, web app, both together in a real browser
	@$(MAKE) $(VENV)/.dev-installed frontend/node_modules/.package-lock.json
	@echo "Checks"
	@$(MAKE) --keep-going $(SIDE_BY_SIDE) checks
	@$(MAKE) pytest

checks: lint types imports schema-fresh frontend-lint frontend-types frontend-tests frontend-codegen-fresh web

.PHONY: pytest
pytest: $(VENV)/.dev-installed package/kedro_viz/web/index.html ## Run the Python and browser tests; takes ARGS="tests/store -k title"
	@chromium=$$(scripts/find_chromium $(BIN)/python); \
	CHROMIUM=$$chromium $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS) </dev/null

.PHONY: lint
lint: $(VENV)/.dev-installed ## Check the Python code's style
	@scripts/step "ruff check" $(BIN)/ruff check .
	@scripts/step "ruff format" $(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.dev-installed ## Check the Python code's types
	@scripts/step "mypy --strict" $(BIN)/mypy

.PHONY: imports
imports: $(VENV)/.dev-installed ## Check that imports between the layers point one way
	@scripts/step "import-linter" $(BIN)/lint-imports

.PHONY: frontend-lint frontend-types frontend-tests frontend-codegen-fresh
frontend-lint: frontend/node_modules/.package-lock.json ## Check the web app's style
	@scripts/step "biome" $(NPM) run lint

frontend-types: frontend/node_modules/.package-lock.json ## Check the web app's types
	@scripts/step "tsc" $(NPM) run typecheck

frontend-tests: frontend/node_modules/.package-lock.json ## Run the web app's own tests
	@scripts/step "vitest" $(NPM) run test

frontend-codegen-fresh: frontend/node_modules/.package-lock.json ## Check that the queries' generated types are up to date
	@scripts/step "graphql-codegen is fresh" $(NPM) run check-codegen

.PHONY: schema-fresh
schema-fresh: $(VENV)/.dev-installed ## Check that frontend/schema.graphql is what the server answers
	@scripts/step "schema.graphql is fresh" \
		bash -c '$(BIN)/python -m kedro_viz.api.schema | diff -u frontend/schema.graphql - || { echo "Run: make schema"; exit 1; }'

# --- What is generated ---------------------------------------------------------------------------------------------------

.PHONY: web
web: package/kedro_viz/web/index.html ## Build the web app into the package

.PHONY: schema
schema: $(VENV)/.dev-installed frontend/node_modules/.package-lock.json ## Write the GraphQL schema and the types that the web app has from it
	@schema=$$($(BIN)/python -m kedro_viz.api.schema); printf '%s\n' "$$schema" > frontend/schema.graphql
	@$(NPM) run codegen

.PHONY: format
format: $(VENV)/.dev-installed frontend/node_modules/.package-lock.json ## Bring Python and web code into their style
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format . && $(NPM) run format

.PHONY: screenshot
screenshot: $(VENV)/.dev-installed package/kedro_viz/web/index.html $(DEMO_HISTORY) ## Make the README's pictures from the demo
	@CHROMIUM=$$(scripts/find_chromium $(BIN)/python) $(BIN)/python scripts/screenshots.py

.PHONY: package
package: $(VENV)/.dev-installed ## Build the sdist and the wheel into dist/
	@$(BIN)/python -m build --outdir dist .

# --- Benchmarks; each takes ARGS, --help tells which -----------------------------------------------------------------------

.PHONY: bench-overhead bench-nodes bench-log-metric bench-startup bench-api bench-kills bench-concurrent bench-faults bench-store-size bench-bundle bench-peers bench-smoothness
bench-overhead: $(VENV)/.dev-installed ## Measure what tracking adds to a `kedro run` of the demo
	@$(BIN)/python benchmarks/overhead.py $(ARGS)

bench-nodes: $(VENV)/.dev-installed ## Measure what tracking adds to a node, a dataset and a run's start
	@$(BIN)/python benchmarks/trivial_nodes.py $(ARGS)

bench-log-metric: $(VENV)/.dev-installed ## Measure what a call of log_metric costs, and how many points a second it takes
	@$(BIN)/python benchmarks/log_metric.py $(ARGS)

bench-startup: $(VENV)/.dev-installed package/kedro_viz/web/index.html ## Measure the time from `kedro viz` to the first page
	@$(BIN)/python benchmarks/startup.py $(ARGS)

bench-api: $(VENV)/.dev-installed ## Measure the API on 10,000 runs
	@$(BIN)/python benchmarks/api.py $(ARGS)

bench-kills: $(VENV)/.dev-installed package/kedro_viz/web/index.html ## Kill 200 runs at random moments and count what is lost
	@PYTHONPATH=. $(BIN)/python benchmarks/kills.py $(ARGS)

bench-concurrent: $(VENV)/.dev-installed ## Start 30 runs at once on one store and count what is missing
	@PYTHONPATH=. $(BIN)/python benchmarks/concurrent_runs.py $(ARGS)

bench-faults: $(VENV)/.dev-installed ## Measure how much longer runs take whose store is in trouble
	@PYTHONPATH=. $(BIN)/python benchmarks/faults.py $(ARGS)

bench-store-size: $(VENV)/.dev-installed ## Measure how large a store grows with 1,000 runs of the demo
	@$(BIN)/python benchmarks/store_size.py $(ARGS)

bench-bundle: package/kedro_viz/web/index.html ## Measure the JavaScript that the experiments page loads
	@$(NPM) run size

bench-peers: $(VENV)/.dev-installed package/kedro_viz/web/index.html ## Measure beside Kedro-Viz 10 and MLflow, which it installs into benchmarks/.peers
	@chromium=$$(scripts/find_chromium $(BIN)/python); \
	CHROMIUM=$$chromium PYTHONPATH=. $(BIN)/python benchmarks/peers.py $(ARGS)

bench-smoothness: $(VENV)/.dev-installed package/kedro_viz/web/index.html ## Record in Chromium how smoothly 100,000 runs scroll, sort and are charted
	@chromium=$$(scripts/find_chromium $(BIN)/python); \
	CHROMIUM=$$chromium PYTHONPATH=. $(BIN)/python benchmarks/smoothness.py $(ARGS)

.PHONY: clean
clean: ## Remove environments, caches and all that is built (the demo's history too)
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist test-results
	@rm -rf frontend/node_modules package/kedro_viz/web benchmarks/.peers
	@git clean -qfdX demo-project
