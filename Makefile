# Each target works on a fresh machine that has Python 3.11+ with pip and venv, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo run test check kills faults soak bench clean help

help:
	@echo "make demo   a reporting day on the embedded Telegram; needs no token"
	@echo "make run    the bot, with the token in .env"
	@echo "make test   all checks and tests"
	@echo "make kills  kill -9 the bot again and again while leaders report, and count"
	@echo "make faults every fault of Telegram, network, disk and machine; writes docs/reliability.md"
	@echo "make bench  measure, and write docs/performance.md; ONLY=name for one measure"
	@echo "make soak   a month with 200 units in jumps of the clock: does memory or a file grow? (15 minutes)"

demo: $(STAMP)
	@$(BIN)/trucbao demo

run: $(STAMP)
	@$(BIN)/trucbao run

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# More processes than processors: many tests wait for seconds of a real clock.
test: check
	$(BIN)/pytest -n 3 --dist worksteal --cov --cov-report=term

kills: $(STAMP)
	$(BIN)/python -m tests.kills

soak: $(STAMP)
	$(BIN)/python -m tests.soak

faults: $(STAMP)
	$(BIN)/python -m tests.faults

bench: $(STAMP)
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact --group bench
	$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage*

$(STAMP): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet "uv>=0.9"
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact
	@touch $@
