"""On what and when was measured: a figure without its machine is no claim."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

GIB = 1 << 30


@dataclass(frozen=True)
class Machine:
    """The machine of a run: processor, cores that may be used, memory, system, Python."""

    processor: str
    cores: int
    memory_gib: int
    system: str
    python: str

    def __str__(self) -> str:
        return (
            f"{self.cores} cores ({self.processor}), {self.memory_gib} GiB memory, {self.system}, "
            f"Python {self.python}"
        )


def this_machine() -> Machine:
    """The machine on which this process runs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=round(memory / GIB),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def today() -> date:
    """The day of a run."""
    from openpes.kernel import clock

    return clock.day_of(clock.now())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown processor")
