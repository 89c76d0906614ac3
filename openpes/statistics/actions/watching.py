"""Thresholds: set, held against the rows, told once a crossing, acknowledged with words, ended."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.engine.indicators.declared import indicator_on
from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.messages.queries import words_for
from openpes.network.queries import area_heading
from openpes.statistics.choices import AlertStep, EndedWhy
from openpes.statistics.events import (
    FigureAlertAcknowledged,
    FigureAlertClosed,
    FigureAlertRaised,
    ThresholdEnded,
    ThresholdSet,
)
from openpes.statistics.models import AlertEntry, FigureAlert, Threshold
from openpes.statistics.queries.following import Holding, address_of, held, language_of, why_over
from openpes.statistics.queries.named import room_of, title_of
from openpes.statistics.rules import thresholds as rules
from openpes.statistics.rules.thresholds import Bounds, Verdict

PURPOSE = "figures_alert"


@dataclass(frozen=True, kw_only=True)
class ThresholdFacts:
    """Which indicator of which area is watched, and against what."""

    area: str
    indicator: str
    bounds: Bounds


@action
def set_threshold(*, facts: ThresholdFacts, by: Actor, at: datetime) -> Threshold:
    """Watch an indicator of an area; the worker holds it against the rows when facts have come, and once a day.

    :raises KeyError: there is no such indicator
    :raises Refused: it is not measured, the bound can never be crossed, the area is not one's own, or it is set already
    """
    if not facts.area.startswith(by.scope or "-") or why_over(account=by.id, area=facts.area, on=day_of(at)):
        raise Refused(_("None of your own roles sees the reports of this area."), field="area")
    indicator, bounds = indicator_on(facts.indicator, day_of(at)), facts.bounds
    title, room = title_of(indicator), room_of(indicator)
    refuse_if(rules.why_not_watch(indicator=indicator, title=title, room=room, bounds=bounds))
    row = Threshold(
        area=facts.area, account=by.id, begun_at=at, indicator=facts.indicator, sense=bounds.sense, bound=bounds.bound,
        margin=bounds.margin, rhythm=bounds.rhythm, runs=bounds.runs, noted_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "threshold_set_once" not in str(error):
            raise
        raise Refused(
            _("You watch this figure in this way already."), next_step=_("End that threshold to set another one.")
        ) from None
    publish(ThresholdSet(threshold=row.pk, area=row.area, indicator=row.indicator, by=by.id, at=at))
    return row


@action
def end_threshold(*, threshold: int, by: Actor, at: datetime) -> Threshold:
    """Watch a figure no longer; its open alert ends with it. Ended twice, the second changes nothing.

    :raises Threshold.DoesNotExist: there is none inside one's area
    """
    row = Threshold.objects.visible_to(by.scope).select_for_update().get(pk=threshold)
    if row.ended_at is None:
        _end(row, EndedWhy.HOLDER if row.account == by.id else EndedWhy.OFFICE, by, at)
    return row


@action
def note_fed(*, by: Actor, at: datetime) -> int:
    """Note that facts came, so that every threshold is held against the rows again; how many thresholds there are.

    One that is being checked at this moment is waited for: what it has read may lack these facts.
    """
    with within(CITY):
        return Threshold.objects.open().update(noted_at=Coalesce("noted_at", Value(at)))


@action
def check_threshold(*, threshold: int, by: Actor, at: datetime) -> str:
    """Hold a threshold against the rows: raise its alert, close it, or neither; gives the step that was taken.

    The threshold is locked, and an alert stays the same one until the figure is back: however often and by however
    many workers it is checked, a crossing is told once.
    """
    with within(CITY):
        row = Threshold.objects.select_for_update().open().filter(pk=threshold).first()
        if row is None:
            return ""
        over = why_over(account=row.account, area=row.area, on=day_of(at))
        if over:
            _end(row, EndedWhy(over), by, at)
            return ""
        with within(row.area):
            found = held(threshold=row, on=day_of(at))
        row.checked_at, row.noted_at = at, None
        row.save(update_fields=["checked_at", "noted_at"])
        alert = FigureAlert.objects.open().filter(threshold=row).first()
        if alert is None and found.verdict is Verdict.CROSSED:
            return _raise(row, found, by, at)
        if alert is not None and found.verdict is Verdict.BACK:
            return _close(alert, AlertStep.BACK, found, by, at)
    return ""


def _raise(row: Threshold, found: Holding, by: Actor, at: datetime) -> str:
    alert = FigureAlert.objects.create(area=row.area, threshold=row, raised_at=at)
    _enter(alert, AlertStep.RAISED, by, at, found)
    publish(
        FigureAlertRaised(
            alert=alert.pk, threshold=row.pk, area=row.area, indicator=row.indicator, by=by.id, at=at
        )
    )  # fmt: skip
    _tell(row, found, by, at)
    return AlertStep.RAISED


def _close(alert: FigureAlert, step: AlertStep, found: Holding | None, by: Actor, at: datetime) -> str:
    alert.back_at = at
    alert.save(update_fields=["back_at"])
    _enter(alert, step, by, at, found)
    publish(FigureAlertClosed(alert=alert.pk, area=alert.area, outcome=str(step), by=by.id, at=at))
    return step


def _enter(
    alert: FigureAlert, step: AlertStep, by: Actor, at: datetime, found: Holding | None = None, words: str = ""
) -> None:
    seen = found.at if found else None
    AlertEntry.objects.create(
        area=alert.area, alert=alert, step=step, at=at, by=by.id, words=words,
        value=seen.value if seen else None, before=found.before.value if found and found.before else None,
        from_on=seen.period.from_on if seen else None, until_on=seen.period.until_on if seen else None,
    )  # fmt: skip


def _tell(row: Threshold, found: Holding, by: Actor, at: datetime) -> None:
    """Write the mail to whoever set the threshold, without the figure; without an address the pages alone tell it."""
    known = address_of(account=row.account)
    if known is None:
        return
    language = language_of(account=row.account)
    with override(language):
        link = settings.MESSAGES["site"] + reverse("statistics:threshold", args=[row.pk])
        what = title_of(found.at.measured.indicator)
        told = {"area": area_heading(row.area), "what": what}
        bound = f"{row.get_sense_display()} {row.bound.normalize():f}"
        text = words_for(PURPOSE, language, **told, bound=bound, link=link)
    send_message(
        channel=Channel.MAIL, to=known.to().reveal(), text=text, purpose=PURPOSE, area=row.area, by=by, at=at,
        language=language,
    )  # fmt: skip


@action
def acknowledge_alert(*, alert: int, words: str, by: Actor, at: datetime) -> FigureAlert:
    """Say what is known about an open alert or what will be done; everything that was said stays.

    :raises FigureAlert.DoesNotExist: there is none inside one's area
    :raises Refused: it is over, or nothing is said
    """
    row = FigureAlert.objects.visible_to(by.scope).select_for_update().get(pk=alert)
    refuse_if(rules.why_not_acknowledge(open_now=row.back_at is None, words=words))
    row.acknowledged_at = row.acknowledged_at or at
    row.save(update_fields=["acknowledged_at"])
    _enter(row, AlertStep.ACKNOWLEDGED, by, at, words=words.strip())
    publish(FigureAlertAcknowledged(alert=row.pk, area=row.area, by=by.id, at=at))
    return row


@action
def end_thresholds_of(*, account: int, by: Actor, at: datetime) -> int:
    """End the thresholds of an account in areas whose reports its own roles no longer see; gives how many."""
    with within(CITY):
        rows = list(Threshold.objects.select_for_update().open().of(account).order_by("pk"))
        over = [(row, why_over(account=account, area=row.area, on=day_of(at))) for row in rows]
        for row, why in over:
            if why:
                _end(row, EndedWhy(why), by, at)
    return sum(bool(why) for _row, why in over)


def _end(row: Threshold, why: EndedWhy, by: Actor, at: datetime) -> None:
    row.ended_at, row.ended_why = at, why
    row.save(update_fields=["ended_at", "ended_why"])
    alert = FigureAlert.objects.open().filter(threshold=row).first()
    if alert is not None:
        _close(alert, AlertStep.DROPPED, None, by, at)
    publish(ThresholdEnded(threshold=row.pk, area=row.area, reason=str(why), by=by.id, at=at))
