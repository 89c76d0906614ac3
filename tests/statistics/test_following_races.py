"""Two workers bring one subscription, or check one threshold, at the same moment: it is brought and told once."""

import pytest

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.statistics import actions
from openpes.statistics.actions import following, watching
from openpes.statistics.models import FigureAlert, Subscription, SubscriptionIssue, Threshold
from openpes.statistics.queries.following import held
from tests.cast import assemble
from tests.races import at_once, outcomes
from tests.statistics import test_following as told
from tests.statistics.small_city import build

pytestmark = pytest.mark.city
WORKERS = range(4)


def counts() -> tuple[int, int]:
    with within(CITY):
        sent = Message.objects.filter(purpose__startswith="figures_").count()
        return SubscriptionIssue.objects.count() + FigureAlert.objects.count(), sent


def test_a_subscription_and_an_alert_come_once_of_four_workers(city, at):
    clerk = assemble(at).county_clerk.actor
    build()
    told.has_address(clerk, at)
    wanted, rule = told.subscribed(clerk, at), told.watching(clerk, at)

    def bring(_worker: int) -> bool:
        return actions.bring(subscription=wanted.pk, by=PLATFORM, at=at) is not None

    def check(_worker: int) -> str:
        return actions.check_threshold(threshold=rule.pk, by=PLATFORM, at=at)

    assert sorted(at_once(bring, WORKERS)) == [False, False, False, True]
    assert counts() == (1, 1)
    assert sorted(at_once(check, WORKERS)) == ["", "", "", "raised"]
    assert counts() == (2, 2)


def test_who_looks_first_and_locks_nothing_brings_it_again(city, at):
    """The naive way: what is due is read without a lock; only the constraints stop the second one."""
    clerk = assemble(at).county_clerk.actor
    build()
    wanted, rule = told.subscribed(clerk, at), told.watching(clerk, at)
    with within(CITY):
        due, watched = Subscription.objects.get(pk=wanted.pk), Threshold.objects.get(pk=rule.pk)

    def bring(_worker: int) -> None:
        with within(CITY):
            if due.next_on <= day_of(at):
                following._brought(due, PLATFORM, at)

    def check(_worker: int) -> None:
        with within(CITY):
            watching._raise(watched, held(threshold=watched, on=day_of(at)), PLATFORM, at)

    assert outcomes(bring, WORKERS)["stopped"] > 0
    assert outcomes(check, WORKERS)["stopped"] == 3
    assert counts()[0] == 2
