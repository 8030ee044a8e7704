# The names others call: setup, run, test, test-slow, load, pictures, check. See README.md.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
FONT := dashboard/static/open-sans-latin-wght-normal.woff2
SQUEEZED := $(VENV)/.squeezed
WORKERS ?= 2
SIZES ?= 2000 20000 200000
PEOPLE ?= 50
MINUTES ?= 10
THINK ?= 8

.PHONY: setup run bench test test-slow load pictures check format lock clean
setup: $(VENV)/.for-tests $(FONT) $(SQUEEZED)

# What the dashboard itself needs. A stamp file makes second runs start at once.
$(VENV)/.for-running: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; '$(PYTHON)' is older. Name another with PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What only the tests and checks need.
$(VENV)/.for-tests: $(VENV)/.for-running requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(FONT): $(VENV)/.for-running
	$(BIN)/python -m dashboard.draw.webfont $@

# Scripts and styles, compressed once and ahead.
$(SQUEEZED): $(VENV)/.for-running
	$(BIN)/python -m dashboard.serving.squeezed
	@touch $@

run: $(VENV)/.for-running $(FONT) $(SQUEEZED)
	$(BIN)/drive-dashboard serve --port $(PORT) --without-sign-in manager

test: setup
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

test-slow: setup
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m slow

# Every page of every role at two widths and in both schemes, in pictures/; those of docs/ too.
pictures: setup
	$(BIN)/python tests/browser/pictures.py

# Fifty people for ten minutes; PEOPLE=20 MINUTES=2 for a shorter look.
load: setup
	$(BIN)/python tests/load/run.py --people $(PEOPLE) --minutes $(MINUTES) --think $(THINK)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Needs uv. The lock files hold versions and hashes, and no address.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock:
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group build --group test --constraint requirements.lock --output-file requirements-test.lock

# Tables of time and memory by size, in docs/benchmarks.md; best on a quiet machine.
bench: setup
	$(BIN)/python tests/benchmarks/run.py --sizes $(SIZES)

clean:
	rm -rf $(VENV) dashboard/static dashboard/squeezed build .pytest_cache .mypy_cache .ruff_cache
