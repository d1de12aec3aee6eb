# Every verb sets up .venv by itself; Python 3.11 or later with venv is all it needs beforehand.
# `make help` lists the verbs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV_VERSION := 0.13.9

# The question `make run` answers: Pennsylvania, fee for service against three other ways.
SCENARIOS := $(addprefix scenarios/,pa_fee_for_service.toml pa_block_grant.toml pa_wage_25.toml pa_ladder.toml)
WORKERS ?= auto
DIST ?= worksteal

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup run app test check wheel format fuzz bench calibrate posterior validate mechanisms sensitivity docs docs-cases docs-tables image notebooks soak lock clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## make .venv with everything in it (the other verbs do this too)

run: $(READY) ## compare the Pennsylvania scenarios
	$(BIN)/peerstay compare $(SCENARIOS)

app: $(READY) ## open the page on this machine
	$(BIN)/peerstay app

# The tests' processes share the cores already: one thread of linear algebra each, whose threads would wait for one another.
# What they compile is kept, whatever the environment says: hundreds of short programs would each compile it anew.
test: $(READY) ## run the tests
	env -u PYTHONDONTWRITEBYTECODE OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist $(DIST)

check: $(READY) ## lint, format, types, floors, dependencies, the measures of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry . --no-ansi
	$(BIN)/python -m studies.structure

wheel: $(READY) ## build the wheel, install it elsewhere, and run every command from there
	.ci/wheel

format: $(READY) ## put the code in the house format
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

fuzz: $(READY) ## try 100,000 scenarios, 20,000 runs and 20,000 lists of people at their limits (some half an hour); goes on where it was
	$(BIN)/python -m tests.fuzz

bench: $(READY) ## measure the engine against the reference loops
	$(BIN)/python -m bench

calibrate: $(READY) ## fit the reference workforce, then all studies of leaving together; writes data/calibration.toml, docs/calibration.md and what `make posterior` writes
	$(BIN)/python -m studies.calibration
	$(BIN)/python -m studies.posterior

posterior: $(READY) ## fit all studies of leaving together; writes data/posterior.parquet, its card, docs/trust.md, docs/posterior.md (some twenty minutes)
	$(BIN)/python -m studies.posterior

validate: $(READY) ## closed forms, calibration targets, natural experiments; writes docs/validation.md
	$(BIN)/python -m studies.validation

mechanisms: $(READY) ## what single levers do, beside what studies found; writes docs/mechanisms.md
	$(BIN)/python -m studies.mechanisms

sensitivity: $(READY) ## which inputs move the headline results most; writes data/sensitivity.toml (some three minutes)
	$(BIN)/python -m studies.drivers

SOAK ?= 600
soak: $(READY) ## let visitors come and go on the page for SOAK=600 seconds: what they wait for, whether the server grows
	$(BIN)/python -m tests.room.soak $(SOAK)

notebooks: $(READY) ## run the notebooks of docs/notebooks again and keep what they show
	$(BIN)/python -m studies.notebooks

docs: $(READY) ## build the documentation into site/; a broken link is an error
	$(BIN)/zensical build --clean --strict

docs-tables: $(READY) ## write the reference pages of docs/ and peerstay/README.md again from what they are made of
	$(BIN)/python -m studies.reference_pages

docs-cases: $(READY) ## draw the figure of README, run the case studies and the notebook of the library again and write them
	$(BIN)/python -m studies.cases
	$(BIN)/peerstay compare $(SCENARIOS) --figure docs/figures/pennsylvania.svg > /dev/null

image: ## try the steps of the Dockerfile in a fresh root, or a plain folder, where there is no container engine
	.ci/image

# The lock is installed exactly: what is not in it goes. The stamp is newer than its reasons, or the work is done again.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@uv=$$(command -v uv || echo $(BIN)/uv); \
	test -x "$$uv" || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	"$$uv" pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock && \
	"$$uv" pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("peerstay needs Python 3.11 or later, this is " + sys.version.split()[0] + "; say make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

lock: $(READY) ## write requirements.lock again from the pins in pyproject.toml
	@uv=$$(command -v uv || echo $(BIN)/uv); "$$uv" export --quiet --all-extras --all-groups \
		--no-emit-project --no-header --no-annotate --output-file requirements.lock > /dev/null

clean: ## remove everything that was made, .venv too
	rm -rf $(VENV) build dist site htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
