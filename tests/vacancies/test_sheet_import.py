"""A vacancy list comes in: employers by credit code, occupations by name, publication by the rules of the counter."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.employers.models import Employer
from openpes.engine.identifiers import compose_credit_code
from openpes.intake.actions import accept_batch, undo_batch
from openpes.intake.choices import kind_of
from openpes.intake.models import Batch, BatchRow
from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import fill_place, lift_hold
from openpes.vacancies.actions.listed import enter_list
from openpes.vacancies.actions.publication import renew_publication
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold, PublishedVacancy, Vacancy
from tests.intake.factories import bring_in, ledger
from tests.vacancies.factories import REVIEWER

CODE = compose_credit_code("91", "450103", "MA5K0001")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def line(**cells) -> dict:
    return {
        "统一社会信用代码": CODE,
        "用人单位名称": "南宁市甜甜糕饼有限公司",
        "单位地址": "新竹路20号",
        "联系人": "韦经理",
        "单位联系电话": "0771-5500001",
        "岗位名称": "食品包装工",
        "职业（工种）": "糕点面包烘焙师",
        "招聘人数": 3,
        "用工期限": "长期",
        "月薪下限（元）": 3500,
        "月薪上限（元）": "4500元",
        "工作地点": "新竹街道",
        "详细地址": "新竹路20号",
        "工作内容": "在流水线上包装糕点并检查重量。",
        "处理方式": "发布",
        "招聘截止日期": "2026.12.31",
        "学历要求": "不限",
        "工作经验（年）": 0,
        "福利待遇": "包吃，包住、五险",
        "其他条件": "能上早班",
    } | cells


def bring(rows, cast, at) -> Batch:
    return bring_in(ledger(rows), player=cast.county_clerk, at=at, kind="vacancy_list", name="岗位.xlsx")


def errors_of(batch: Batch) -> dict[int, list[tuple[str, str]]]:
    with within(CITY):
        rows = list(BatchRow.objects.filter(batch=batch).bad().order_by("row_no"))
    return {
        row.row_no: [
            (e["column"], e["text"] % e["params"] if e["params"] else e["text"]) for e in row.errors
        ]
        for row in rows
    }  # fmt: skip


def second_look(at) -> None:
    """A second member of staff lets the first publications of new employers pass."""
    with within(CITY):
        waiting = list(Hold.objects.filter(ground=HoldGround.NEW_EMPLOYER).open().order_by("pk"))
    for hold in waiting:
        lift_hold(hold=hold.pk, words="单位信息属实", by=Actor(id=REVIEWER, scope=hold.area), at=at)


def counts() -> list[int]:
    with within(CITY):
        return [table.objects.count() for table in (Employer, Vacancy, PublishedVacancy)]


def test_a_list_becomes_an_employer_and_its_vacancies_published_or_drafts(cast, at):
    batch = bring([line(), line(岗位名称="收银员", 处理方式="存为草稿", 招聘截止日期=None)], cast, at)
    assert errors_of(batch) == {}
    assert counts() == [0, 0, 0]
    accept_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
    assert counts() == [1, 2, 0]
    second_look(at)
    assert counts() == [1, 2, 1]
    with within(CITY):
        row = Vacancy.objects.get(title="食品包装工")
        assert (row.openings, row.pay_min_fen, row.pay_max_fen, row.area) == (
            3,
            350_000,
            450_000,
            "450103001",
        )
        assert row.benefits == ["board", "lodging", "insurance"]
        assert (row.published_on, row.closes_on) == (date(2026, 11, 23), date(2026, 12, 31))
        assert Employer.objects.get().contact_phone == "0771-5500001"


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (
            {"统一社会信用代码": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")},
            "credit_code",
            f"require {CODE[-1]}",
        ),
        ({"职业（工种）": "糕点"}, "occupation", "Perhaps one of these"),
        ({"职业（工种）": "4-10"}, "occupation", "whole class"),
        ({"招聘人数": 0}, "openings", "between 1 and"),
        ({"月薪下限（元）": "面议"}, "pay_min_fen", "amount in yuan"),
        ({"月薪上限（元）": 3000}, "pay_max_fen", "below the lowest"),
        ({"月薪下限（元）": None, "月薪上限（元）": None}, "pay_min_fen", "basic pay is missing"),
        ({"月薪下限（元）": 900, "月薪上限（元）": 1000}, "pay_min_fen", "minimum wage"),
        ({"工作地点": "津头街道办"}, "area", "not a place"),
        ({"工作地点": None}, "area", "must be filled in"),
        ({"招聘截止日期": "2020-01-01"}, "closes_on", "must be between"),
        ({"招聘截止日期": None}, "closes_on", "needs its last day"),
        ({"福利待遇": "包吃、包分配"}, "benefits", "not among the choices"),
        ({"岗位名称": "收银员（限女性）"}, "title", "by sex"),
        ({"单位联系电话": None}, "credit_code", "contact phone"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_before_anything_is_saved(cast, at, cells, column, words):
    found = errors_of(bring([line(**cells)], cast, at))
    assert [at_column for at_column, text in found[2] if words in text] == [column], found


def test_the_employer_that_the_city_knows_is_used_and_another_name_is_a_note(cast, at):
    first = bring([line()], cast, at)
    accept_batch(batch=first.pk, by=cast.county_clerk.actor, at=at)
    second_look(at)
    second = bring([line(用人单位名称="甜甜糕饼", 岗位名称="糕点师")], cast, at)
    with within(CITY):
        assert [note["column"] for note in BatchRow.objects.get(batch=second).notes] == ["employer_name"]
    accept_batch(batch=second.pk, by=cast.county_clerk.actor, at=at)
    assert counts() == [1, 2, 2]
    again = bring([line(备注="the same vacancy in another file")], cast, at)
    with within(CITY):
        assert [note["column"] for note in BatchRow.objects.get(batch=again).notes] == ["title"]


def test_undo_takes_vacancies_and_the_new_employer_back(cast, at):
    batch = bring([line(), line(岗位名称="收银员")], cast, at)
    accept_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
    undo_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
    assert counts() == [0, 0, 0]


def test_undo_is_refused_once_a_place_is_filled_and_takes_nothing_back(cast, at):
    batch = bring([line(), line(岗位名称="收银员")], cast, at)
    accept_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
    second_look(at)
    with within(CITY):
        cashier = Vacancy.objects.get(title="收银员")
    fill_place(vacancy=cashier.pk, person=None, on=date(2026, 11, 23), by=cast.county_clerk.actor, at=at)
    with pytest.raises(Refused) as refused:
        undo_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
    assert "Row 3" in str(refused.value)
    assert counts() == [1, 2, 2]


def test_a_village_officer_may_not_bring_in_vacancies(cast, at):
    assert cast.village_officer.client().get("/intake/start/vacancy_list/").status_code == 403
    assert cast.county_clerk.client().get("/intake/start/vacancy_list/").status_code == 200


def test_many_rows_cost_the_statements_of_few_and_say_what_single_acts_would(cast, at):
    def statements(count: int, name: str) -> int:
        rows = [line(岗位名称=f"{name}{n}工") for n in range(count)]
        batch = bring(rows, cast, at)
        with CaptureQueriesContext(connection) as asked:
            accept_batch(batch=batch.pk, by=cast.county_clerk.actor, at=at)
        return len(asked)

    first = statements(2, "包装")  # of a new employer, so that nothing is public yet
    second_look(at)
    few = statements(2, "糕点")
    assert statements(9, "缝纫") <= few <= first + 1
    with within(CITY):
        rows = list(Vacancy.objects.order_by("id"))
        assert {(row.version, row.published_on) for row in rows} == {(2, date(2026, 11, 23))}
        public = PublishedVacancy.objects.get(title="缝纫3工")
        assert (public.places_left, public.employer_name) == (3, "南宁市甜甜糕饼有限公司")
        told = JournalEntry.objects.filter(event__startswith="vacancies.").order_by("id")
        assert [row.event for row in told][:2] == ["vacancies.VacancyDrafted", "vacancies.VacancyPublished"]
        assert told.filter(event="vacancies.VacancyHeld").count() == 2
        renewed = terms_in(public)
        renew_publication(vacancy=Vacancy.objects.get(pk=public.pk), on=at.date())
        assert terms_in(public) == renewed != ""


def terms_in(public: PublishedVacancy) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms::text FROM vacancies_publishedvacancy WHERE vacancy_id = %s", [public.pk])
        return str(cursor.fetchone()[0])


def test_a_row_that_is_refused_leaves_neither_its_employer_nor_holds_the_others_back(cast, at):
    good, bad = compose_credit_code("91", "450103", "MA5K0002"), compose_credit_code("91", "450103", "MA5K0003")
    batch = bring([line(统一社会信用代码=bad), line(统一社会信用代码=good, 岗位名称="收银员")], cast, at)
    with within(CITY):  # what the preview could not know: the place is no longer of the clerk's area
        row = BatchRow.objects.get(batch=batch, row_no=2)
    assert row.errors == []
    outcomes = enter_list(rows=[values_of(bad, area="450105"), values_of(good)], by=cast.county_clerk.actor, at=at)
    assert isinstance(outcomes[0], Refused) and not isinstance(outcomes[1], Refused)
    with within(CITY):
        assert [row.credit_code for row in Employer.objects.all()] == [good]


def values_of(code: str, **changes) -> dict:
    sheet = kind_of("vacancy_list").sheet(area="450103", on=date(2026, 11, 23))
    cells = line(统一社会信用代码=code)
    values = {
        column.key: None if cells.get(column.title_zh) is None else column.parse(cells[column.title_zh])
        for column in sheet.columns
    }
    return values | changes
