"""The workbook of a village on its way back: accepted, refused row by row, the same again, taken back."""

from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from openpes.intake.actions import SameFile, accept_batch, drop_batch, take_marked_file, undo_batch
from openpes.intake.models import BatchRow
from openpes.kernel import Refused, within
from openpes.people.models import HouseholdMember, LedgerEntry, Person
from openpes.surveys.actions import draw_check
from openpes.surveys.choices import HUKOU
from openpes.surveys.models import MemberAnswer, SurveyAnswer, SurveyHousehold
from openpes.surveys.queries import village_workbook
from tests.cast import COUNTY
from tests.intake.factories import bring_in
from tests.people.factories import id_number
from tests.surveys.factories import a_home, listed, running, village_of, visited

pytestmark = pytest.mark.django_db
WORK = {
    "就业状态": "劳务输出", "从事行业": "制造业", "就业地区类型": "市外省内", "外出就业方式": "托亲戚朋友",
    "就业意向": "就近转移",
}  # fmt: skip
LAND = {"耕地面积（亩）": 3.5, "是否被征地": "否", "农户类型": "一般农户"}


@pytest.fixture
def survey(cast, at):
    clerk = cast.county_clerk.actor
    with within(COUNTY):
        homes = [a_home(clerk, at, booklet) for booklet in ("H001", "H002")]
        campaign = running(clerk, at)
        rows = [listed(campaign, home) for home in homes]
        yield village_of(campaign), rows


def filled(cast, at, here, change=None, extra=()) -> bytes:
    """The village's workbook after a day at the doors: everybody met, everybody works; `change` edits a line."""
    with override("zh-hans"):
        officer = cast.village_officer.actor
        content = village_workbook(scope=officer.scope, hands=officer.hands, village=here, on=at.date())
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    titles = {str(cell.value).strip("*"): cell.column for cell in sheet[1]}
    seen: set[str] = set()
    lines = [sheet[number] for number in range(2, sheet.max_row + 1) if sheet.cell(number, 1).value]
    for number, line in enumerate(lines):
        household = line[0].value
        told = dict(WORK)
        if household not in seen:
            told |= {"入户结果": "已访", "入户日期": "2026-11-22"} | LAND
        seen.add(household)
        for title, value in (told | (change(number) if change else {})).items():
            sheet.cell(line[0].row, titles[title]).value = value
    for place, told in enumerate(extra, len(lines) + 2):
        for title, value in told.items():
            sheet.cell(place, titles[title]).value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def came_in(cast, at, content, accept=True):
    batch = bring_in(content, player=cast.village_officer, at=at, kind="survey_visits", name="入户调查表.xlsx")
    return accept_batch(batch=batch.pk, by=cast.village_officer.actor, at=at) if accept else batch


def test_a_filled_workbook_records_every_visit_and_writes_the_ledger(cast, at, survey):
    here, rows = survey
    batch = came_in(cast, at, filled(cast, at, here))
    assert (batch.state, batch.good_count, batch.bad_count) == ("accepted", 4, 0)
    assert {row.state for row in SurveyHousehold.objects.filter(village=here)} == {"changed"}
    assert SurveyAnswer.objects.filter(way="excel", outcome="met").count() == 2
    assert MemberAnswer.objects.count() == 4 and LedgerEntry.objects.count() == 4
    head = LedgerEntry.objects.get(household=rows[0].household_id, farmland_mu__isnull=False)
    assert (head.status, head.hardship, str(head.farmland_mu)) == ("1", "5", "3.50")


def test_the_same_file_comes_in_once_and_the_same_answers_change_nothing(cast, at, survey):
    here, _rows = survey
    content = filled(cast, at, here)
    came_in(cast, at, content)
    with pytest.raises(SameFile):
        came_in(cast, at, content)
    kept = (SurveyAnswer.objects.count(), MemberAnswer.objects.count(), LedgerEntry.objects.count())
    again = came_in(cast, at, content + b" ")
    assert again.state == "accepted"
    assert kept == (SurveyAnswer.objects.count(), MemberAnswer.objects.count(), LedgerEntry.objects.count())
    with within(COUNTY):
        notes = BatchRow.objects.filter(batch=again).values_list("notes", flat=True)
    assert all("recorded already" in note[-1]["text"] for note in notes)


def test_errors_stand_at_their_cells_and_the_good_rows_come_in(cast, at, survey):
    here, _rows = survey
    content = filled(cast, at, here, change=lambda number: {"就业状态": "睡觉"} if number == 1 else {})
    batch = came_in(cast, at, content)
    assert (batch.good_count, batch.bad_count) == (3, 1)
    marked = load_workbook(
        BytesIO(take_marked_file(batch=batch.pk, by=cast.village_officer.actor, at=at))
    ).worksheets[0]
    errors = [row[-1].value for row in marked.iter_rows(min_row=2) if row[-1].value]
    assert len(errors) == 1 and "睡觉" in errors[0]


def test_a_first_row_with_an_error_holds_its_household_back(cast, at, survey):
    here, _rows = survey
    content = filled(cast, at, here, change=lambda number: {"入户日期": "2027-01-01"} if number == 0 else {})
    batch = came_in(cast, at, content)
    assert (batch.good_count, batch.bad_count) == (2, 2)
    assert SurveyAnswer.objects.count() == 1


def test_a_missing_required_answer_is_refused_at_its_row(cast, at, survey):
    here, _rows = survey
    batch = came_in(cast, at, filled(cast, at, here, change=lambda number: {"就业状态": None} if number == 3 else {}))
    assert batch.bad_count == 1 and MemberAnswer.objects.count() == 3


def test_numbers_of_another_area_and_unknown_members_are_refused(cast, at, survey):
    here, _rows = survey
    content = filled(cast, at, here, change=lambda number: {"调查户编号": "999999"} if number > 1 else {})
    batch = came_in(cast, at, content, accept=False)
    assert batch.bad_count == 2
    stranger = Person.objects.order_by("pk").last().pk + 1000
    change = lambda number: {"成员编号": str(stranger)} if number == 1 else {}  # noqa: E731
    assert came_in(cast, at, filled(cast, at, here, change=change)).bad_count == 1


def test_a_visit_recorded_meanwhile_is_not_overwritten(cast, at, survey):
    here, rows = survey
    content = filled(cast, at, here)
    visited(cast.village_officer.actor, at, rows[0], outcome="refused")
    batch = came_in(cast, at, content)
    assert batch.bad_count == 2
    rows[0].refresh_from_db()
    assert rows[0].state == "refused"


def test_taking_the_file_back_makes_everything_what_it_was(cast, at, survey):
    here, rows = survey
    officer = cast.village_officer.actor
    visited(officer, at, rows[1], outcome="not_met")
    newcomer = {
        "调查户编号": str(rows[0].pk), "新增成员身份证号码": id_number(), "姓名": "覃小妹", "与户主关系": "女",
    } | WORK  # fmt: skip
    change = lambda number: {"文化程度": "大学专科", "联系电话": "13911112222"} if number == 0 else {}  # noqa: E731
    before = {person.pk: (person.education, person.phone_mask) for person in Person.objects.all()}
    batch = came_in(cast, at, filled(cast, at, here, change=change, extra=[newcomer]))
    assert (batch.good_count, batch.bad_count) == (5, 0)
    assert Person.objects.filter(education="30").count() == 1
    undo_batch(batch=batch.pk, by=officer, at=at)
    assert {person.pk: (person.education, person.phone_mask) for person in Person.objects.all()} == before
    assert not LedgerEntry.objects.exists() and not MemberAnswer.objects.exists()
    assert HouseholdMember.objects.filter(household=rows[0].household_id).count() == 2
    states = SurveyHousehold.objects.filter(village=here).order_by("number").values_list("state", "visits")
    assert list(states) == [("open", 0), ("not_met", 1)]


def test_who_left_in_a_file_is_back_when_it_is_taken_back(cast, at, survey):
    here, rows = survey
    batch = came_in(cast, at, filled(cast, at, here, change=lambda number: {"是否已离户": "是"} if number == 1 else {}))
    present = HouseholdMember.objects.filter(household=rows[0].household_id, until_on=None)
    assert present.count() == 1
    undo_batch(batch=batch.pk, by=cast.village_officer.actor, at=at)
    assert present.count() == 2


def test_a_file_is_not_taken_back_under_a_later_visit_or_a_spot_check(cast, at, survey):
    here, rows = survey
    officer = cast.village_officer.actor
    batch = came_in(cast, at, filled(cast, at, here))
    visited(officer, at, rows[0], outcome="refused")
    with pytest.raises(Refused, match="later visit"):
        undo_batch(batch=batch.pk, by=officer, at=at)
    visited(officer, at, rows[0])
    draw_check(village=here.pk, seed="a", by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused):
        undo_batch(batch=batch.pk, by=officer, at=at)
    assert SurveyAnswer.objects.count() == 4


def test_a_dropped_file_leaves_no_trace(cast, at, survey):
    here, _rows = survey
    batch = came_in(cast, at, filled(cast, at, here), accept=False)
    drop_batch(batch=batch.pk, by=cast.village_officer.actor, at=at)
    assert not SurveyAnswer.objects.exists()


def test_the_kinds_of_household_registration_are_those_of_the_ledger():
    from openpes.people.subscriptions.ledger_sheet import HUKOU as OF_LEDGER

    assert HUKOU == OF_LEDGER
