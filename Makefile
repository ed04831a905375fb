# Everything a person needs: `make serve` to use Upshot, `make test` to change it.
# Runs with any POSIX shell, from any folder (`make -C path/to/upshot serve`).

SHELL := /bin/sh
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= upshot-data
WORKERS ?= 1
# NETWORK=1 adds PyTorch and with it the neural network candidate; see the README.
NETWORK ?= 0

VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help serve install test quick lint types layers tests slow browser chaos messages guide-pictures test-s3 requirements clean

help:
	@echo "make serve    install Upshot here and open it on http://$(HOST):$(PORT)"
	@echo "make test     install the development tools and run every check"
	@echo "make quick    the checks without the slow tests"
	@echo "make clean    remove the virtual environment and caches (your data stays)"

serve: install
	@$(BIN)/upshot serve --host $(HOST) --port $(PORT) --data $(DATA) --workers $(WORKERS)

install: $(VENV)/.installed $(VENV)/.network-$(NETWORK)

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Python is missing. Install Python 3.11 or newer, or name yours: make serve PYTHON=/path/to/python3."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Upshot needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name a newer one: make serve PYTHON=python3.12."; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv."; exit 2; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing Upshot and what it needs (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --requirement requirements.txt || { \
	  echo "The installation needs the network once. Check the connection and run the same command again."; exit 2; }
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.network-0: | $(VENV)/bin/python
	@touch $@

$(VENV)/.network-1: requirements-network.txt | $(VENV)/.installed
	@echo "Installing PyTorch ..."
	@$(BIN)/python -m pip install --quiet --requirement requirements-network.txt
	@touch $@

$(VENV)/.tools: requirements-dev.txt | $(VENV)/.installed
	@echo "Installing the development tools ..."
	@$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

test: lint types layers tests slow

quick: lint types layers tests

lint: install $(VENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python tools/messages.py --check

types: install $(VENV)/.tools
	$(BIN)/mypy

layers: install $(VENV)/.tools
	$(BIN)/lint-imports --no-cache

tests: install $(VENV)/.tools
	$(BIN)/pytest -n 2

slow: install $(VENV)/.tools
	$(BIN)/pytest -m slow

# Trouble at full length, about an hour: kills, frozen workers, full disks, writers, PostgreSQL.
chaos: install $(VENV)/.tools
	UPSHOT_CHAOS=full $(BIN)/pytest -m slow tests/chaos

messages: install $(VENV)/.tools
	$(BIN)/python tools/messages.py

# The pictures of the guide, from the pages as they are now. Needs Chromium.
guide-pictures: install $(VENV)/.tools
	$(BIN)/python tools/guide_pictures.py

# The website's tests once more, with its files in a bucket of an S3 server on this machine.
test-s3: install $(VENV)/.tools
	@$(BIN)/python -m pip install --quiet --requirement requirements-s3.txt
	UPSHOT_TEST_STORE=s3 $(BIN)/pytest tests/web

requirements: $(VENV)/.tools
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraint requirements.txt requirements-dev.in --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build src/*.egg-info
