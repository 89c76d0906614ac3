"""What statistics does by the clock."""

import logging
from collections.abc import Callable

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.statistics.actions import bring, check_threshold, feed_noted, note_fed, rebuild_facts
from openpes.statistics.actions.boards import publish_board
from openpes.statistics.actions.kept import count_figure, due_figures, keep_told
from openpes.statistics.queries.following import due_subscriptions, due_thresholds

log = logging.getLogger(__name__)


@job("statistics.feed_facts", every="* * * * * */15", queue="facts")
def feed_facts() -> int:
    """Every quarter of a minute: feed the facts of all rows of which something was told; how many that appended."""
    appended = 0
    while (some := feed_noted(by=PLATFORM, at=clock.now())) is not None:
        appended += some
    if appended:
        note_fed(by=PLATFORM, at=clock.now())
    return appended


@job("statistics.rebuild_facts", every="40 1 * * *")
def rebuild() -> int:
    """In the night: compare all facts with the rows, append what no event told, and make the months ahead."""
    return rebuild_facts(by=PLATFORM, at=clock.now()).total


@job("statistics.keep_figures", every="* * * * *")
def keep_figures() -> int:
    """Every minute: count what boards show and is not kept yet, or is due to be counted again; how many figures.

    One that fails is logged and holds up none of the others.
    """
    at = clock.now()
    counted = keep_told(by=PLATFORM, at=at)
    for figure, days in due_figures(by=PLATFORM, at=at):
        try:
            count_figure(figure=figure, days=days, by=PLATFORM, at=clock.now())
            counted += 1
        except Exception:
            log.exception("the figure %s of %s was not counted", figure, days)
    return counted


@job("statistics.publish_board", every="20 5 * * *")
def publish() -> int:
    """In the early morning: make the public figures of the day; how many numbers they show."""
    return publish_board(by=PLATFORM, at=clock.now()).shown


@job("statistics.bring_subscriptions", every="10 6-21 * * *")
def bring_subscriptions() -> int:
    """Every hour of the day: bring what is due; one that fails is logged and tried again in the next. How many came."""
    at, on = clock.now(), clock.day_of(clock.now())
    return _each(
        lambda after: due_subscriptions(on=on, after=after),
        lambda pk: bring(subscription=pk, by=PLATFORM, at=at) is not None,
    )


@job("statistics.check_thresholds", every="*/5 * * * *")
def check_thresholds() -> int:
    """Every five minutes: hold those thresholds against the rows for which facts came, each at least once a day."""
    at = clock.now()
    return _each(
        lambda after: due_thresholds(at=at, after=after),
        lambda pk: bool(check_threshold(threshold=pk, by=PLATFORM, at=at)),
    )


def _each(due: Callable[[int], list], act: Callable[[int], bool]) -> int:
    """Do an act for each row that is due, by id; one that fails holds up none of the others."""
    done, after = 0, 0
    while rows := _of_the_city(due, after):
        for row in rows:
            try:
                done += act(row.pk)
            except Exception:
                log.exception("%s %s failed", type(row).__name__, row.pk)
        after = rows[-1].pk
    return done


def _of_the_city(due: Callable[[int], list], after: int) -> list:
    with PLATFORM.standing():
        return due(after)
