# Two commands matter: `make demo` and `make test`. Each does all its set-up by itself.
.DEFAULT_GOAL := help
PORT ?= 8000
BIN := .venv/bin

.PHONY: help demo test test-fast security bench bench-search shots pages pictures docs format clean setup-run setup-test setup-security messages

help: ## Show what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup-run:
	@tools/setup run

setup-test:
	@tools/setup test

setup-security: setup-test
	@tools/setup security

demo: setup-run ## Start the demonstration on http://127.0.0.1:8000/ (PORT= changes it)
	@$(BIN)/naast demo --port $(PORT)

test: setup-test ## Run every gate, as CI does
	@$(BIN)/python tools/run_tests.py all

test-fast: setup-test ## Rules, queries, actions: for while you work
	@$(BIN)/python tools/run_tests.py fast

security: setup-security ## Tools from elsewhere press the house; report in var/reports/ (ARGS="--only bandit")
	@$(BIN)/python -m security $(ARGS)

pages: setup-test ## All own pages in all variants (themes, dark, widths)
	@$(BIN)/python tools/run_tests.py pages

bench: setup-test ## Print our figures beside the budgets
	@$(BIN)/python -m bench

bench-search: setup-test ## What search finds beside plain searches; ARGS="--misses" lists what went wrong
	@$(BIN)/python -m bench.search $(ARGS)

shots: setup-test ## A picture of every own page and role in var/shots/
	@$(BIN)/python tools/shots.py

pictures: setup-test ## The pictures of README and docs, from the real screens
	@$(BIN)/python tools/pictures.py

docs: ## The documentation site in var/site/, every link looked at
	@$(if $(wildcard $(BIN)/python),$(BIN)/python,python3) tools/build_docs.py

messages: setup-test ## Bring the catalogues up to date with the sources
	@$(BIN)/python tools/messages.py update

format: setup-test ## Format code and templates
	@$(BIN)/ruff check --fix -q src tests tools bench; $(BIN)/ruff format -q src tests tools bench; $(BIN)/djlint --reformat --quiet src >/dev/null || true

clean: ## Remove the environment, what was built and the demonstration's data
	rm -rf .venv .venvs node_modules var src/naast/core/static/naast/built src/naast/core/data/built
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
