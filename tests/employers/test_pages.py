"""The pages about what the office keeps of an employer, and the employer's own: right, wrong, and not theirs."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.access.models import Account
from openpes.employers.models import BlacklistEntry, Contact, Employer, LicenceDocument, Site
from openpes.employers.queries import why_not_serve
from openpes.kernel import within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, self_service
from tests.employers.factories import make_employer


@pytest.fixture
def firm(cast, at) -> Employer:
    return make_employer(cast.county_clerk.actor, at, name="南宁朝阳百货有限公司")


def sent(**told) -> dict:
    return told | {"idempotency_key": str(uuid4())}


SITE = {
    "name": "二号车间",
    "area": COUNTY,
    "address": "仙葫大道 9 号",
    "latitude": "22.81000",
    "longitude": "108.45000",
}
PAPER = {"kind": "agency", "number": "450103-1", "issued_by": "青秀区人社局", "valid_until_on": "2026-12-20"}
PERSON = {"name": "韦经理", "phone": "15400001111", "purposes": ["vacancies"], "given_on": "2026-11-20", "way": "oral"}


def test_what_is_written_down_stands_on_the_page_and_can_be_ended(cast, firm):
    client, page = cast.county_clerk.client(), reverse("employers:detail", args=[firm.pk])
    for name, told in (("site_new", SITE), ("document_new", PAPER), ("contact_new", PERSON)):
        url = reverse(f"employers:{name}", args=[firm.pk])
        assert client.get(url).status_code == HTTPStatus.OK
        assert client.post(url, sent()).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert client.post(url, sent(**told)).status_code == HTTPStatus.FOUND
    shown = client.get(page).content.decode()
    assert "22.81000" in shown and "runs out on 20 Dec 2026" in shown
    assert "15400001111" not in shown
    assert firm.name in client.get(reverse("employers:document_list")).content.decode()
    with within(CITY):
        ends = {
            "site_give_up": Site.objects.get().pk, "document_strike": LicenceDocument.objects.get().pk,
            "consent_withdraw": Contact.objects.get().pk,
        }  # fmt: skip
    stranger, officer = cast.neighbour_clerk.client(), cast.village_officer.client()
    for name, pk in ends.items():
        url = reverse(f"employers:{name}", args=[pk])
        assert stranger.post(url, sent()).status_code == HTTPStatus.NOT_FOUND
        assert officer.post(url, sent()).status_code == HTTPStatus.FORBIDDEN
        assert client.post(url, sent()).status_code == HTTPStatus.FOUND
    shown = client.get(page).content.decode()
    assert "Nobody agreed to be called" in shown and "No document was seen yet" in shown


def test_the_blacklist_goes_through_two_desks_and_the_employer_appeals_on_its_own_page(cast, firm, at):
    first, second, third = (getattr(cast, name).client() for name in ("county_clerk", "city_clerk", "county_clerk"))
    url = reverse("employers:blacklist_new", args=[firm.pk])
    told = {"ground": "fees", "words": "收取押金。", "begins_on": "2026-11-23", "ends_on": "2027-01-23"}
    assert first.post(url, sent(**told)).status_code == HTTPStatus.FOUND
    with within(CITY):
        entry = BlacklistEntry.objects.get().pk
    page = reverse("employers:entry", args=[entry])
    assert first.post(page, sent(act="yes")).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert second.post(page, sent(act="yes")).status_code == HTTPStatus.FOUND
    assert firm.name in first.get(reverse("employers:blacklist")).content.decode()
    assert why_not_serve(employer=firm.pk, on=day_of(at))
    own = self_service(username="firm", employer=firm.pk, at=at).client()
    assert "收取押金" in own.get(reverse("employers:mine")).content.decode()
    assert own.post(reverse("employers:own_appeal", args=[entry]), sent(words="没有收取。")).status_code == 302
    assert "appeal to be answered" in third.get(reverse("employers:blacklist")).content.decode()
    answered = third.post(page, sent(act="yes", words="查实"))
    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "neither proposed nor decided" in answered.content.decode()


def test_the_first_account_is_opened_at_the_counter_and_its_password_shown_once(cast, firm, at):
    client, url = cast.county_clerk.client(), reverse("employers:people_of", args=[firm.pk])
    told = {"name": "覃女士", "username": "chaoyang", "right": "employer"}
    shown = client.post(url, sent(**told), follow=True).content.decode()
    account = Account.objects.get(username="chaoyang")
    assert account.employer_id == firm.pk and "shown this once" in shown and "chaoyang" in shown
    password = shown.split("<code>")[1].split("</code>")[0]
    assert account.check_password(password)
    own = self_service(username="other", employer=firm.pk, at=at).client()
    page = own.get(reverse("employers:people")).content.decode()
    assert "chaoyang" in page and "not signed in yet" in page and password not in page
    ended = own.post(reverse("employers:member", args=[account.pk]), sent())
    assert ended.status_code == HTTPStatus.FOUND
    foreign = self_service(username="foreign", employer=make_employer(cast.county_clerk.actor, at).pk, at=at)
    assert foreign.client().post(reverse("employers:member", args=[account.pk]), sent()).status_code == 404


def test_the_employer_keeps_its_own_contacts_and_sites(cast, firm, at):
    own = self_service(username="firm", employer=firm.pk, at=at).client()
    assert own.post(reverse("employers:own_contact_new"), sent(**PERSON)).status_code == HTTPStatus.FOUND
    assert own.post(reverse("employers:own_site_new"), sent(**SITE)).status_code == HTTPStatus.FOUND
    page = own.get(reverse("employers:mine")).content.decode()
    assert "韦经理" in page and "二号车间" in page
    with within(CITY):
        assert Contact.objects.get().way == "online"
        contact, site = Contact.objects.get().pk, Site.objects.get().pk
    foreign = self_service(username="foreign", employer=make_employer(cast.county_clerk.actor, at).pk, at=at).client()
    for name, pk in (("own_consent_withdraw", contact), ("own_site_give_up", site)):
        url = reverse(f"employers:{name}", args=[pk])
        assert foreign.post(url, sent()).status_code == HTTPStatus.NOT_FOUND
        assert own.post(url, sent()).status_code == HTTPStatus.FOUND


def test_bad_input_is_answered_in_words(cast, firm):
    client, url = cast.county_clerk.client(), reverse("employers:contact_new", args=[firm.pk])
    for name in ("<script>alert(1)</script>", "=1+1", "😀" * 30, "x" * 200_000):
        answer = client.post(url, sent(**PERSON | {"name": name, "phone": "电话"}))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "<script>alert(1)" not in answer.content.decode()
