"""Ten hires at once for one last place: the constraint and the lock hold, and a naive way is shown to break."""

from threading import Barrier

import pytest

from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import fill_place
from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy
from tests.cast import COUNTY, NEIGHBOUR
from tests.races import at_once
from tests.vacancies.factories import make_open

pytestmark = pytest.mark.city
THREADS = 10


def test_of_ten_hires_on_the_last_place_one_succeeds_and_nine_read_why_not(city, at):
    vacancy = make_open(Actor(id=1, scope=COUNTY), at, openings=1)

    def hire(number: int) -> str:
        try:
            by = Actor(id=number + 10, scope=NEIGHBOUR if number % 2 else COUNTY)
            return str(fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=by, at=at))
        except Refused as refused:
            return refused.reasons[0].text

    assert sorted(at_once(hire, range(THREADS))) == ["1"] + ["No place is left: 1 of 1 are filled."] * 9
    with within(CITY):
        assert Fill.objects.count() == 1
        assert Vacancy.objects.get(pk=vacancy.pk).end_reason == "filled"
    assert not PublishedVacancy.objects.exists()


def test_ten_hires_on_five_places_fill_exactly_five_with_different_numbers(city, at):
    vacancy = make_open(Actor(id=1, scope=COUNTY), at, openings=5)

    def hire(number: int) -> str:
        try:
            by = Actor(id=number + 10, scope=COUNTY)
            return str(fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=by, at=at))
        except Refused:
            return "refused"

    assert sorted(at_once(hire, range(THREADS))) == ["1", "2", "3", "4", "5"] + ["refused"] * 5


def test_counting_without_a_lock_or_a_place_number_hires_too_many(city, at):
    """The planted mistake: read, decide, write. It shows that the two guards above are needed."""
    vacancy = make_open(Actor(id=1, scope=COUNTY), at, openings=1)
    between = Barrier(THREADS, timeout=20)

    def hire(number: int) -> str:
        with within(CITY):
            free = Fill.objects.filter(vacancy=vacancy).count() < vacancy.openings
            between.wait()
            if not free:
                return "refused"
            Fill.objects.create(
                area=vacancy.area, vacancy=vacancy, employer_id=1, place_no=number + 1, filled_on=day_of(at)
            )
            return "hired"

    assert at_once(hire, range(THREADS)).count("hired") > vacancy.openings


def test_the_place_number_alone_stops_a_second_hire_without_the_lock(city, at):
    from django.db import IntegrityError

    vacancy = make_open(Actor(id=1, scope=COUNTY), at, openings=1)

    def hire(number: int) -> str:
        try:
            with within(CITY):
                Fill.objects.create(
                    area=vacancy.area, vacancy=vacancy, employer_id=1, place_no=1, filled_on=day_of(at)
                )
            return "hired"
        except IntegrityError:
            return "stopped"

    assert sorted(at_once(hire, range(THREADS))) == ["hired"] + ["stopped"] * 9
