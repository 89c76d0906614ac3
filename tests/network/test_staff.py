"""Certificates, judged years, and the subsidy of village officers once a month."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from openpes.access.models import Account
from openpes.access.queries import standing_of
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import (
    StaffCertificateFacts,
    assess_year,
    entitle_month,
    post_staff,
    record_certificate,
    revoke_certificate,
)
from openpes.network.models import StaffCertificate, SubsidyEntitlement
from openpes.network.rules import days_in_month, month_before
from tests.access.factories import a_clerk
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.network.factories import a_point
from tests.races import at_once
from tests.reading import text_of


def certified(player, at, by, **changes) -> StaffCertificate:
    told = {
        "kind": "assessor", "number": "NN-2026-0001", "examined_on": date(2026, 3, 1), "score": 82,
        "from_on": date(2026, 4, 1),
    }  # fmt: skip
    return record_certificate(account=player.account.pk, facts=StaffCertificateFacts(**told | changes), by=by, at=at)


def rights_of(player, on) -> frozenset[str]:
    return standing_of(account=Account.objects.get(pk=player.account.pk), on=on)[1]


def test_a_certificate_opens_the_acts_that_need_it_until_it_ends_by_itself(cast, at):
    clerk = cast.city_clerk
    assert "network.assess" not in rights_of(clerk, at.date())
    row = certified(clerk, at, cast.administrator.actor)
    assert row.until_on == date(2028, 4, 1)
    assert "network.assess" in rights_of(clerk, at.date())
    assert "network.assess" in rights_of(clerk, date(2028, 3, 31))
    assert "network.assess" not in rights_of(clerk, date(2028, 4, 1))


def test_a_revoked_certificate_closes_them_at_once(cast, at):
    row = certified(cast.city_clerk, at, cast.administrator.actor)
    revoke_certificate(certificate=row.pk, reason="考试舞弊", by=cast.administrator.actor, at=at)
    assert "network.assess" not in rights_of(cast.city_clerk, at.date())
    with pytest.raises(Refused, match="was revoked on"):
        revoke_certificate(certificate=row.pk, reason="x", by=cast.administrator.actor, at=at)


def test_all_that_is_wrong_with_a_certificate_comes_at_once(cast, at):
    wrong = {"score": 69, "number": " ", "examined_on": date(2027, 1, 1), "from_on": date(2026, 12, 1)}
    with pytest.raises(Refused) as refused:
        certified(cast.administrator, at, cast.administrator.actor, **wrong)
    assert {reason.field for reason in refused.value.reasons} == {"score", "number", "examined_on", "from_on", ""}


def test_one_number_is_one_certificate_and_the_neighbours_staff_are_not_ones_own(cast, at):
    certified(cast.city_clerk, at, cast.administrator.actor)
    with pytest.raises(Refused, match="number NN-2026-0001 already"):
        certified(cast.county_clerk, at, cast.administrator.actor)
    county_admin = Actor(id=10**6, scope=COUNTY)
    with pytest.raises(Account.DoesNotExist):
        certified(cast.neighbour_clerk, at, county_admin, number="2")


def test_nobody_records_or_judges_their_own_whatever_the_code_does(cast, at):
    row = certified(cast.county_clerk, at, cast.administrator.actor)
    with within("4501"):
        for constraint, change in (
            ("certificate_by_somebody_else", {"recorded_by": row.account_id}),
            ("certificate_after_examination", {"until_on": row.from_on}),
        ):
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                StaffCertificate.objects.filter(pk=row.pk).update(**change)


def test_a_stand_in_neither_records_revokes_nor_judges_what_is_the_colleagues_own(cast, at):
    """Whoever acts on behalf of B is B as well, and stays who they are."""
    holder, admin = cast.county_clerk, cast.administrator.actor
    stand_in = Actor(id=admin.id, scope="4501", behalf=holder.account.pk)
    turned = Actor(id=holder.account.pk, scope="4501", behalf=admin.id)
    row = certified(holder, at, admin)
    december = at + timedelta(days=20)
    for by in (stand_in, turned):
        with pytest.raises(Refused, match="certificate of their own"):
            certified(holder, at, by, number="NN-2026-0002")
        with pytest.raises(Refused, match="certificate of their own"):
            revoke_certificate(certificate=row.pk, reason="x", by=by, at=at)
        with pytest.raises(Refused, match="Nobody judges their own"):
            assess_year(account=holder.account.pk, year=2026, grade="excellent", remark="", by=by, at=december)


def test_a_year_is_judged_once_when_it_is_over_and_not_by_oneself(cast, at):
    who, by = cast.county_clerk.account, cast.administrator.actor
    told = {"grade": "competent", "remark": ""}
    with pytest.raises(Refused, match="is not over yet"):
        assess_year(account=who.pk, year=2026, **told, by=by, at=at)
    december = at + timedelta(days=20)
    assess_year(account=who.pk, year=2026, **told, by=by, at=december)
    with pytest.raises(Refused, match="judged already"):
        assess_year(account=who.pk, year=2026, **told, by=by, at=december)
    with pytest.raises(Refused, match="Nobody judges their own"):
        assess_year(account=by.id, year=2026, **told, by=by, at=december)
    with pytest.raises(Refused, match="opened only in 2026"):
        assess_year(account=who.pk, year=2025, **told, by=by, at=december)


@pytest.mark.parametrize(
    ("from_on", "until_on", "days"),
    [
        (date(2026, 1, 1), None, 30),
        (date(2026, 11, 16), None, 15),
        (date(2026, 11, 1), date(2026, 11, 2), 1),
        (date(2026, 10, 1), date(2026, 11, 1), 0),
        (date(2026, 12, 1), None, 0),
    ],
)
def test_days_of_a_posting_within_november(from_on, until_on, days):
    assert days_in_month(from_on, until_on, date(2026, 11, 1)) == days


def test_the_month_before_january_is_december():
    assert month_before(date(2027, 1, 15)) == date(2026, 12, 1)


NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def officers(cast, at):
    """The village's officer is there for eight days of November, another one for all of it, a clerk at a market."""
    station, market = a_point(VILLAGE, at), a_point(COUNTY, at)
    long_ago = at - timedelta(days=60)
    other = a_clerk(long_ago, "nongjianhua", VILLAGE)
    post_staff(account=cast.village_officer.account.pk, point=station.pk, by=PLATFORM, at=at)
    post_staff(account=other.pk, point=station.pk, by=PLATFORM, at=long_ago)
    post_staff(account=cast.county_clerk.account.pk, point=market.pk, by=PLATFORM, at=long_ago)
    return other


def test_who_was_posted_to_a_station_long_enough_is_entitled_once(cast, at, officers):
    december = at + timedelta(days=9)
    assert entitle_month(month_on=NOVEMBER, by=PLATFORM, at=december) == 1
    assert entitle_month(month_on=NOVEMBER, by=PLATFORM, at=december) == 0
    with within("4501"):
        row = SubsidyEntitlement.objects.get()
        lines = list(JournalEntry.objects.filter(event="network.VillageSubsidyEntitled"))
    assert (row.account, row.days, row.amount_fen, row.area) == (officers, 30, 5000, VILLAGE)
    assert [line.payload["account"] for line in lines] == [officers.pk]


def test_a_month_that_is_not_over_and_an_officer_who_failed_get_nothing(cast, at, officers):
    with pytest.raises(Refused, match="not over yet"):
        entitle_month(month_on=NOVEMBER, by=PLATFORM, at=at)
    later = at.replace(year=2027, month=1)
    told = {"account": officers.pk, "year": 2026, "grade": "failed", "remark": "长期不在岗"}
    assess_year(**told, by=cast.administrator.actor, at=later)
    assert entitle_month(month_on=date(2026, 12, 1), by=PLATFORM, at=later) == 2
    assert entitle_month(month_on=date(2027, 1, 1), by=PLATFORM, at=later.replace(month=2)) == 1


def test_a_second_entitlement_of_a_month_breaks_the_constraint(cast, at, officers):
    """The planted mistake: a month counted without looking at what is there."""
    entitle_month(month_on=NOVEMBER, by=PLATFORM, at=at + timedelta(days=9))
    with within("4501"):
        row = SubsidyEntitlement.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError, match="subsidy_once_a_month"), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.city
def test_a_month_counted_by_four_at_once_entitles_each_officer_once(city, at):
    station = a_point(VILLAGE, at)
    clerk = a_clerk(at - timedelta(days=60), "nongjianhua", VILLAGE)
    post_staff(account=clerk.pk, point=station.pk, by=PLATFORM, at=at - timedelta(days=60))

    def count(_number: int) -> int:
        return entitle_month(month_on=NOVEMBER, by=PLATFORM, at=at + timedelta(days=9))

    assert sorted(at_once(count, range(4))) == [0, 0, 0, 1]


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def test_the_administrator_keeps_files_and_a_clerk_only_reads_them(cast, at):
    who = cast.village_officer.account.pk
    paper = sent(kind="service_post", number="GX1", examined_on="2026-05-01", score="75", from_on="2026-06-01")
    assert cast.county_clerk.client().post(f"/network/staff/{who}/certificates", paper).status_code == 403
    admin = cast.administrator.client()
    assert admin.post(f"/network/staff/{who}/certificates", paper).status_code == 302
    with within("4501"):
        certificate = StaffCertificate.objects.get()
    page = text_of(cast.county_clerk.client().get(f"/network/staff/{who}"))
    assert "GX1" in page and "Record the certificate" not in page
    assert cast.neighbour_clerk.client().get(f"/network/staff/{who}").status_code == 404
    assert admin.post(f"/network/certificates/{certificate.pk}/revoke", sent(reason="遗失")).status_code == 302
    assert "遗失" in text_of(admin.get(f"/network/staff/{who}"))
    worse = admin.post(f"/network/staff/{who}/certificates", paper | sent(score="10", number="2"))
    assert worse.status_code == 422 and "was not passed" in text_of(worse)


def test_the_list_of_staff_and_the_subsidies_open_and_a_neighbour_sees_none(cast, at, officers):
    admin = cast.administrator.client()
    assert "Nong" in text_of(admin.get("/network/staff")) or "韦建华" in text_of(admin.get("/network/staff"))
    assert "韦建华" not in text_of(cast.neighbour_clerk.client().get("/network/staff"))
    assert "韦建华" in text_of(admin.get("/network/staff?certificates=none"))
    assert "Nobody is found" in text_of(admin.get("/network/staff?certificates=lapsing"))
    answer = admin.post("/network/subsidies", sent(month_on="2026-11-01"))
    assert answer.status_code == 422 and "not over yet" in text_of(answer)
    assert "韦建华" in text_of(admin.post("/network/subsidies", sent(month_on="2026-10-20")))
    assert cast.county_clerk.client().get("/network/subsidies").status_code == 403
    assert NEIGHBOUR not in text_of(cast.county_clerk.client().get("/network/staff"))
