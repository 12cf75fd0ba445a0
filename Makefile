# The developer's manual.  `make demo` and `make test` need python3 (3.11 or later) and make, and set up the rest.

VENV ?= .venv
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

BIN = $(VENV)/bin
CANCU = $(BIN)/cancu --library demo-library

.PHONY: demo test lint eval lock clean

demo: $(VENV)/project
	rm -rf demo-library demo.html
	$(CANCU) add tests/samples/reports
	$(CANCU) search "doi thoai truc tiep voi nhan dan" --limit 3
	$(CANCU) trace "Kế hoạch 15/KH-UBND"
	$(CANCU) graph "Kế hoạch 15/KH-UBND" -o demo.html
	@echo "The graph is a page: open $(CURDIR)/demo.html in a browser."

test: lint
	$(BIN)/pytest

lint: $(VENV)/project
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

eval: $(VENV)/project
	$(BIN)/python tests/eval/gate.py

lock: $(VENV)/project
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --upgrade --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info demo-library demo.html .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Two stamps: the libraries are installed anew when the lock changes, the project when its metadata changes.
$(VENV)/libraries: requirements.lock
	@test -n "$(PYTHON)" || { echo "cancu needs Python 3.11 or later; found: $$(python3 --version 2>&1)." \
		"Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment." \
		"On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/project: $(VENV)/libraries pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
