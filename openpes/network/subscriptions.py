"""A service point is online because somebody who works there did something."""

from django.db import connection

from openpes.kernel import Event, clock, listen

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
    if not event.by:
        return
    with connection.cursor() as cursor:
        cursor.execute(SIGN_OF_LIFE, {"on": clock.day_of(event.at), "account": event.by})
