"""Hiring rosters come in: conditions of contracts, registrations, filings, decisions by few statements, and back."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openpes.engine.rosters import hiring_roster
from openpes.intake.actions import accept_batch, receive_file, take_marked_file, undo_batch
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import grid_of
from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.registration.actions import end_status
from openpes.registration.models import Decision, Filing, RosterEntry, StatusPeriod, WithdrawnRegistration
from tests.employers.factories import make_employer
from tests.intake.factories import workbook
from tests.people.factories import a_person, id_number
from tests.registration.factories import employed, unemployed

NAME = "覃小梅"
SHOP = "销售员"


@pytest.fixture
def firm(clerk, at):
    return make_employer(clerk.actor, at)


@pytest.fixture
def staff(clerk, at):
    """Four persons of the county, by number."""
    numbers = [id_number(date(1985, 2, day)) for day in range(1, 5)]
    since = date(2015, 1, 1)
    return {number: a_person(by=clerk.actor, at=at, id_number=number, resides_from_on=since).pk for number in numbers}


def line(number: str, **cells) -> dict:
    return {
        "序号": 1,
        "身份证号码": number,
        "姓名": NAME,
        "民族": "壮",
        "文化程度": None,
        "户籍省份": "广西",
        "邮政编码": 530000,
        "联系电话": "13800000000",
        "就业形式": "单位就业",
        "合同状态": "新签",
        "合同类型": "固定期限",
        "合同始期": "2026.11.2",
        "合同终期": "2028-11-01",
        "月收入": "3,800元",
        "工种": None,
        "合同终止原因": None,
    } | cells


def bring(rows: list[dict], clerk, at, firm) -> Batch:
    titles = [*dict.fromkeys(title for row in rows for title in row)]
    content = workbook([titles, *([row.get(title) for title in titles] for row in rows)])
    return receive_file(
        kind="hiring_roster", name="花名册.xlsx", content=content, area=clerk.actor.scope, about=firm.credit_code,
        by=clerk.actor, at=at,
    )  # fmt: skip


def take(rows: list[dict], clerk, at, firm) -> Batch:
    return accept_batch(batch=bring(rows, clerk, at, firm).pk, by=clerk.actor, at=at)


def faults(batch: Batch) -> list[tuple[str, str]]:
    with within(CITY):
        rows = list(BatchRow.objects.filter(batch=batch).bad().order_by("row_no"))
    return [
        (error["column"], error["text"] % error["params"] if error["params"] else error["text"])
        for row in rows
        for error in row.errors
    ]


def periods(person: int) -> list[tuple]:
    with within(CITY):
        found = StatusPeriod.objects.filter(person=person).order_by("id")
        return [(row.status, row.from_on, row.until_on, row.end_reason) for row in found]


def test_the_roster_has_the_23_columns_of_the_form():
    roster = hiring_roster()
    assert len(roster.columns) == 23
    assert [column.zh for column in roster.columns][:3] == ["序号", "身份证号码", "姓名"]
    assert [column.key for column in roster.columns if column.always] == ["id_number", "name", "contract_state"]
    assert "art. 62" in roster.source


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"合同类型": None}, "contract_type"),
        ({"合同始期": None}, "from_on"),
        ({"就业形式": None}, "category"),
        ({"月收入": None}, "pay_fen"),
        ({"合同终期": None}, "contract_until_on"),
        ({"合同类型": "无固定期限"}, "contract_until_on"),
        ({"合同类型": "完成一定工作任务"}, "contract_until_on"),
        ({"合同终期": "2026-10-01"}, "contract_until_on"),
        ({"合同状态": "续签", "月收入": None}, "pay_fen"),
        ({"合同状态": "中止", "合同终期": None}, "end_reason"),
        ({"合同状态": "解除"}, "end_reason"),
        ({"合同状态": None}, "contract_state"),
        ({"民族": "火星"}, "ethnic"),
        ({"邮政编码": "53"}, "postcode"),
        ({"户籍省份": "加州"}, "hukou_province"),
        ({"姓名": "别的名字"}, "id_number"),
    ],
)
def test_what_the_state_of_the_contract_needs_is_said_at_its_cell(clerk, at, firm, staff, cells, column):
    (number, *_rest) = staff
    batch = bring([line(number, **cells)], clerk, at, firm)
    assert [at_column for at_column, _words in faults(batch)] == [column], faults(batch)
    assert batch.good_count == 0


def test_a_suspended_contract_needs_no_terms_and_ended_ones_only_their_reason(clerk, at, firm, staff):
    numbers = [*staff]
    bare = {"合同类型": None, "合同始期": None, "合同终期": None, "月收入": None, "就业形式": None}
    take([line(number) for number in numbers[:2]], clerk, at, firm)
    rows = [
        line(numbers[0], 合同状态="中止", 合同终止原因="其他", **bare),
        line(numbers[1], 合同状态="终止", 合同终止原因="辞职", **bare),
    ]
    done = take(rows, clerk, at, firm)
    assert faults(done) == []
    assert periods(staff[numbers[0]]) == [("employed", date(2026, 11, 2), None, "")]
    assert periods(staff[numbers[1]]) == [("employed", date(2026, 11, 2), at.date(), "20")]


def test_new_contracts_register_employments_end_unemployment_and_are_filed(clerk, at, firm, staff):
    one, two, *_rest = staff
    unemployed(staff[one], by=clerk.actor, at=at)
    done = take([line(one, 合同始期="2026-11-20"), line(two)], clerk, at, firm)
    assert (done.good_count, faults(done)) == (2, [])
    assert periods(staff[one]) == [
        ("unemployed", date(2026, 11, 2), date(2026, 11, 20), "60"), ("employed", date(2026, 11, 20), None, ""),
    ]  # fmt: skip
    with within(CITY):
        employment = StatusPeriod.objects.employed().get(person=staff[two])
        assert (employment.pay_fen, employment.contract_until_on) == (380_000, date(2028, 11, 1))
        assert (employment.employer_id, employment.workplace) == (firm.pk, firm.name)
        assert Decision.objects.filter(person=staff[one], outcome="ended").count() == 1
        filed = [(row.filed, row.way, row.late_days) for row in Filing.objects.order_by("id")]
        assert filed == [("hire", "counter", 0)] * 2
        entry = RosterEntry.objects.get(person=staff[two])
        assert (entry.contract_state, entry.contract_type, entry.before) == ("1", "1", {})
        assert len({row.number for row in StatusPeriod.objects.all()}) == 3


def test_the_preview_tells_what_acceptance_would_do_and_writes_nothing(clerk, at, firm, staff):
    one, two, three, _four = staff
    unemployed(staff[one], by=clerk.actor, at=at)
    employed(staff[two], by=clerk.actor, at=at)
    rows = [line(one, 合同始期="2026-11-20"), line(two), line(three, 合同状态="续签")]
    batch = bring(rows, clerk, at, firm)
    assert [column for column, _words in faults(batch)] == ["from_on", "contract_state"]
    with within(CITY):
        notes = BatchRow.objects.get(batch=batch, row_no=2).notes
        assert "unemployment registration ends" in notes[0]["text"]
        assert Filing.objects.count() == 0 and RosterEntry.objects.count() == 0


def test_a_changed_contract_changes_the_terms_and_undo_brings_them_back(clerk, at, firm, staff):
    number = next(iter(staff))
    take([line(number)], clerk, at, firm)
    terms = {"合同始期": "2028-11-02", "合同类型": "无固定期限", "合同终期": None, "月收入": 4200}
    changed = take([line(number, 合同状态="续签", **terms)], clerk, at, firm)
    with within(CITY):
        row = StatusPeriod.objects.get(person=staff[number])
        assert (row.contract_until_on, row.pay_fen) == (None, 420_000)
    undo_batch(batch=changed.pk, by=clerk.actor, at=at)
    with within(CITY):
        row = StatusPeriod.objects.get(person=staff[number])
        assert (row.contract_until_on, row.pay_fen) == (date(2028, 11, 1), 380_000)
        assert RosterEntry.objects.count() == 1


def test_undo_takes_hires_back_and_opens_what_they_had_ended(clerk, at, firm, staff):
    one, two, *_rest = staff
    unemployed(staff[one], by=clerk.actor, at=at)
    later = at + timedelta(days=2)
    done = take([line(one, 合同始期="2026-11-20"), line(two)], clerk, later, firm)
    undo_batch(batch=done.pk, by=clerk.actor, at=later + timedelta(days=9))
    assert periods(staff[one]) == [("unemployed", date(2026, 11, 2), None, "")]
    assert periods(staff[two]) == []
    with within(CITY):
        assert (Filing.objects.count(), RosterEntry.objects.count()) == (0, 0)
        assert WithdrawnRegistration.objects.count() == 2


def test_undo_of_an_end_opens_the_employment_and_its_filing_goes(clerk, at, firm, staff):
    number = next(iter(staff))
    take([line(number)], clerk, at, firm)
    ended = take([line(number, 合同状态="解除", 合同终止原因="协商一致", 合同终期="2026-11-20")], clerk, at, firm)
    assert periods(staff[number]) == [("employed", date(2026, 11, 2), date(2026, 11, 20), "10")]
    undo_batch(batch=ended.pk, by=clerk.actor, at=at)
    assert periods(staff[number]) == [("employed", date(2026, 11, 2), None, "")]
    with within(CITY):
        assert [row.filed for row in Filing.objects.all()] == ["hire"]


def test_undo_is_refused_when_something_came_after_and_takes_nothing_back(clerk, at, firm, staff):
    one, two, *_rest = staff
    done = take([line(one), line(two)], clerk, at, firm)
    with within(CITY):
        period = StatusPeriod.objects.get(person=staff[one])
    end_status(period=period.pk, reason="30", on=at.date(), by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Row 2 cannot be taken back"):
        undo_batch(batch=done.pk, by=clerk.actor, at=at)
    assert len(periods(staff[two])) == 1


def test_the_same_rows_in_another_file_change_nothing(clerk, at, firm, staff):
    rows = [line(number) for number in staff]
    take(rows, clerk, at, firm)
    again = take([row | {"现住地址": "另一份文件"} for row in rows], clerk, at, firm)
    assert again.good_count == 4
    with within(CITY):
        assert (StatusPeriod.objects.count(), Filing.objects.count(), RosterEntry.objects.count()) == (4, 4, 4)
        assert all(row.became == [] and row.notes for row in BatchRow.objects.filter(batch=again))
    other = bring([line(next(iter(staff)), 月收入=5000)], clerk, at, firm)
    assert "renewed or changed" in faults(other)[0][1]


def test_a_roster_is_one_employers_of_the_own_area(clerk, cast, at, staff):
    foreign = make_employer(cast.neighbour_clerk.actor, at, area="450105")
    with pytest.raises(Refused, match="No employer of your area"):
        bring([line(next(iter(staff)))], clerk, at, foreign)
    foreign.credit_code = "9145"
    with pytest.raises(Refused) as refused:
        bring([line(next(iter(staff)))], clerk, at, foreign)
    assert refused.value.reasons[0].field == "about"


def test_a_person_of_another_county_is_registered_there_by_the_employers_office(clerk, cast, at, firm):
    number = id_number(date(1991, 1, 1))
    person = a_person(by=cast.neighbour_clerk.actor, at=at, id_number=number, area="450105001001").pk
    take([line(number)], clerk, at, firm)
    with within("450105"):
        assert StatusPeriod.objects.get(person=person).area.startswith("450105")


def test_the_file_comes_back_with_its_mistakes_in_words(clerk, at, firm, staff):
    numbers = [*staff]
    batch = bring([line(numbers[0]), line(numbers[1], 合同类型=None)], clerk, at, firm)
    rows = grid_of(take_marked_file(batch=batch.pk, by=clerk.actor, at=at)).rows
    assert rows[0][-1] == "Errors"
    assert "劳动合同法 art. 12" in rows[2][-1] and not rows[1][-1]


def test_many_rows_cost_the_statements_of_few(clerk, at, firm):
    def bring_many(count: int) -> int:
        numbers = [id_number(date(1970, 1, 1) + timedelta(days=41 * n)) for n in range(count)]
        for number in numbers:
            a_person(by=clerk.actor, at=at, id_number=number, resides_from_on=date(2015, 1, 1))
        batch = bring([line(number) for number in numbers], clerk, at, firm)
        with CaptureQueriesContext(connection) as asked:
            accept_batch(batch=batch.pk, by=clerk.actor, at=at)
        return len(asked)

    few = bring_many(2)
    assert bring_many(12) <= few + 1


def test_the_page_asks_for_the_employer_and_shows_it(clerk, at, firm, staff):
    titles = [*line(next(iter(staff)))]
    file = BytesIO(workbook([titles, [*line(next(iter(staff))).values()]]))
    file.name = "花名册.xlsx"
    client = clerk.client()
    assert "unified social credit code" in client.get("/intake/start/hiring_roster/").content.decode()
    form = {"file": file, "about": "123", "idempotency_key": "roster-key-1"}
    wrong = client.post("/intake/start/hiring_roster/", form)
    assert wrong.status_code == 422
    file.seek(0)
    form = {"file": file, "about": firm.credit_code, "idempotency_key": "roster-key-2"}
    sent = client.post("/intake/start/hiring_roster/", form)
    assert sent.status_code == 302
    assert firm.name in client.get(sent["Location"]).content.decode()
