# The menu for developers; ./run and ./test work without it.
PYTHON ?= .venv-test/bin/python
.PHONY: fix check test bench demo events crash
fix:     ; $(PYTHON) -m ruff check --fix openpes tests bench
check:   ; ./test fast
test:    ; ./test
bench:   ; $(PYTHON) -m bench
demo:    ; ./run
crash:   ; $(PYTHON) -m pytest -q tests/stories/test_crashes.py
events:  ; $(PYTHON) -m openpes.config.cli events
