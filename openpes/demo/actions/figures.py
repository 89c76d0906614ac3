"""Targets, a published report and the public figures of the demo city, made by its own staff."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from openpes.access.models import Account
from openpes.demo.actions.staff import tried
from openpes.engine.calendars import quarter
from openpes.engine.indicators.declared import indicator_on
from openpes.kernel import Actor, action, clock
from openpes.statistics.actions import (
    Bounds,
    SubscriptionFacts,
    TargetFacts,
    ThresholdFacts,
    bring,
    check_threshold,
    decide_target,
    hand_down_target,
    propose_target,
    set_threshold,
    subscribe,
)
from openpes.statistics.actions.boards import publish_board
from openpes.statistics.actions.editions import ReportFacts, draw_up_report, publish_report
from openpes.statistics.choices import Content, Rhythm, Sense, WeightBasis
from openpes.statistics.models import Target

# Those of the plan's shares that the invented city aims at; how much stands with their declaration.
AIMED = (
    "unemployment_rate", "reemployed_laid_off", "reemployed_hard", "employed_new_entrants", "points_online",
    "vacancy_coverage",
)  # fmt: skip
WATCHED = "unemployment_rate"
MAKER, SECOND = "statistician", "city_clerk"


@action
def play_figures(*, by: Actor, at: datetime) -> int:
    """Set the shares of the city's plan as targets and hand them down, publish the report of the last quarter and the
    public figures of the day.

    Returns the number of targets of the city; without the demo accounts, or when they are there already, nothing
    happens.
    """
    names = dict(Account.objects.filter(username__in=(MAKER, SECOND), is_active=True).values_list("username", "pk"))
    if len(names) < 2 or Target.objects.visible_to(by.scope).exists():
        return 0
    maker, second = (Actor(id=names[name], scope=by.scope) for name in (MAKER, SECOND))
    today = clock.day_of(at)
    for indicator in AIMED:
        goal = _planned(indicator, today)
        facts = TargetFacts(
            area=by.scope, indicator=indicator, year=today.year, goal=goal, from_on=date(today.year, 1, 1)
        )
        row = propose_target(facts=facts, by=maker, at=at)
        decide_target(target=row.pk, agrees=True, by=second, at=at)
        hand_down_target(target=row.pk, basis=WeightBasis.SAME, by=second, at=at)
    last_quarter = quarter(quarter(today).from_on - timedelta(days=1))
    draft = tried(draw_up_report, facts=ReportFacts(area=by.scope, period=last_quarter), by=maker, at=at)
    if draft:  # a very small city may have no figures
        publish_report(draft=draft.pk, by=second, at=at)
    publish_board(by=by, at=at)
    _follow(maker, by, at)
    return len(AIMED)


def _planned(indicator: str, on: date) -> Decimal:
    """What the founding plan asks, as it is declared.

    :raises ValueError: it asks nothing of this indicator
    """
    goal = indicator_on(indicator, on).target
    if goal is None:
        raise ValueError(f"The plan asks nothing of '{indicator}'.")
    return goal


def _follow(reader: Actor, by: Actor, at: datetime) -> None:
    """The statistician has the board of the city every month, and the rate of the plan watched."""
    facts = SubscriptionFacts(
        area=by.scope, content=Content.BOARD, language="zh-hans", day=min(clock.day_of(at).day, 28)
    )
    bring(subscription=subscribe(facts=facts, by=reader, at=at).pk, by=by, at=at)
    rate = Bounds(Sense.ABOVE, _planned(WATCHED, clock.day_of(at)), Decimal("0.5"), Rhythm.DAY, 1)
    watched = set_threshold(facts=ThresholdFacts(area=by.scope, indicator=WATCHED, bounds=rate), by=reader, at=at)
    check_threshold(threshold=watched.pk, by=by, at=at)
