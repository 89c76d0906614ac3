"""Saved searches: nothing before the code, every vacancy once, an end at any time."""

from datetime import timedelta

import pytest

from openpes.alerts.actions import (
    change_search,
    confirm_search,
    end_expired,
    end_search,
    save_search,
    send_code_again,
    tell_new,
)
from openpes.alerts.choices import Ending
from openpes.alerts.models import SavedSearch, ToldVacancy
from openpes.kernel import Refused
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.messages.actions import stop_recipient
from openpes.messages.choices import StopWay
from openpes.messages.models import Message
from tests.alerts.factories import MOBILE, alerts, code_of, confirmed, saved, wish

LINK = "https://example.org/portal/saved/x/"
FOUND = [(11, "包装工"), (12, "包装组长"), (13, "打包员"), (14, "发货员")]


@pytest.fixture(autouse=True)
def _city(db):
    with PLATFORM.standing():
        yield


def told(search: SavedSearch, at, found=FOUND) -> int:
    return tell_new(search=search.pk, found=found, link=LINK, by=PLATFORM, at=at)


def test_nothing_but_the_code_goes_to_an_address_before_it_is_told(at):
    search = saved(at)
    assert told(search, at + timedelta(days=1)) == 0
    assert [one.purpose for one in Message.objects.all()] == ["confirm_code"]
    assert confirm_search(key=search.key, code=code_of(search), known=(), by=PLATFORM, at=at)
    assert told(search, at + timedelta(days=1)) == 4


def test_a_wrong_code_confirms_nothing_and_a_later_one_replaces_the_first(at):
    search = saved(at)
    first = code_of(search)
    wrong = f"{(int(first) + 1) % 10**6:06d}"
    assert not confirm_search(key=search.key, code=wrong, known=(), by=PLATFORM, at=at)
    send_code_again(key=search.key, by=PLATFORM, at=at)
    second = code_of(search)
    if first != second:
        assert not confirm_search(key=search.key, code=first, known=(), by=PLATFORM, at=at)
    assert confirm_search(key=search.key, code=second, known=(), by=PLATFORM, at=at)


def test_an_alert_names_three_and_the_number_of_all_and_is_sealed(at):
    search = confirmed(at)
    told(search, at + timedelta(days=1))
    (text,) = alerts()
    assert "包装工、包装组长、打包员" in text and "发货员" not in text and "4" in text and LINK in text
    row = Message.objects.get(purpose="job_alert")
    assert row.to().reveal() == MOBILE and row.to_mask == "138****0007"


def test_a_vacancy_is_told_once_and_what_was_known_never(at):
    search = confirmed(at, known=[11])
    assert told(search, at + timedelta(days=1)) == 3
    assert told(search, at + timedelta(days=1)) == 0
    assert told(search, at + timedelta(days=2)) == 0
    assert told(search, at + timedelta(days=3), [(12, "包装组长"), (15, "装箱工")]) == 1
    assert len(alerts()) == 2


def test_a_week_passes_between_weekly_alerts(at):
    search = confirmed(at, rhythm="weekly")
    assert told(search, at + timedelta(days=6)) == 0
    assert told(search, at + timedelta(days=7)) == 4
    assert told(search, at + timedelta(days=8), [(20, "包装工")]) == 0


def test_a_paused_search_is_silent_until_it_goes_on(at):
    search = confirmed(at)
    change_search(key=search.key, change="pause", by=PLATFORM, at=at)
    assert told(search, at + timedelta(days=2)) == 0
    change_search(key=search.key, change="resume", by=PLATFORM, at=at + timedelta(days=3))
    assert told(search, at + timedelta(days=3)) == 4


def test_ended_by_one_click_it_forgets_the_address_and_what_it_told(at):
    search = confirmed(at)
    told(search, at + timedelta(days=1))
    for _time in range(2):
        end_search(key=search.key, by=PLATFORM, at=at + timedelta(days=1))
    search.refresh_from_db()
    assert search.ended_why == Ending.HOLDER and search.consent.ended_at is not None
    assert not ToldVacancy.objects.exists()
    assert told(search, at + timedelta(days=2), [(30, "包装工")]) == 0
    with pytest.raises(SavedSearch.DoesNotExist):
        change_search(key=search.key, change="resume", by=PLATFORM, at=at)


def test_what_ran_out_was_never_confirmed_or_was_stopped_ends_by_itself(at):
    old, never, stopped, good = confirmed(at), saved(at), confirmed(at, to="13800000008"), confirmed(at, way="feed")
    SavedSearch.objects.filter(pk=old.pk).update(until_on=day_of(at))
    stop_recipient(channel="sms", to="13800000008", way=StopWay.REPLY, by=PLATFORM, at=at)
    assert end_expired(by=PLATFORM, at=at + timedelta(days=1)) == 3
    why = {row.pk: row.ended_why for row in SavedSearch.objects.all()}
    assert why == {old.pk: Ending.EXPIRED, never.pk: Ending.NEVER, stopped.pk: Ending.STOPPED, good.pk: ""}


def test_renewed_it_runs_for_half_a_year_more(at):
    search = confirmed(at)
    later = at + timedelta(days=100)
    renewed = change_search(key=search.key, change="renew", by=PLATFORM, at=later)
    assert renewed.until_on > search.until_on


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"query": ""}, "query"),
        ({"query": "?q=" + "工" * 1100}, "query"),
        ({"name": "  "}, "name"),
        ({"name": "工" * 101}, "name"),
        ({"way": "pigeon"}, "way"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"to": "12345"}, "to"),
        ({"to": "a@b", "way": "mail"}, "to"),
    ],
)
def test_what_cannot_be_saved_is_refused_with_its_field_and_leaves_no_trace(at, wrong, field):
    with pytest.raises(Refused) as refused:
        save_search(wish=wish(**wrong), by=PLATFORM, at=at)
    assert field in [reason.field for reason in refused.value.reasons]
    assert not SavedSearch.objects.exists() and not Message.objects.exists()


def test_one_address_has_ten_searches_at_most(at):
    for number in range(10):
        search = confirmed(at + timedelta(days=number // 4), name=f"包装{number}")
        assert search.confirmed_at
    with pytest.raises(Refused, match="10"):
        confirmed(at + timedelta(days=5))


def test_a_message_that_was_told_without_a_lock_would_be_noticed(at):
    """The planted mistake: a search whose memory is lost tells again, and the count of alerts shows it."""
    search = confirmed(at)
    told(search, at + timedelta(days=1))
    ToldVacancy.objects.filter(search=search).delete()
    SavedSearch.objects.filter(pk=search.pk).update(next_on=day_of(at))
    assert told(search, at + timedelta(days=1)) == 4
    assert len(alerts()) == 2
