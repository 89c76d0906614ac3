"""The night: lists of the whole city equal the interactive answers, whoever reads them sees what is theirs."""

import pytest

from openpes.engine import matching as engine
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.matching.actions import match_city
from openpes.matching.jobs import match_before_the_first_night
from openpes.matching.models import CandidateList, JobList, MatchFigure
from openpes.matching.queries.city import city_seekers, city_vacancies
from openpes.matching.queries.columns import seeker_columns, vacancy_columns, weights_on
from tests.employers.factories import make_employer
from tests.matching.test_queries import PACKER, clerk, market, seeker  # noqa: F401
from tests.people.factories import a_person
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

COUNT = 20


@pytest.fixture
def crowd(clerk, at):  # noqa: F811
    """Some more seekers, who all want the same."""
    people = []
    for number in range(5):
        person = a_person(by=clerk, at=at)
        unemployed(person.pk, by=clerk, at=at)
        wishing(person.pk, by=clerk, at=at, occupations=(PACKER,), min_pay_fen=(300_000 + 10_000 * number))
        people.append(person)
    return people


def same(one, other) -> bool:
    return all(getattr(one, name).tolist() == getattr(other, name).tolist() for name in type(one).SHAPES)


def test_what_is_copied_is_what_the_register_says_row_by_row(market, seeker, crowd, at):  # noqa: F811
    on = at.date()
    with within(CITY):
        assert same(city_seekers(on=on, weights=weights_on(on)).seekers, seeker_columns(scope=CITY, on=on))
        told = city_vacancies(on=on)
        assert same(told.vacancies, vacancy_columns(on=on))
    assert (told.places_left > 0).all() and len(told.places_left) == len(market)


def test_the_lists_of_the_night_are_the_interactive_answers(market, seeker, crowd, at):  # noqa: F811
    on = at.date()
    kept = match_city(by=PLATFORM, at=at)
    assert match_city(by=PLATFORM, at=at) == kept > 0
    with within(CITY):
        seekers, vacancies, weights = seeker_columns(scope=CITY, on=on), vacancy_columns(on=on), weights_on(on)
        lists = {row.vacancy_id: row for row in CandidateList.objects.all()}
        assert sorted(lists) == vacancies.id.tolist()
        for pk, row in lists.items():
            ranked = engine.top_seekers(vacancies.row_of(pk), seekers, weights, COUNT)
            assert list(zip(row.persons, row.scores, strict=True)) == ranked.pairs()
            assert row.made_at == at
        jobs = {row.person_id: row for row in JobList.objects.all()}
        assert sorted(jobs) == seekers.id.tolist()
        for pk, row in jobs.items():
            ranked = engine.top_vacancies(seekers.row_of(pk), vacancies, weights, COUNT)
            assert list(zip(row.vacancies, row.scores, strict=True)) == ranked.pairs()
            assert set(row.spread) <= set(row.vacancies)


def test_lists_are_seen_where_their_area_is_seen_and_by_whom_they_are_about(market, seeker, crowd, at):  # noqa: F811
    match_city(by=PLATFORM, at=at)
    employer = next(iter(market.values())).employer_id
    with within("450199"):
        assert not CandidateList.objects.exists() and not JobList.objects.exists() and not MatchFigure.objects.exists()
    with within(role="openpes_self", person=seeker.pk):
        assert list(JobList.objects.values_list("person_id", flat=True)) == [seeker.pk]
    with within(role="openpes_self", employer=employer):
        assert set(CandidateList.objects.values_list("employer_id", flat=True)) == {employer}
        assert not JobList.objects.exists()


def test_a_vacancy_is_given_to_no_more_seekers_than_it_has_capacity(clerk, seeker, crowd, at, monkeypatch):  # noqa: F811
    employer = make_employer(clerk, at, area=clerk.scope).pk
    alone = make_open(clerk, at, employer=employer, title="食品包装工", occupation=PACKER, openings=1,
                      pay_min_fen=400_000, pay_max_fen=500_000)  # fmt: skip
    match_city(by=PLATFORM, at=at)
    with within(CITY):
        given = [row.person_id for row in JobList.objects.all() if alone.pk in row.spread]
        figures = {(row.value, row.measure): row.number for row in MatchFigure.objects.filter(topic="spread")}
    assert 0 < len(given) <= 3
    assert figures["after", "pairs"] == len(given) <= figures["before", "pairs"] == 6


def test_figures_of_groups_add_up_to_everybody_and_to_every_place(market, seeker, crowd, at):  # noqa: F811
    match_city(by=PLATFORM, at=at)
    with within(CITY):
        places = sum(len(row.persons) for row in CandidateList.objects.all())
        for topic in ("sex", "age", "home", "group"):
            rows = MatchFigure.objects.filter(area=CITY, topic=topic)
            told = {m: sum(row.number for row in rows if row.measure == m) for m in ("persons", "places")}
            assert told == {"persons": 6, "places": places}


def test_a_city_is_matched_once_before_its_first_night(market, seeker, monkeypatch, at):  # noqa: F811
    monkeypatch.setattr("openpes.kernel.clock.now", lambda: at)
    assert match_before_the_first_night() > 0
    with within(CITY):
        made = set(CandidateList.objects.values_list("made_at", flat=True))
    assert match_before_the_first_night() == 0, "what was matched waits for the night"
    with within(CITY):
        assert set(CandidateList.objects.values_list("made_at", flat=True)) == made == {at}


def test_a_city_without_vacancies_is_not_matched_every_minute(db):
    assert match_before_the_first_night() == 0
    with within(CITY):
        assert not MatchFigure.objects.exists()
