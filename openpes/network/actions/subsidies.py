"""Which village officers are due the subsidy of a month."""

from datetime import date, datetime

from django.db import connection

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, clock, refuse_if, within
from openpes.kernel.publishing import publish_all
from openpes.kernel.scope import CITY
from openpes.network import queries, rules
from openpes.network.events import VillageSubsidyEntitled
from openpes.network.models import SubsidyEntitlement

ONE_AT_A_TIME = 450104  # the advisory lock under which a month is counted


@action
def entitle_month(*, month_on: date, by: Actor, at: datetime) -> int:
    """Entitle the village officers inside one's area to the subsidy of a month, each once; returns how many anew.

    Due is who was posted to community or village stations for at least `village_subsidy_least_days` days of the month,
    unless the last judged year was a failure. The amount is the one in force on the month's first day.

    :raises Refused: the month is not over
    """
    first = month_on.replace(day=1)
    refuse_if(rules.why_no_entitlements(month_on=first, on=clock.day_of(at)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    least = int(parameters().value("village_subsidy_least_days", first))
    amount = int(parameters().value("village_subsidy_fen", first))
    posted = queries.days_at_stations(scope=by.scope, from_on=first, until_on=add_months(first, 1))
    failed = queries.grades_before(scope=by.scope, accounts=list(posted), year=first.year)
    with within(CITY):  # who moved here may be entitled elsewhere already
        there = SubsidyEntitlement.objects.visible_to(CITY).filter(month_on=first)
        known = set(there.values_list("account", flat=True))
    rows = [
        SubsidyEntitlement(
            area=worked.area, account_id=account, point_id=worked.point, month_on=first, days=worked.days,
            amount_fen=amount, entitled_at=at,
        )
        for account, worked in sorted(posted.items())
        if account not in known and rules.is_due(days=worked.days, least_days=least, grade=failed.get(account))
    ]  # fmt: skip
    SubsidyEntitlement.objects.bulk_create(rows, batch_size=1000)
    publish_all(
        VillageSubsidyEntitled(
            entitlement=row.pk, account=row.account_id, point=row.point_id, month_on=first, days=row.days,
            amount_fen=amount, area=row.area, by=by.id, at=at,
        )
        for row in rows
    )  # fmt: skip
    return len(rows)
