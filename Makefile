# Two commands do everything: `make run` opens the chat, `make test` runs the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ARTICLES ?= eval/articles
INDEX ?= my-index
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run index test eval lint format clean

run: $(VENV)/.run
	$(BIN)/python app.py $(ARGS)

index: $(VENV)/.run
	$(BIN)/python -m index $(ARTICLES) --out $(INDEX)

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(ARGS)

eval: $(VENV)/.run
	$(BIN)/python -m eval $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp is newer than what it was made from, so that set-up runs once.
$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up in $(VENV): a few minutes the first time"
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up in $(VENV): a few minutes the first time"
	$(PIP) --editable '.[dev,mcp]'
	@touch $@ $(VENV)/.run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
