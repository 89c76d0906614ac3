"""The pages of vacancies: written, checked, published, listed, closed; and the employer's own."""

from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.employers.models import Employer
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.vacancies.models import PublishedVacancy, Vacancy
from tests.cast import TOWN, VILLAGE, self_service
from tests.employers.factories import make_employer
from tests.vacancies.factories import look_twice, make_draft, make_open


def sent(of, **changes) -> dict:
    return {
        "employer": of.credit_code, "title": "糕点师", "occupation": "6-31-05-00", "openings": "2",
        "term": "open_ended", "area": TOWN, "address": "新竹路20号", "pay_min_fen": "3500", "pay_max_fen": "",
        "conditions": "有健康证", "description": "制作面包和糕点。", "benefits": ["board", "lodging"],
        "skills_required": ["quality"], "idempotency_key": str(uuid4()),
    } | changes  # fmt: skip


def only() -> Vacancy:
    with within(CITY):
        return Vacancy.objects.get()


def _card(row: Vacancy) -> Employer:
    with within(CITY):
        return Employer.objects.get(pk=row.employer_id)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.client()


@pytest.fixture
def employer(cast, at):
    return make_employer(cast.county_clerk.actor, at)


@pytest.fixture
def draft(cast, at):
    return make_draft(cast.county_clerk.actor, at)


@pytest.fixture
def opened(cast, at):
    return make_open(cast.county_clerk.actor, at)


def test_a_vacancy_is_written_checked_and_published(cast, clerk, employer, at):
    written = clerk.post(reverse("vacancies:new"), sent(employer))
    row = only()
    assert written["Location"] == reverse("vacancies:publish", args=[row.pk])
    assert (row.pay_min_fen, row.pay_max_fen, row.skills_required) == (350_000, 350_000, ["quality"])
    checks = clerk.get(written["Location"]).content.decode()
    assert "The basic pay is stated." in checks and "As the public will read it" in checks
    form = {"closes_on": "2026年12月20日", "idempotency_key": str(uuid4())}
    assert "looks at its first vacancy" in checks
    assert clerk.post(written["Location"], form).status_code == 302
    assert not PublishedVacancy.objects.exists()
    look_twice(only(), cast.county_clerk.actor, at)
    assert PublishedVacancy.objects.get().closes_on.isoformat() == "2026-12-20"


def test_an_occupation_may_be_written_as_its_name(clerk, employer):
    clerk.post(reverse("vacancies:new"), sent(employer, occupation="包装工"))
    assert only().occupation == "6-31-05-00"


def test_wrong_fields_are_answered_422_with_their_sentences(clerk, employer):
    wrong = sent(employer, title="", occupation="飞天", employer="91450199MA9999999X", openings="0", area="")
    answer = clerk.post(reverse("vacancies:new"), wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("title", "occupation", "employer", "openings", "area"):
        assert f"id_{field}_error" in page
    with within(CITY):
        assert not Vacancy.objects.exists()


def test_publishing_without_pay_is_answered_422_with_the_clause(cast, clerk, at):
    row = make_draft(cast.county_clerk.actor, at, pay_min_fen=None, pay_max_fen=None, title="女导购")
    url = reverse("vacancies:publish", args=[row.pk])
    answer = clerk.post(url, {"closes_on": "20261220", "idempotency_key": str(uuid4())})
    page = answer.content.decode()
    assert answer.status_code == 422 and not PublishedVacancy.objects.exists()
    assert "The basic pay is missing" in page and "art. 24" in page and "女导购" in page and "by sex" in page


def test_an_open_vacancy_is_changed_with_its_version(clerk, opened, employer):
    url = reverse("vacancies:edit", args=[opened.pk])
    form = sent(employer, title="面点师", version=opened.version)
    assert clerk.post(url, form).status_code == 302
    assert PublishedVacancy.objects.get().title == "面点师"
    stale = clerk.post(url, form | {"title": "又改", "idempotency_key": str(uuid4())})
    assert stale.status_code == 422 and "Somebody else changed" in stale.content.decode()


def test_the_edit_form_shows_yuan(clerk, opened):
    page = clerk.get(reverse("vacancies:edit", args=[opened.pk])).content.decode()
    assert 'value="3000"' in page and 'value="300000"' not in page


def test_closing_needs_a_reason(clerk, opened):
    url = reverse("vacancies:close", args=[opened.pk])
    assert clerk.post(url, {"note": "", "idempotency_key": str(uuid4())}).status_code == 422
    assert clerk.post(url, {"note": "已招满", "idempotency_key": str(uuid4())}).status_code == 302
    assert not PublishedVacancy.objects.exists()


def test_the_list_is_filtered_by_its_address(cast, clerk, at):
    make_open(cast.county_clerk.actor, at, title="面包师")
    make_draft(cast.county_clerk.actor, at, title="理货员")

    def page(**query):
        return clerk.get(reverse("vacancies:list"), query).content.decode()

    both = page()
    assert "面包师" in both and "理货员" in both
    assert "理货员" not in page(state="open") and "面包师" not in page(state="draft")
    assert "面包师" in page(q="面包") and "理货员" not in page(q="面包")
    assert (
        "面包师" in page(q="邕江食品") and "面包师" in page(occupation="6-31") and "面包师" in page(area=TOWN)
    )
    assert "面包师" not in page(occupation="1") and "面包师" not in page(occupation="不存在的职业")


def test_a_filter_outside_the_area_finds_nothing_of_it(cast, clerk, opened):
    page = cast.neighbour_clerk.client().get(reverse("vacancies:list"), {"area": TOWN}).content.decode()
    assert "食品包装工" not in page


def test_the_export_holds_the_list_and_no_formulas(cast, clerk, at):
    make_open(cast.county_clerk.actor, at, title="=1+1")
    answer = clerk.get(reverse("vacancies:csv"), {"state": "open"})
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv") and "'=1+1" in text and "3000,4500" in text
    assert len(text.strip().splitlines()) == 2


def test_a_vacancy_is_copied_into_a_new_form(clerk, opened):
    page = clerk.get(reverse("vacancies:new"), {"copy": opened.pk}).content.decode()
    assert "食品包装工" in page and 'value="3000"' in page


@pytest.mark.parametrize("page", ["detail", "edit", "publish", "close"])
def test_for_the_neighbour_the_vacancy_does_not_exist(cast, draft, page):
    url = reverse(f"vacancies:{page}", args=[draft.pk])
    assert cast.neighbour_clerk.client().get(url).status_code == 404
    assert cast.county_clerk.client().get(url).status_code == 200


@pytest.mark.parametrize("page", ["list", "csv", "new", "mine"])
def test_without_the_right_the_page_is_forbidden(cast, page):
    assert cast.auditor.client().get(reverse(f"vacancies:{page}")).status_code == 403


def test_a_village_officer_reads_but_does_not_publish(cast, at):
    row = make_draft(cast.village_officer.actor, at, area=cast.village_officer.actor.scope)
    client = cast.village_officer.client()
    assert client.get(reverse("vacancies:detail", args=[row.pk])).status_code == 200
    assert client.get(reverse("vacancies:publish", args=[row.pk])).status_code == 403


@pytest.mark.parametrize(("language", "word"), [("en", "Place of work"), ("zh-hans", "工作地点")])
def test_the_page_reads_in_both_languages(cast, opened, language, word):
    for url in (reverse("vacancies:detail", args=[opened.pk]), reverse("vacancies:edit", args=[opened.pk])):
        assert word in cast.county_clerk.client(language).get(url).content.decode()


def test_an_employers_page_leads_to_its_vacancies(clerk, opened):
    page = clerk.get(reverse("employers:detail", args=[opened.employer_id])).content.decode()
    url = reverse("vacancies:of_employer", args=[opened.employer_id])
    assert url in page and "食品包装工" in clerk.get(url).content.decode()


# The employer's own pages


@pytest.fixture
def firm(employer, at):
    return self_service(username="firm", employer=employer.pk, at=at)


def test_an_employer_writes_asks_and_the_office_finds_it(firm, clerk, employer):
    form = sent(employer)
    form.pop("employer")
    written = firm.client().post(reverse("vacancies:new_mine"), form)
    row = only()
    assert written["Location"] == reverse("vacancies:ask", args=[row.pk])
    asked = firm.client().post(written["Location"], {"idempotency_key": str(uuid4())})
    assert asked["Location"] == reverse("vacancies:mine") and only().asked_on is not None
    assert "糕点师" in clerk.get(reverse("vacancies:list"), {"state": "asked"}).content.decode()
    back = {"note": "请写清楚地址", "idempotency_key": str(uuid4())}
    assert clerk.post(reverse("vacancies:give_back", args=[row.pk]), back).status_code == 302
    assert "请写清楚地址" in firm.client().get(reverse("vacancies:mine")).content.decode()


def test_asking_with_something_missing_is_answered_422_with_every_reason(firm, employer):
    form = sent(employer, pay_min_fen="", description="")
    form.pop("employer")
    url = firm.client().post(reverse("vacancies:new_mine"), form)["Location"]
    answer = firm.client().post(url, {"idempotency_key": str(uuid4())})
    page = answer.content.decode()
    assert answer.status_code == 422 and "pay is missing" in page and "content of the work is missing" in page


def test_an_employer_does_not_reach_others_or_the_desk(firm, opened):
    for page in ("ask", "edit_mine"):
        assert firm.client().get(reverse(f"vacancies:{page}", args=[opened.pk])).status_code == 404
    for page in ("detail", "edit", "publish", "close"):
        assert firm.client().get(reverse(f"vacancies:{page}", args=[opened.pk])).status_code == 403
    assert "食品包装工" not in firm.client().get(reverse("vacancies:mine")).content.decode()


def test_an_employer_closes_its_own_vacancy(cast, firm, employer, at):
    row = make_open(cast.county_clerk.actor, at, employer=employer.pk)
    form = {"note": "已招满", "idempotency_key": str(uuid4())}
    assert firm.client().post(reverse("vacancies:close_mine", args=[row.pk]), form).status_code == 302
    assert only().end_reason == "closed"


def test_a_vacancy_of_a_village_keeps_its_place_in_the_form_of_the_county(cast, clerk, at):
    row = make_draft(cast.county_clerk.actor, at, area=VILLAGE)
    url = reverse("vacancies:edit", args=[row.pk])
    page = clerk.get(url).content.decode()
    assert f'<option value="{VILLAGE}" selected>' in page
    assert 'value="包装工 6-31-05-00"' in page  # the occupation by its name and its number
    changes = {"area": VILLAGE, "title": "包装工（夜班）", "occupation": "包装工", "version": str(row.version)}
    form = sent(_card(row), **changes)
    assert clerk.post(url, form).status_code == 302
    assert (only().area, only().title) == (VILLAGE, "包装工（夜班）")


def test_the_form_of_a_vacancy_finds_skills_in_three_ways(clerk, employer):
    page = clerk.get(reverse("vacancies:new")).content.decode()
    assert page.count("data-many") == 2
    assert "forklift certificate chachezheng ccz" in page
    answer = clerk.post(reverse("vacancies:new"), sent(employer, skills_required=["no such skill"]))
    assert answer.status_code == 422
    assert "id_skills_required_error" in answer.content.decode()
