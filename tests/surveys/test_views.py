"""Pages of surveys: what they show, who opens them, what a neighbour meets."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from openpes.access.models import Grant
from openpes.kernel import within
from openpes.network.choices import Level
from openpes.network.queries import area_choices
from openpes.people.models import HouseholdMember
from openpes.surveys.actions import assign_villages
from openpes.surveys.models import Assignment, Campaign, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import my_villages, surveyors
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import id_number
from tests.surveys.factories import a_home, listed, running, village_of

pytestmark = pytest.mark.django_db
KEY = {"HTTP_IDEMPOTENCY_KEY": "a-key-of-tests"}


@pytest.fixture
def survey(cast, at):
    """A running campaign of the county with two households in the village."""
    clerk = cast.county_clerk.actor
    with within(COUNTY):
        homes = [a_home(clerk, at, booklet) for booklet in ("H001", "H002")]
        campaign = running(clerk, at)
        return campaign, village_of(campaign), [listed(campaign, home) for home in homes]


def form_of(page) -> dict[str, str]:
    """What a browser would send of the form on the page, as it stands."""
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in told.items() if value is not False}


def told_work(typed: dict[str, str]) -> dict[str, str]:
    work = {"status": "1", "industry": "C", "work_area": "3", "work_way": "1", "income_fen": "36000", "intention": "2"}
    known = {name.split("-")[0] for name in typed if name.startswith("m") and name.endswith("-status")}
    typed |= {f"{prefix}-{key}": value for prefix in known for key, value in work.items()}
    return typed | {"household-hardship": "5", "household-farmland_mu": "3.5", "household-land_taken": "no"}


def test_a_clerk_plans_starts_and_gives_out_villages(cast, at):
    client = cast.county_clerk.client()
    told = {
        "title": "冬季劳动力调查", "area": COUNTY, "questionnaire": "rural_labour", "from_on": "20261123",
        "until_on": "2026年12月31日", "reference_on": "2026-11-01",
    }  # fmt: skip
    answer = client.post(reverse("surveys:plan"), told, **KEY)
    with within(COUNTY):
        campaign = Campaign.objects.get()
    assert answer.url == reverse("surveys:campaign", args=[campaign.pk])
    client.post(reverse("surveys:start", args=[campaign.pk]), HTTP_IDEMPOTENCY_KEY="start-key")
    with within(COUNTY):
        here = SurveyVillage.objects.get(campaign=campaign, area=VILLAGE)
    page = reverse("surveys:assign", args=[campaign.pk]) + f"?area={VILLAGE}"
    assert "village officer" in client.get(page).content.decode()
    answer = client.post(page, {"village": here.pk, "to": "own"}, HTTP_IDEMPOTENCY_KEY="assign-key")
    assert answer.status_code == 302
    with within(COUNTY):
        assert Assignment.objects.get(village=here).account_id == cast.village_officer.account.pk
    assert "My villages (1)" in cast.village_officer.client().get(reverse("surveys:list")).content.decode()
    assert "新竹社区居委会" in cast.village_officer.client().get(reverse("surveys:mine")).content.decode()


def test_a_village_without_an_officer_of_its_own_is_named(cast, at, survey):
    campaign, _here, _rows = survey
    with within(COUNTY):
        other = village_of(campaign, "450103001006")
    page = reverse("surveys:assign", args=[campaign.pk])
    answer = cast.county_clerk.client().post(page, {"village": other.pk, "to": "own"}, **KEY)
    assert answer.status_code == 422 and "No officer is posted in these villages" in answer.content.decode()


def test_an_empty_plan_says_what_is_missing(cast, at):
    answer = cast.county_clerk.client().post(reverse("surveys:plan"), {}, **KEY)
    assert answer.status_code == 422 and "Please fill in" in answer.content.decode()


def test_the_officer_surveys_one_household_after_the_other(cast, at, survey):
    _campaign, here, rows = survey
    client = cast.village_officer.client()
    page = client.get(reverse("surveys:household", args=[rows[0].pk]))
    assert page.status_code == 200 and "覃大山" in page.content.decode()
    answer = client.post(reverse("surveys:household", args=[rows[0].pk]), told_work(form_of(page)), **KEY)
    assert answer.url == reverse("surveys:household", args=[rows[1].pk])
    page = client.get(answer.url)
    answer = client.post(answer.url, form_of(page) | {"outcome": "refused"}, HTTP_IDEMPOTENCY_KEY="second-key")
    assert answer.url == reverse("surveys:village", args=[here.pk])
    with within(COUNTY):
        assert [row.state for row in SurveyHousehold.objects.order_by("number")] == ["changed", "refused"]


def test_the_same_sending_twice_counts_once(cast, at, survey):
    _campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    told = told_work(form_of(client.get(address)))
    answers = [client.post(address, told, **KEY) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[1]["Idempotency-Replayed"] == "true"
    with within(COUNTY):
        assert SurveyAnswer.objects.count() == 1


def test_the_script_is_told_the_next_page_and_told_again_when_it_asks_again(cast, at, survey):
    _campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    told = told_work(form_of(client.get(address)))
    answers = [client.post(address, told, HTTP_X_REQUESTED_WITH="survey", **KEY) for _time in range(2)]
    following = reverse("surveys:household", args=[rows[1].pk])
    assert [(answer.status_code, answer["HX-Redirect"]) for answer in answers] == [(204, following)] * 2


def test_a_missing_answer_stands_at_its_question_and_what_was_typed_stays(cast, at, survey):
    _campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    told = told_work(form_of(client.get(address)))
    name = next(key for key in told if key.startswith("m") and key.endswith("-status"))
    answer = client.post(address, told | {name: "", "household-farmland_mu": "三亩", "note": "门口有狗"}, **KEY)
    text = answer.content.decode()
    assert answer.status_code == 422 and "门口有狗" in text and 'value="三亩"' in text
    answer = client.post(address, told | {name: ""}, **KEY)
    assert answer.status_code == 422 and f"#id_{name}" in answer.content.decode()


def test_a_new_member_with_a_wrong_number_is_named_at_the_number(cast, at, survey):
    _campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    told = told_work(form_of(client.get(address))) | {"new1-name": "覃小宝", "new1-id_number": "450103"}
    answer = client.post(address, told, **KEY)
    errors = answer.context["form"].errors
    assert answer.status_code == 422 and {"new1-id_number", "new1-relation"} <= errors.keys()


def test_a_household_that_is_not_listed_is_registered_and_surveyed(cast, at, survey):
    _campaign, here, _rows = survey
    told = {"name": "陆小凤", "id_number": id_number(), "booklet_no": "H900"}
    answer = cast.village_officer.client().post(reverse("surveys:found", args=[here.pk]), told, **KEY)
    with within(COUNTY):
        made = SurveyHousehold.objects.get(number=3)
    assert answer.url == reverse("surveys:household", args=[made.pk])


def test_the_figures_of_the_board_open_the_lists_that_they_count(cast, at, survey):
    campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    client.post(address, form_of(client.get(address)) | {"outcome": "not_met"}, **KEY)
    clerk = cast.county_clerk.client()
    board = clerk.get(reverse("surveys:campaign", args=[campaign.pk])).context["board"]
    for shown, count in board.total.figures:
        page = clerk.get(reverse("surveys:household_list", args=[campaign.pk]), {"show": shown})
        assert page.context["page"].paginator.count == count, shown
    assert dict(board.total.figures) == {"all": 2, "done": 0, "open": 1, "not_met": 1, "refused": 0}


def test_the_workbook_holds_what_is_known_and_no_number_of_a_person(cast, at, survey):
    _campaign, here, rows = survey
    content = cast.village_officer.client("zh-hans").get(reverse("surveys:workbook", args=[here.pk])).content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert titles[:3] == ["调查户编号*", "上次记录号", "入户结果"]
    lines = sheet.iter_rows(min_row=2, max_row=5)
    cells = [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in lines]
    assert [line["姓名"] for line in cells] == ["覃大山", "韦小兰"] * 2
    assert cells[0]["调查户编号*"] == str(rows[0].pk) and cells[0]["户口性质"] == "农业"
    assert not any("45019919" in str(value) for line in cells for value in line.values())


def test_the_paper_form_carries_the_household_and_its_code(cast, at, survey):
    _campaign, here, rows = survey
    client = cast.village_officer.client("zh-hans")
    one = client.get(reverse("surveys:household_form", args=[rows[0].pk]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(one.content)).pages)
    assert "覃大山" in text and "H001" in text and "就业状态" in text
    whole = client.get(reverse("surveys:village_forms", args=[here.pk]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(whole.content)).pages)
    assert "H001" in text and "H002" in text
    assert client.get(reverse("surveys:village_forms", args=[here.pk]) + "?page=2").status_code == 404


def test_a_neighbour_meets_nothing(cast, at, survey):
    campaign, here, rows = survey
    client = cast.neighbour_clerk.client()
    paths = [
        reverse("surveys:campaign", args=[campaign.pk]), reverse("surveys:assign", args=[campaign.pk]),
        reverse("surveys:household_list", args=[campaign.pk]), reverse("surveys:village", args=[here.pk]),
        reverse("surveys:workbook", args=[here.pk]), reverse("surveys:village_forms", args=[here.pk]),
        reverse("surveys:household", args=[rows[0].pk]), reverse("surveys:household_form", args=[rows[0].pk]),
    ]  # fmt: skip
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert cast.auditor.client().get(paths[0]).status_code == 403


def test_an_area_outside_the_campaign_is_not_shown(cast, at, survey):
    campaign, _here, _rows = survey
    page = reverse("surveys:campaign", args=[campaign.pk])
    assert cast.city_clerk.client().get(page, {"area": "450105"}).status_code == 404
    assert cast.village_officer.client().get(page, {"area": COUNTY}).status_code == 404
    assert cast.village_officer.client().get(page).status_code == 200


def test_only_an_office_that_holds_the_area_starts_and_closes(cast, at, survey):
    campaign, _here, _rows = survey
    close = reverse("surveys:close", args=[campaign.pk])
    assert cast.township_clerk.client().post(close, **KEY).status_code == 404
    answer = cast.county_clerk.client().post(close, **KEY)
    assert answer.status_code == 422 and "still need a visit" in answer.content.decode()


def test_the_form_asks_what_a_member_is_to_the_head_and_never_offers_a_second_head(cast, at, survey):
    _campaign, _here, rows = survey
    client, address = cast.village_officer.client(), reverse("surveys:household", args=[rows[0].pk])
    page = client.get(address)
    told = told_work(form_of(page))
    fields = [name for name in page.context["form"].fields if name.endswith("-relation")]
    known = [name for name in fields if name.startswith("m")]
    assert len(known) == 1, "the head is not asked"
    assert all("0" not in dict(page.context["form"].fields[name].choices) for name in fields)
    assert client.post(address, told | {known[0]: "7"}, **KEY).status_code == 302
    with within(COUNTY):
        present = HouseholdMember.objects.filter(household=rows[0].household_id, until_on=None, is_head=False)
        assert present.get().relation == "7"


def test_one_s_own_villages_are_counted_and_no_others(cast, at, survey):
    _campaign, here, _rows = survey
    with within(COUNTY):
        officer = cast.village_officer.actor
        assign_villages(officers={here.pk: officer.id}, by=cast.county_clerk.actor, at=at)
    for player, count in ((cast.village_officer, 1), (cast.county_clerk, 0)):
        assert f"My villages ({count})" in player.client().get(reverse("surveys:list")).content.decode()
        told = {"scope": COUNTY, "accounts": player.actor.hands, "on": at.date()}
        with within(COUNTY), CaptureQueriesContext(connection) as asked:
            assert [line.village.pk for _campaign, line in my_villages(**told)] == [here.pk] * count
        counted = [one["sql"] for one in asked if "GROUP BY" in one["sql"] and "surveyhousehold" in one["sql"]]
        assert len(counted) == count and all(f"IN ({here.pk})" in sql for sql in counted)


def test_officers_are_found_by_name_and_at_most_so_many_are_listed(cast, at, survey):
    with within(COUNTY):
        assert not surveyors(scope=COUNTY, inside=VILLAGE, on=at.date(), most=3)[1]
        names = {account.username for account, _place in surveyors(scope=COUNTY, inside=VILLAGE, on=at.date())[0]}
        few, more = surveyors(scope=COUNTY, inside=COUNTY, on=at.date(), most=2)
        called, _more = surveyors(scope=COUNTY, inside=COUNTY, called="village", on=at.date())
    assert {"village_officer", "township_clerk", "county_clerk"} <= names and "city_clerk" not in names
    assert (len(few), more) == (2, True)
    assert [account.username for account, _place in called] == ["village_officer"]
    page = reverse("surveys:assign", args=[survey[0].pk])
    clerk = cast.county_clerk.client()
    offered = clerk.get(page, {"officer": "village"}).context["form"].fields["to"].choices
    assert [value for value, _label in offered] == ["own", str(cast.village_officer.account.pk)]
    assert "Nobody of that name" in clerk.get(page, {"officer": "zzz"}).content.decode()


def test_the_board_lists_the_ten_latest_villages_and_says_how_many_more_there_are(cast, at):
    clerk = cast.county_clerk.actor
    with within(COUNTY):
        for number, (area, _name) in enumerate(area_choices(COUNTY, Level.VILLAGE)[:12]):
            a_home(clerk, at, f"L{number:03}", area=area, size=1)
        campaign = running(clerk, at, from_on=date(2026, 11, 1), reference_on=date(2026, 10, 1))
    page = cast.county_clerk.client().get(reverse("surveys:campaign", args=[campaign.pk]))
    assert page.context["board"].total.late == 12 and len(page.context["late"]) == 10
    assert "2 further villages are late" in page.content.decode()


def test_who_acts_by_a_wider_role_that_does_not_survey_is_no_officer(cast, at):
    account = cast.village_officer.account
    Grant.objects.create(account=account, role="statistician", scope=COUNTY, from_on=at.date(), granted_by=0)
    with within(COUNTY):
        found, _more = surveyors(scope=COUNTY, inside=VILLAGE, on=at.date())
    assert account not in [one for one, _place in found]
