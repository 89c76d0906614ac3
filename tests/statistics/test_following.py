"""Subscriptions come once a month and end with the post; thresholds are told once a crossing and refuse nonsense."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import translation

from openpes.access.actions import close_account, end_role
from openpes.access.models import Grant
from openpes.engine.indicators.declared import indicator_on, indicators_on
from openpes.kernel import Refused, clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.registration.models import StatusPeriod
from openpes.statistics import actions, jobs
from openpes.statistics.actions import SubscriptionFacts, ThresholdFacts
from openpes.statistics.actions.addresses import confirm_address, give_address
from openpes.statistics.models import AlertEntry, FigureAlert, Subscription, SubscriptionIssue, Threshold
from openpes.statistics.queries.following import held, recipients
from openpes.statistics.rules.thresholds import Bounds, Verdict, judged, periods_before, why_not_watch
from tests.cast import NEIGHBOUR
from tests.statistics.small_city import HERE, build

ON = date(2026, 11, 23)
UNMEASURED = next(one.code for one in indicators_on(ON) if not one.measured_by)
ABOVE = Bounds("above", Decimal(1), Decimal(0), "day", 1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def subscribed(by, at, **changes) -> Subscription:
    told = {"area": HERE, "content": "board", "language": "en", "day": 23} | changes
    return actions.subscribe(facts=SubscriptionFacts(**told), by=by, at=at)


def watching(by, at, indicator="unemployed", bounds=ABOVE, area=HERE) -> Threshold:
    facts = ThresholdFacts(area=area, indicator=indicator, bounds=bounds)
    return actions.set_threshold(facts=facts, by=by, at=at)


def has_address(by, at) -> None:
    give_address(to="clerk@example.org", by=by, at=at)
    with within(CITY):
        sent = Message.objects.filter(purpose="confirm_code").order_by("-pk").first()
        code = "".join(letter for letter in sent.text() if letter.isdigit())[:6]
    assert confirm_address(code=code, by=by, at=at)


def mails(purpose) -> list[str]:
    with within(CITY):
        return [one.text() for one in Message.objects.filter(purpose=purpose).order_by("pk")]


def issues() -> list[SubscriptionIssue]:
    with within(CITY):
        return list(SubscriptionIssue.objects.order_by("pk"))


def after(at, **days):
    return clock.stopped(at + timedelta(**days))


@pytest.mark.parametrize(("content", "language"), [("board", "en"), ("report", "zh-hans")])
def test_a_subscription_brings_a_pdf_of_the_month_before_once_and_a_mail_without_figures(cast, at, content, language):
    build()
    clerk = cast.county_clerk.actor
    has_address(clerk, at)
    row = subscribed(clerk, at, content=content, language=language)
    assert jobs.bring_subscriptions() == 1
    assert jobs.bring_subscriptions() == 0
    (one,) = issues()
    assert bytes(one.pages).startswith(b"%PDF")
    assert (one.from_on, one.until_on) == (date(2026, 10, 1), date(2026, 11, 1))
    (told,) = mails("figures_report")
    assert reverse("statistics:subscription", args=[row.pk]) in told and settings.MESSAGES["site"] in told
    with after(at, days=30):  # the 23rd of December
        assert jobs.bring_subscriptions() == 1
    assert [one.from_on for one in issues()] == [date(2026, 10, 1), date(2026, 11, 1)]


def test_without_an_address_the_file_is_kept_and_nothing_is_written(cast, at):
    subscribed(cast.county_clerk.actor, at)
    assert jobs.bring_subscriptions() == 1
    assert [one.message for one in issues()] == [None]
    assert mails("figures_report") == []


def test_what_is_wanted_must_be_ones_own_and_a_day_of_every_month(cast, at):
    clerk = cast.county_clerk.actor
    for changes, words in (
        ({"area": NEIGHBOUR}, "None of your own roles"), ({"area": CITY}, "None of your own roles"),
        ({"day": 31}, "day 31 is not there every month"), ({"content": "gossip"}, "board or the report"),
        ({"language": "fr"}, "Chinese or in English"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            subscribed(clerk, at, **changes)
    subscribed(clerk, at)
    with pytest.raises(Refused, match="already"):
        subscribed(clerk, at, day=5)


def test_a_pause_brings_nothing_and_nothing_afterwards_for_its_months(cast, at):
    clerk = cast.county_clerk.actor
    row = subscribed(clerk, at)
    with pytest.raises(Refused, match="Only who gets it"):
        actions.change_subscription(subscription=row.pk, change="end", by=cast.city_clerk.actor, at=at)
    actions.change_subscription(subscription=row.pk, change="pause", by=clerk, at=at)
    with after(at, days=70):
        assert jobs.bring_subscriptions() == 0
        actions.change_subscription(subscription=row.pk, change="resume", by=clerk, at=clock.now())
        assert jobs.bring_subscriptions() == 0
    with after(at, days=92):  # the 23rd of February
        assert jobs.bring_subscriptions() == 1
    assert [one.from_on for one in issues()] == [date(2027, 1, 1)]
    actions.change_subscription(subscription=row.pk, change="end", by=clerk, at=at)
    assert actions.change_subscription(subscription=row.pk, change="end", by=clerk, at=at).ended_why == "holder"


def test_who_loses_the_role_or_the_account_follows_nothing_any_longer(cast, at):
    clerk, administrator = cast.county_clerk, cast.administrator.actor
    subscribed(clerk.actor, at)
    watching(clerk.actor, at)
    grant = Grant.objects.get(account=clerk.account)
    end_role(grant=grant.pk, by=administrator, at=at)
    officer = cast.village_officer
    subscribed(officer.actor, at, area=officer.actor.scope)
    close_account(account=officer.account.pk, by=administrator, at=at)
    with within(CITY):
        assert {row.ended_why for row in Subscription.objects.all()} == {"post"}
        assert Threshold.objects.get().ended_why == "post"
    assert jobs.bring_subscriptions() == 0


def test_a_role_that_runs_out_ends_what_is_due_without_anybody_acting(cast, at):
    subscribed(cast.county_clerk.actor, at)
    Grant.objects.filter(account=cast.county_clerk.account).update(scope=NEIGHBOUR)
    assert jobs.bring_subscriptions() == 0
    with within(CITY):
        assert Subscription.objects.get().ended_why == "area"
    assert issues() == []


def test_one_subscription_that_fails_holds_up_no_other_and_comes_with_the_next_round(cast, at, monkeypatch):
    subscribed(cast.county_clerk.actor, at)
    subscribed(cast.city_clerk.actor, at)
    from openpes.statistics.actions import following

    made = following.pages_of
    with monkeypatch.context() as broken:
        broken.setattr(following, "pages_of", lambda **told: made(**told) if len(issues()) else 1 / 0)
        assert jobs.bring_subscriptions() == 0
    assert jobs.bring_subscriptions() == 2


def test_who_gets_what_of_an_area(cast, at):
    subscribed(cast.county_clerk.actor, at)
    with within(CITY):
        assert [one.name for one in recipients(scope=CITY, area=CITY)] == [cast.county_clerk.account.name]
        assert recipients(scope=NEIGHBOUR, area=HERE) == []


def test_what_was_brought_and_what_happened_to_an_alert_is_never_changed(cast, at):
    subscribed(cast.county_clerk.actor, at)
    jobs.bring_subscriptions()
    for rows in (SubscriptionIssue, AlertEntry):
        with within(CITY), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.objects.all().delete()


@pytest.mark.parametrize(
    ("values", "sense", "runs", "verdict"),
    [
        ([3, 6], "above", 1, "crossed"), ([6, 5], "above", 1, "neither"), ([6, 3], "above", 1, "back"),
        ([6, 6], "above", 2, "crossed"), ([6, None, 6], "above", 2, "neither"), ([9, 6], "below", 1, "neither"),
        ([9, 4], "below", 1, "crossed"), ([4, 7], "below", 1, "back"), ([10, 16], "change", 1, "crossed"),
        ([10, 4], "change", 1, "crossed"), ([10, 14], "change", 1, "neither"), ([10, 13], "change", 1, "back"),
        ([None, 5], "change", 1, "neither"), ([], "above", 1, "neither"),
    ],
)  # fmt: skip
def test_a_series_says_crossed_back_or_neither(values, sense, runs, verdict):
    bounds = Bounds(sense, Decimal(5), Decimal(2), "month", runs)
    told = [None if value is None else Decimal(value) for value in values]
    assert judged(told, bounds) is Verdict(verdict)


@pytest.mark.parametrize(
    ("code", "bounds", "words"),
    [
        ("unemployed", ("above", -1, 0, "day", 1), "falls below 0"),
        ("unemployment_rate", ("above", 120, 0, "day", 1), "no share"),
        ("unemployment_rate", ("above", 100, 0, "day", 1), "never above 100"),
        ("unemployed", ("below", 0, 0, "day", 1), "No figure is below 0"),
        ("unemployed", ("change", 0, 0, "day", 1), "every single registration"),
        ("unemployed", ("above", Decimal("1.5"), 0, "day", 1), "whole numbers"),
        ("hires", ("above", 5, 0, "day", 1), "no value of a day"),
        ("unemployed", ("above", 5, 6, "day", 1), "back below 0"),
        ("unemployment_rate", ("below", 90, 20, "day", 1), "back above 100"),
        ("unemployed", ("above", 5, -1, "day", 1), "0 or more"),
        ("unemployed", ("above", 5, 0, "day", 13), "not for 13"),
        ("unemployed", ("above", 5, 0, "year", 1), "by day, month or quarter"),
        (UNMEASURED, ("above", 5, 0, "month", 1), "not yet measured"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_in_words(code, bounds, words):
    sense, bound, margin, rhythm, runs = bounds
    told = Bounds(sense, Decimal(bound), Decimal(margin), rhythm, runs)
    reasons = why_not_watch(indicator=indicator_on(code, ON), title=code, room="assistance", bounds=told)
    assert any(words in str(one) for one in reasons)


def test_full_periods_count_and_of_days_today():
    months = periods_before("month", ON, 2)
    assert [one.from_on for one in months] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert [one.from_on for one in periods_before("quarter", ON, 1)] == [date(2026, 7, 1)]
    assert periods_before("day", ON, 2)[-1].from_on == ON


def test_an_alert_is_raised_once_a_crossing_told_once_acknowledged_and_closed_when_back(cast, at):
    build()
    clerk = cast.county_clerk.actor
    has_address(clerk, at)
    row = watching(clerk, at)  # two registered unemployed are more than one
    assert [jobs.check_thresholds(), jobs.check_thresholds()] == [1, 0]
    (told,) = mails("figures_alert")
    assert "登记失业人数" in told and "高于 1" in told and reverse("statistics:threshold", args=[row.pk]) in told
    with within(CITY):
        alert = FigureAlert.objects.get()
    with pytest.raises(Refused, match="Say what is known"):
        actions.acknowledge_alert(alert=alert.pk, words=" ", by=clerk, at=at)
    with pytest.raises(Refused, match="at most 300 characters; this one has 301"):
        actions.acknowledge_alert(alert=alert.pk, words="x" * 301, by=clerk, at=at)
    actions.acknowledge_alert(alert=alert.pk, words="An office moved here", by=clerk, at=at)
    for days, change, expected in ((1, {"until_on": ON}, "back"), (2, {"until_on": None}, "raised")):
        with within(CITY):
            found = StatusPeriod.objects.filter(area=HERE, status="unemployed", from_on=date(2026, 5, 1))
            assert found.update(**change) == 1
        with after(at, days=days):
            assert jobs.check_thresholds() == 1
            assert jobs.check_thresholds() == 0
        with within(CITY):
            assert AlertEntry.objects.order_by("pk").last().step == expected
    assert len(mails("figures_alert")) == 2
    with within(CITY):
        steps = list(AlertEntry.objects.filter(alert=alert.pk).order_by("pk").values_list("step", "words", "value"))
    assert steps == [("raised", "", 2), ("acknowledged", "An office moved here", None), ("back", "", 1)]
    with pytest.raises(Refused, match="over"):
        actions.acknowledge_alert(alert=alert.pk, words="late", by=clerk, at=at)
    actions.end_threshold(threshold=row.pk, by=clerk, at=at)
    with within(CITY):
        assert not FigureAlert.objects.open().exists()
        assert AlertEntry.objects.order_by("pk").last().step == "dropped"


def test_facts_that_were_fed_let_thresholds_be_checked_again_on_the_same_day(cast, at):
    build()
    row = watching(cast.county_clerk.actor, at, bounds=Bounds("above", Decimal(5), Decimal(0), "day", 1))
    assert jobs.check_thresholds() == 0
    with within(CITY):
        Threshold.objects.filter(pk=row.pk).update(bound=1)
    assert jobs.check_thresholds() == 0  # nothing came
    assert actions.note_fed(by=PLATFORM, at=at) == 1
    assert jobs.check_thresholds() == 0  # what is kept follows first
    with after(at, minutes=3):
        assert jobs.check_thresholds() == 1


@pytest.mark.parametrize(("player", "why"), [("county_clerk", "holder"), ("city_clerk", "office")])
def test_an_ended_threshold_says_whether_its_holder_ended_it(cast, at, player, why):
    row = watching(cast.county_clerk.actor, at)
    assert actions.end_threshold(threshold=row.pk, by=getattr(cast, player).actor, at=at).ended_why == why


def test_a_running_month_crosses_early_and_stays_until_a_full_one_is_inside(cast, at):
    build()
    over = Bounds("above", Decimal(0), Decimal(0), "month", 1)
    row = watching(cast.county_clerk.actor, at, indicator="unemployed_in", bounds=over)
    with within(HERE):
        days = [(date(2026, 5, 2), "crossed"), (date(2026, 6, 2), "crossed"), (date(2026, 9, 2), "back")]
        assert [held(threshold=row, on=day).verdict.value for day, _verdict in days] == [told for _day, told in days]
        assert held(threshold=row, on=date(2026, 5, 2)).at.runs_on
