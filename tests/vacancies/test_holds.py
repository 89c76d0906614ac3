"""Holds keep an open vacancy from the public, with words, and let it go again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import (
    change_vacancy,
    close_vacancy,
    confirm_vacancy,
    fill_place,
    hold_vacancy,
    lift_hold,
    publish_vacancy,
    renew_publication,
)
from openpes.vacancies.choices import HoldEnd, HoldGround, SignWay, State
from openpes.vacancies.models import Hold, PublishedVacancy, SignOfLife, Vacancy
from openpes.vacancies.queries import facts_of, in_state, state_on
from tests.cast import COUNTY, NEIGHBOUR
from tests.races import outcomes
from tests.vacancies.factories import look_twice, make_draft, make_open

CLERK, SECOND, OTHER = (Actor(id=1, scope=COUNTY), Actor(id=5, scope=COUNTY), Actor(id=2, scope=NEIGHBOUR))


def held(vacancy, at, *, ground=HoldGround.SCAM, by=CLERK, words="收取服装押金") -> Hold:
    return hold_vacancy(vacancy=vacancy.pk, ground=ground, words=words, by=by, at=at)


def state(vacancy, at) -> State:
    with within(CITY):
        return state_on(Vacancy.objects.get(pk=vacancy.pk), day_of(at))


def is_public(vacancy) -> bool:
    return PublishedVacancy.objects.filter(pk=vacancy.pk).exists()


def test_while_one_of_two_holds_is_open_the_vacancy_is_not_public_and_with_the_last_it_is_again(db, at):
    vacancy = make_open(CLERK, at)
    first, second = held(vacancy, at), held(vacancy, at, ground=HoldGround.STALE)
    assert (is_public(vacancy), state(vacancy, at)) == (False, State.HELD)
    lift_hold(hold=first.pk, words="已删除收费内容", by=SECOND, at=at)
    assert (is_public(vacancy), state(vacancy, at)) == (False, State.HELD)
    lift_hold(hold=second.pk, words="来电确认", by=SECOND, at=at)
    assert (is_public(vacancy), state(vacancy, at)) == (True, State.OPEN)


def test_a_held_vacancy_is_listed_as_held_and_not_as_open(db, at):
    free, kept = make_open(CLERK, at), make_open(CLERK, at)
    held(kept, at)
    with CLERK.standing():
        rows = Vacancy.objects.visible_to(COUNTY)
        for wanted, found in ((State.OPEN, free), (State.HELD, kept)):
            assert [row.pk for row in in_state(rows, wanted, day_of(at))] == [found.pk]


def test_a_hold_keeps_the_clause_and_the_next_step_of_its_ground_unless_others_are_given(db, at):
    vacancy = make_open(CLERK, at)
    usual = held(vacancy, at)
    assert "art. 9" in usual.clause and "fee" in usual.next_step
    own = hold_vacancy(
        vacancy=vacancy.pk, ground=HoldGround.PAY, words="x", clause="art. 1", next_step="Prove it.", by=CLERK, at=at
    )
    assert (own.clause, own.next_step) == ("art. 1", "Prove it.")


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_silent_hold_is_refused(db, at, words):
    vacancy = make_open(CLERK, at)
    with pytest.raises(Refused, match="never silent"):
        held(vacancy, at, words=words)
    assert is_public(vacancy)


def test_drafts_ended_vacancies_and_a_second_hold_on_the_same_ground_are_refused(db, at):
    draft, vacancy = make_draft(CLERK, at), make_open(CLERK, at)
    with pytest.raises(Refused, match="Only an open vacancy can be held"):
        held(draft, at)
    held(vacancy, at)
    with pytest.raises(Refused, match="on this ground already"):
        held(vacancy, at)
    close_vacancy(vacancy=vacancy.pk, by=CLERK, at=at)
    with pytest.raises(Refused, match="Only an open vacancy can be held"):
        held(vacancy, at)


def test_another_area_neither_holds_nor_lifts(db, at):
    vacancy = make_open(CLERK, at)
    with pytest.raises(Vacancy.DoesNotExist):
        held(vacancy, at, by=OTHER)
    hold = held(vacancy, at)
    with pytest.raises(Hold.DoesNotExist):
        lift_hold(hold=hold.pk, words="x", by=OTHER, at=at)


def test_a_hold_is_lifted_once_with_words(db, at):
    hold = held(make_open(CLERK, at), at)
    with pytest.raises(Refused, match="why the hold is lifted"):
        lift_hold(hold=hold.pk, words=" ", by=SECOND, at=at)
    lift_hold(hold=hold.pk, words="误判", by=SECOND, at=at)
    with pytest.raises(Refused, match="over already"):
        lift_hold(hold=hold.pk, words="误判", by=SECOND, at=at)


def test_an_employer_lifts_what_its_own_act_takes_away_and_nothing_else(db, at):
    vacancy = make_open(CLERK, at)
    firm = Actor(id=9, employer=vacancy.employer_id)
    stale, scam = held(vacancy, at, ground=HoldGround.STALE, by=PLATFORM), held(vacancy, at)
    lift_hold(hold=stale.pk, words="仍在招聘", by=firm, at=at)
    with pytest.raises(Refused, match="The office lifts this hold"):
        lift_hold(hold=scam.pk, words="仍在招聘", by=firm, at=at)
    stranger = Actor(id=10, employer=vacancy.employer_id + 1)
    with pytest.raises(Hold.DoesNotExist):
        lift_hold(hold=scam.pk, words="仍在招聘", by=stranger, at=at)


def test_whoever_held_for_a_second_look_does_not_take_it_and_the_database_says_so_too(db, at):
    hold = held(make_open(CLERK, at), at, ground=HoldGround.NEW_EMPLOYER)
    with pytest.raises(Refused, match="does not review it"):
        lift_hold(hold=hold.pk, words="看过", by=CLERK, at=at)
    with pytest.raises(IntegrityError), transaction.atomic(), within(CITY):
        Hold.objects.filter(pk=hold.pk).update(
            ended_at=at, ended_by=1, ended_hands=frozenset({1}), end=HoldEnd.LIFTED, end_words="看过"
        )


def test_the_end_of_a_vacancy_ends_its_holds_and_its_people_may_still_be_hired_before(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    hold = held(vacancy, at)
    with pytest.raises(Refused, match="not open: On hold"):
        fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=CLERK, at=at)
    fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), introduced_on=day_of(at), by=CLERK, at=at)
    assert state(vacancy, at) == State.FILLED
    with within(CITY):
        hold.refresh_from_db()
    assert (hold.end, hold.ended_hands) == (HoldEnd.ENDED, CLERK.hands)


def test_a_held_vacancy_expires_by_its_dates(db, at):
    vacancy = make_open(CLERK, at, closes_on=day_of(at) + timedelta(days=2))
    held(vacancy, at)
    assert state(vacancy, at + timedelta(days=3)) == State.EXPIRED


def test_the_employer_changes_a_held_vacancy_itself_and_it_stays_held(db, at):
    vacancy = make_open(CLERK, at)
    hold = held(vacancy, at)
    firm = Actor(id=9, employer=vacancy.employer_id)
    with firm.standing():
        row = Vacancy.objects.get(pk=vacancy.pk)
    changed = change_vacancy(
        vacancy=row.pk, facts=replace(facts_of(row), description="包装糕点。"), version=row.version, by=firm, at=at
    )
    assert changed.version > hold.version
    assert (is_public(vacancy), state(vacancy, at)) == (False, State.HELD)


def test_a_sign_of_life_is_noted_with_its_way_and_never_changed(db, at):
    vacancy = make_open(CLERK, at)
    later = at + timedelta(days=3)
    confirm_vacancy(vacancy=vacancy.pk, way=SignWay.PHONE, by=CLERK, at=later)
    with within(CITY):
        assert Vacancy.objects.get(pk=vacancy.pk).last_sign_on == day_of(later)
        sign = SignOfLife.objects.get()
        assert (sign.way, sign.noted_on, sign.noted_by) == ("phone", day_of(later), 1)
    close_vacancy(vacancy=vacancy.pk, by=CLERK, at=later)
    with pytest.raises(Refused, match="Only an open vacancy can be confirmed"):
        confirm_vacancy(vacancy=vacancy.pk, way=SignWay.PHONE, by=CLERK, at=later)


@pytest.mark.city
@pytest.mark.parametrize("_round", range(3))
def test_holding_races_with_closing_and_hiring_and_the_public_row_is_true_after_each(city, at, _round):
    vacancy = make_open(CLERK, at, openings=1)
    acts = {
        "hold": lambda: held(vacancy, at),
        "close": lambda: close_vacancy(vacancy=vacancy.pk, by=SECOND, at=at),
        "fill": lambda: fill_place(vacancy=vacancy.pk, person=None, on=day_of(at), by=SECOND, at=at),
        "again": lambda: held(vacancy, at, by=SECOND),
    }
    counted = outcomes(lambda name: acts[name](), acts)
    assert counted["done"] >= 1 and counted["stopped"] == 0
    now = state(vacancy, at)
    assert now in (State.HELD, State.CLOSED, State.FILLED) and not is_public(vacancy)
    with within(CITY):
        assert Hold.objects.filter(vacancy=vacancy.pk).open().count() == (now == State.HELD)


@pytest.mark.city
@pytest.mark.parametrize("_round", range(3))
def test_lifting_races_with_another_hold_and_the_vacancy_is_public_only_without_one(city, at, _round):
    vacancy = make_open(CLERK, at)
    hold = held(vacancy, at)
    acts = {
        "lift": lambda: lift_hold(hold=hold.pk, words="误判", by=SECOND, at=at),
        "hold": lambda: held(vacancy, at, ground=HoldGround.REPORTED),
        "lift again": lambda: lift_hold(hold=hold.pk, words="误判", by=SECOND, at=at),
    }
    assert outcomes(lambda name: acts[name](), acts) == {"done": 2, "refused": 1}
    assert (is_public(vacancy), state(vacancy, at)) == (False, State.HELD)


@pytest.mark.city
def test_publishing_races_with_holding_and_nobody_holds_a_draft(city, at):
    draft = make_draft(CLERK, at)
    last = day_of(at) + timedelta(days=30)
    acts = {
        "publish": lambda: publish_vacancy(vacancy=draft.pk, closes_on=last, by=CLERK, at=at),
        "hold": lambda: held(draft, at, by=SECOND),
    }
    counted = outcomes(lambda name: acts[name](), acts)
    assert counted["done"] >= 1 and counted["stopped"] == 0
    assert is_public(draft) == (state(draft, at) == State.OPEN)
    look_twice(draft, CLERK, at)
    assert is_public(draft) == (state(draft, at) == State.OPEN)


def test_lifting_without_the_lock_would_show_a_vacancy_that_somebody_holds(db, at):
    """The planted mistake: count the other holds, then write. What the row lock of the actions prevents."""
    vacancy = make_open(CLERK, at)
    hold = held(vacancy, at)
    with within(CITY):
        last = not Hold.objects.filter(vacancy=vacancy.pk).exclude(pk=hold.pk).open().exists()
    held(vacancy, at, ground=HoldGround.REPORTED, by=SECOND)
    with within(CITY):
        row = Vacancy.objects.get(pk=vacancy.pk)
        row.held_on = None if last else row.held_on
        renew_publication(vacancy=row, on=day_of(at))
        assert is_public(vacancy) and Hold.objects.filter(vacancy=vacancy.pk, ground="reported").open().exists()
