# Everything a person does with Assay. `make run` and `make test` need Python 3.11 or newer and nothing else.
#   make run [MLFLOW_TRACKING_URI=…] [PORT=8501] [HOST=127.0.0.1]    the dashboard; the demo's store unless told
#   make demo      only the demo store          make test     the tests, a real browser included
#   make check     lint, format, types          make bench    side by side with peers, as ratios
#   make coverage  simulates what every interval covers (minutes)    make docs   writes what documents take from the code
PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
WORKERS ?= 2
TRIALS ?= 3000

bin := .venv/bin
pip := $(bin)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
export PYTHONPATH := lib
export MLFLOW_DISABLE_TELEMETRY := true
ifdef MLFLOW_TRACKING_URI
export MLFLOW_TRACKING_URI
endif

.PHONY: run demo test check bench coverage docs clean
.DELETE_ON_ERROR:

run: .venv/run.stamp
	@if [ -z "$$MLFLOW_TRACKING_URI" ]; then $(bin)/assay demo; fi
	$(bin)/assay serve --host $(HOST) --port $(PORT)

demo: .venv/run.stamp
	$(bin)/assay demo

test: .venv/test.stamp
	@mkdir -p test-results
	ASSAY_CHROMIUM="$$(sh tests/browser/chromium.sh $(bin)/python)" $(bin)/python -m slipcover $(if $(TESTS),--fail-under 0) \
		-m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not slow" $(TESTS) \
		|| { code=$$?; echo "Lines reached, in test-results/coverage.txt:"; tail -n 1 test-results/coverage.txt; exit $$code; }

check: .venv/check.stamp
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy

bench: .venv/test.stamp
	$(bin)/python -m benchmarks

coverage: .venv/test.stamp
	$(bin)/python -m benchmarks.coverage --trials $(TRIALS)
	$(bin)/python -m benchmarks.simulations
	$(bin)/python -m benchmarks.methods
	$(bin)/python -m pytest -m slow tests/analysis

docs: .venv/test.stamp
	$(bin)/python -m assay.cli.reference > docs/cli.md
	PYTHONPATH=lib:tests $(bin)/python -m imports_table
	$(bin)/python -m benchmarks.methods

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Assay needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what Assay needs into .venv (about a minute) …"
	$(pip) --editable '.[dashboard]'
	@touch $@

.venv/test.stamp: .venv/run.stamp
	$(pip) --editable '.[test]'
	@touch $@

.venv/check.stamp: .venv/test.stamp
	$(pip) --editable '.[test,check]'
	@touch $@
