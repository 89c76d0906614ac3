"""Duties, reports in every way, reminders with a link for one answer, and a stale ad that freezes and comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from openpes.employers.actions import change_employer, facts_of, note_contact
from openpes.employers.models import Employer
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.reporting.actions import (
    Said,
    answer_reminder,
    hold_stale,
    note_list,
    remind_employer,
    remind_employers,
    report_vacancies,
    set_duty,
    settle_change,
    settle_duties,
)
from openpes.reporting.choices import Rhythm, Standing, Still, Through
from openpes.reporting.models import Duty, Reminder, Report, ReportLine
from openpes.reporting.queries import changes_to_settle, duty_of, linked, owed_by, owing, running_vacancies
from openpes.vacancies.choices import SignWay, State
from openpes.vacancies.models import Hold, PublishedVacancy, SignOfLife, Vacancy
from openpes.vacancies.queries import state_on
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.employers.test_records import agreed
from tests.races import at_once, or_refused, outcomes
from tests.vacancies.factories import make_open

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)
LONG_AGO, LAST_MONTH = timedelta(days=70), timedelta(days=31)


def on_duty(at, rhythm: str = "monthly", **changes) -> Duty:
    firm = make_employer(CLERK, at - LONG_AGO, **changes)
    duty = set_duty(employer=firm.pk, rhythm=rhythm, words="重点用工单位", by=CLERK, at=at - LONG_AGO)
    assert duty is not None
    return duty


def opened(at, duty: Duty, **changes) -> Vacancy:
    closes_on = day_of(at) + timedelta(days=80)
    return make_open(CLERK, at, closes_on=closes_on, employer=duty.employer_id, **changes)


def say(duty: Duty, *said: Said, at, by: Actor = CLERK, **told) -> Report | None:
    told.setdefault("way", SignWay.COUNTER)
    return report_vacancies(employer=duty.employer_id, said=said, by=by, at=at, **told)


def late_ones(at) -> list[int]:
    with within(COUNTY):
        return list(owing(scope=COUNTY, on=day_of(at), late=True).values_list("employer_id", flat=True))


def test_a_duty_follows_the_staff_unless_the_office_decided(db, at):
    large, small = make_employer(CLERK, at, staff_count=400), make_employer(CLERK, at, staff_count=5)
    exempt = make_employer(CLERK, at, staff_count=60)
    set_duty(employer=exempt.pk, rhythm="monthly", words="先按月", by=CLERK, at=at)
    set_duty(employer=exempt.pk, rhythm="", words="停业整顿", by=CLERK, at=at + timedelta(days=1))
    later = at + timedelta(days=2)
    assert settle_duties(by=PLATFORM, at=later) == 1
    assert settle_duties(by=PLATFORM, at=later) == 0
    with within(COUNTY):
        on = day_of(later)
        assert duty_of(employer=large.pk, on=on).rhythm == Rhythm.WEEKLY
        assert duty_of(employer=small.pk, on=on) is None and duty_of(employer=exempt.pk, on=on) is None


def test_two_duties_of_one_employer_never_overlap_whatever_the_code_does(db, at):
    duty = on_duty(at)
    with within(CITY), pytest.raises(IntegrityError, match="duties_apart"):
        Duty.objects.create(
            area=COUNTY, employer_id=duty.employer_id, rhythm="weekly", ground="office", from_on=day_of(at),
            set_at=at, set_by=1,
        )  # fmt: skip


def test_a_report_at_the_counter_confirms_closes_and_keeps_what_changed(db, at):
    duty = on_duty(at)
    first, second, third = (opened(at - LAST_MONTH, duty, title=title) for title in ("电工", "焊工", "包装工"))
    assert late_ones(at) == [duty.employer_id]
    report = say(
        duty,
        Said(first.pk, Still.OPEN),
        Said(second.pk, Still.FILLED),
        Said(third.pk, Still.CHANGED, "改为夜班"),
        at=at,
    )
    assert report is not None and report.period_from_on.month == 10 and report.way == SignWay.COUNTER
    assert late_ones(at) == []
    with within(COUNTY):
        assert SignOfLife.objects.filter(vacancy=first).count() == 1
        assert state_on(Vacancy.objects.get(pk=second.pk), day_of(at)) == State.CLOSED
        assert [line.words for line in changes_to_settle(scope=COUNTY)] == ["改为夜班"]
        owed = owed_by(duty=duty, on=day_of(at))
    assert owed.standing == Standing.DUE and owed.period.from_on.month == 11
    line = ReportLine.objects.filter(said="changed")
    with within(COUNTY):
        pk = line.get().pk
    with pytest.raises(ReportLine.DoesNotExist):
        settle_change(line=pk, by=OTHER, at=at)
    settle_change(line=pk, by=CLERK, at=at)
    with within(COUNTY):
        assert changes_to_settle(scope=COUNTY) == []


def test_what_cannot_be_right_is_refused_and_nothing_is_kept(db, at):
    duty, foreign = on_duty(at), on_duty(at)
    mine, theirs = opened(at, duty), opened(at, foreign)
    for told, words in (
        ({"said": ()}, "at least one vacancy"),
        ({"said": (Said(theirs.pk, Still.FILLED),)}, "not open any more"),
        ({"said": (), "none_open": True}, "still open here"),
        ({"said": (Said(mine.pk, Still.CHANGED, " "),)}, "Say what changed"),
    ):
        with pytest.raises(Refused, match=words):
            report_vacancies(employer=duty.employer_id, way=SignWay.COUNTER, by=CLERK, at=at, **told)
    with within(CITY):
        assert not Report.objects.exists() and not SignOfLife.objects.exists()


def test_an_employer_reports_itself_and_only_for_itself(db, at):
    duty, foreign = on_duty(at), on_duty(at)
    vacancy, theirs = opened(at, duty), opened(at, foreign)
    me = Actor(id=9, employer=duty.employer_id)
    report = say(duty, Said(vacancy.pk, Still.OPEN), at=at, by=me, way=SignWay.ONLINE)
    assert report is not None and report.way == SignWay.ONLINE
    with pytest.raises(Refused):
        say(duty, Said(theirs.pk, Still.FILLED), at=at, by=me)
    with within(role="openpes_self", employer=duty.employer_id):
        assert Report.objects.count() == 1
    with within(role="openpes_self", employer=foreign.employer_id):
        assert not Report.objects.exists() and not ReportLine.objects.exists()


def test_an_accepted_list_is_a_report_by_list(db, at):
    duty = on_duty(at)
    vacancy, other = opened(at, duty), make_open(CLERK, at)
    assert note_list(vacancies=[vacancy.pk, other.pk], by=CLERK, at=at) == 1
    with within(COUNTY):
        assert Report.objects.get().way == SignWay.EXCEL


def test_a_stale_ad_freezes_and_comes_back_with_one_click(db, at):
    duty = on_duty(at)
    vacancy = opened(at, duty)
    for days in (1, 29):
        assert hold_stale(by=PLATFORM, at=at + timedelta(days=days)) == 0
    frozen = at + timedelta(days=30)
    assert hold_stale(by=PLATFORM, at=frozen) == 1 and hold_stale(by=PLATFORM, at=frozen) == 0
    with within(COUNTY):
        hold = Hold.objects.open().get(vacancy=vacancy)
        assert hold.ground == "stale" and "30 days" in hold.words
        assert not PublishedVacancy.objects.filter(pk=vacancy.pk).exists()
    me = Actor(id=9, employer=duty.employer_id)
    with me.standing():
        assert [one.held for one in running_vacancies(employer=duty.employer_id, on=day_of(frozen))] == [True]
    say(duty, Said(vacancy.pk, Still.OPEN), at=frozen + timedelta(days=1), by=me, way=SignWay.ONLINE)
    with within(COUNTY):
        assert not Hold.objects.open().exists() and PublishedVacancy.objects.filter(pk=vacancy.pk).exists()
    assert hold_stale(by=PLATFORM, at=frozen + timedelta(days=30)) == 0
    assert hold_stale(by=PLATFORM, at=frozen + timedelta(days=31)) == 1


def test_a_reminder_goes_by_sms_where_somebody_agreed_and_the_city_has_a_gateway(db, at, settings):
    settings.MESSAGES = settings.MESSAGES | {"sms_url": "http://gateway.example", "site": "https://jobs.example"}
    agreeing, silent = on_duty(at), on_duty(at)
    note_contact(employer=agreeing.employer_id, facts=agreed(at), by=CLERK, at=at)
    assert remind_employers(by=PLATFORM, at=at) == 2 and remind_employers(by=PLATFORM, at=at) == 0
    with within(CITY):
        through = dict(Reminder.objects.values_list("employer_id", "through"))
        message = Message.objects.get()
        assert through == {agreeing.employer_id: Through.SMS, silent.employer_id: Through.PAGE}
        assert "https://jobs.example/reporting/answer/" in message.text()
        token = message.text().split("/reporting/answer/")[1].split("/")[0]
        assert token not in repr(Reminder.objects.values_list("digest"))


def test_without_a_gateway_who_agreed_stands_on_the_call_list(db, at):
    duty = on_duty(at)
    note_contact(employer=duty.employer_id, facts=agreed(at), by=CLERK, at=at)
    reminder, _token = remind_employer(duty=duty.pk, number=1, by=CLERK, at=at)
    assert reminder.through == Through.CALL


def test_looking_at_a_link_changes_nothing_and_it_takes_one_answer(db, at, client):
    duty = on_duty(at)
    vacancy = opened(at, duty)
    reminder, token = remind_employer(duty=duty.pk, number=1, by=CLERK, at=at)
    url, form = reverse("reporting:answer", args=[token]), reverse("reporting:send_answer")
    client.cookies["django_language"] = "en"
    for _look in range(3):
        assert vacancy.title in client.get(url).content.decode()
    with within(CITY):
        assert not Report.objects.exists() and Reminder.objects.get().used_at is None
    assert client.post(form, {"token": token, f"said-{vacancy.pk}": "changed"}).status_code == 422
    assert linked(token=token, at=at) is not None
    assert "is with the service" in client.post(form, {"token": token, "all": "open"}).content.decode()
    with within(CITY):
        assert Report.objects.get().way == SignWay.ONLINE and SignOfLife.objects.count() == 1
    assert client.post(form, {"token": token, "all": "filled"}).status_code == 410 == client.get(url).status_code
    assert client.post(url, {"all": "open"}).status_code == 405
    assert client.get(reverse("reporting:answer", args=["x" * 43])).status_code == 410
    with within(CITY):
        assert state_on(Vacancy.objects.get(pk=vacancy.pk), day_of(at)) == State.OPEN
    with pytest.raises(Refused, match="used already"):
        answer_reminder(token=token, said=[Said(vacancy.pk, Still.FILLED)], by=Actor(id=0), at=at)
    assert reminder.digest != token


def test_a_link_of_one_employer_says_nothing_of_anothers_vacancies(db, at):
    mine, theirs = on_duty(at), on_duty(at)
    foreign = opened(at, theirs)
    _reminder, token = remind_employer(duty=mine.pk, number=1, by=CLERK, at=at)
    with pytest.raises(Refused):
        answer_reminder(token=token, said=[Said(foreign.pk, Still.FILLED)], by=Actor(id=0), at=at)
    late = at + timedelta(days=15)
    assert linked(token=token, at=late) is None


@pytest.mark.city
def test_of_eight_answers_to_one_link_one_counts(city, at):
    duty = on_duty(at)
    vacancy = opened(at, duty)
    _reminder, token = remind_employer(duty=duty.pk, number=1, by=CLERK, at=at)
    said = [Said(vacancy.pk, Still.OPEN)]
    acts = outcomes(lambda _n: answer_reminder(token=token, said=said, by=Actor(id=0), at=at), range(8))
    assert acts == {"done": 1, "refused": 7}
    with within(CITY):
        assert SignOfLife.objects.count() == 1 and Report.objects.count() == 1


@pytest.mark.city
def test_a_confirmation_and_the_freeze_at_the_same_moment_leave_the_ad_open(city, at):
    duty = on_duty(at)
    vacancy = opened(at, duty)
    later = at + timedelta(days=30)

    def act(confirms: bool) -> object:
        if confirms:
            return say(duty, Said(vacancy.pk, Still.OPEN), at=later)
        return hold_stale(by=PLATFORM, at=later)

    at_once(or_refused(act), (True, False))
    with within(CITY):
        assert not Hold.objects.open().exists() and PublishedVacancy.objects.filter(pk=vacancy.pk).exists()


@pytest.mark.city
def test_two_workers_that_remind_at_once_remind_once(city, at):
    on_duty(at)
    assert sum(at_once(lambda _n: remind_employers(by=PLATFORM, at=at), range(2))) == 1
    with within(CITY):
        assert Reminder.objects.count() == 1


def test_what_is_kept_of_an_employer_goes_with_it_to_another_town(db, at):
    duty = on_duty(at)
    with within(CITY):
        row = Employer.objects.get(pk=duty.employer_id)
    town = COUNTY + "002"
    change_employer(employer=row.pk, facts=replace(facts_of(row), area=town), version=1, by=CLERK, at=at)
    with within(town):
        assert duty_of(employer=row.pk, on=day_of(at)) == duty
