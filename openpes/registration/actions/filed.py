"""How a filing is kept beside the registration that it made or ended."""

from datetime import date, datetime

from openpes.kernel import Actor, clock
from openpes.registration.choices import Filed, FilingWay
from openpes.registration.models import Filing, StatusPeriod
from openpes.registration.rules.filings import days_late, filing_due_on


def keep_filing(period: StatusPeriod, filed: Filed, happened_on: date, by: Actor, at: datetime) -> None:
    """Keep when an employer filed and how late it was; an employment without a registered employer has none.

    A late filing is marked, never refused: the person must not lose by it.
    """
    if period.employer_id is not None:
        filing_of(period, filed, happened_on, by, at).save(force_insert=True)


def filing_of(period: StatusPeriod, filed: Filed, happened_on: date, by: Actor, at: datetime) -> Filing:
    """The filing about an employment at a registered employer, still to be stored."""
    due_on, filed_on = filing_due_on(filed, happened_on), clock.day_of(at)
    return Filing(
        area=period.area,
        person_id=period.person_id,
        employer_id=period.employer_id,
        period=period,
        filed=filed,
        way=FilingWay.ONLINE if by.employer else FilingWay.COUNTER,
        happened_on=happened_on,
        due_on=due_on,
        filed_on=filed_on,
        late_days=days_late(due_on, filed_on),
        filed_at=at,
        filed_by=by.id,
    )
