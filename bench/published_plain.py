"""The answers of the published benchmark the plain way: from its files alone, in loops that follow its description."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
PAGE, K, WHOLE = 20, 20, 10_000
OCCUPATION, AREA = (1, 2, 2, 2), (2, 2, 2, 3, 3)  # digits of each level of a code
STARTS = {"places": "area", "classes": "occupation"}
COUNTED = {"places": 6, "classes": 1}  # leading characters of the code
EQUAL = {"pay": "pay", "education": "education", "terms": "terms"}
LISTS = ("places", "wishes", "skills", "skills_required", "skills_wanted")
CODES = ("area", "occupation")


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_table(file: Path) -> list[dict[str, Any]]:
    """The rows of a CSV file of the matching: lists are parted by spaces, codes stay texts, all else is a number."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [{name: _read(name, text) for name, text in row.items()} for row in csv.DictReader(lines)]


def _read(name: str, text: str) -> Any:
    if name in LISTS:
        return text.split()
    return text if name in CODES else int(text)


def search_answer(question: Row, vacancies: Iterable[Row], day: str) -> dict[str, Any]:
    """Total, places left, counts of the six facets and the newest twenty of one question."""
    found: list[Row] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*STARTS, *EQUAL, "benefits")}
    words, benefits = set(question["words"]), set(question["benefits"])
    for row in vacancies:
        if not (words <= set(row["words"]) and benefits <= set(row["benefits"]) and _open(row, day)):
            continue
        failed = [name for name in (*STARTS, *EQUAL) if not _chosen(question[name], name, row)]
        if not failed:
            found.append(row)
            counts["benefits"].update(row["benefits"])
        for name in failed if len(failed) == 1 else () if failed else (*STARTS, *EQUAL):
            counts[name].update([value] if (value := _value(name, row)) else [])
    found.sort(key=lambda row: (row["published_on"], row["id"]), reverse=True)
    return {
        "question": question["question"],
        "total": len(found),
        "places_left": sum(row["places_left"] for row in found),
        "facets": {name: dict(sorted(counted.items())) for name, counted in counts.items()},
        "first": [row["id"] for row in found[:PAGE]],
    }


def _open(row: Row, day: str) -> bool:
    return bool(row["published_on"] <= day <= row["closes_on"] and row["places_left"] > 0)


def _chosen(wanted: Sequence[str], name: str, row: Row) -> bool:
    if name in STARTS:
        return not wanted or any(row[STARTS[name]].startswith(code) for code in wanted)
    return not wanted or row[EQUAL[name]] in wanted


def _value(name: str, row: Row) -> str:
    """What a facet counts: the county of the area, the major class of the occupation, else the code itself."""
    if name in STARTS:
        return str(row[STARTS[name]])[: COUNTED[name]]
    return str(row[EQUAL[name]])


def best_seekers(vacancy: Row, seekers: Iterable[Row], formula: Row) -> list[list[int]]:
    """The twenty best seekers of a vacancy, as pairs of id and score."""
    found = [(-score(s, vacancy, formula), s["id"]) for s in seekers if passes(s, vacancy, formula)]
    return [[id, -points] for points, id in sorted(found)[:K]]


def passes(s: Row, v: Row, f: Row) -> bool:
    """Whether a seeker fails no condition."""
    return (
        s["education"] >= v["education_min"]
        and not (v["pay_max_fen"] and v["pay_max_fen"] * WHOLE < s["min_pay_fen"] * (WHOLE - f["pay_tolerance"]))
        and s["experience_years"] + f["experience_slack_years"] >= v["experience_min_years"]
        and set(v["skills_required"]) <= set(s["skills"])
        and not (s["places_only"] and s["places"] and not any(_holds(p, v["area"], AREA) for p in s["places"]))
    )


def score(s: Row, v: Row, f: Row) -> int:
    """The points of the six components, each rounded down, and those of the group that is served first."""
    shares = dict(zip(f["priority_groups"], f["priority_shares"], strict=True))
    wanted, years = v["skills_wanted"], v["experience_min_years"]
    have = len(set(wanted) & set(s["skills"]))
    surplus = min(s["education"] - v["education_min"], len(f["education_surplus"]) - 1)
    return int(
        f["occupation"] * _occupation(s, v, f) // WHOLE
        + f["place"] * _place(s, v, f) // WHOLE
        + f["pay"] * _pay(s["min_pay_fen"], v["pay_min_fen"], v["pay_max_fen"], f) // WHOLE
        + f["education"] * (f["education_surplus"][surplus] if v["education_min"] else WHOLE) // WHOLE
        + (f["skills"] * have // len(wanted) if wanted else f["skills"])
        + (f["experience"] * min(s["experience_years"], years) // years if years else f["experience"])
        + f["priority"] * shares.get(s["group"], 0) // WHOLE
    )


def _occupation(s: Row, v: Row, f: Row) -> int:
    if not s["wishes"]:
        return int(f["occupation_no_wish"])
    shares = []
    for wish in s["wishes"]:
        shares.append(f["occupation_shared"][_shared(wish, v["occupation"], OCCUPATION)])
        if _holds(wish, v["occupation"], OCCUPATION):
            depth = 4 if wish == v["occupation"] else len(_levels(wish, OCCUPATION))
            shares.append(f["occupation_within"][depth - 1])
    return int(max(shares))


def _place(s: Row, v: Row, f: Row) -> int:
    """Of the places wanted the best, else how near the home is; the province alone counts for nothing."""
    shares = [f["place_shared"][max(_shared(p, v["area"], AREA) - 1, 0)] for p in s["places"] or [s["area"]]]
    return int(max(shares + [WHOLE for p in s["places"] if _holds(p, v["area"], AREA)]))


def _pay(floor: int, low: int, top: int, f: Row) -> int:
    if not top:
        return WHOLE if not floor else int(f["pay_unstated"])
    if floor <= low:
        return WHOLE
    if floor > top:
        return int(f["pay_tolerated"])
    return WHOLE - (WHOLE - int(f["pay_at_top"])) * (floor - low) // max(top - low, 1)


def _levels(code: str, digits: tuple[int, ...]) -> list[str]:
    groups, at = [], 0
    for size in digits:
        groups.append(code[at : at + size])
        at += size
    while groups and not int(groups[-1]):
        groups.pop()
    return groups


def _shared(one: str, other: str, digits: tuple[int, ...]) -> int:
    pairs = zip(_levels(one, digits), _levels(other, digits), strict=False)
    return next((n for n, (mine, its) in enumerate(pairs) if mine != its), _fewest(one, other, digits))


def _fewest(one: str, other: str, digits: tuple[int, ...]) -> int:
    return min(len(_levels(one, digits)), len(_levels(other, digits)))


def _holds(wide: str, narrow: str, digits: tuple[int, ...]) -> bool:
    return _shared(wide, narrow, digits) == len(_levels(wide, digits))
