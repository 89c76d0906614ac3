"""By keyboard: a person moves to another county with an appeal and an application open; the new office goes on."""

from datetime import date

import pytest

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.registration.actions import CertificateFacts, apply_certificate, end_status
from openpes.registration.models import Appeal, Decision, PreferenceCertificate, StatusPeriod, Transfer
from tests.cast import assemble
from tests.people.factories import a_person
from tests.registration.factories import unemployed
from tests.served import give_password, served
from tests.stories.keyboard import Hands
from tests.stories.test_certificate_story import desk

NAME, THERE = "韦安宁", "450105001"
LAID_OFF = CertificateFacts(group="1", documents=("01", "02", "03"), former_unit="南宁机械厂")


@pytest.mark.browser
def test_a_move_between_counties_with_open_matters(city, at, new_context):
    cast = assemble(at)
    clerk = cast.county_clerk
    person = a_person(by=clerk.actor, at=at, name=NAME, resides_from_on=date(2010, 1, 1)).pk
    period = unemployed(person, by=clerk.actor, at=at)
    end_status(period=period.pk, reason="99", on=at.date(), note="两次拒绝介绍的工作", by=clerk.actor, at=at)
    apply_certificate(person=person, facts=LAID_OFF, by=clerk.actor, at=at)
    give_password(clerk.account, cast.neighbour_clerk.account)
    with served(city, at=at) as base:
        old = desk(new_context, base, "county_clerk")
        addresses = _appeal(old, person)
        move_residence(person=person, area=THERE, address="新居", on=at.date(), by=clerk.actor, at=at)
        new = desk(new_context, base, "neighbour_clerk")
        _nobody_acts_before(new)
        _accepted(new, old, base, addresses)
        _goes_on(new, person)
    with within(CITY):
        again = StatusPeriod.objects.get(pk=period.pk)
        assert (again.area, again.until_on) == (THERE, None)
        assert Appeal.objects.get().ruling == "allowed" and Transfer.objects.get().answer == "accepted"
        assert PreferenceCertificate.objects.get().reviewed_by == cast.neighbour_clerk.account.pk


def _appeal(old: Hands, person: int) -> list[str]:
    """The person comes back to the counter and appeals; these are the addresses of the matter."""
    with within(CITY):
        decision = Decision.objects.get(person=person, subject="ending").pk
    old.find(NAME)
    old.open(f"/registration/persons/{person}/file")
    old.follow(f'a[href$="/decisions/{decision}/appeal"]')
    old.into('textarea[name="grounds"]', "两个岗位都已招满")
    old.save()
    old.sees("Appeal filed")
    with within(CITY):
        appeal, asked = Appeal.objects.get().pk, PreferenceCertificate.objects.get().pk
    matters = (f"persons/{person}/file", f"appeals/{appeal}", f"certificates/{asked}")
    return [f"/registration/{matter}" for matter in matters]


def _nobody_acts_before(new: Hands) -> None:
    with within(CITY):
        appeal = Appeal.objects.get().pk
    new.open(f"/registration/appeals/{appeal}")
    _rule(new)
    new.sees("not accepted yet")


def _accepted(new: Hands, old: Hands, base: str, addresses: list[str]) -> None:
    new.open("/registration/transfers")
    new.sees(NAME)
    new.sees("Appeal")
    new.sees("Preference certificate")
    new.follow('button[name="accepts"][value="1"]')
    new.sees("The hand-over is accepted")
    old.open("/registration/transfers")
    old.sees("Accepted")
    for address in addresses:
        assert old.page.request.get(base + address).status == 404, address
        assert new.page.request.get(base + address).status == 200, address


def _goes_on(new: Hands, person: int) -> None:
    """The new office rules the appeal and reviews the application where the old one left them."""
    with within(CITY):
        appeal, asked = Appeal.objects.get().pk, PreferenceCertificate.objects.get().pk
    new.open("/registration/appeals")
    new.follow(f'a[href$="/appeals/{appeal}"]')
    _rule(new)
    new.sees("The appeal is ruled")
    new.open("/registration/certificates")
    new.follow(f'a[href$="/certificates/{asked}"]')
    new.save()
    new.sees("On public notice")
    new.open(f"/registration/persons/{person}/file")
    new.sees("Registered unemployed")


def _rule(new: Hands) -> None:
    new.tab_to('input[name="ruling"]')
    new.press("Space")
    new.into('textarea[name="reason"]', "原决定所依据的岗位已招满")
    new.save()
