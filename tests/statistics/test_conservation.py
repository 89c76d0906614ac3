"""Stock and what came less what went is the stock after it: for every village, cell, month and stock at once."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from openpes.demo.actions import whole
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.registration.models import JobWish
from openpes.statistics.actions import rebuild_facts
from openpes.statistics.jobs import feed_facts as keep_facts
from openpes.vacancies.models import Vacancy
from tests.demo.factories import SEED
from tests.demo.factories import owner_of as connecting

FIRST, LAST = date(2025, 11, 1), date(2027, 1, 1)


def _number(text: str) -> str:
    return f"coalesce(nullif({text}, ''), '0')::int"


def _occupation(text: str) -> str:
    return f"rpad(replace(coalesce(nullif({text}, ''), '0'), '-', ''), 7, '0')::int"


def _person(begun: str) -> str:
    years = f"(extract(year FROM {begun}) - extract(year FROM p.born_on))::int"
    age = f"{years} - ((p.born_on + make_interval(years => {years}))::date > {begun})::int"
    grade = "coalesce(nullif(p.skill_level, ''), '9')::int"
    return f"{_number('p.sex')} AS sex, {age} AS age, {_number('p.education')} AS education, {grade} AS skill"


NOBODY = "0 AS sex, 0 AS age, coalesce(nullif(v.education_min, ''), '0')::int AS education, 0 AS skill"
CLOSING = "least(v.ended_on, v.closes_on + 1)"
# What was there from when to when, read from the rows of the register and from nothing else.
HELD = f"""
 SELECT 'wishes' AS stock, w.area, {_occupation("w.occupations[1]")} AS occupation, {_person("w.from_on")},
        {_number("w.category")} AS person_group, w.from_on AS begun, w.until_on AS until, 1 AS number
   FROM registration_jobwish w JOIN people_person p ON p.id = w.person_id
 UNION ALL
 SELECT s.status, s.area, {_occupation("s.occupation")}, {_person("s.from_on")}, 0, s.from_on, s.until_on, 1
   FROM registration_statusperiod s JOIN people_person p ON p.id = s.person_id
 UNION ALL
 SELECT 'places', v.area, {_occupation("v.occupation")}, {NOBODY}, 0, v.published_on, {CLOSING}, v.openings
   FROM vacancies_vacancy v WHERE v.published_on IS NOT NULL
 UNION ALL
 SELECT 'places', v.area, {_occupation("v.occupation")}, {NOBODY}, 0, greatest(f.filled_on, v.published_on),
        {CLOSING}, -1
   FROM vacancies_fill f JOIN vacancies_vacancy v ON v.id = f.vacancy_id WHERE v.published_on IS NOT NULL"""
CELL = "stock, area, occupation, sex, age, education, skill, person_group"
STOCKS = (
    "CASE WHEN kind < 4 THEN 'places' WHEN kind < 6 THEN 'wishes' WHEN kind < 8 THEN 'unemployed' ELSE 'employed' END"
)
# For each cell and month what does not balance: the stock before it as the rows tell it, what the store says came and
# went, less the stock after it as the rows tell it.
UNBALANCED = f"""
WITH held AS ({HELD}), months AS (
  SELECT month::date, (month + interval '1 month')::date AS following
    FROM generate_series(%s::date, %s::date, interval '1 month') AS month)
SELECT {CELL}, month, sum(number) FROM (
  SELECT {CELL}, month, number FROM held, months WHERE begun < month AND (until IS NULL OR until > month)
  UNION ALL
  SELECT {CELL}, month, -number FROM held, months WHERE begun < following AND (until IS NULL OR until > following)
  UNION ALL
  SELECT {STOCKS}, area, occupation, sex, age, education, skill, person_group,
         date_trunc('month', happened_on)::date, number
    FROM statistics_fact WHERE kind < 10 AND happened_on >= %s AND happened_on < %s) AS told
GROUP BY {CELL}, month HAVING sum(number) <> 0 ORDER BY month, stock, area"""


def unbalanced() -> list[tuple]:
    """Every cell and month in which stock, flows and stock do not add up."""
    with within(CITY), connection.cursor() as cursor:
        last = date(LAST.year - (LAST.month == 1), (LAST.month - 2) % 12 + 1, 1)
        cursor.execute(UNBALANCED, [FIRST, last, FIRST, LAST])
        return cursor.fetchall()


def moved() -> dict[int, int]:
    """How many facts of each kind the months hold."""
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count(*) FROM statistics_fact WHERE happened_on >= %s AND happened_on < %s GROUP BY kind",
            [FIRST, LAST],
        )
        return dict(cursor.fetchall())


class _Undone(Exception):
    """Takes a planted mistake back."""


def planted(mistake) -> list[tuple]:
    """What is found after a mistake, which is taken back."""
    found: list[tuple] = []
    with pytest.raises(_Undone), transaction.atomic():
        with within(CITY):
            mistake()
        found = unbalanced()
        raise _Undone
    return found


def a_fact_too_many() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO statistics_fact (subject, recorded_at, happened_on, counted_on, number, occupation, kind,"
            " industry, unit_type, economic_type, sex, age, education, skill, person_group, area)"
            " SELECT subject, recorded_at, '2026-05-05', '2026-05-05', 1, occupation, kind, industry, unit_type,"
            " economic_type, sex, age, education, skill, person_group, area"
            " FROM statistics_fact WHERE kind = 6 ORDER BY subject LIMIT 1"
        )


def another_group() -> None:
    lasting = JobWish.objects.filter(from_on__gte=FIRST, until_on__gt=F("from_on") + timedelta(days=40))
    wish = lasting.order_by("pk").first()
    JobWish.objects.filter(pk=wish.pk).update(category="7" if wish.category != "7" else "8")


def more_places() -> None:
    newest = Vacancy.objects.published().order_by("-published_on", "pk")[0]
    Vacancy.objects.filter(pk=newest.pk).update(openings=99)


@pytest.mark.city
def test_in_the_demo_city_stock_and_flows_add_up_for_every_village_cell_month_and_stock(city, at):
    whole.build_demo_city(people=600, seed=SEED, owner=connecting(city), by=PLATFORM, at=at)
    keep_facts()
    kinds = moved()
    assert all(kinds.get(kind, 0) > 0 for kind in range(1, 10)), kinds
    assert unbalanced() == []
    assert rebuild_facts(by=PLATFORM, at=at).total == 0
    # Each mistake in one row is found in its cell and its month, and nowhere else.
    assert [line[-2:] for line in planted(a_fact_too_many)] == [(date(2026, 5, 1), 1)]
    groups = {line[7] for line in planted(another_group)}
    assert len(groups) == 2 and groups & {7, 8}
    assert {line[0] for line in planted(more_places)} == {"places"}
    assert unbalanced() == []
