"""The pages of employers: found, registered, changed, and hidden from the neighbour."""

from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, self_service
from tests.employers.factories import facts_of_employer, make_employer


def sent(**changes) -> dict:
    facts = facts_of_employer(**changes)
    stated = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return {name: value for name, value in stated.items() if value is not None} | {"idempotency_key": str(uuid4())}


@pytest.fixture
def employer(cast, at):
    return make_employer(cast.county_clerk.actor, at, name="南宁朝阳百货有限公司")


def test_an_employer_is_found_by_a_part_of_its_name(cast, employer):
    client = cast.county_clerk.client()
    assert employer.name in client.get(reverse("employers:list"), {"q": "朝阳"}).content.decode()
    nothing = client.get(reverse("employers:list"), {"q": "没有这家"}).content.decode()
    assert employer.name not in nothing and "No employer found" in nothing


def test_the_page_of_an_employer_reads_in_both_languages(cast, employer):
    url = reverse("employers:detail", args=[employer.pk])
    assert "Where it stands" in cast.county_clerk.client().get(url).content.decode()
    chinese = cast.county_clerk.client("zh-hans").get(url).content.decode()
    assert "所在地区" in chinese and "Where it stands" not in chinese


def test_an_employer_is_registered_and_its_page_opens(cast):
    answer = cast.county_clerk.client().post(reverse("employers:new"), sent(name="新登记公司"))
    with within(CITY):
        employer = Employer.objects.get(name="新登记公司")
    assert answer.status_code == 302 and answer["Location"] == reverse("employers:detail", args=[employer.pk])


def test_a_wrong_credit_code_is_answered_422_at_its_field_and_nothing_is_kept(cast):
    answer = cast.county_clerk.client().post(reverse("employers:new"), sent(credit_code="91450199MA00000199"))
    assert answer.status_code == 422 and "id_credit_code_error" in answer.content.decode()
    with within(CITY):
        assert not Employer.objects.exists()


def test_the_same_form_sent_twice_registers_once(cast):
    client, form = cast.county_clerk.client(), sent()
    first, second = (client.post(reverse("employers:new"), form) for _time in range(2))
    assert first["Location"] == second["Location"]


def test_a_change_over_a_newer_one_is_answered_422(cast, employer):
    client, url = cast.county_clerk.client(), reverse("employers:edit", args=[employer.pk])
    form = sent(credit_code=employer.credit_code, name="改后的名称")
    assert client.post(url, form | {"version": 1}).status_code == 302
    stale = client.post(url, form | {"version": 1, "name": "再改", "idempotency_key": str(uuid4())})
    assert stale.status_code == 422 and "Somebody else changed" in stale.content.decode()


@pytest.mark.parametrize("page", ["employers:detail", "employers:edit"])
def test_for_the_neighbour_the_employer_does_not_exist(cast, employer, page):
    url = reverse(page, args=[employer.pk])
    assert cast.neighbour_clerk.client().get(url).status_code == 404
    assert cast.county_clerk.client().get(url).status_code == 200


@pytest.mark.parametrize("page", ["employers:list", "employers:new"])
def test_without_the_right_the_page_is_forbidden(cast, page):
    assert cast.auditor.client().get(reverse(page)).status_code == 403


def test_the_picker_offers_employers_of_the_whole_city_by_name(cast, employer):
    found = cast.neighbour_clerk.client().get(reverse("employers:options"), {"q": "朝阳"}).json()
    assert found == [{"value": employer.credit_code, "label": employer.name, "more": employer.credit_code}]


def test_an_employers_account_is_offered_nobody(cast, employer, at):
    own = self_service(username="firm", employer=employer.pk, at=at)
    assert own.client().get(reverse("employers:options"), {"q": "朝阳"}).json() == []
    assert own.client().get(reverse("employers:list")).status_code == 403


def test_the_list_is_narrowed_to_the_area(cast, employer):
    assert employer.name not in cast.neighbour_clerk.client().get(reverse("employers:list")).content.decode()
    assert employer.area == COUNTY
