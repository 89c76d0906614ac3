"""Starts a city from nothing, and once more on what is there: tables, a small demo city, the health page."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = "300"
LONGEST = 300  # seconds for a start and its end


def start(var: Path) -> dict:
    """Run `run --check` and give its health page; a city that does not start raises with its words."""
    command = [sys.executable, "-W", "ignore", "-m", "openpes.config.cli", "run", "--check", "--people", PEOPLE]
    environment = os.environ | {"OPENPES_VAR": str(var)}
    answer = subprocess.run(
        [*command, "--port", "0"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST
    )
    if answer.returncode:
        raise SystemExit(answer.stdout + answer.stderr)
    return json.loads(answer.stdout.strip().splitlines()[-1])


def main() -> int:
    """A fresh city and a second start must both be healthy."""
    var = Path(os.environ.get("OPENPES_VAR", ROOT / "var" / "test")) / "fresh"
    shutil.rmtree(var, ignore_errors=True)
    try:
        healthy = [start(var)["ok"] for _ in range(2)]
    finally:
        shutil.rmtree(var, ignore_errors=True)
    return 0 if all(healthy) else 1


if __name__ == "__main__":
    sys.exit(main())
