"""Facts reach the kernel as columns, by area and whole."""

from datetime import date

import numpy as np
import pytest

from openpes.engine.figures import Facts, joined
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.choices import FactKind
from openpes.statistics.models import Fact
from openpes.statistics.queries import fact_parts
from tests.cast import COUNTY, NEIGHBOUR
from tests.statistics.histories import feed
from tests.statistics.test_facts import LATE, a_city

FIRST = date(1970, 1, 1)


def as_rows(facts: Facts) -> list[tuple]:
    return sorted(zip(*(column.tolist() for column in facts), strict=True))


def by_hand(**conditions) -> list[tuple]:
    rows = Fact.objects.filter(**conditions).order_by("pk").values_list(*Facts._fields)
    told = []
    for row in rows:
        named = dict(zip(Facts._fields, row, strict=True))
        named["area"] = int(named["area"].ljust(12, "0"))
        for day in ("happened_on", "counted_on"):
            named[day] = (named[day] - FIRST).days
        told.append(tuple(named.values()))
    return sorted(told)


@pytest.fixture
def city(db):
    made = a_city(LATE)
    for choice in range(3):
        made.wish(choice)
        made.lose_job(choice)
    feed(made.at)
    return made


@pytest.mark.parametrize("at_once", [1, 5, 1_000])
def test_columns_hold_every_fact_in_parts_of_any_length(city, at_once):
    with within(CITY):
        parts = list(fact_parts(scope=CITY, at_once=at_once))
        assert as_rows(joined(parts)) == by_hand() != []
    assert max(part.rows for part in parts) <= at_once
    assert {column.dtype for part in parts for column in part} == {np.dtype(t) for t in (np.int16, np.int32, np.int64)}


def test_columns_are_those_of_an_area_kinds_and_days(city):
    with within(CITY):
        kinds, day = (FactKind.PLACES_OFFERED, FactKind.PLACES_ENDED), LATE.date()
        made = joined(fact_parts(scope=CITY, area=COUNTY, kinds=kinds, before=day))
        assert as_rows(made) == by_hand(kind__in=kinds, counted_on__lt=day)
        assert joined(fact_parts(scope=CITY, area=NEIGHBOUR)).rows == 0


def test_a_reader_of_another_area_gets_no_fact(city):
    with within(NEIGHBOUR):
        assert joined(fact_parts(scope=CITY)).rows == 0
    with within(CITY):
        assert joined(fact_parts(scope=NEIGHBOUR)).rows == 0
        assert joined(fact_parts(scope="")).rows == 0
