"""`python -m bench`: run all measurements or one, and print one table."""

import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Point everything at a city of its own before the framework is imported, then measure."""
    os.environ["OPENPES_VAR"] = str(ROOT / "var" / "bench")
    for name in ("DATABASE_URL", "OPENPES_DATABASE", "OPENPES_KEYS", "OPENPES_CITY", "OPENPES_CLOCK"):
        os.environ.pop(name, None)
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # the embedded server falls back on its own
    if sys.argv[1:2] in (["write"], ["check"]):
        from bench.published import command
    else:
        from bench.command import command

    return command.main(args=sys.argv[1:], prog_name="python -m bench", standalone_mode=True)


if __name__ == "__main__":
    sys.exit(main())
