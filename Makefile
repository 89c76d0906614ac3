# The menu for developers; ./run and ./test work without it.
PYTHON ?= .venv-test/bin/python
.PHONY: fix check test bench demo events
fix:     ; $(PYTHON) -m ruff check --fix openpes tests bench
check:   ; ./test fast
test:    ; ./test
bench:   ; $(PYTHON) -m bench
demo:    ; ./run
events:  ; $(PYTHON) -m openpes.config.cli events
