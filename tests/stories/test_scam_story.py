"""An advertisement that smells of fraud: refused, held, appealed against, looked at, released, and filled."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.referrals.actions import refer
from openpes.vacancies.actions import fill_place
from openpes.vacancies.choices import State
from openpes.vacancies.models import Hold, HoldAppeal, PublishedVacancy, Vacancy
from openpes.vacancies.queries import state_on
from tests.cast import TOWN, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person

FEE = "会展搭建临时工，入职需交工服押金200元。"
LURE = "会展搭建临时工，日结，活轻松，不面试，加微信报名。"


def key(**more) -> dict:
    return {"idempotency_key": str(uuid4())} | more


def form(**changes) -> dict:
    return key() | {
        "title": "会展搭建工", "occupation": "6-31-05-00", "openings": "3", "term": "short", "area": TOWN,
        "address": "会展路1号", "pay_min_fen": "4800", "pay_max_fen": "5600", "conditions": "学历不限",
        "description": FEE,
    } | changes  # fmt: skip


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def told(cast, at):
    """The firm, known in the city for long, its account, and two clerks of whom one holds and one decides."""
    firm = make_employer(cast.county_clerk.actor, at - timedelta(days=200))
    own = self_service(username="huizhan", employer=firm.pk, at=at)
    return own.client(), cast.county_clerk.client(), cast.city_clerk.client()


def test_a_scam_advertisement_is_held_and_released_after_appeal(cast, told, at):
    own, clerk, other = told
    vacancy = _refused_while_it_takes_money(own, clerk)
    _held_when_it_lures(own, clerk, vacancy, at)
    _nobody_is_sent_there(cast, vacancy, at)
    _the_employer_reads_why_and_appeals(own, vacancy)
    _another_decides_and_the_public_reads_it(own, clerk, other, vacancy)
    _a_place_is_taken(cast, vacancy, at)
    _the_journal_tells_it_all()


def _refused_while_it_takes_money(own: Client, clerk: Client) -> int:
    warned = words(own.post(reverse("vacancies:check_mine"), form()))
    assert "take money or a deposit" in warned and "押金" in warned
    written = own.post(reverse("vacancies:new_mine"), form())
    with within(CITY):
        vacancy = Vacancy.objects.get().pk
    assert written.status_code == 302
    asked = own.post(reverse("vacancies:ask", args=[vacancy]), key())
    assert asked.status_code == 422 and "Labour Contract Law, art. 9" in words(asked)
    edit = reverse("vacancies:edit_mine", args=[vacancy])
    assert own.post(edit, form(description=LURE, version="1")).status_code == 302
    assert own.post(reverse("vacancies:ask", args=[vacancy]), key()).status_code == 302
    return vacancy


def _held_when_it_lures(own: Client, clerk: Client, vacancy: int, at) -> None:
    publish, last = reverse("vacancies:publish", args=[vacancy]), day_of(at) + timedelta(days=20)
    assert "how work is offered that does not exist" in words(clerk.get(publish))
    assert clerk.post(publish, key(closes_on=last.isoformat())).status_code == 302
    with within(CITY):
        assert state_on(Vacancy.objects.get(pk=vacancy), day_of(at)) == State.HELD
    public = Client().get(reverse("portal:vacancy", args=[vacancy]))
    assert public.status_code == 410 and not PublishedVacancy.objects.exists()
    assert "会展搭建工" in words(clerk.get(reverse("vacancies:looking")))


def _nobody_is_sent_there(cast, vacancy: int, at) -> None:
    seeker = a_person(by=cast.county_clerk.actor, at=at)
    with translation.override("en"), pytest.raises(Refused, match="The vacancy is not open: On hold"):
        refer(person=seeker.pk, vacancy=vacancy, by=cast.county_clerk.actor, at=at)


def _the_employer_reads_why_and_appeals(own: Client, vacancy: int) -> None:
    page = words(own.get(reverse("vacancies:ask", args=[vacancy])))
    assert "日结" in page and "art. 24" in page and "Say plainly what is done" in page
    with within(CITY):
        hold = Hold.objects.get().pk
    sent = {f"hold-{hold}-words": "搭建临时工按天结算，附去年工资表。"}
    assert own.post(reverse("vacancies:appeal_mine", args=[hold]), key(**sent)).status_code == 302


def _another_decides_and_the_public_reads_it(own: Client, clerk: Client, other: Client, vacancy: int) -> None:
    with within(CITY):
        act = f"decide-{HoldAppeal.objects.get().pk}"
    url = reverse("vacancies:held", args=[vacancy])
    answer = {"act": act, f"{act}-granted": "yes", f"{act}-answer": "核对工资表与合同，用工属实。"}
    assert "does not decide the appeal" in words(clerk.post(url, key(**answer)))
    assert other.post(url, key(**answer)).status_code == 302
    assert "会展搭建工" in words(Client().get(reverse("portal:vacancy", args=[vacancy])))
    assert "核对工资表与合同" in words(own.get(reverse("vacancies:ask", args=[vacancy])))


def _a_place_is_taken(cast, vacancy: int, at) -> None:
    assert fill_place(vacancy=vacancy, person=None, on=day_of(at), by=cast.county_clerk.actor, at=at) == 1


def _the_journal_tells_it_all() -> None:
    with within(CITY):
        events = list(
            JournalEntry.objects.filter(event__startswith="vacancies.").order_by("id").values_list("event", flat=True)
        )
    assert [event.removeprefix("vacancies.") for event in events] == [
        "VacancyDrafted", "VacancyChanged", "PublicationAsked", "VacancyPublished", "VacancyHeld", "HoldAppealed",
        "HoldAppealDecided", "HoldLifted", "PlaceFilled",
    ]  # fmt: skip
