"""Runs every check and test of the project, fast to slow, and closes with one line."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Timer

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
CRASHES = "tests/stories/test_crashes.py"
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)")
CHROMIUM_PACKAGES = ["chromium", "fonts-noto-cjk"]
CORES = 2
SIDE_BY_SIDE = ["-n", str(CORES), "--dist", "worksteal"]  # who is done first takes from the other
LAST_LINES = 40
MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 10 << 30  # bytes; a run writes some six, of which a checkpoint every five minutes gives back
MOST_UNSTEADY = 2  # tests of a browser part that may hold at their second try; more are no accident
LONGEST_STEP = 30 * 60  # seconds until a part counts as stuck


@dataclass
class Step:
    """One part of the run: a name, a command, and whether its output counts tests."""

    name: str
    command: list[str]
    is_pytest: bool = False
    again: list[str] = field(default_factory=list)  # the command for what failed, where a busy machine may be the cause


@dataclass
class Outcome:
    """How a part went: whether it held, the tests passed and failed, the seconds, and what it said last."""

    step: Step
    held: bool
    passed: int
    failed: int
    seconds: float
    last: list[str]

    def __str__(self) -> str:
        return f"== {self.step.name}: {'held' if self.held else 'BROKEN'} in {self.seconds:.0f} s"


def steps(fast: bool) -> list[list[Step]]:
    """The parts in their order; those of one group may run side by side, a part that uses all cores is a group."""
    rooms = sorted(f"tests/{p.name}" for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name not in NOT_ROOMS)
    quick = [*SIDE_BY_SIDE, "-m", "not browser and not slow and not alone"]
    plan = [
        [*_without_tests(), _tests("architecture", "tests/architecture")],
        [_tests("engine and rules", *SIDE_BY_SIDE, *ENGINE_AND_RULES)],
        [_tests("rooms", *quick, *rooms)],
        [_tests("stories", *quick, "tests/stories", "--ignore", CRASHES)],
        # Three that do not meet: two have database servers of their own, one wants a server to itself.
        [_tests("crashes", CRASHES), _module("fresh", "tests.fresh_city"), _tests("alone", "-m", "alone", "tests")],
    ]
    if not fast:
        plan.append([_tests("slow", *SIDE_BY_SIDE, "-m", "slow and not browser", "tests")])
        # Each with a browser of its own: two of them cannot share the loop of one process.
        plan += [[_browser_tests(name, *places)] for name, places in BROWSER_TESTS.items()]
    return plan


def _browser_tests(name: str, *places: str) -> Step:
    cache = ROOT / "var" / "test" / "tried" / name
    step = _tests(f"browser: {name}", "-m", "browser", "-o", f"cache_dir={cache}", *places)
    step.again = [*step.command, "--last-failed", "--last-failed-no-failures", "none"]
    shutil.rmtree(cache, ignore_errors=True)
    return step


def _tests(name: str, *arguments: str) -> Step:
    return Step(name, [*PYTEST, *arguments], is_pytest=True)


def _module(name: str, module: str) -> Step:
    return Step(name, [sys.executable, "-m", module])


def _without_tests() -> list[Step]:
    typed = [str(p) for p in sorted((ROOT / "openpes").glob("*/")) if p.name == "engine"]
    typed += [
        str(p) for stair in ("rules", "actions", "queries") for p in sorted((ROOT / "openpes").glob(f"*/{stair}*"))
    ]
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    return [
        Step("ruff", [sys.executable, "-m", "ruff", "check", "--no-cache", "openpes", "tests", "bench"]),
        Step("import contracts", [sys.executable, "-c", lint]),
        Step("mypy", [sys.executable, "-m", "mypy", "--cache-dir", "var/test/mypy", *typed]),
        _module("migrations", "tests.migrations_check"),
    ]


def install_chromium() -> None:
    """Chromium and a Chinese font from the system's packages, when they are not there yet."""
    if shutil.which("chromium") and list(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *CHROMIUM_PACKAGES]):
        subprocess.run([*prefix, *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def run(step: Step, *, aloud: bool, longest: float = LONGEST_STEP) -> Outcome:
    """Run one part; aloud, its lines are printed as they come, otherwise all together at its end.

    A part that takes longer than `longest` seconds is ended with all that it started, and counts as broken.
    """
    began = time.monotonic()
    if aloud:
        print(f"== {step.name}", flush=True)
    process = subprocess.Popen(
        step.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True,
    )  # fmt: skip
    stuck = Timer(longest, os.killpg, [process.pid, signal.SIGKILL])
    stuck.start()
    said: list[str] = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if aloud:
                print(line, end="", flush=True)
        held = process.wait() == 0
    except BaseException:  # interrupted: the part has a group of its own, which the keyboard does not reach
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        stuck.cancel()
        if process.stdout:
            process.stdout.close()
    if process.returncode == -signal.SIGKILL:
        said.append(f"This part was ended: it was killed, or stuck for {longest:.0f} seconds.\n")
    passed, failed = counts(said, held) if step.is_pytest else (int(held), int(not held))
    outcome = Outcome(step, held, passed, failed, time.monotonic() - began, said[-LAST_LINES:])
    print("" if aloud else f"== {step.name}\n{''.join(said)}", outcome, "\n", sep="", flush=True)
    return outcome


def tried_again(first: Outcome) -> Outcome:
    """A browser waits for other processes, so one or two of its tests that failed are run once more, and that is told.

    What fails twice is broken; so is a part of which more failed, or that did not come to its end.
    """
    if first.held or not first.step.again or not 0 < first.failed <= MOST_UNSTEADY or not first.passed:
        return first
    print(f"== {first.step.name}: what failed is tried once more", flush=True)
    second = run(Step(first.step.name, first.step.again, is_pytest=True), aloud=True)
    if not second.held or second.passed != first.failed:
        return first
    print(f"== {first.step.name}: UNSTEADY, {first.failed} failed once and held at the second try", flush=True)
    seconds = first.seconds + second.seconds
    return Outcome(first.step, True, first.passed + second.passed, 0, seconds, first.last)


def counts(said: list[str], held: bool) -> tuple[int, int]:
    """The tests that passed and failed, from the closing line of pytest; a broken part has at least one failure."""
    closing = next((line for line in reversed(said) if COUNTS.search(line)), "")
    told = Counter({word: int(number) for number, word in COUNTS.findall(closing)})
    return told["passed"], max(told["failed"] + told["error"] + told["errors"], int(not held))


def main() -> int:
    """Run all parts, the broken ones too, and tell at the end what broke; the exit code is 0 only when all held."""
    fast = "fast" in sys.argv[1:]
    if not fast:
        install_chromium()
    os.environ.setdefault("OPENPES_VAR", str(place_of_databases()))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would each compile everything anew
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(CORES) as pool:
        for group in steps(fast):
            outcomes += pool.map(partial(run, aloud=len(group) == 1), group)
    outcomes = [tried_again(outcome) for outcome in outcomes]
    stop_server()
    remove_from_memory()
    tell(outcomes)
    return int(any(outcome.failed for outcome in outcomes))


def tell(outcomes: list[Outcome]) -> None:
    """The times of all parts, what the broken ones said last, and one closing line."""
    print("\n".join(f"{outcome.seconds:5.0f} s  {outcome.step.name}" for outcome in outcomes))
    for outcome in outcomes:
        if not outcome.held:
            print(f"\n{outcome}; its last lines:\n{''.join(outcome.last)}")
    print(f"{sum(o.passed for o in outcomes)} passed, {sum(o.failed for o in outcomes)} failed", flush=True)


def place_of_databases(memory: Path = MEMORY, needed: int = ROOM_IN_MEMORY) -> Path:
    """Where the databases of this run stand: in memory where there is ample room, else in the folder of the project.

    Hundreds of tests have a database of their own, whose making waits for the disk most of all. What a run leaves there
    when it is broken off is taken up by the next one; `OPENPES_VAR` chooses another place.
    """
    disk = ROOT / "var" / "test"
    place = memory / f"openpes-test-{sha256(str(ROOT).encode()).hexdigest()[:8]}"
    try:
        if min(shutil.disk_usage(memory).free, _free_memory()) < needed:
            return disk
        place.mkdir(mode=0o711, exist_ok=True)  # the server may run as a user of its own
        return place if place.stat().st_uid == os.geteuid() else disk
    except (OSError, KeyError, ValueError):
        return disk


def _free_memory() -> int:
    """Bytes that may still be used, of the machine and of the group of processes that this one belongs to."""
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    free = 1024 * int(told["MemAvailable"].split()[0])
    limit = Path("/sys/fs/cgroup/memory.max")
    allowed = limit.read_text().strip() if limit.exists() else "max"
    return free if allowed == "max" else min(free, int(allowed))


def remove_from_memory(memory: Path = MEMORY) -> None:
    """Give the memory back in which the databases of this run stood."""
    place = Path(os.environ["OPENPES_VAR"])
    if place.parent == memory:
        shutil.rmtree(place, ignore_errors=True)


def stop_server() -> None:
    """Stop the test database server that the parts shared."""
    if os.environ.get("DATABASE_URL"):
        return
    from openpes.config import database

    database.find_server()
    database.stop_embedded()


if __name__ == "__main__":
    sys.exit(main())
