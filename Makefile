# Two commands for everyone: `make try` and `make test`. CONTRIBUTING.md names the rest.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: try test lint types tests notebooks fuzz differential gallery lab-vm lab-vm-trial bench clean

try: .venv/.installed
	@sh tools/try.sh $(BIN)/tutor

test: .venv/.installed-test
	@sh tools/test-packages.sh
	@$(MAKE) --no-print-directory lint types tests notebooks

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

tests:
	$(BIN)/python -m pytest -n 2 --dist loadscope

# In copies that have the outputs which the cells must give; the notebooks themselves have none.
notebooks:
	@directory=$$(mktemp -d) && trap 'rm -rf "$$directory"' EXIT && \
	$(BIN)/python tests/notebook/expected.py "$$directory/notebooks" && \
	TZ=UTC TUTOR_WORKSPACE="$$directory/workspace" $(BIN)/python -m pytest -c pyproject.toml -n 2 --dist loadscope \
		--nbval-lax --nbval-sanitize-with tests/notebook/sanitize.cfg "$$directory/notebooks"

# Longer than a test may take: new examples for every fuzz test, and 200,000 pairs of filter and capture, and
# 10,000 of reference and mutant, beside libpcap.
fuzz: .venv/.installed-test
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n 2 -m "not needs" tests/filters/test_parser.py tests/sources tests/tcpdump

differential: .venv/.installed-test
	$(BIN)/python benchmarks/filter_differential.py --pairs 200000
	$(BIN)/python benchmarks/verdict_differential.py --pairs 10000

# The pictures of docs/gallery, taken by the browser's tests.
gallery: .venv/.installed-test
	TUTOR_GALLERY=docs/gallery $(BIN)/python -m pytest -q tests/notebook/test_browser.py tests/cli/demo/test_page.py -k "learner or story"

# The file for cloud-init holds the script that everyone else runs by hand: its last entry is made from it.
lab-vm:
	@file=docs/lab-vm/user-data.yaml && \
	{ sed '/`make lab-vm`/{n;q;}' $$file; sed 's/./      &/' docs/lab-vm/tutor-lab.sh; } >$$file.new && mv $$file.new $$file

# As root: a machine from nothing, by docs/lab-vm/user-data.yaml, and what a learner does on it. Minutes.
lab-vm-trial: .venv/.installed-test
	@PYTHON=$(BIN)/python sh tools/lab-vm-trial.sh $(SUITE)

bench: .venv/.installed-test
	@for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(BIN)/python $$benchmark; done

# The stamps make a second run immediate and offline: pip is asked again only when pyproject.toml has changed.
.venv/bin/python:
	@PYTHON=$(PYTHON) sh tools/make-venv.sh .venv

# Compiled ahead, because an editable install is not, and where byte code may not be written every start would pay.
.venv/.installed: .venv/bin/python pyproject.toml
	@echo "Installing tutor into .venv ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@$(BIN)/python -m compileall -q lesson_engine
	@touch $@

.venv/.installed-test: .venv/.installed pyproject.toml
	@echo "Installing what the tests need into .venv ..."
	@$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
