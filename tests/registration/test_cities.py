"""Registrations between cities: out with a certificate that anybody can check, in with another city's."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from openpes.kernel import Refused, within
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions import (
    CertificateFacts,
    TransferInFacts,
    apply_certificate,
    issue_handbook,
    request_handbook,
    take_back_transfer_out,
    transfer_in,
    transfer_out,
)
from openpes.registration.models import Decision, JobWish, StatusPeriod, TransferIn, TransferOut
from openpes.registration.queries import (
    checked_by_number,
    checked_by_token,
    handbook_of,
    transfer_paper,
    unemployed,
    why,
)
from openpes.registration.queries.lists import UnemployedSieve
from openpes.registration.rules.cities import counted_from_on, full_months, why_not_transfer_in
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person
from tests.registration.factories import employed, wishing
from tests.registration.factories import unemployed as register

GUILIN, GUANGZHOU = "450300", "440100"
TODAY = date(2026, 11, 23)


def paper(**changes) -> TransferInFacts:
    told = {
        "from_place": GUANGZHOU, "from_office": "天河区公共就业服务中心", "paper_number": "GZ2026-0017",
        "paper_issued_on": date(2026, 11, 10), "since_on": date(2025, 10, 8), "left_on": date(2026, 11, 10),
        "months": 13, "reason": "20", "former_employer": "广州某厂", "proofs": ("2",),
    }  # fmt: skip
    return TransferInFacts(**told | changes)


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


# Rules


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_place": "450100"}, "from_place"),
        ({"from_place": "999999"}, "from_place"),
        ({"from_office": " "}, "from_office"),
        ({"paper_number": ""}, "paper_number"),
        ({"since_on": date(2026, 11, 11)}, "since_on"),
        ({"left_on": date(2026, 11, 12)}, "since_on"),
        ({"paper_issued_on": date(2026, 11, 24)}, "since_on"),
        ({"months": 14}, "months"),
        ({"paper_issued_on": date(2026, 9, 23), "left_on": date(2026, 9, 23), "months": 0}, "paper_issued_on"),
    ],
)
def test_each_mistake_on_another_citys_certificate_is_named(changes, field):
    assert why_not_transfer_in(paper(), home="450100", on=TODAY) == []
    assert [reason.field for reason in why_not_transfer_in(paper(**changes), home="450100", on=TODAY)] == [field]


def test_months_are_whole_and_days_on_the_way_do_not_count():
    assert [full_months(date(2026, 1, 31), day) for day in (date(2026, 2, 27), date(2026, 3, 30))] == [0, 1]
    assert counted_from_on(TODAY, 13) == date(2025, 10, 23)


# Out


def test_a_registration_leaves_with_a_certificate_and_the_wish_ends(clerk, judge, period, at):
    wish = wishing(period.person_id, by=clerk.actor, at=at)
    issue_handbook(copy=request_handbook(person=period.person_id, by=clerk.actor, at=at).pk, by=judge.actor, at=at)
    later = datetime(2027, 2, 3, 10, tzinfo=BUSINESS_ZONE)
    made = transfer_out(person=period.person_id, to_place=GUILIN, to_office="七星区", by=clerk.actor, at=later)
    assert (made.months, made.since_on, made.left_on) == (3, date(2026, 11, 2), later.date())
    with within(COUNTY):
        ended = StatusPeriod.objects.get(pk=period.pk)
        assert (ended.until_on, ended.end_reason) == (later.date(), "99") and "桂林市" in ended.end_note
        assert JobWish.objects.get(pk=wish.pk).until_on == later.date()
        view = handbook_of(scope=COUNTY, person=period.person_id)
    assert view.is_issued and [line.kind for line in view.lines][-2:] == ["unemp_end", "went_out"]
    assert "桂林市" in view.lines[-1].more
    with pytest.raises(Refused, match="not registered as unemployed"):
        transfer_out(person=period.person_id, to_place=GUILIN, by=clerk.actor, at=later)


def test_nothing_leaves_for_this_city_or_for_none(clerk, cast, period, at):
    for place in ("450100", "", "999999"):
        with pytest.raises(Refused):
            transfer_out(person=period.person_id, to_place=place, by=clerk.actor, at=at)
    with pytest.raises(Person.DoesNotExist):
        transfer_out(person=period.person_id, to_place=GUILIN, by=cast.neighbour_clerk.actor, at=at)
    work = a_person(by=clerk.actor, at=at).pk
    employed(work, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="nothing to transfer"):
        transfer_out(person=work, to_place=GUILIN, by=clerk.actor, at=at)


def test_anybody_checks_the_certificate_and_reads_no_name(clerk, period, at):
    made = transfer_out(person=period.person_id, to_place=GUILIN, by=clerk.actor, at=at)
    by_code = checked_by_token(token=made.token)
    assert by_code == checked_by_number(number=made.number, code=made.code)
    assert (by_code.state, by_code.rows[0][1], by_code.rows[1][1]) == (
        "valid", "Certificate of transfer", made.number[-6:],
    )  # fmt: skip
    page = Client(headers={"accept-language": "en"}).get(f"/registration/papers/check/{made.token}").content.decode()
    assert "覃小梅" not in page and made.number not in page


def test_a_certificate_that_was_not_taken_is_taken_back_and_all_is_as_before(clerk, cast, period, at):
    wish = wishing(period.person_id, by=clerk.actor, at=at)
    made = transfer_out(person=period.person_id, to_place=GUILIN, by=clerk.actor, at=at)
    told = {"transfer_out": made.pk, "at": at + timedelta(days=4)}
    with pytest.raises(TransferOut.DoesNotExist):
        take_back_transfer_out(**told, why="x", by=cast.neighbour_clerk.actor)
    with pytest.raises(Refused, match="Write why"):
        take_back_transfer_out(**told, why=" ", by=clerk.actor)
    take_back_transfer_out(**told, why="对方未接收", by=clerk.actor)
    with within(COUNTY):
        assert StatusPeriod.objects.get(pk=period.pk).until_on is None
        assert JobWish.objects.get(pk=wish.pk).until_on == wish.until_on
    assert checked_by_token(token=made.token).state == "dead"
    with pytest.raises(Refused, match="taken back already"):
        take_back_transfer_out(**told, why="再次", by=clerk.actor)
    again = transfer_out(person=period.person_id, to_place=GUANGZHOU, by=clerk.actor, at=at + timedelta(days=5))
    assert again.number != made.number


def test_who_was_registered_since_keeps_that_registration(clerk, period, at):
    made = transfer_out(person=period.person_id, to_place=GUILIN, by=clerk.actor, at=at)
    register(period.person_id, by=clerk.actor, at=at, from_on=at.date())
    with pytest.raises(Refused, match="registered again since"):
        take_back_transfer_out(transfer_out=made.pk, why="对方未接收", by=clerk.actor, at=at)


# In


def test_an_unemployment_goes_on_here_and_its_months_count(clerk, person, at):
    made = transfer_in(person=person, facts=paper(), by=clerk.actor, at=at)
    with within(COUNTY):
        period = StatusPeriod.objects.get(pk=made.period_id)
        assert (period.from_on, period.counted_from_on) == (TODAY, date(2025, 10, 23))
        year = UnemployedSieve(months_min=12)
        assert [row.pk for row in unemployed(scope=COUNTY, sieve=year, on=TODAY)] == [period.pk]
        assert Decision.objects.get(person=person).outcome == "granted"
    poor = CertificateFacts(group="4", documents=("01", "02", "09"))
    assert apply_certificate(person=person, facts=poor, by=clerk.actor, at=at).group == "4"


def test_who_came_with_few_months_does_not_have_the_year_yet(clerk, person, at):
    made = transfer_in(person=person, facts=paper(months=11), by=clerk.actor, at=at)
    poor = CertificateFacts(group="4", documents=("01", "02", "09"))
    with pytest.raises(Refused, match="not yet 12 months"):
        apply_certificate(person=person, facts=poor, by=clerk.actor, at=at)
    later = datetime(2026, 12, 23, 9, tzinfo=BUSINESS_ZONE)
    asked = apply_certificate(person=person, facts=poor, by=clerk.actor, at=later)
    with within(COUNTY):
        assert TransferIn.objects.get(pk=made.pk).months == 11
        assert all(row.agrees for row in why(scope=COUNTY, person=asked.person_id, on=later.date()))


def test_one_certificate_is_brought_once(clerk, person, at):
    transfer_in(person=person, facts=paper(), by=clerk.actor, at=at)
    other = a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk
    with pytest.raises(Refused, match="brought to an office of this city already"):
        transfer_in(person=other, facts=paper(), by=clerk.actor, at=at)
    with within(COUNTY):
        assert not StatusPeriod.objects.filter(person=other).exists()


def test_the_rules_of_registration_stand_for_who_comes_from_elsewhere_too(clerk, person, at):
    with pytest.raises(Refused, match="does not declare"):
        transfer_in(person=person, facts=paper(willing=False), by=clerk.actor, at=at)
    register(person, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="Already registered"):
        transfer_in(person=person, facts=paper(), by=clerk.actor, at=at)


# Pages


def test_out_print_back_and_in_on_the_pages(clerk, cast, period, at):
    client, other = clerk.client(), cast.neighbour_clerk.client()
    person = period.person_id
    file, out = f"/registration/persons/{person}/file", f"/registration/persons/{person}/transfer-out"
    assert out in client.get(file).content.decode()
    assert "桂林市" in client.get(out).content.decode() and other.get(out).status_code == 404
    assert send(client, out, to_place="").status_code == 422
    assert send(client, out, to_place=GUILIN).status_code == 302
    with within(CITY):
        made = TransferOut.objects.get()
    print_at = f"/registration/transfers-out/{made.pk}/paper.pdf"
    answer = client.get(print_at)
    assert answer.content.startswith(b"%PDF") and answer["Content-Disposition"].endswith(f'"{made.number}.pdf"')
    assert other.get(print_at).status_code == 404
    assert print_at in client.get(file).content.decode() and "桂林市" in client.get(file).content.decode()
    back = f"/registration/transfers-out/{made.pk}/take-back"
    assert send(other, back, why="x").status_code == 404
    assert send(client, back, why="").status_code == 422
    assert send(client, back, why="对方未接收").status_code == 302
    assert client.get(print_at).status_code == 404
    comer = a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk
    came = f"/registration/persons/{comer}/transfer-in"
    assert client.get(came).status_code == 200 and other.get(came).status_code == 404
    told = {
        "from_place": GUANGZHOU, "from_office": "天河区", "paper_number": "1", "paper_issued_on": "20261110",
        "since_on": "20260108", "left_on": "20261110", "months": "10", "reason": "20", "former_employer": "某厂",
        "proofs": ["2"], "willing": "on",
    }  # fmt: skip
    assert send(client, came, **told | {"months": "11"}).status_code == 422
    assert "/receipt" in send(client, came, **told).headers["Location"]
    assert "广州市" in client.get(f"/registration/persons/{comer}/file").content.decode()


def test_the_paper_is_written_in_both_languages(clerk, period, at):
    from django.utils import translation

    made = transfer_out(person=period.person_id, to_place=GUILIN, by=clerk.actor, at=at)
    with within(NEIGHBOUR), pytest.raises(Person.DoesNotExist):
        handbook_of(scope=NEIGHBOUR, person=period.person_id)
    told = {"row": made, "check_url": "https://x/1", "typed_url": "https://x/2", "at": at}
    with within(COUNTY), stopped(at):
        papers = []
        for language in ("en", "zh-hans"):
            with translation.override(language):
                papers.append(transfer_paper(**told))
    assert all(one.startswith(b"%PDF") for one in papers) and papers[0] != papers[1]
