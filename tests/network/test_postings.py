"""Postings from a day on, planned ones, and letting people go."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from openpes.access.actions import close_account
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import close_service_point, end_posting, entitle_month, post_staff
from openpes.network.models import Posting, SubsidyEntitlement
from openpes.network.queries import posting_of
from tests.access.factories import a_clerk
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.network.factories import a_point
from tests.reading import text_of

DAY = timedelta(days=1)


def posted(account: int, point: int, at, **told) -> Posting:
    return post_staff(account=account, point=point, by=PLATFORM, at=at, **told)


def days_of(account: int) -> list[tuple[date, date | None]]:
    with within("4501"):
        return list(Posting.objects.filter(account=account).order_by("from_on").values_list("from_on", "until_on"))


def test_a_posting_from_a_later_day_ends_the_present_one_on_that_day(cast, at):
    here, there = a_point(COUNTY, at), a_point(COUNTY, at, name="分市场")
    who, today = cast.county_clerk.account.pk, at.date()
    posted(who, here.pk, at)
    posted(who, there.pk, at, from_on=today + 10 * DAY)
    assert days_of(who) == [(today, today + 10 * DAY), (today + 10 * DAY, None)]
    with within("4501"):
        assert posting_of(who, today + 9 * DAY).point == here and posting_of(who, today + 10 * DAY).point == there


def test_a_posting_is_not_back_dated_nor_laid_under_a_planned_one(cast, at):
    here, there = a_point(COUNTY, at), a_point(COUNTY, at, name="分市场")
    who, today = cast.county_clerk.account.pk, at.date()
    with pytest.raises(Refused, match="This day is over"):
        posted(who, here.pk, at, from_on=today - DAY)
    posted(who, there.pk, at, from_on=today + 10 * DAY)
    with pytest.raises(Refused, match="from 3 Dec 2026 on is planned already"):
        posted(who, here.pk, at)
    assert days_of(who) == [(today + 10 * DAY, None)]


def test_somebody_is_let_go_from_a_day_on_and_a_planned_posting_is_called_off(cast, at):
    point, today = a_point(COUNTY, at), at.date()
    who, by = cast.county_clerk.account.pk, cast.administrator.actor
    row = posted(who, point.pk, at - 30 * DAY)
    end_posting(posting=row.pk, on=today + 5 * DAY, by=by, at=at)
    with pytest.raises(Refused, match="ends on 28 Nov 2026 already"):
        end_posting(posting=row.pk, on=today + 6 * DAY, by=by, at=at)
    end_posting(posting=row.pk, on=today, by=by, at=at)
    with pytest.raises(Refused, match="ended on 23 Nov 2026"):
        end_posting(posting=row.pk, on=today, by=by, at=at)
    planned = posted(who, point.pk, at, from_on=today + 3 * DAY)
    end_posting(posting=planned.pk, on=today, by=by, at=at)
    assert days_of(who) == [(today - 30 * DAY, today)]
    with within("4501"):
        lines = JournalEntry.objects.filter(event="network.PostingEnded").order_by("id")
        assert [line.payload["posting"] for line in lines] == [row.pk, row.pk, planned.pk]


def test_nobody_is_let_go_for_yesterday_or_by_the_neighbour(cast, at):
    row = posted(cast.county_clerk.account.pk, a_point(COUNTY, at).pk, at - 30 * DAY)
    with pytest.raises(Refused, match="This day is over"):
        end_posting(posting=row.pk, on=at.date() - DAY, by=cast.administrator.actor, at=at)
    with pytest.raises(Posting.DoesNotExist):
        end_posting(posting=row.pk, on=at.date(), by=Actor(id=1, scope=NEIGHBOUR), at=at)


def test_the_office_of_a_county_lets_somebody_go_whom_another_then_posts(cast, at):
    there, here = a_point(NEIGHBOUR, at), a_point(COUNTY, at)
    who = cast.neighbour_clerk.account.pk
    row = posted(who, there.pk, at - 30 * DAY)
    with pytest.raises(Refused, match="outside your area"):
        post_staff(account=who, point=here.pk, by=cast.county_clerk.actor, at=at)
    end_posting(posting=row.pk, on=at.date(), by=Actor(id=1, scope=NEIGHBOUR), at=at)
    assert post_staff(account=who, point=here.pk, by=cast.county_clerk.actor, at=at).point == here


def test_a_closed_account_is_posted_nowhere_and_due_no_further_subsidy(cast, at):
    station, long_ago = a_point(VILLAGE, at), at - timedelta(days=60)
    stays, leaves = (a_clerk(long_ago, name, VILLAGE) for name in ("nongjianhua", "weixiaomei"))
    for one in (stays, leaves):
        posted(one.pk, station.pk, long_ago)
    posted(leaves.pk, a_point(VILLAGE, at, name="第二工作站").pk, at, from_on=at.date() + 30 * DAY)
    close_account(account=leaves.pk, by=cast.administrator.actor, at=at)
    assert days_of(leaves.pk) == [(long_ago.date(), at.date())]
    assert entitle_month(month_on=date(2026, 11, 1), by=PLATFORM, at=at + 10 * DAY) == 2
    assert entitle_month(month_on=date(2026, 12, 1), by=PLATFORM, at=at + 40 * DAY) == 1
    with within("4501"):
        december = SubsidyEntitlement.objects.get(month_on=date(2026, 12, 1))
    assert december.account_id == stays.pk


def test_a_point_that_closes_lets_go_who_was_to_come_or_to_leave_later(cast, at):
    point, today = a_point(COUNTY, at), at.date()
    first, second = cast.county_clerk.account.pk, cast.township_clerk.account.pk
    row = posted(first, point.pk, at - 30 * DAY)
    end_posting(posting=row.pk, on=today + 9 * DAY, by=PLATFORM, at=at)
    posted(second, point.pk, at, from_on=today + 2 * DAY)
    close_service_point(point=point.pk, reason="撤并", by=PLATFORM, at=at)
    assert days_of(first) == [(today - 30 * DAY, today)] and days_of(second) == []


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def test_the_page_of_a_point_plans_a_posting_and_lets_go(cast, at):
    point, admin = a_point(COUNTY, at), cast.administrator.client()
    page = f"/network/points/{point.pk}"
    assert admin.post(f"{page}/post", sent(account="county_clerk", from_on="2026-12-01")).status_code == 302
    text = text_of(admin.get(page))
    assert "Planned" in text and "1 Dec 2026" in text
    with within("4501"):
        row = Posting.objects.get()
    assert row.from_on == date(2026, 12, 1)
    address = f"/network/postings/{row.pk}/end"
    assert cast.neighbour_clerk.client().post(address, sent(on="2026-11-23")).status_code == 403
    wrong = admin.post(address, sent(on="2026-11-01"))
    assert wrong.status_code == 422 and "This day is over" in text_of(wrong)
    assert admin.post(address, sent(on="2026-11-23")).status_code == 302
    assert "Nobody is posted here" in text_of(admin.get(page)) and not Posting.objects.exists()
