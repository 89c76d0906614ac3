"""A service point is online because somebody who works there did something; whoever leaves the service is let go."""

from collections.abc import Sequence

from django.db import connection

from openpes.access.events import AccountClosed
from openpes.kernel import Actor, Event, clock, listen
from openpes.kernel.events import hear_many
from openpes.kernel.scope import CITY
from openpes.network.actions import end_postings_of

SIGN_OF_LIFE = """
INSERT INTO network_workingday (area, point_id, worked_on)
SELECT posting.area, posting.point_id, %(on)s
FROM network_posting posting
WHERE posting.account_id = %(account)s
  AND posting.from_on <= %(on)s AND (posting.until_on IS NULL OR posting.until_on > %(on)s)
ON CONFLICT (point_id, worked_on) DO NOTHING
"""


@listen(Event)
def record_working_day(event: Event) -> None:
    """One row a point and day, at the first act of anybody who is posted there; the platform works nowhere."""
    record_working_days([event])


@hear_many(record_working_day)
def record_working_days(events: Sequence[Event]) -> None:
    """The same for many acts: one statement for everybody who did any of them on a day."""
    moments = dict.fromkeys((event.by, event.at) for event in events if event.by)
    days = dict.fromkeys((account, clock.day_of(at)) for account, at in moments)
    for account, on in days:
        connection.write_behind(SIGN_OF_LIFE, {"on": on, "account": account})


@listen(AccountClosed)
def let_go(event: AccountClosed) -> None:
    """Whoever leaves the service is posted nowhere from that day on, and is due no further subsidy."""
    end_postings_of(account=event.account, by=Actor(id=event.by, scope=CITY), at=event.at)
