# `make` says whether main is green; `make fix` is the only target that changes files.
PYTHON ?= python3
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
# Where PYTHONDONTWRITEBYTECODE is set, uv would leave the bytecode out and every start would be slower.
export UV_COMPILE_BYTECODE := 1

.PHONY: check setup demo test fix wheel-test

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

setup: .venv/.done

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.done: .uv/bin/uv pyproject.toml uv.lock
	env -u PYTHONDONTWRITEBYTECODE .uv/bin/uv sync --frozen --quiet --python $(PYTHON)
	$(BIN)/python -m compileall -q pipeline
	@touch $@

demo: setup
	$(BIN)/postmortem draft fixtures/incidents/harbour-checkout/artifacts --out out/demo

test: setup
	$(BIN)/pytest

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# As a user has it: the wheel in an environment of its own, with its dependencies from the package index.
wheel-test: setup
	POSTMORTEM_WHEEL_DEPENDENCIES=index $(BIN)/pytest tests/test_wheel.py
