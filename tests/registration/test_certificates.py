"""Preference certificates: four groups, clocks of 3+3+7 working days, two officers, notice, uses, checks."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.registration.actions import (
    CertificateFacts,
    UseFacts,
    answer_objection,
    apply_certificate,
    check_certificate,
    decide_certificate,
    note_objection,
    review_certificate,
    revoke_certificate,
    use_certificate,
)
from openpes.registration.choices import Group
from openpes.registration.models import CertificateNotice, CertificateUse, Decision, PreferenceCertificate
from openpes.registration.queries import certificate, certificate_view, certificates_to_check, public_notices
from openpes.registration.rules.certificates import (
    DOCUMENTS,
    Claim,
    certificate_rules,
    decide_due_on,
    notice_until_on,
    review_due_on,
    why_not_apply,
)
from openpes.registration.rules.periods import Spell
from tests.cast import COUNTY
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import employed, unemployed
from tests.registration.test_races import THREADS, at_once

ALL = {"1": ("01", "02", "03"), "2": ("01", "02", "05", "06"), "3": ("01", "02", "07", "08"), "4": ("01", "02", "09")}
TODAY = date(2026, 11, 23)


def facts(group="3", **changes) -> CertificateFacts:
    return CertificateFacts(**({"group": group, "documents": ALL[group], "former_unit": "南宁机械厂"} | changes))


@pytest.fixture
def person(clerk, at):
    person = a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk
    unemployed(person, by=clerk.actor, at=at)
    return person


@pytest.fixture
def asked(clerk, person, at):
    return apply_certificate(person=person, facts=facts(), by=clerk.actor, at=at)


@pytest.fixture
def issued(clerk, judge, asked, at):
    review_certificate(certificate=asked.pk, by=clerk.actor, at=at)
    return decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=at + timedelta(days=3))


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def claim(group, since=date(2025, 1, 1), documents=None, **changes) -> Claim:
    spells = (Spell("unemployed", since),)
    told = {"on": TODAY, "group": group, "documents": frozenset(documents or ALL.get(group, ())),
            "former_unit": "南宁机械厂", "spells": spells}  # fmt: skip
    return Claim(**told | changes)


# Rules


@pytest.mark.parametrize("group", Group.values)
def test_each_group_with_its_documents_may_apply(group):
    assert why_not_apply(claim(group)) == []


@pytest.mark.parametrize("group", Group.values)
def test_each_missing_document_is_named(group):
    found = why_not_apply(claim(group, documents=("01",)))
    assert len(found) == 1 + len(DOCUMENTS[Group(group)])
    assert all(reason.field == "documents" and reason.next_step for reason in found)


@pytest.mark.parametrize(
    ("since", "states"),
    [(date(2025, 11, 23), []), (date(2025, 11, 24), ["status"]), (date(2026, 11, 2), ["status"])],
)
def test_who_draws_the_subsistence_allowance_waits_a_year(since, states):
    assert [result.code for result in certificate_rules(claim("4", since)) if result.state == "no"] == states


def test_a_laid_off_person_needs_no_unemployment_but_no_work_either():
    assert why_not_apply(claim("1", spells=())) == []
    working = (Spell("employed", date(2026, 1, 1)),)
    assert [str(reason) for reason in why_not_apply(claim("1", spells=working))]
    assert why_not_apply(claim("2", spells=()))


def test_an_unknown_group_and_a_second_certificate_are_refused():
    assert {reason.field for reason in why_not_apply(claim("9"))} >= {"group"}
    assert "already" in str(why_not_apply(claim("3", has_one=True))[0])


@pytest.mark.parametrize(
    ("applied", "review", "over", "whole"),
    [
        (date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 26), date(2026, 12, 2)),
        (date(2026, 11, 27), date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 8)),
        (date(2026, 11, 28), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 8)),
    ],
)
def test_the_clocks_count_working_days(applied, review, over, whole):
    """Monday; Friday; Saturday, which is no day of the notice."""
    assert (review_due_on(applied), notice_until_on(applied), decide_due_on(applied)) == (review, over, whole)


def test_the_clocks_stand_still_on_holidays():
    assert decide_due_on(date(2026, 9, 29)) > date(2026, 10, 10)


# Actions


def test_a_certificate_is_issued_after_notice_by_another_officer(clerk, judge, cast, person, asked, at):
    with pytest.raises(Refused, match="not reviewed yet"):
        decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=at)
    review_certificate(certificate=asked.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(Refused, match="goes on until 26 Nov 2026"):
        decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=at + timedelta(days=2))
    for maker in (clerk, cast.township_clerk):
        with pytest.raises(Refused, match="does not decide it"):
            decide_certificate(certificate=asked.pk, issues=True, by=maker.actor, at=at + timedelta(days=3))
    done = decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=at + timedelta(days=3))
    assert done.number.startswith("4501032026") and done.issued_on == date(2026, 11, 26)
    with within(COUNTY):
        assert Decision.objects.get(person=person, subject="certificate").outcome == "granted"


@pytest.mark.parametrize("maker", ["applied", "reviewed"])
def test_the_database_refuses_a_maker_who_checks(clerk, cast, asked, at, maker):
    review_certificate(certificate=asked.pk, by=cast.township_clerk.actor, at=at)
    with pytest.raises(IntegrityError, match="certificate_four_eyes"), within(COUNTY):
        row = PreferenceCertificate.objects.get(pk=asked.pk)
        PreferenceCertificate.objects.filter(pk=asked.pk).update(
            outcome="issued", number="X", issued_on=TODAY, decided_by=1, decided_at=at,
            decided_hands={1} | getattr(row, f"{maker}_hands"),
        )  # fmt: skip


def test_a_refusal_has_its_reason_and_can_be_appealed_against(clerk, judge, person, asked, at):
    review_certificate(certificate=asked.pk, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Write why"):
        decide_certificate(certificate=asked.pk, issues=False, by=judge.actor, at=at)
    decide_certificate(certificate=asked.pk, issues=False, note="材料不实", by=judge.actor, at=at)
    with within(COUNTY):
        assert Decision.objects.adverse().get(person=person).facts["note"] == "材料不实"
    assert apply_certificate(person=person, facts=facts(), by=clerk.actor, at=at).pk != asked.pk


def test_an_objection_waits_for_its_answer(clerk, judge, asked, at):
    with pytest.raises(Refused, match="not on public notice"):
        note_objection(certificate=asked.pk, said="已就业", by=clerk.actor, at=at)
    review_certificate(certificate=asked.pk, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Write what was said"):
        note_objection(certificate=asked.pk, said=" ", by=clerk.actor, at=at)
    made = [note_objection(certificate=asked.pk, said=said, by=clerk.actor, at=at) for said in ("已就业", "不住本地")]
    later = at + timedelta(days=3)
    for objection in made:
        with pytest.raises(Refused, match="not answered"):
            decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=later)
        told = {"certificate": asked.pk, "objection": objection.pk, "by": clerk.actor, "at": later}
        with pytest.raises(Refused, match="Write what was found"):
            answer_objection(**told, answer=" ")
        answer_objection(**told, answer="经核查不属实")
        with pytest.raises(Refused, match="answered already"):
            answer_objection(**told, answer="改写")
    with within(COUNTY):
        assert [row.said for row in certificate_view(certificate(scope=COUNTY, pk=asked.pk), on=TODAY).objections] == [
            "不住本地", "已就业",
        ]  # fmt: skip
        lines = JournalEntry.objects.filter(event__startswith="registration.Objection").order_by("id")
        events = [line.event.split(".")[-1] for line in lines]
    assert events == ["ObjectionNoted"] * 2 + ["ObjectionAnswered"] * 2
    assert decide_certificate(certificate=asked.pk, issues=True, by=judge.actor, at=later).outcome == "issued"


def test_one_certificate_at_a_time(clerk, person, issued, at):
    with pytest.raises(Refused, match="certificate or an open application already"):
        apply_certificate(person=person, facts=facts(), by=clerk.actor, at=at + timedelta(days=4))


def test_the_public_reads_a_masked_name_and_nothing_else(clerk, asked, at):
    review_certificate(certificate=asked.pk, by=clerk.actor, at=at)
    with within(role="openpes_public"):
        row = CertificateNotice.objects.get()
        assert row.masked_name == "覃**" and "小梅" not in str(vars(row))
        assert [len(public_notices(on=TODAY + timedelta(days=n))) for n in (-1, 0, 2, 3)] == [0, 1, 1, 0]
    page = Client().get("/registration/certificates/notices").content.decode()
    assert "覃**" in page and "小梅" not in page
    with pytest.raises(Exception, match="permission denied"), within(role="openpes_public"):
        PreferenceCertificate.objects.count()


def use(policy="020", **changes) -> UseFacts:
    told = {"policy": policy, "unit": "兴宁区社会保险局", "from_on": date(2026, 12, 1), "amount_fen": 100_000}
    return UseFacts(**told | changes)


def test_uses_are_written_in_by_policy_and_unit_once_at_a_time(clerk, issued, at):
    later = at + timedelta(days=8)
    use_certificate(certificate=issued.pk, facts=use(), by=clerk.actor, at=later)
    with pytest.raises(Refused, match="drawn already"):
        use_certificate(certificate=issued.pk, facts=use(from_on=date(2026, 12, 5)), by=clerk.actor, at=later)
    use_certificate(certificate=issued.pk, facts=use("060"), by=clerk.actor, at=later)
    wrong = (use("XXX"), use(unit=" "), use(from_on=date(2026, 11, 1)), use("070", until_on=date(2026, 12, 1)))
    for told, field in zip(wrong, ("policy", "unit", "from_on", "until_on"), strict=True):
        with pytest.raises(Refused) as refused:
            use_certificate(certificate=issued.pk, facts=told, by=clerk.actor, at=later)
        assert [reason.field for reason in refused.value.reasons] == [field]


def test_the_yearly_check_is_asked_for_and_who_fails_loses_the_certificate(clerk, issued, at):
    year_later = datetime(2027, 11, 27, 9, tzinfo=BUSINESS_ZONE)
    late = use(from_on=date(2027, 11, 27))
    with within(COUNTY):
        assert [*certificates_to_check(scope=COUNTY, on=date(2027, 11, 25))] == []
        assert [row.pk for row in certificates_to_check(scope=COUNTY, on=date(2027, 11, 26))] == [issued.pk]
    with pytest.raises(Refused, match="yearly check was due on 26 Nov 2027"):
        use_certificate(certificate=issued.pk, facts=late, by=clerk.actor, at=year_later)
    check_certificate(certificate=issued.pk, passed=True, by=clerk.actor, at=year_later)
    with pytest.raises(Refused, match="checked this year already"):
        check_certificate(certificate=issued.pk, passed=True, by=clerk.actor, at=year_later)
    assert use_certificate(certificate=issued.pk, facts=late, by=clerk.actor, at=year_later).pk
    after = datetime(2028, 11, 27, 9, tzinfo=BUSINESS_ZONE)
    with pytest.raises(Refused, match="Write the reason"):
        check_certificate(certificate=issued.pk, passed=False, by=clerk.actor, at=after)
    check_certificate(certificate=issued.pk, passed=False, note="已稳定就业", by=clerk.actor, at=after)
    with within(COUNTY):
        assert PreferenceCertificate.objects.get(pk=issued.pk).revoked_on == after.date()


def test_the_list_asks_as_much_for_many_as_for_one(clerk, judge, asked, at):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = clerk.client(), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/registration/certificates").status_code == 200
        counts.append(len(seen))
        for _n in range(3):
            other = a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk
            unemployed(other, by=clerk.actor, at=at)
            review_certificate(
                certificate=apply_certificate(person=other, facts=facts(), by=clerk.actor, at=at).pk,
                by=clerk.actor, at=at,
            )  # fmt: skip
    assert counts[1] <= counts[0]


def test_the_yearly_checks_that_are_due_have_pages(clerk, judge, at):
    for _n in range(26):
        other = a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk
        unemployed(other, by=clerk.actor, at=at)
        pk = apply_certificate(person=other, facts=facts(), by=clerk.actor, at=at).pk
        review_certificate(certificate=pk, by=clerk.actor, at=at)
        decide_certificate(certificate=pk, issues=True, by=judge.actor, at=at + timedelta(days=3))
    with stopped(datetime(2027, 11, 29, 9, tzinfo=BUSINESS_ZONE)):
        first, second = (clerk.client().get(f"/registration/certificates?check={n}").content.decode() for n in (1, 2))
    assert "1–25 of 26" in first and "26–26 of 26" in second


def test_an_employer_draws_a_policy_only_for_its_own_staff(clerk, cast, issued, at):
    firm = make_employer(clerk.actor, at)
    later = at + timedelta(days=8)
    with pytest.raises(Refused) as refused:
        use_certificate(certificate=issued.pk, facts=use(employer=firm.pk), by=clerk.actor, at=later)
    assert [reason.field for reason in refused.value.reasons] == ["credit_code"]
    employed(issued.person_id, by=clerk.actor, at=at, category="010", employer=firm.pk, from_on=at.date())
    used = use_certificate(certificate=issued.pk, facts=use(employer=firm.pk), by=clerk.actor, at=later)
    assert used.employer_id == firm.pk


def test_revocation_ends_the_uses_that_go_on(clerk, issued, at):
    use_certificate(certificate=issued.pk, facts=use(), by=clerk.actor, at=at + timedelta(days=8))
    later = datetime(2027, 1, 4, 9, tzinfo=BUSINESS_ZONE)
    revoke_certificate(certificate=issued.pk, reason="弄虚作假", by=clerk.actor, at=later)
    with within(COUNTY):
        assert CertificateUse.objects.get(certificate=issued).until_on == later.date()
    with pytest.raises(Refused, match="not valid"):
        use_certificate(certificate=issued.pk, facts=use(from_on=later.date()), by=clerk.actor, at=later)
    with pytest.raises(Refused, match="not valid"):
        revoke_certificate(certificate=issued.pk, reason="再次", by=clerk.actor, at=later)


def test_the_neighbour_finds_no_certificate(cast, issued, at):
    other = cast.neighbour_clerk
    for act in (
        lambda: review_certificate(certificate=issued.pk, by=other.actor, at=at),
        lambda: revoke_certificate(certificate=issued.pk, reason="x", by=other.actor, at=at),
        lambda: use_certificate(certificate=issued.pk, facts=use(), by=other.actor, at=at),
    ):
        with pytest.raises(PreferenceCertificate.DoesNotExist):
            act()
    assert other.client().get(f"/registration/certificates/{issued.pk}").status_code == 404


# Pages


def test_a_certificate_goes_its_way_on_the_pages(clerk, judge, cast, person, at):
    client, other = clerk.client(), judge.client()
    url = f"/registration/persons/{person}/certificate"
    assert client.get(url).status_code == 200
    short = send(client, url, group="3", documents=["01"])
    assert short.status_code == 422 and "To supply" in short.content.decode()
    done = send(client, url, group="3", documents=list(ALL["3"]), former_unit="南宁机械厂")
    page = done.headers["Location"]
    assert "3 working days left" in client.get("/registration/certificates").content.decode()
    assert send(client, f"{page}/review").status_code == 302
    assert send(client, f"{page}/decide", issues="1").status_code == 422
    with stopped(at + timedelta(days=3)):
        assert "a colleague decides" in client.get(page).content.decode()
        assert send(cast.village_officer.client(), f"{page}/decide", issues="1").status_code == 403
        assert send(other, f"{page}/decide", issues="1").status_code == 302
        told = {"policy": "020", "unit": "社保局", "from_on": "2026-11-26", "amount_fen": "1,000"}
        assert send(client, f"{page}/use", **told).status_code == 302
        assert send(client, f"{page}/use", **told).status_code == 422
        assert "1,000" in client.get(page).content.decode()
        assert send(client, f"{page}/check", passed="0").status_code == 422
        assert send(client, f"{page}/check", passed="1").status_code == 302
        assert send(other, f"{page}/revoke", reason="弄虚作假").status_code == 302
        assert "Revoked" in client.get(page).content.decode()


def test_who_works_is_told_so_before_the_form(clerk, at):
    person = a_person(by=clerk.actor, at=at).pk
    employed(person, by=clerk.actor, at=at)
    page = clerk.client().get(f"/registration/persons/{person}/certificate").content.decode()
    assert "not registered as unemployed" in page


# Races


@pytest.mark.city
def test_one_application_one_decision_and_one_use_win(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    unemployed(person, by=PLATFORM, at=at)
    got = at_once(lambda _n: apply_certificate(person=person, facts=facts(), by=PLATFORM, at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7
    with within(CITY):
        pk = PreferenceCertificate.objects.get().pk
    review_certificate(certificate=pk, by=PLATFORM, at=at)
    judges = [Actor(id=100 + n, scope=CITY) for n in range(THREADS)]
    later = at + timedelta(days=3)
    got = at_once(
        lambda n: decide_certificate(certificate=pk, issues=n % 2 == 0, note="理由", by=judges[n], at=later)
    )
    assert got.pop("won") == 1 and sum(got.values()) == 7
    with within(CITY):
        if PreferenceCertificate.objects.get().outcome == "refused":
            return
    told = use(from_on=later.date())
    got = at_once(lambda _n: use_certificate(certificate=pk, facts=told, by=PLATFORM, at=later))
    assert got.pop("won") == 1 and sum(got.values()) == 7
