"""What another system's answers differ in from those of the published benchmark, in words."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Key = tuple[str, int]
NAMED = ("question", "vacancy", "all")
SHOWN = 10


def differences(published: Sequence[Path], others: Path) -> tuple[list[str], bool]:
    """Sentences on every answer that differs, is missing, stands twice or was not asked, the first ones only; then
    the counts. A file of answers to one of the two parts is compared with that part."""
    given, told = _read(others)
    expected: dict[Key, dict[str, Any]] = {}
    for file in published:
        part, _faults = _read(file)
        if {_part(key) for key in part} & {_part(key) for key in given}:
            expected |= part
    if not expected:
        return [*told[:SHOWN], "No line answers a question or a vacancy of this benchmark."], False
    missing = [key for key in expected if key not in given]
    unknown = [key for key in given if key not in expected]
    differing = {
        key: first for key in expected if key in given and (first := _first(given[key], expected[key])) is not None
    }
    told += [f"{_name(key)}: {first}" for key, first in differing.items()]
    told += [f"{_name(key)}: no answer." for key in missing]
    told += [f"{_name(key)}: was not asked." for key in unknown]
    more = [f"… and {len(told) - SHOWN} more."] if len(told) > SHOWN else []
    same = len(expected) - len(missing) - len(differing)
    counts = f"{len(expected)} answers expected: {same} the same, {len(differing)} different, {len(missing)} missing"
    return [*told[:SHOWN], *more, f"{counts}, {len(unknown)} not asked."], not told


def _read(file: Path) -> tuple[dict[Key, dict[str, Any]], list[str]]:
    answers: dict[Key, dict[str, Any]] = {}
    faults = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        key, answer = _answer(line)
        if key is None:
            faults.append(f"Line {number} is not a JSON object with a number of a question or a vacancy.")
        elif key in answers:
            faults.append(f"{_name(key)}: stands twice, the second time in line {number}.")
        else:
            answers[key] = answer
    return answers, faults


def _answer(line: str) -> tuple[Key | None, dict[str, Any]]:
    try:
        answer = json.loads(line)
    except ValueError:
        return None, {}
    if not isinstance(answer, dict):
        return None, {}
    return next(((name, answer[name]) for name in NAMED if type(answer.get(name)) is int), None), answer


def _part(key: Key) -> str:
    return "search" if key[0] == "question" else "matching"


def _name(key: Key) -> str:
    return f"All {key[1]} vacancies" if key[0] == "all" else f"{key[0].capitalize()} {key[1]}"


def _first(given: Any, expected: Any) -> str | None:
    """The first difference of an answer, or nothing."""
    return next(_apart(given, expected, ""), None)


def _apart(given: Any, expected: Any, where: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(given, dict):
        for name in [*expected, *(name for name in given if name not in expected)]:
            yield from _apart(given.get(name, _NOTHING), expected.get(name, _NOTHING), f"{where} {name}".strip())
    elif isinstance(expected, list) and isinstance(given, list):
        for rank in range(max(len(given), len(expected))):
            one, other = (rows[rank] if rank < len(rows) else _NOTHING for rows in (given, expected))
            if type(one) is not type(other) or one != other:
                yield f"{where} at rank {rank + 1} is {one}, expected {other}."
    elif type(given) is not type(expected) or given != expected:
        yield f"{where} is {given}, expected {expected}."


class _Nothing:
    def __str__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()
