# make run: everything that is needed, then the app. make test: everything that is needed, then every check, with as many
# processes as there are processors.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check fuzz bench lock format

run:
	@$(PYTHON) tools/setup.py
	@$(BIN)/python -m fmstod

test check:
	@$(PYTHON) tools/setup.py --dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

# The property tests with examples that nobody has seen yet.
fuzz:
	@$(PYTHON) tools/setup.py --dev
	@FMSTOD_EXAMPLES=fuzz $(BIN)/python -m pytest -m hypothesis

bench:
	@$(PYTHON) tools/setup.py --dev
	@$(BIN)/python tools/bench.py

format:
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Keeps the versions of the present locks; UPGRADE=--upgrade takes the newest. No registry's host ends up in them.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE)
lock:
	@$(PYTHON) tools/setup.py --dev
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
