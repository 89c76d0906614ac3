"""The life of a vacancy on a real database, and what the public reads of it at every step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from openpes.employers.actions import change_employer
from openpes.employers.actions import facts_of as facts_of_employer
from openpes.kernel import Actor, Refused, listen, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.events import _listeners
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import (
    ask_publication,
    change_vacancy,
    close_vacancy,
    draft_vacancy,
    expire_vacancies,
    fill_place,
    publish_vacancy,
    return_vacancy,
    take_in_hand,
)
from openpes.vacancies.events import PlaceFilled, VacancyEnded
from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy
from openpes.vacancies.queries import facts_of
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.vacancies.factories import facts_of_vacancy, look_twice, make_draft, make_open

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)


def public_row(vacancy) -> PublishedVacancy | None:
    return PublishedVacancy.objects.filter(pk=vacancy.pk).first()


def stored(vacancy) -> Vacancy:
    with within(CITY):
        return Vacancy.objects.get(pk=vacancy.pk)


@pytest.fixture
def heard():
    events: list = []

    def listener(event):
        events.append(event)

    listen(PlaceFilled, VacancyEnded)(listener)
    yield events
    for kind in (PlaceFilled, VacancyEnded):
        _listeners[kind].remove(listener)


def test_a_draft_is_kept_and_not_public(db, at):
    vacancy = make_draft(CLERK, at, pay_min_fen=None, pay_max_fen=None)
    assert (vacancy.drafted_on, vacancy.published_on, vacancy.version) == (day_of(at), None, 1)
    assert public_row(vacancy) is None


def test_a_draft_without_a_place_or_of_an_unknown_employer_is_refused_and_leaves_no_trace(db, at):
    employer = make_employer(CLERK, at)
    for facts in (facts_of_vacancy(employer.pk, area=""), facts_of_vacancy(employer.pk + 999)):
        with pytest.raises(Refused):
            draft_vacancy(facts=facts, by=CLERK, at=at)
    with within(CITY):
        assert not Vacancy.objects.exists()


def test_publishing_writes_the_public_row_with_places_and_terms(db, at):
    vacancy = make_open(CLERK, at, title="男装导购", openings=3)
    row = public_row(vacancy)
    assert (row.place, row.places_left, row.openings, row.pay_min_fen) == (vacancy.area, 3, 3, 300_000)
    assert row.employer_name.startswith("南宁邕江食品有限公司")
    terms = {term.split(":")[0].strip("'") for term in row.terms.split()}
    assert {"男装", "导购", "装导"} <= terms


def test_a_part_of_a_title_is_found_by_its_bigrams_and_a_firm_by_its_words(db, at):
    vacancy = make_open(CLERK, at, title="自来水处理工")
    found = PublishedVacancy.objects.extra(
        where=["terms @@ %s::tsquery"], params=["'水处' & '处理' & '理工'"]
    )
    assert [row.pk for row in found] == [vacancy.pk]
    by_firm = PublishedVacancy.objects.extra(where=["terms @@ %s::tsquery"], params=["'食品'"])
    assert [row.pk for row in by_firm] == [vacancy.pk]


def test_a_vacancy_without_pay_is_refused_with_the_clause(db, at):
    vacancy = make_draft(CLERK, at, pay_min_fen=None, pay_max_fen=None)
    with pytest.raises(Refused) as refused:
        publish_vacancy(vacancy=vacancy.pk, closes_on=day_of(at), by=CLERK, at=at)
    assert [(r.field, "24" in str(r.clause)) for r in refused.value.reasons] == [("pay_min_fen", True)]
    assert public_row(vacancy) is None and stored(vacancy).published_on is None


def test_publish_twice_is_refused(db, at):
    vacancy = make_open(CLERK, at)
    with pytest.raises(Refused):
        publish_vacancy(vacancy=vacancy.pk, closes_on=day_of(at), by=CLERK, at=at)


def test_a_neighbour_can_neither_publish_change_nor_close(db, at):
    vacancy = make_draft(CLERK, at)
    with pytest.raises(Vacancy.DoesNotExist):
        publish_vacancy(vacancy=vacancy.pk, closes_on=day_of(at), by=OTHER, at=at)
    with pytest.raises(Vacancy.DoesNotExist):
        change_vacancy(vacancy=vacancy.pk, facts=facts_of(vacancy), version=1, by=OTHER, at=at)
    with pytest.raises(Vacancy.DoesNotExist):
        close_vacancy(vacancy=vacancy.pk, by=OTHER, at=at)


def test_a_change_of_an_open_vacancy_reaches_the_public_row(db, at):
    vacancy = make_open(CLERK, at)
    facts = replace(facts_of(vacancy), title="糕点包装工", openings=5)
    changed = change_vacancy(vacancy=vacancy.pk, facts=facts, version=vacancy.version, by=CLERK, at=at)
    row = public_row(vacancy)
    assert (row.title, row.openings, row.places_left) == ("糕点包装工", 5, 5)
    assert "糕点" in row.terms and changed.version == vacancy.version + 1


def test_an_open_vacancy_cannot_be_changed_into_an_unlawful_one(db, at):
    vacancy = make_open(CLERK, at)
    for change in ({"pay_min_fen": 100_000}, {"title": "限男性包装工"}, {"description": ""}):
        with pytest.raises(Refused):
            change_vacancy(
                vacancy=vacancy.pk, facts=replace(facts_of(vacancy), **change), version=2, by=CLERK, at=at
            )
    assert public_row(vacancy).title == "食品包装工"


def test_a_change_over_a_newer_one_is_refused(db, at):
    vacancy = make_draft(CLERK, at)
    change_vacancy(
        vacancy=vacancy.pk, facts=replace(facts_of(vacancy), openings=3), version=1, by=CLERK, at=at
    )
    with pytest.raises(Refused):
        change_vacancy(
            vacancy=vacancy.pk, facts=replace(facts_of(vacancy), openings=9), version=1, by=CLERK, at=at
        )
    assert stored(vacancy).openings == 3


def test_openings_do_not_fall_below_the_filled_places_and_end_it_when_they_meet(db, at, heard):
    vacancy = make_open(CLERK, at, openings=3)
    for _place in range(2):
        fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=CLERK, at=at)
    row = stored(vacancy)
    with pytest.raises(Refused):
        change_vacancy(
            vacancy=row.pk, facts=replace(facts_of(row), openings=1), version=row.version, by=CLERK, at=at
        )
    change_vacancy(
        vacancy=row.pk, facts=replace(facts_of(row), openings=2), version=row.version, by=CLERK, at=at
    )
    assert (stored(vacancy).end_reason, public_row(vacancy)) == ("filled", None)
    assert [event.reason for event in heard if isinstance(event, VacancyEnded)] == ["filled"]


def test_places_fill_one_by_one_and_the_last_one_ends_it(db, at, heard):
    vacancy = make_open(CLERK, at, openings=2)
    assert fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=CLERK, at=at) == 1
    assert public_row(vacancy).places_left == 1
    assert fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=CLERK, at=at) == 2
    ended = stored(vacancy)
    assert (ended.end_reason, ended.ended_on, public_row(vacancy)) == ("filled", day_of(at), None)
    assert [type(event).__name__ for event in heard] == ["PlaceFilled", "PlaceFilled", "VacancyEnded"]
    with pytest.raises(Refused) as refused:
        fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=CLERK, at=at)
    assert "2" in str(refused.value)


def test_an_office_elsewhere_fills_a_place_but_does_not_see_the_vacancy(db, at):
    vacancy = make_open(CLERK, at, openings=2)
    fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=OTHER, at=at)
    with within(NEIGHBOUR):
        assert not Vacancy.objects.exists() and not Fill.objects.exists()
    assert public_row(vacancy).places_left == 1


def test_a_draft_is_not_taken_in_hand_by_anybody(db, at):
    vacancy = make_draft(CLERK, at)
    with pytest.raises(Vacancy.DoesNotExist):
        take_in_hand(vacancy=vacancy.pk, by=OTHER, at=at)


def test_taking_in_hand_shows_an_office_elsewhere_what_is_public(db, at):
    vacancy = make_open(CLERK, at)
    held = take_in_hand(vacancy=vacancy.pk, by=OTHER, at=at)
    assert (held.title, held.openings, held.filled, held.state) == ("食品包装工", 2, 0, "open")


def test_closing_takes_it_from_the_public(db, at, heard):
    vacancy = make_open(CLERK, at)
    close_vacancy(vacancy=vacancy.pk, reason="用人单位已自行招满", by=CLERK, at=at)
    assert (stored(vacancy).end_reason, public_row(vacancy)) == ("closed", None)
    assert [(event.reason, event.note) for event in heard] == [("closed", "用人单位已自行招满")]
    with pytest.raises(Refused):
        close_vacancy(vacancy=vacancy.pk, by=CLERK, at=at)


def test_who_was_introduced_before_it_closed_may_still_be_hired(db, at):
    vacancy = make_open(CLERK, at)
    later = at + timedelta(days=3)
    close_vacancy(vacancy=vacancy.pk, by=CLERK, at=at + timedelta(days=1))
    with pytest.raises(Refused):
        fill_place(vacancy=vacancy.pk, person=None, on=day_of(later), by=CLERK, at=later)
    fill_place(
        vacancy=vacancy.pk, person=None, on=day_of(later), introduced_on=day_of(at), by=CLERK, at=later
    )
    assert stored(vacancy).end_reason == "closed"


def test_expiry_ends_what_is_over_and_nothing_else(db, at):
    over, lasting = make_open(CLERK, at, closes_on=day_of(at)), make_open(CLERK, at)
    closed = make_open(CLERK, at, closes_on=day_of(at))
    close_vacancy(vacancy=closed.pk, by=CLERK, at=at)
    night = at + timedelta(days=1)
    assert expire_vacancies(by=PLATFORM, at=night) == 1
    assert (stored(over).end_reason, stored(over).ended_on) == ("expired", day_of(night))
    assert (public_row(over), stored(closed).end_reason) == (None, "closed")
    assert public_row(lasting) is not None
    assert expire_vacancies(by=PLATFORM, at=night) == 0


def test_the_new_name_of_an_employer_reaches_its_public_rows_in_every_area(db, at):
    employer = make_employer(CLERK, at)
    here = make_open(CLERK, at, employer=employer.pk)
    there = make_open(OTHER, at, employer=employer.pk, area=NEIGHBOUR)
    facts = replace(facts_of_employer(employer), name="广西新名食品有限公司")
    change_employer(employer=employer.pk, facts=facts, version=1, by=CLERK, at=at)
    assert {public_row(v).employer_name for v in (here, there)} == {"广西新名食品有限公司"}
    assert "广西" in public_row(there).terms


def test_the_public_role_reads_the_published_row_and_of_the_vacancy_that_it_was_public(db, at):
    from django.db import ProgrammingError, transaction

    opened, draft = make_open(CLERK, at), make_draft(CLERK, at)
    with within(role="openpes_public"):
        assert PublishedVacancy.objects.count() == 1
        assert set(Vacancy.objects.values_list("pk", flat=True)) == {opened.pk} and draft.pk != opened.pk
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Vacancy.objects.values_list("title", flat=True).first()


# An employer's own account


@pytest.fixture
def firm(db, at):
    employer = make_employer(CLERK, at)
    return Actor(id=7, employer=employer.pk)


def test_an_employer_drafts_for_itself_whatever_the_form_says(firm, at):
    foreign = make_employer(CLERK, at)
    vacancy = draft_vacancy(facts=facts_of_vacancy(foreign.pk), by=firm, at=at)
    assert vacancy.employer_id == firm.employer


def test_an_employer_asks_and_the_office_publishes(firm, at):
    vacancy = draft_vacancy(facts=facts_of_vacancy(), by=firm, at=at)
    ask_publication(vacancy=vacancy.pk, by=firm, at=at)
    with within(COUNTY):
        assert list(Vacancy.objects.asked_for().values_list("pk", flat=True)) == [vacancy.pk]
    with pytest.raises(Vacancy.DoesNotExist):
        publish_vacancy(vacancy=vacancy.pk, closes_on=day_of(at), by=firm, at=at)
    made = publish_vacancy(vacancy=vacancy.pk, closes_on=day_of(at), by=CLERK, at=at)
    look_twice(made, CLERK, at)
    assert public_row(vacancy) is not None


def test_asking_tells_every_reason_and_does_not_enter_the_list(firm, at):
    vacancy = draft_vacancy(facts=facts_of_vacancy(title="限女性文员", description=""), by=firm, at=at)
    with pytest.raises(Refused) as refused:
        ask_publication(vacancy=vacancy.pk, by=firm, at=at)
    assert {reason.field for reason in refused.value.reasons} == {"title", "description"}
    assert stored(vacancy).asked_on is None


def test_the_office_gives_a_draft_back_with_words(firm, at):
    vacancy = draft_vacancy(facts=facts_of_vacancy(), by=firm, at=at)
    with pytest.raises(Refused):
        return_vacancy(vacancy=vacancy.pk, note="请补充地址", by=CLERK, at=at)
    ask_publication(vacancy=vacancy.pk, by=firm, at=at)
    return_vacancy(vacancy=vacancy.pk, note="请补充地址", by=CLERK, at=at)
    assert (stored(vacancy).asked_on, stored(vacancy).return_note) == (None, "请补充地址")


def test_an_employer_closes_but_does_not_change_an_open_vacancy(firm, at):
    vacancy = make_open(CLERK, at, employer=firm.employer)
    with pytest.raises(Refused):
        change_vacancy(
            vacancy=vacancy.pk, facts=replace(facts_of(vacancy), openings=9), version=2, by=firm, at=at
        )
    close_vacancy(vacancy=vacancy.pk, by=firm, at=at)
    assert public_row(vacancy) is None


def test_another_employers_vacancy_does_not_exist(firm, at):
    foreign = make_draft(CLERK, at)
    for attempt in (
        lambda: change_vacancy(vacancy=foreign.pk, facts=facts_of(foreign), version=1, by=firm, at=at),
        lambda: ask_publication(vacancy=foreign.pk, by=firm, at=at),
        lambda: close_vacancy(vacancy=foreign.pk, by=firm, at=at),
    ):
        with pytest.raises(Vacancy.DoesNotExist):
            attempt()
    with within(role="openpes_self", employer=firm.employer):
        assert not Vacancy.objects.filter(pk=foreign.pk).exists()
