"""From the first publication of a new employer to appeals, reports and copies, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import (
    ReportFacts,
    appeal_hold,
    change_vacancy,
    close_vacancy,
    decide_appeal,
    hold_vacancy,
    judge_report,
    keep_apart,
    lift_hold,
    merge_copies,
    publish_vacancy,
    report_advert,
    seek_copies,
    show_reporter,
)
from openpes.vacancies.choices import CopyState, Finding, HoldGround, State
from openpes.vacancies.jobs import prepare_coding
from openpes.vacancies.models import AdvertReport, Hold, HoldAppeal, NearCopy, PublishedVacancy, Vacancy
from openpes.vacancies.queries import (
    facts_of,
    holds_waiting,
    is_new_employer,
    looks_waiting,
    publication_checks,
    state_on,
)
from tests.cast import COUNTY
from tests.employers.factories import make_employer
from tests.races import outcomes
from tests.vacancies.factories import make_draft, make_open

CLERK, SECOND = Actor(id=1, scope=COUNTY), Actor(id=5, scope=COUNTY)
LONG = "负责社区食堂面点制作，早班四点到十二点，会包子馒头花卷，月休四天，节假日轮休，服从厨师长安排。"


def published(draft, at, by=CLERK) -> Vacancy:
    return publish_vacancy(vacancy=draft.pk, closes_on=day_of(at) + timedelta(days=30), by=by, at=at)


def holds_of(vacancy) -> list[Hold]:
    with within(CITY):
        return list(Hold.objects.filter(vacancy=vacancy.pk).open().order_by("pk"))


def public(vacancy) -> PublishedVacancy | None:
    return PublishedVacancy.objects.filter(pk=vacancy.pk).first()


def state(vacancy, at) -> State:
    with within(CITY):
        return state_on(Vacancy.objects.get(pk=vacancy.pk), day_of(at))


# New employers


def test_the_first_vacancy_of_a_new_employer_waits_for_a_second_pair_of_eyes_with_a_clock(db, at):
    vacancy = published(make_draft(CLERK, at), at)
    (hold,) = holds_of(vacancy)
    assert (hold.ground, public(vacancy), state(vacancy, at)) == (HoldGround.NEW_EMPLOYER, None, State.HELD)
    assert "second member of staff" in hold.words and "art. 29" in hold.clause
    assert hold.due_on == day_of(at) + timedelta(days=2)
    with pytest.raises(Refused, match="does not review it"):
        lift_hold(hold=hold.pk, words="看过", by=CLERK, at=at)
    lift_hold(hold=hold.pk, words="营业执照属实", by=SECOND, at=at)
    assert public(vacancy)


def test_an_act_in_the_name_of_whoever_published_is_no_second_pair_of_eyes(db, at):
    vacancy = published(make_draft(CLERK, at), at)
    stand_in = Actor(id=7, scope=COUNTY, behalf=CLERK.id)
    with pytest.raises(Refused, match="does not review it"):
        lift_hold(hold=holds_of(vacancy)[0].pk, words="看过", by=stand_in, at=at)


def test_the_second_vacancy_of_an_employer_and_an_old_employer_s_first_are_public_at_once(db, at):
    first = make_open(CLERK, at)
    second = published(make_draft(CLERK, at, employer=first.employer_id, title="面点师"), at)
    assert public(second)
    old = make_employer(CLERK, at - timedelta(days=181))
    assert public(published(make_draft(CLERK, at, employer=old.pk), at))


def test_while_the_first_waits_the_second_waits_too_and_before_the_rule_nobody_waited(db, at):
    firm = make_employer(CLERK, at)
    for _n in range(2):
        assert state(published(make_draft(CLERK, at, employer=firm.pk), at), at) == State.HELD
    assert not is_new_employer(employer=firm.pk, on=day_of(at) - timedelta(days=40))


# What the words and the pay say


def test_words_that_may_lure_are_held_and_words_that_take_money_are_refused(db, at):
    firm = make_open(CLERK, at).employer_id
    words = "日结高薪，工作轻松简单，人人可做，加微信了解"
    lured = published(make_draft(CLERK, at, employer=firm, description=words), at)
    (hold,) = holds_of(lured)
    assert hold.ground == HoldGround.SCAM and "日结" in hold.words and hold.next_step
    taken = make_draft(CLERK, at, employer=firm, description="包装糕点，入职需交押金300元")
    with pytest.raises(Refused) as refused:
        published(taken, at)
    (reason,) = refused.value.reasons
    assert reason.field == "description" and "押金" in reason.text and "art. 9" in str(reason.clause)


def test_pay_far_above_the_occupation_is_held_and_an_honest_better_offer_is_not(db, at):
    first = make_open(CLERK, at)
    PublishedVacancy.objects.bulk_create(_rivals(first))
    pay = {"pay_min_fen": 2_500_000, "pay_max_fen": 2_500_000}
    high = published(make_draft(CLERK, at, employer=first.employer_id, **pay), at)
    (hold,) = holds_of(high)
    assert hold.ground == HoldGround.PAY and "25000" in hold.words and "3450 to 4450" in hold.words
    better = make_draft(CLERK, at, employer=first.employer_id, pay_min_fen=800_000, pay_max_fen=900_000)
    assert public(published(better, at))


def _rivals(row: Vacancy) -> list[PublishedVacancy]:
    made = []
    with within(CITY):
        for number in range(40):
            pay = 300_000 + 5_000 * number
            copy = Vacancy.objects.get(pk=row.pk)
            copy.pk, copy._state.adding = None, True
            copy.save()
            shown = PublishedVacancy.objects.get(pk=row.pk)
            shown.vacancy_id, shown.pay_min_fen, shown.pay_max_fen, shown.terms = copy.pk, pay, pay, ""
            made.append(shown)
    return made


def test_a_change_that_makes_an_open_vacancy_doubtful_holds_it_and_what_was_cleared_stays_cleared(db, at):
    vacancy = make_open(CLERK, at)
    words = "日结高薪，轻松简单，人人可做，加微信了解"
    facts = replace(facts_of(vacancy), description=words)
    row = change_vacancy(vacancy=vacancy.pk, facts=facts, version=vacancy.version, by=CLERK, at=at)
    (hold,) = holds_of(row)
    assert (hold.ground, public(row)) == (HoldGround.SCAM, None)
    lift_hold(hold=hold.pk, words="去年的合同与工资单属实", by=SECOND, at=at)
    change_vacancy(vacancy=row.pk, facts=replace(facts_of(row), openings=9), version=row.version, by=CLERK, at=at)
    assert public(row) and not holds_of(row)


# Appeals


def test_an_appeal_is_decided_by_another_person_with_reasons_and_lifts_the_hold(db, at):
    vacancy = make_open(CLERK, at)
    firm = Actor(id=9, employer=vacancy.employer_id)
    hold = hold_vacancy(vacancy=vacancy.pk, ground=HoldGround.SCAM, words="疑似收费", by=CLERK, at=at)
    appeal = appeal_hold(hold=hold.pk, words="押金一词指客户押金。", by=firm, at=at)
    assert appeal.due_on == day_of(at) + timedelta(days=3)
    with pytest.raises(Refused, match="waits for its answer"):
        appeal_hold(hold=hold.pk, words="再说一次", by=firm, at=at)
    for act in (
        lambda: decide_appeal(appeal=appeal.pk, granted=True, answer="属实", by=CLERK, at=at),
        lambda: lift_hold(hold=hold.pk, words="属实", by=CLERK, at=at),
        lambda: decide_appeal(appeal=appeal.pk, granted=True, answer=" ", by=SECOND, at=at),
    ):
        with pytest.raises(Refused):
            act()
    decide_appeal(appeal=appeal.pk, granted=True, answer="核实为客户押金", by=SECOND, at=at)
    assert public(vacancy)
    with pytest.raises(Refused, match="decided already"):
        decide_appeal(appeal=appeal.pk, granted=False, answer="x", by=SECOND, at=at)


def test_what_somebody_held_on_purpose_waits_for_nobody_to_look_until_the_employer_appeals(db, at):
    vacancy = make_open(CLERK, at)
    hold = hold_vacancy(vacancy=vacancy.pk, ground=HoldGround.SCAM, words="疑似收费", by=CLERK, at=at)
    with CLERK.standing():
        assert hold.due_on is None and not holds_waiting(scope=COUNTY).exists()
        assert looks_waiting(scope=COUNTY, on=day_of(at)) == []
    appeal_hold(hold=hold.pk, words="没有收费", by=CLERK, at=at)
    with CLERK.standing():
        assert [one.look_by for one in holds_waiting(scope=COUNTY)] == [day_of(at) + timedelta(days=3)]
        assert [look.kind for look in looks_waiting(scope=COUNTY, on=day_of(at))] == ["appeal"]


def test_a_refused_appeal_keeps_the_hold_and_the_employer_may_appeal_anew(db, at):
    vacancy = make_open(CLERK, at)
    firm = Actor(id=9, employer=vacancy.employer_id)
    hold = hold_vacancy(vacancy=vacancy.pk, ground=HoldGround.SCAM, words="疑似收费", by=CLERK, at=at)
    first = appeal_hold(hold=hold.pk, words="没有收费", by=firm, at=at)
    decide_appeal(appeal=first.pk, granted=False, answer="文字仍写押金", by=SECOND, at=at)
    assert not public(vacancy)
    assert appeal_hold(hold=hold.pk, words="已删除", by=firm, at=at).pk != first.pk


def test_the_database_itself_stops_whoever_held_from_deciding(db, at):
    vacancy = make_open(CLERK, at)
    hold = hold_vacancy(vacancy=vacancy.pk, ground=HoldGround.SCAM, words="疑似收费", by=CLERK, at=at)
    appeal = appeal_hold(hold=hold.pk, words="没有收费", by=CLERK, at=at)
    with pytest.raises(IntegrityError), transaction.atomic(), within(CITY):
        HoldAppeal.objects.filter(pk=appeal.pk).update(
            granted=True, answer="x", decided_at=at, decided_by=1, decided_hands=frozenset({1})
        )


# Reports


def report(vacancy, at, *, asker=b"a", reason="pay", words="", phone="") -> AdvertReport:
    facts = ReportFacts(vacancy=vacancy.pk, reason=reason, asker=asker, words=words, phone=phone)
    return report_advert(facts=facts, by=PLATFORM, at=at)


def test_three_reports_hold_an_advertisement_and_one_address_counts_once(db, at):
    vacancy = make_open(CLERK, at)
    report(vacancy, at)
    with pytest.raises(Refused, match="came from here already"):
        report(vacancy, at)
    report(vacancy, at, asker=b"b")
    assert public(vacancy)
    report(vacancy, at, asker=b"c", reason="gone")
    (hold,) = holds_of(vacancy)
    assert (hold.ground, hold.held_by, public(vacancy)) == (HoldGround.REPORTED, 0, None)
    assert "not true (2)" in hold.words and "filled already (1)" in hold.words
    with pytest.raises(Refused, match="not public at the moment"):
        report(vacancy, at, asker=b"d")


def test_one_grave_report_holds_and_the_last_unfounded_one_frees(db, at):
    vacancy = make_open(CLERK, at)
    one = report(vacancy, at, reason="fee", words="收了三百元", phone="13900001234")
    assert not public(vacancy)
    assert one.phone_mask and b"13900001234" not in bytes(one.phone_sealed)
    assert show_reporter(report=one.pk, purpose="核实收费", by=CLERK, at=at) == "13900001234"
    with pytest.raises(Refused, match="what the number is wanted for"):
        show_reporter(report=one.pk, purpose="", by=CLERK, at=at)
    judge_report(report=one.pk, finding=Finding.UNFOUNDED, answer="单位出示收据，为客户押金", by=CLERK, at=at)
    assert public(vacancy)


def test_what_was_cleared_as_it_stands_is_not_held_by_a_single_report_again(db, at):
    vacancy = make_open(CLERK, at)
    one = report(vacancy, at, reason="fee")
    judge_report(report=one.pk, finding=Finding.UNFOUNDED, answer="查无此事", by=CLERK, at=at)
    for number in range(5):
        report(vacancy, at, asker=bytes([65 + number]), reason="fee")
    assert public(vacancy)
    report(vacancy, at, asker=b"z", reason="fee")
    assert not public(vacancy)


def test_reports_from_where_the_button_was_abused_are_kept_and_do_not_count(db, at):
    first, second = make_open(CLERK, at), make_open(CLERK, at)
    judge_report(report=report(first, at, reason="fee").pk, finding=Finding.ABUSE, answer="同行恶意", by=CLERK, at=at)
    again = report(second, at, reason="fee")
    assert (again.counts, bool(public(second))) == (False, True)
    later = at + timedelta(days=91)
    with within(CITY):
        Vacancy.objects.filter(pk=first.pk).update(closes_on=day_of(later))
    assert report(first, later, reason="pay").counts


def test_a_true_report_keeps_the_hold_whatever_the_others_were(db, at):
    vacancy = make_open(CLERK, at)
    made = [report(vacancy, at, asker=bytes([n])) for n in (65, 66, 67)]
    for one, finding in zip(made, (Finding.UNFOUNDED, Finding.TRUE, Finding.UNFOUNDED), strict=True):
        judge_report(report=one.pk, finding=finding, answer="已核实", by=CLERK, at=at)
    assert not public(vacancy)


@pytest.mark.parametrize("reason", ["", "nonsense"])
def test_a_report_without_a_reason_is_refused(db, at, reason):
    with pytest.raises(Refused, match="Say what is wrong"):
        report(make_open(CLERK, at), at, reason=reason)


@pytest.mark.city
def test_reports_race_and_hold_once(city, at):
    vacancy = make_open(CLERK, at)
    counted = outcomes(lambda n: report(vacancy, at, asker=bytes([n]), reason="pay"), range(65, 71))
    assert counted["stopped"] == 0 and counted["done"] == 3
    assert len(holds_of(vacancy)) == 1 and not public(vacancy)


# Copies


def twice(at, *, same=True, **changes) -> tuple[Vacancy, Vacancy]:
    first = make_open(CLERK, at, description=LONG)
    firm = {"employer": first.employer_id} if same else {}
    return first, make_open(CLERK, at, description=LONG, **firm | changes)


def test_the_same_offer_of_one_firm_is_shown_as_one_with_its_source_and_unmerged_exactly(db, at):
    first, second = twice(at)
    before = {row.pk: row for row in PublishedVacancy.objects.all()}
    assert seek_copies(by=PLATFORM, at=at) == 1
    shown = PublishedVacancy.objects.get()
    assert shown.pk == first.pk
    assert [source["vacancy"] for source in shown.sources] == [second.pk]
    assert shown.sources[0]["employer"] == shown.employer_name
    (hold,) = holds_of(second)
    assert hold.ground == HoldGround.DUPLICATE and f"No. {first.pk}" in hold.words
    lift_hold(hold=hold.pk, words="两个车间，各招各的", by=CLERK, at=at)
    after = {row.pk: row for row in PublishedVacancy.objects.all()}
    fields = [field.attname for field in PublishedVacancy._meta.fields]
    for pk, row in before.items():
        assert [getattr(row, name) for name in fields] == [getattr(after[pk], name) for name in fields]
    assert seek_copies(by=PLATFORM, at=at) == 0


def test_another_firm_s_copy_and_other_pay_wait_for_somebody_who_looks(db, at):
    first, second = twice(at, same=False)
    assert seek_copies(by=PLATFORM, at=at) == 1
    assert public(second)
    with within(CITY):
        pair = NearCopy.objects.get()
    assert (pair.kept_id, pair.copy_id, pair.same_employer, pair.state) == (first.pk, second.pk, False, CopyState.FOUND)
    merge_copies(pair=pair.pk, words="中介代发同一岗位", by=CLERK, at=at)
    assert not public(second) and public(first).sources
    with pytest.raises(Refused, match="decided about these two already"):
        keep_apart(pair=pair.pk, words="x", by=CLERK, at=at)


def test_what_somebody_told_apart_is_not_found_again(db, at):
    twice(at, same=False)
    seek_copies(by=PLATFORM, at=at)
    with within(CITY):
        pair = NearCopy.objects.get()
    with pytest.raises(Refused, match="why these are two"):
        keep_apart(pair=pair.pk, words="", by=CLERK, at=at)
    keep_apart(pair=pair.pk, words="两家分店", by=CLERK, at=at)
    assert seek_copies(by=PLATFORM, at=at) == 0 and PublishedVacancy.objects.count() == 2


def test_when_the_shown_one_ends_the_copy_stands_for_itself_and_when_the_copy_ends_it_is_no_source(db, at):
    first, second = twice(at)
    seek_copies(by=PLATFORM, at=at)
    close_vacancy(vacancy=first.pk, by=CLERK, at=at)
    assert public(second) and not holds_of(second)
    third = make_open(CLERK, at, description=LONG, employer=first.employer_id)
    seek_copies(by=PLATFORM, at=at)
    assert public(second).sources and not public(third)
    close_vacancy(vacancy=third.pk, by=CLERK, at=at)
    assert public(second).sources is None


def test_a_copy_is_pointed_out_before_publication(db, at):
    first = make_open(CLERK, at, description=LONG)
    draft = make_draft(CLERK, at, description=LONG, employer=first.employer_id)
    with within(CITY):
        checks = publication_checks(row=draft, closes_on=day_of(at), on=day_of(at))
    (copy,) = [check for check in checks if check.code == "copy"]
    assert f"No. {first.pk}" in copy.sentence and not copy.stops


@pytest.mark.city
def test_merging_races_with_closing_either_and_leaves_what_is_true(city, at):
    for _round in range(3):
        first, second = twice(at)
        acts = {
            "seek": lambda: seek_copies(by=PLATFORM, at=at),
            "close first": lambda first=first: close_vacancy(vacancy=first.pk, by=CLERK, at=at),
            "close second": lambda second=second: close_vacancy(vacancy=second.pk, by=SECOND, at=at),
        }
        counted = outcomes(lambda name, acts=acts: acts[name](), acts)
        assert counted == {"done": 3}
        assert not PublishedVacancy.objects.exists() and not holds_of(first) and not holds_of(second)


def test_a_worker_codes_one_title_when_it_begins_and_no_more(db):
    for _minute in range(3):
        prepare_coding()
    assert prepare_coding.cache_info().misses == 1
