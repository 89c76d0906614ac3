"""A stale ad that freezes and comes back: nobody confirms it, it leaves the public, and one click returns it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from openpes.audit.models import JournalEntry
from openpes.employers.actions import ContactFacts, note_contact
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of, stopped
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.reporting.actions import hold_stale, remind_employers, set_duty
from openpes.vacancies.models import Hold
from tests.cast import self_service
from tests.employers.factories import make_employer
from tests.vacancies.factories import make_open


def status(client: Client, vacancy: int, at) -> int:
    with stopped(at):
        return client.get(reverse("portal:vacancy", args=[vacancy])).status_code


def test_an_ad_that_nobody_confirms_freezes_and_one_click_brings_it_back(cast, at, client, settings):
    settings.MESSAGES = settings.MESSAGES | {"sms_url": "http://gateway.example", "site": ""}
    clerk = cast.county_clerk.actor
    firm = make_employer(clerk, at, name="南宁晨光糕点厂")
    set_duty(employer=firm.pk, rhythm="monthly", words="重点用工单位", by=clerk, at=at)
    person = ContactFacts(
        name="韦经理", phone="15400001111", purposes=("vacancies",), way="written", given_on=day_of(at)
    )
    note_contact(employer=firm.pk, facts=person, by=clerk, at=at)
    vacancy = make_open(clerk, at, employer=firm.pk, closes_on=day_of(at) + timedelta(days=80)).pk
    assert status(client, vacancy, at) == 200

    frozen = at + timedelta(days=30)
    assert hold_stale(by=PLATFORM, at=frozen) == 1
    assert status(client, vacancy, frozen) != 200
    own = self_service(username="firm", employer=firm.pk, at=at).client()
    with stopped(frozen):
        assert "On hold: nobody confirmed it" in own.get(reverse("reporting:own")).content.decode()

    reminded = at + timedelta(days=42)
    assert remind_employers(by=PLATFORM, at=reminded) == 1
    with within(CITY):
        link = Message.objects.get().text().rpartition("/reporting/")[2].split("。")[0].strip()
    with stopped(reminded):
        page = client.get(f"/reporting/{link}")
        assert page.status_code == 200 and status(client, vacancy, reminded) != 200
        form, token = reverse("reporting:send_answer"), link.split("/")[1]
        assert client.post(form, {"token": token, "all": "open"}).status_code == 200
        assert client.post(form, {"token": token, "all": "filled"}).status_code == 410
    assert status(client, vacancy, reminded) == 200
    with within(CITY):
        assert not Hold.objects.open().exists()
        told = list(JournalEntry.objects.filter(at__gte=frozen).order_by("id").values_list("event", flat=True))
    wanted = ["vacancies.VacancyHeld", "reporting.ReportReminded", "reporting.VacanciesReported",
              "vacancies.HoldLifted", "vacancies.VacancyConfirmed"]  # fmt: skip
    assert [event for event in told if event in wanted] == wanted
