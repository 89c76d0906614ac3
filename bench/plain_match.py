"""Plain ways to the best twenty: score everybody with numpy, everybody in one SQL statement, or pair by pair."""

from typing import Any

import numpy as np
import psycopg

from openpes.engine.matching import Seeker, Seekers, Vacancies, Vacancy, Weights, score_pair
from openpes.engine.matching.conditions import passes
from openpes.engine.matching.score import score
from openpes.engine.matching.tree import AREA_LEVELS, OCCUPATION_LEVELS
from openpes.engine.matching.weights import WHOLE

Pairs = list[tuple[int, int]]
WISHES = ("1", "2", "3")


def best_by_numpy(one: Seeker | Vacancy, many: Seekers | Vacancies, weights: Weights, k: int) -> Pairs:
    """Judge and score every row with whole-column operations, sort, cut."""
    seekers, vacancies = (many, one) if isinstance(many, Seekers) else (one, many)
    totals = np.where(passes(seekers, vacancies, weights), score(seekers, vacancies, weights), -1)
    order = np.argsort(-totals, kind="stable")[:k]
    return [(int(many.id[row]), int(totals[row])) for row in order if totals[row] >= 0]


def best_by_pairs(one: Seeker | Vacancy, many: Seekers | Vacancies, weights: Weights, k: int) -> Pairs:
    """Score pair by pair in a Python loop, sort, cut."""
    found = []
    for at in range(len(many)):
        row = many.row(at)
        total = score_pair(row, one, weights) if isinstance(many, Seekers) else score_pair(one, row, weights)
        if total is not None:
            found.append((-total, row.id))
    return [(id_, -total) for total, id_ in sorted(found)[:k]]


def best_by_sql(connection: psycopg.Connection, vacancy: Vacancy, weights: Weights, k: int) -> Pairs:
    """The same conditions and formula as one statement over the whole table of seekers."""
    statement = best_statement(vacancy, weights, k)
    return [(int(id_), int(total)) for id_, total in connection.execute(statement).fetchall()]  # type: ignore[arg-type]


def best_statement(vacancy: Vacancy, weights: Weights, k: int) -> str:
    """Conditions and score of every row of `bench_seeker`, and the best of them, as PostgreSQL reads it."""
    return (
        f"SELECT id, total FROM (SELECT id, {_score(vacancy, weights)} AS total FROM bench_seeker"
        f" WHERE {_conditions(vacancy, weights)}) scored ORDER BY total DESC, id LIMIT {k}"
    )


def seeker_columns(seekers: Seekers) -> dict[str, Any]:
    """The columns of `bench_seeker`, for peers that take them as arrays."""
    return {name: np.ascontiguousarray(column, np.int64) for name, column in _columns(seekers).items()}


def fill_seekers(connection: psycopg.Connection, seekers: Seekers) -> None:
    """Make the table `bench_seeker`: a row a seeker, everything that the formula needs in plain columns."""
    columns = _columns(seekers)
    kinds = ", ".join(f"{name} bigint NOT NULL" for name in columns)
    connection.execute(f"DROP TABLE IF EXISTS bench_seeker; CREATE TABLE bench_seeker ({kinds}, PRIMARY KEY (id))")  # type: ignore[arg-type]
    copied = f"COPY bench_seeker ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copied) as copy:  # type: ignore[arg-type]
        for row in zip(*(column.tolist() for column in columns.values()), strict=True):
            copy.write_row(row)
    connection.execute("ANALYZE bench_seeker")


def _columns(seekers: Seekers) -> dict[str, Any]:
    columns = {
        "id": seekers.id,
        "area": seekers.area,
        "only_there": seekers.places_only.astype(np.int64),
        "pay": seekers.min_pay_fen,
        "education": seekers.education,
        "experience": seekers.experience_years,
        "age": seekers.age,
        "served_first": seekers.group,
    }
    for at, name in enumerate(WISHES):
        columns[f"wish_{name}"], columns[f"place_{name}"] = seekers.wishes[:, at], seekers.places[:, at]
    for at, name in enumerate(("a", "b")):
        columns[f"skills_{name}"] = seekers.skills[:, at].view(np.int64)
    return columns


def _conditions(v: Vacancy, w: Weights) -> str:
    asked = [f"education >= {v.education_min}", f"experience + {w.experience_slack_years} >= {v.experience_min_years}"]
    if v.pay_max_fen:
        asked.append(f"{v.pay_max_fen * WHOLE} >= pay * {WHOLE - w.pay_tolerance}")
    if v.age_by_law:
        asked.append(f"age >= {v.age_min}")
        asked += [f"age <= {v.age_max}"] if v.age_max else []
    asked += [f"skills_{name} & {word} = {word}" for name, word in _words(v.skills_required)]
    inside = " OR ".join(_holds(f"place_{name}", v.area, AREA_LEVELS) for name in WISHES)
    named = " OR ".join(f"place_{name} > 0" for name in WISHES)
    return " AND ".join([*asked, f"NOT (only_there = 1 AND ({named}) AND NOT ({inside}))"])


def _score(v: Vacancy, w: Weights) -> str:
    wishes = ", ".join(_wish(f"wish_{name}", v, w) for name in WISHES)
    no_wish = " AND ".join(f"wish_{name} = 0" for name in WISHES)
    occupation = f"CASE WHEN {no_wish} THEN {_points(w.occupation, w.occupation_no_wish)} ELSE GREATEST({wishes}) END"
    places = ", ".join(_place(f"place_{name}", v, w) for name in WISHES)
    no_place = " AND ".join(f"place_{name} = 0" for name in WISHES)
    place = f"CASE WHEN {no_place} THEN {_near('area', v, w)} ELSE GREATEST({places}) END"
    fit = f"{occupation} + {place} + {_pay(v, w)} + {_education(v, w)} + {_skills(v, w)} + {_experience(v, w)}"
    return f"{fit} + {_priority(w)}"


def _wish(column: str, v: Vacancy, w: Weights) -> str:
    shared = _ladder(_shared(column, v.occupation, OCCUPATION_LEVELS), w.occupation_shared, 0)
    deep = f"CASE WHEN {column} = {v.occupation} THEN 4 ELSE {_depth(column, OCCUPATION_LEVELS)} END"
    within = _ladder(deep, w.occupation_within, 1)
    inside = _holds(column, v.occupation, OCCUPATION_LEVELS)
    share = f"CASE WHEN {inside} THEN GREATEST({within}, {shared}) ELSE {shared} END"
    return f"CASE WHEN {column} = 0 THEN 0 ELSE {w.occupation} * ({share}) / {WHOLE} END"


def _place(column: str, v: Vacancy, w: Weights) -> str:
    inside = _holds(column, v.area, AREA_LEVELS)
    return f"CASE WHEN {column} = 0 THEN 0 WHEN {inside} THEN {w.place} ELSE {_near(column, v, w)} END"


def _near(column: str, v: Vacancy, w: Weights) -> str:
    levels = f"GREATEST({_shared(column, v.area, AREA_LEVELS)} - 1, 0)"
    return f"{w.place} * ({_ladder(levels, w.place_shared, 0)}) / {WHOLE}"


def _pay(v: Vacancy, w: Weights) -> str:
    low, top = v.pay_min_fen, v.pay_max_fen
    if top == 0:
        return f"CASE WHEN pay = 0 THEN {w.pay} ELSE {_points(w.pay, w.pay_unstated)} END"
    span = max(top - low, 1)
    between = f"{WHOLE} - {WHOLE - w.pay_at_top} * LEAST(GREATEST(pay - {low}, 0), {span}) / {span}"
    share = f"CASE WHEN pay <= {low} THEN {WHOLE} WHEN pay <= {top} THEN {between} ELSE {w.pay_tolerated} END"
    return f"{w.pay} * ({share}) / {WHOLE}"


def _education(v: Vacancy, w: Weights) -> str:
    if not v.education_min:
        return str(w.education)
    surplus = f"LEAST(GREATEST(education - {v.education_min}, 0), {len(w.education_surplus) - 1})"
    return f"{w.education} * ({_ladder(surplus, w.education_surplus, 0)}) / {WHOLE}"


def _skills(v: Vacancy, w: Weights) -> str:
    wanted = _words(v.skills_wanted)
    asked = sum(int(word).bit_count() for word in v.skills_wanted)
    have = " + ".join(f"bit_count((skills_{name} & {word})::bit(64))" for name, word in wanted)
    return f"{w.skills} * ({have}) / {asked}" if asked else str(w.skills)


def _experience(v: Vacancy, w: Weights) -> str:
    asked = v.experience_min_years
    return f"{w.experience} * LEAST(experience, {asked}) / {asked}" if asked else str(w.experience)


def _priority(w: Weights) -> str:
    shares = zip(w.priority_groups, w.priority_shares, strict=True)
    rungs = " ".join(f"WHEN {group} THEN {_points(w.priority, share)}" for group, share in shares)
    return f"CASE served_first {rungs} ELSE 0 END" if rungs else "0"


def _equal(column: str, code: int, levels: tuple[int, ...]) -> str:
    return "(" + " + ".join(f"({column} / {step} = {code // step})::int" for step in levels) + ")"


def _depth(column: str, levels: tuple[int, ...]) -> str:
    return "(1 + " + " + ".join(f"({column} % {step} <> 0)::int" for step in levels[:-1]) + ")"


def _shared(column: str, code: int, levels: tuple[int, ...]) -> str:
    deep = 1 + sum(code % step != 0 for step in levels[:-1])
    return f"LEAST({_equal(column, code, levels)}, {_depth(column, levels)}, {deep})"


def _holds(column: str, code: int, levels: tuple[int, ...]) -> str:
    return f"({column} > 0 AND {_equal(column, code, levels)} >= {_depth(column, levels)})"


def _ladder(level: str, steps: tuple[int, ...], first: int) -> str:
    rungs = " ".join(f"WHEN {number} THEN {share}" for number, share in enumerate(steps, start=first))
    return f"CASE {level} {rungs} END"


def _points(weight: int, share: int) -> int:
    return weight * share // WHOLE


def _words(words: tuple[int, ...]) -> list[tuple[str, int]]:
    signed = [(name, word - (1 << 64) if word >= 1 << 63 else word) for name, word in zip("ab", words, strict=True)]
    return [(name, word) for name, word in signed if word]
