# Two commands: `make demo` and `make test`. Each is complete on a fresh clone.
PYTHON ?= python3
HOMES ?= 5000
PORT ?= 8000
BIN := .venv/bin

.PHONY: demo test check setup bench spark browser handbook clean

demo: setup
	@$(BIN)/tijdig demo --homes $(HOMES) --port $(PORT) $(if $(FRESH),--fresh)

test: setup browser spark
	@$(BIN)/python -m pytest -n 2 -q --durations=25

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/house
	@$(BIN)/python -m tests.house.audit

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what tijdig needs (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "Compiling the engine (once)..."
	@$(BIN)/tijdig warm
	@touch $@

# The browser tests drive Debian's chromium, or the Chrome that is already there.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		{ echo "Installing chromium for the browser tests..."; apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }

# The cluster tests need Java 17 and PySpark; without Java they are skipped with a reason.
spark: setup
	@if command -v java >/dev/null && ! $(BIN)/python -c "import pyspark" 2>/dev/null; then \
		echo "Installing PySpark for the cluster tests..."; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock; fi

bench: setup spark
	@for name in positions night dunning live camt pages claims letters policy desk help walls year cluster; do echo "== $$name"; $(BIN)/tijdig bench $$name; done

# The pictures of the manual, made anew by the browser tests.
handbook: setup browser
	@TIJDIG_HANDBOOK=1 $(BIN)/python -m pytest -q tests/browser/test_browser_handbook.py

clean:
	rm -rf .venv var build .pytest_cache .mypy_cache .ruff_cache
