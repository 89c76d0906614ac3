"""Runs every check and test of the project, fast to slow, and closes with one line."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-q", "--color=no"]
ENGINE_AND_RULES = ["tests/engine"]
NOT_ROOMS = {"engine", "architecture", "stories", "browser", "__pycache__"}
BROWSER_TESTS = {
    "look": ["tests/look"],
    "portal": ["tests/portal"],
    "pages": ["tests/browser"],
    "story": ["tests/stories"],
}
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)")
CHROMIUM_PACKAGES = ["chromium", "fonts-noto-cjk"]


@dataclass
class Step:
    """One part of the run: a name, a command, and whether its output counts tests."""

    name: str
    command: list[str]
    is_pytest: bool = False


def steps(fast: bool) -> list[Step]:
    """The parts in their order."""
    python = sys.executable
    rooms = sorted(f"tests/{p.name}" for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name not in NOT_ROOMS)
    typed = [str(p) for p in sorted((ROOT / "openpes").glob("*/")) if p.name == "engine"]
    typed += [
        str(p) for stair in ("rules", "actions", "queries") for p in sorted((ROOT / "openpes").glob(f"*/{stair}*"))
    ]
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    plan = [
        Step("ruff", [python, "-m", "ruff", "check", "--no-cache", "openpes", "tests", "bench"]),
        Step("import contracts", [python, "-c", lint]),
        Step("mypy", [python, "-m", "mypy", "--cache-dir", "var/test/mypy", *typed]),
        Step("migrations", [python, "-m", "tests.migrations_check"]),
        Step("engine and rules", [*PYTEST, "-n", "2", *ENGINE_AND_RULES], True),
        Step("architecture", [*PYTEST, "tests/architecture"], True),
        Step("rooms", [*PYTEST, "-n", "2", "-m", "not browser and not slow and not alone", *rooms], True),
        Step("stories", [*PYTEST, "-n", "2", "-m", "not browser and not slow and not alone", "tests/stories"], True),
        Step("alone", [*PYTEST, "-m", "alone", "tests"], True),
        Step("fresh city", [python, "-m", "tests.fresh_city"]),
    ]
    if not fast:
        plan.append(Step("slow", [*PYTEST, "-m", "slow and not browser and not crash", "tests"], True))
        # Each with a browser of its own: two of them cannot share the loop of one process.
        for name, places in BROWSER_TESTS.items():
            plan.append(Step(f"browser: {name}", [*PYTEST, "-m", "browser", *places], True))
    return plan


def install_chromium() -> None:
    """Chromium and a Chinese font from the system's packages, when they are not there yet."""
    if shutil.which("chromium") and list(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *CHROMIUM_PACKAGES]):
        subprocess.run([*prefix, *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def run(step: Step) -> tuple[bool, int, int]:
    """Run one part; returns whether it held, and the tests passed and failed."""
    began = time.monotonic()
    print(f"== {step.name}", flush=True)
    process = subprocess.Popen(
        step.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    last: list[str] = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = [*last[-30:], line]
    held = process.wait() == 0
    print(f"== {step.name}: {'held' if held else 'BROKEN'} in {time.monotonic() - began:.0f} s\n", flush=True)
    if not step.is_pytest:
        return held, int(held), int(not held)
    counts = dict.fromkeys(("passed", "failed", "error", "errors", "skipped"), 0)
    closing = next((line for line in reversed(last) if COUNTS.search(line)), "")
    counts |= {word: int(number) for number, word in COUNTS.findall(closing)}
    failed = counts["failed"] + counts["error"] + counts["errors"]
    return held, counts["passed"], max(failed, int(not held))


def main() -> int:
    """Run all parts, or stop after the broken ones are told; the exit code is 0 only when all held."""
    fast = "fast" in sys.argv[1:]
    if not fast:
        install_chromium()
    os.environ.setdefault("OPENPES_VAR", str(ROOT / "var" / "test"))
    passed = failed = 0
    for step in steps(fast):
        _, more_passed, more_failed = run(step)
        passed, failed = passed + more_passed, failed + more_failed
    stop_server()
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def stop_server() -> None:
    """Stop the test database server that the parts shared."""
    if os.environ.get("DATABASE_URL"):
        return
    from openpes.config import database

    database.find_server()
    database.stop_embedded()


if __name__ == "__main__":
    sys.exit(main())
