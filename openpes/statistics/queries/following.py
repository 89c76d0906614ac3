"""What staff follow: subscriptions with their files, thresholds with their values, alerts, and who gets what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Max, Q, QuerySet

from openpes.access.models import Account
from openpes.access.permissions import role
from openpes.access.queries import active_account, grants_in_force
from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import Indicator, indicator_on
from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE, day_of
from openpes.kernel.scope import CITY
from openpes.messages.choices import Channel
from openpes.messages.models import Consent
from openpes.statistics.choices import EndedWhy, Rhythm, Sense
from openpes.statistics.models import AlertEntry, FigureAlert, Subscription, SubscriptionIssue, Threshold
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.indicators import Measured, measured
from openpes.statistics.rules.thresholds import (
    Bounds,
    Verdict,
    judged,
    may_cross_early,
    periods_before,
    running_period,
)

SETTLED = timedelta(minutes=2)
PURPOSE = "figures_report"  # an address agrees once, for the reports and for the alerts


@dataclass(frozen=True)
class Watched:
    """One period of a threshold with what was measured in it; `runs_on` while it is not over."""

    period: Period
    measured: Measured
    runs_on: bool = False

    @property
    def value(self) -> Decimal | None:
        return self.measured.value


@dataclass(frozen=True)
class Holding:
    """A threshold held against the rows on a day: its periods, the oldest first, and what they say."""

    seen: tuple[Watched, ...]
    verdict: Verdict
    at: Watched
    before: Watched | None


@dataclass(frozen=True)
class Received:
    """That somebody gets something of an area: the subscription or the threshold, and the last time that it came."""

    name: str
    subscription: Subscription
    last: date | None


def why_over(*, account: int, area: str, on: date) -> str:
    """Why an account no longer follows an area on a day: its own roles see no reports, or not there; '' otherwise."""
    if active_account(account=account) is None:
        return EndedWhy.POST
    held = [(role(grant.role), grant.scope) for grant in grants_in_force(account_id=account, on=on)]
    scopes = [scope for kind, scope in held if kind is not None and VIEW_REPORTS in kind.permissions]
    if not scopes:
        return EndedWhy.POST
    return "" if any(area.startswith(scope) for scope in scopes) else EndedWhy.AREA


def address_subject(account: int) -> str:
    """Under which name the mail address of an account is agreed to."""
    return f"account {account}"


def addresses_of(*, account: int) -> list[Consent]:
    """The mail addresses that an account gave and has not ended: at most one agreed to, at most one that waits."""
    with within(CITY):
        rows = Consent.objects.filter(channel=Channel.MAIL, purpose=PURPOSE, subject=address_subject(account))
        found = list(rows.filter(ended_at=None).order_by("-pk"))
    given = next((one for one in found if one.given_at), None)
    waits = next((one for one in found if not one.given_at and (given is None or one.pk > given.pk)), None)
    return [one for one in (given, waits) if one is not None]


def address_of(*, account: int) -> Consent | None:
    """The mail address that the holder of an account agreed to."""
    return next((one for one in addresses_of(account=account) if one.given_at), None)


def subscriptions_of(*, scope: str, account: int) -> QuerySet[Subscription]:
    """The subscriptions of an account inside a scope, the open ones first."""
    rows = Subscription.objects.visible_to(scope).of(account)
    return rows.order_by("ended_at", "area", "content", "pk")


def issues_of(*, scope: str, subscription: int) -> QuerySet[SubscriptionIssue]:
    """What a subscription brought so far, the newest first, without the pages themselves."""
    return SubscriptionIssue.objects.visible_to(scope).filter(subscription=subscription).defer("pages")


def thresholds_in(*, scope: str, area: str) -> QuerySet[Threshold]:
    """The open thresholds of an area and of the units inside it, its own first."""
    rows = Threshold.objects.visible_to(area if area.startswith(scope or "-") else "")
    return rows.open().order_by("area", "indicator", "pk")


def alerts_in(*, scope: str, area: str) -> QuerySet[FigureAlert]:
    """The open alerts of an area itself, those first that nobody has acknowledged."""
    rows = FigureAlert.objects.visible_to(scope).open().filter(area=area).select_related("threshold")
    return rows.order_by("acknowledged_at", "-raised_at", "pk")


def alerts_of(*, scope: str, threshold: int) -> QuerySet[FigureAlert]:
    """Every alert of a threshold, the newest first."""
    return FigureAlert.objects.visible_to(scope).filter(threshold=threshold).order_by("-raised_at", "-pk")


def entries_of(*, scope: str, alerts: Sequence[FigureAlert]) -> dict[int, list[AlertEntry]]:
    """The history of alerts, each from its beginning."""
    found: dict[int, list[AlertEntry]] = {one.pk: [] for one in alerts}
    for entry in AlertEntry.objects.visible_to(scope).filter(alert__in=found).order_by("at", "pk"):
        found[entry.alert_id].append(entry)
    return found


def recipients(*, scope: str, area: str) -> list[Received]:
    """Who gets which subscription of an area and of the units inside it, and about which month it came last."""
    rows = Subscription.objects.visible_to(area if area.startswith(scope or "-") else "").open()
    found = list(rows.order_by("area", "account", "pk"))
    names = dict(Account.objects.filter(pk__in={one.account for one in found}).values_list("pk", "name"))
    issued = SubscriptionIssue.objects.visible_to(scope).filter(subscription__in=found).order_by()
    last = dict(issued.values_list("subscription").annotate(last=Max("from_on")))
    return [Received(names.get(one.account, "–"), one, last.get(one.pk)) for one in found]


def names_of(accounts: set[int]) -> dict[int, str]:
    """The names of accounts; the platform has none."""
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))


def language_of(*, account: int) -> str:
    """The language in which an account reads figures: that of its newest subscription, Chinese without one."""
    with within(CITY):
        newest = Subscription.objects.of(account).order_by("-pk").values_list("language", flat=True).first()
    return newest or "zh-hans"


def bounds_of(threshold: Threshold) -> Bounds:
    """What a threshold holds its indicator against."""
    return Bounds(threshold.sense, threshold.bound, threshold.margin, threshold.rhythm, threshold.runs)


def held(*, threshold: Threshold, on: date) -> Holding:
    """A threshold held against the rows on a day, within its own area.

    Full periods count; a running one counts as soon as a number that only grows is above its bound.

    :raises KeyError: its indicator is no longer declared
    """
    indicator, bounds = indicator_on(threshold.indicator, on), bounds_of(threshold)
    more = 1 if bounds.sense == Sense.CHANGE else 0
    full = periods_before(bounds.rhythm, on, bounds.runs + more)
    seen = [_watched(threshold, indicator, period, on) for period in full]
    if may_cross_early(indicator, bounds):
        running = _watched(threshold, indicator, running_period(bounds.rhythm, on), on, runs_on=True)
        early = [*seen, running][-bounds.runs :]
        if judged([one.value for one in early], bounds) is Verdict.CROSSED:
            return Holding((*seen, running), Verdict.CROSSED, running, None)
    verdict = judged([one.value for one in seen], bounds)
    return Holding(tuple(seen), verdict, seen[-1], seen[-2] if more else None)


def _watched(
    threshold: Threshold, indicator: Indicator, period: Period, on: date, runs_on: bool = False
) -> Watched:  # fmt: skip
    day = min(on, period.last_on or on)
    asked = period if threshold.rhythm != Rhythm.DAY else Period(day.replace(day=1), period.until_on)
    try:
        one = measured(code=indicator.code, scope=threshold.area, area=threshold.area, period=asked, on=day)
    except KeyError:  # before it was declared there is no value
        one = Measured(indicator)
    return Watched(period, one, runs_on)


def due_subscriptions(*, on: date, after: int = 0, limit: int = 200) -> list[Subscription]:
    """Subscriptions of the whole city that are due on a day, by id from one id on."""
    rows = Subscription.objects.visible_to(CITY).open().filter(paused_at=None, next_on__lte=on, pk__gt=after)
    return list(rows.order_by("pk")[:limit])


def due_thresholds(*, at: datetime, after: int = 0, limit: int = 200) -> list[Threshold]:
    """Thresholds of the whole city for which facts came some minutes ago, or that were not checked yet on this day.

    The minutes let figures that are kept follow the facts first.
    """
    began = datetime.combine(day_of(at), time(), BUSINESS_ZONE)
    waiting = Q(noted_at__lte=at - SETTLED) | Q(checked_at__isnull=True) | Q(checked_at__lt=began)
    rows = Threshold.objects.visible_to(CITY).open().filter(waiting, pk__gt=after)
    return list(rows.order_by("pk")[:limit])
