"""Calls one after the other, visits by area and silence, informants' reports, and what each of them won."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openpes.employers.actions import note_contact
from openpes.employers.choices import Purpose
from openpes.employers.models import Employer
from openpes.employers.queries import agreeing_contact
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.matching.actions import match_city
from openpes.reporting.actions import (
    LeadFacts,
    Learnt,
    answer_lead,
    cancel_visit,
    give_back_call,
    note_won,
    plan_visit,
    set_duty,
    take_lead,
    take_next_call,
    tell_call,
    tell_lead,
    tell_visit,
)
from openpes.reporting.models import Call, Lead, Report, Visit, WonVacancy
from openpes.reporting.queries import leads_counted, to_call, visit_candidates, visits_counted, visits_of
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models import SignOfLife
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.employers.factories import make_employer
from tests.employers.test_records import agreed
from tests.races import at_once, outcomes
from tests.referrals.factories import seeker
from tests.vacancies.factories import make_draft, make_open

CLERK, COLLEAGUE = Actor(id=1, scope=COUNTY), Actor(id=2, scope=COUNTY)
OTHER, VILLAGER = Actor(id=5, scope=NEIGHBOUR), Actor(id=7, scope=VILLAGE)
LONG_AGO = timedelta(days=70)
SAW = LeadFacts(kind="vacancy", firm="村口砖厂", words="砖厂要招 3 名装窑工。", openings=3)


def owing(at, *, callable_: bool = True, **changes) -> Employer:
    """An employer whose report is late, with somebody who agreed to be called."""
    firm = make_employer(CLERK, at - LONG_AGO, **changes)
    set_duty(employer=firm.pk, rhythm="monthly", words="按月", by=CLERK, at=at - LONG_AGO)
    if callable_:
        note_contact(employer=firm.pk, facts=agreed(at), by=CLERK, at=at)
    return firm


def listed(at) -> list[int]:
    with within(COUNTY):
        return [row.pk for row in to_call(scope=COUNTY, on=day_of(at))]


def test_only_who_agreed_is_called_and_a_late_report_comes_before_a_silent_vacancy(db, at):
    silent = make_employer(CLERK, at - LONG_AGO)
    note_contact(employer=silent.pk, facts=agreed(at), by=CLERK, at=at)
    make_open(CLERK, at - timedelta(days=24), employer=silent.pk, closes_on=day_of(at) + timedelta(days=40))
    late = owing(at)
    owing(at, callable_=False)
    visits_only = owing(at, callable_=False)
    note_contact(employer=visits_only.pk, facts=replace(agreed(at), purposes=("visits",)), by=CLERK, at=at)
    assert listed(at) == [late.pk, silent.pk]


def test_one_key_reports_and_the_next_employer_comes(db, at):
    first, second = owing(at), owing(at)
    vacancy = make_open(CLERK, at, employer=first.pk)
    call = take_next_call(by=CLERK, at=at)
    assert call.employer_id == first.pk and take_next_call(by=CLERK, at=at) == call
    with pytest.raises(Call.DoesNotExist):
        tell_call(call=call.pk, outcome="open", by=COLLEAGUE, at=at)
    with pytest.raises(Refused):
        tell_call(call=call.pk, outcome="hello", by=CLERK, at=at)
    tell_call(call=call.pk, outcome="open", by=CLERK, at=at)
    with within(COUNTY):
        assert SignOfLife.objects.get().vacancy_id == vacancy.pk
        assert Report.objects.get().way == SignWay.PHONE
    assert listed(at) == [second.pk]


def test_nobody_answered_is_tried_on_the_next_day_and_no_calls_means_none(db, at):
    firm = owing(at)
    tell_call(call=take_next_call(by=CLERK, at=at).pk, outcome="no_answer", by=CLERK, at=at)
    tomorrow = at + timedelta(days=1)
    assert listed(at) == [] and listed(tomorrow) == [firm.pk]
    call = take_next_call(by=CLERK, at=tomorrow)
    give_back_call(call=call.pk, by=CLERK, at=tomorrow)
    again = take_next_call(by=COLLEAGUE, at=tomorrow)
    tell_call(call=again.pk, outcome="refused", by=COLLEAGUE, at=tomorrow)
    with within(COUNTY):
        assert agreeing_contact(employer=firm.pk, purpose=Purpose.VACANCIES, on=day_of(tomorrow)) is None
    assert listed(tomorrow + timedelta(days=5)) == []


@pytest.mark.city
def test_eight_callers_at_once_get_eight_employers_and_nobody_two(city, at):
    firms = {owing(at).pk for _n in range(8)}
    calls = at_once(lambda number: take_next_call(by=Actor(id=number, scope=COUNTY), at=at), range(11, 19))
    assert {call.employer_id for call in calls} == firms
    same = at_once(lambda _n: take_next_call(by=Actor(id=11, scope=COUNTY), at=at), range(4))
    assert len({call.pk for call in same}) == 1
    with within(CITY), pytest.raises(IntegrityError, match="called_by_one_at_a_time"), transaction.atomic():
        Call.objects.create(employer_id=calls[0].employer_id, area=COUNTY, taken_at=at, taken_by=99)


def test_the_planner_says_who_is_next_and_why_and_leaves_out_who_has_a_visit_ahead(db, at):
    never = make_employer(CLERK, at)
    heard = make_employer(CLERK, at)
    make_draft(CLERK, at - timedelta(days=10), employer=heard.pk)
    late = owing(at, callable_=False)
    with within(COUNTY):
        found = visit_candidates(scope=COUNTY, area=COUNTY, on=day_of(at))
    assert [one.employer.pk for one in found] == [late.pk, never.pk, heard.pk]
    assert found[0].wanted.why == (
        "never heard of since it was registered", "its report is late", "nobody there agreed to be called",
    )  # fmt: skip
    assert "silent for 10 days" in found[2].wanted.why
    plan_visit(employer=late.pk, planned_on=day_of(at), why="久未联系", by=CLERK, at=at)
    with within(COUNTY):
        found = visit_candidates(scope=COUNTY, area=NEIGHBOUR, on=day_of(at))
    assert late.pk not in [one.employer.pk for one in found] and len(found) == 2


def test_a_visit_is_planned_told_and_counts_what_it_won_once(db, at):
    firm, on = make_employer(CLERK, at), day_of(at)
    old = make_draft(CLERK, at - timedelta(days=1), employer=firm.pk)
    visit = plan_visit(employer=firm.pk, planned_on=on, why="新开工厂", by=CLERK, at=at)
    with pytest.raises(Refused, match="planned already"):
        plan_visit(employer=firm.pk, planned_on=on, why="再访", by=COLLEAGUE, at=at)
    with pytest.raises(Visit.DoesNotExist):
        note_won(vacancy=old.pk, visit=visit.pk, by=CLERK, at=at)
    with pytest.raises(Refused) as refused:
        tell_visit(visit=visit.pk, learnt=Learnt(made_on=on + timedelta(days=1), learnt=" "), by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["made_on", "learnt"]
    tell_visit(visit=visit.pk, learnt=Learnt(made_on=on, learnt="月底增开一条生产线", expects=20), by=CLERK, at=at)
    fresh, foreign = make_draft(CLERK, at, employer=firm.pk), make_draft(CLERK, at)
    for vacancy, words in ((old, "was not won by this"), (foreign, "another employer")):
        with pytest.raises(Refused, match=words):
            note_won(vacancy=vacancy.pk, visit=visit.pk, by=CLERK, at=at)
    note_won(vacancy=fresh.pk, visit=visit.pk, by=CLERK, at=at)
    with pytest.raises(Refused, match="counts already"):
        note_won(vacancy=fresh.pk, visit=visit.pk, by=CLERK, at=at)
    with within(COUNTY):
        assert [one.won for one in visits_of(employer=firm.pk)] == [1]
        counted = visits_counted(scope=COUNTY, from_on=on.replace(day=1), until_on=on + timedelta(days=9))
    assert (counted.planned, counted.made, counted.won) == (1, 1, 1)
    with pytest.raises(Visit.DoesNotExist):
        cancel_visit(visit=visit.pk, words="下雨", by=CLERK, at=at)


@pytest.mark.city
def test_of_eight_who_plan_the_same_visit_at_once_one_does(city, at):
    firm = make_employer(CLERK, at)
    acts = outcomes(
        lambda n: plan_visit(
            employer=firm.pk, planned_on=day_of(at), why="久未联系", by=Actor(id=n, scope=COUNTY), at=at
        ),
        range(1, 9),
    )
    assert acts == {"done": 1, "refused": 7}


def test_what_a_village_tells_is_taken_up_by_one_answered_and_counted(db, at):
    lead = tell_lead(facts=SAW, by=VILLAGER, at=at)
    with pytest.raises(Lead.DoesNotExist):
        take_lead(lead=lead.pk, by=OTHER, at=at)
    firm = make_employer(CLERK, at)
    take_lead(lead=lead.pk, employer=firm.pk, by=CLERK, at=at)
    for act in (
        lambda: take_lead(lead=lead.pk, by=COLLEAGUE, at=at),
        lambda: answer_lead(lead=lead.pk, outcome="won", answer="已招聘", by=COLLEAGUE, at=at),
        lambda: answer_lead(lead=lead.pk, outcome="", answer=" ", by=CLERK, at=at),
    ):
        with pytest.raises(Refused):
            act()
    vacancy = make_draft(CLERK, at, employer=firm.pk)
    note_won(vacancy=vacancy.pk, lead=lead.pk, by=CLERK, at=at)
    answer_lead(lead=lead.pk, outcome="won", answer="已登记 1 个岗位，谢谢。", by=CLERK, at=at)
    on = day_of(at)
    with within(COUNTY):
        assert leads_counted(scope=COUNTY, from_on=on, until_on=on + timedelta(days=1)) == [(VILLAGE, 1, 1, 1)]
    with within(CITY), pytest.raises(IntegrityError, match="won_by_one"), transaction.atomic():
        WonVacancy.objects.update(visit=None, lead=None)


def test_whoever_speaks_with_an_employer_sees_how_many_of_the_area_would_suit_as_of_the_last_night(cast, at):
    clerk, firm = cast.county_clerk, make_employer(CLERK, at, area=COUNTY)
    row = make_open(CLERK, at, employer=firm.pk, title="糕点包装工")
    people = [seeker(at, clerk.actor) for _number in range(2)]
    page = reverse("reporting:of_employer", args=[firm.pk])
    assert "Who would suit" not in clerk.client().get(page).content.decode()
    match_city(by=PLATFORM, at=at)
    answer = clerk.client().get(page)
    ((vacancy, found),) = answer.context["suited"]
    assert (vacancy.pk, found.count) == (row.pk, len(people))
    assert "2 persons of your area among the best of the city" in answer.content.decode()


def test_the_pages_of_a_day_at_the_desk(cast, at):
    firm, client = owing(at, name="南宁久静五金厂"), cast.county_clerk.client()
    make_open(CLERK, at, employer=firm.pk, title="车床工")
    assert "南宁久静五金厂" in client.get(reverse("reporting:board")).content.decode()
    page = client.get(reverse("reporting:planner")).content.decode()
    assert "never heard of" not in page and "南宁久静五金厂" in page
    client.post(reverse("reporting:planner"), {"employer": [firm.pk], "day": "2026-11-24", "area": COUNTY,
                                               "idempotency_key": str(uuid4())})  # fmt: skip
    with within(COUNTY):
        visit = Visit.objects.get()
    assert str(visit.planned_on) == "2026-11-24"
    sheet = client.get(reverse("reporting:sheet"), {"day": "2026-11-24"})
    assert sheet.content.startswith(b"%PDF")
    assert "南宁久静五金厂" in client.get(reverse("reporting:visit", args=[visit.pk])).content.decode()
    client.post(reverse("reporting:call"), {"idempotency_key": str(uuid4())})
    page = client.get(reverse("reporting:call")).content.decode()
    assert "15400001111" in page and "车床工" in page and 'accesskey="6"' in page
    stranger = cast.neighbour_clerk.client()
    assert stranger.get(reverse("reporting:visit", args=[visit.pk])).status_code == 404
    assert stranger.get(reverse("reporting:of_employer", args=[firm.pk])).status_code == 404
    officer = cast.village_officer.client()
    assert officer.get(reverse("reporting:planner")).status_code == 403
    assert officer.get(reverse("reporting:lead_new")).status_code == 200
