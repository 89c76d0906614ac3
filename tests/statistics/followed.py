"""What staff follow, as rows: a subscription with a file, a threshold with an open alert that somebody acknowledged."""

from datetime import date, datetime
from decimal import Decimal

from openpes.kernel.action import PLATFORM
from openpes.statistics.models import AlertEntry, FigureAlert, Subscription, SubscriptionIssue, Threshold

MONTH = {"from_on": date(2026, 10, 1), "until_on": date(2026, 11, 1)}


def followed(area: str, account: int, words: str, at: datetime) -> dict[str, int]:
    """The ids of what an account follows in an area, by name; `words` are those of the acknowledgement."""
    with PLATFORM.standing():
        wanted = Subscription.objects.create(
            area=area, account=account, begun_at=at, content="board", language="zh-hans", day=5,
            next_on=date(2026, 12, 5),
        )  # fmt: skip
        issue = SubscriptionIssue.objects.create(
            area=area, subscription=wanted, **MONTH, pages=b"%PDF-1.7", digest="0" * 64, made_at=at
        )
        rule = Threshold.objects.create(
            area=area, account=account, begun_at=at, indicator="unemployed", sense="above", bound=Decimal(1),
            rhythm="day", checked_at=at,
        )  # fmt: skip
        alert = FigureAlert.objects.create(area=area, threshold=rule, raised_at=at, acknowledged_at=at)
        seen = {"area": area, "alert": alert, "at": at}
        AlertEntry.objects.create(**seen, step="raised", by=0, value=Decimal(2), **MONTH)
        AlertEntry.objects.create(**seen, step="acknowledged", by=account, words=words)
    return {
        "subscription": wanted.pk, "subscription issue": issue.pk, "threshold": rule.pk, "figure alert": alert.pk,
    }  # fmt: skip
