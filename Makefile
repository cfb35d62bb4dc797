# Everything a machine with Python 3.11 or newer and make needs; what it writes stays in .venv and .state.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
BENCH_READY := $(VENV)/bench-ready
WORKERS ?= auto
# Where the environment forbids kept bytecode, every process compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve setup test bench fuzz kills audit licences sbom mutants lint messages clean

setup: $(READY)

$(READY): requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'TalentGap needs Python 3.11 or newer')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $(READY)

# Errors are told as users will see them; who changes the code says DEBUG=1 make run.
# TALENTGAP_DEMO=0 begins without the demo: its first visitor makes an account and a school.
run: export TALENTGAP_DEMO ?= 1
run: $(READY)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py $(if $(filter 1,$(TALENTGAP_DEMO)),load_demo,first_visit)
	$(BIN)/python manage.py runserver 127.0.0.1:8000

# As docs/deploy.md says: for a school, without demo. Several processes share what was computed in the database.
serve: export CACHE_URL ?= dbcache://talentgap_cache
serve: $(READY)
	$(BIN)/python manage.py serve

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup
	$(BIN)/python -m pytest --migrations -m "migration and not simulation"

# The method against programs of known truth: its bounds on a few, then the table of docs/validity.md from many.
simulate: export OMP_NUM_THREADS = 1
simulate: $(READY)
	$(BIN)/python -m pytest tests/simulation -m simulation -q
	$(BIN)/python -m tests.simulation

bench: $(BENCH_READY)
	$(BIN)/python -m pytest tests/bench --benchmark -s -q

# What only benchmarks and mutants need, resolved together with the rest.
$(BENCH_READY): requirements-bench.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $(BENCH_READY)

# One change at a time in one pure module, with the tests that reach it; what no test notices is listed at the end.
MODULE ?= competencies/analysis/rates.py

mutants: $(BENCH_READY)
	$(BIN)/mutmut run "$(subst /,.,$(MODULE:.py=)).*"
	$(BIN)/mutmut results | grep -v "not checked" || true

# Generated files through the reading and saving of every kind (docs/robustness.md).
FILES ?= 10000
SEED ?= 2026
fuzz: export OMP_NUM_THREADS = 1
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz $(FILES) $(SEED) 2

# Commands ended by SIGKILL; KILLS_ON=postgres://user@host/name for PostgreSQL.
KILLS ?= 100
kills: $(READY)
	$(BIN)/python -m tests.kills $(KILLS) $(KILLS_ON)

# What the lock brings: known faults, licences, and a bill of materials (CycloneDX) on standard output.
SUPPLY := $(VENV)/supply
$(SUPPLY)/ready: requirements-supply.txt
	$(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-supply.txt
	touch $(SUPPLY)/ready

audit: $(READY) $(SUPPLY)/ready
	$(BIN)/python -m tests.supply audit $(SUPPLY)/bin/pip-audit requirements.txt

licences: $(READY)
	@$(BIN)/python -m tests.supply licences

sbom: $(READY) $(SUPPLY)/ready
	@$(SUPPLY)/bin/cyclonedx-py environment --output-format JSON --pyproject pyproject.toml $(BIN)/python

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check

messages: $(READY)
	$(BIN)/python manage.py messages

clean:
	rm -rf $(VENV) .state mutants
