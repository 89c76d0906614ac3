"""Reminding employers of a report they owe, and the one answer that the link in a reminder is good for."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.employers.choices import Purpose
from openpes.employers.queries import agreeing_contact
from openpes.engine.identifiers import IdentifierError, parse_mobile
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, publish, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.messages.queries import channels_served, words_for
from openpes.reporting.actions.reports import Said, report_vacancies
from openpes.reporting.choices import Rhythm, Through
from openpes.reporting.events import ReportReminded
from openpes.reporting.models import Duty, Reminder, Report
from openpes.reporting.queries import digest_of, last_period, owing, running_vacancies
from openpes.reporting.rules import ReportPeriod
from openpes.vacancies.choices import SignWay

PURPOSE, FIRST, SECOND = "vacancy_reminder", 1, 2
MOST = 2000


@action
def remind_employers(*, by: Actor, at: datetime) -> int:
    """Remind everybody who owes a report: once when it is due, once when it is late; how many were reminded."""
    on = day_of(at)
    reminded = 0
    for duty in list(owing(scope=by.scope, on=on).order_by("pk")[:MOST]):
        period = last_period(Rhythm(duty.rhythm), on)
        number = SECOND if on > period.due_on else FIRST
        sent = Reminder.objects.filter(employer_id=duty.employer_id, period_from_on=period.from_on, number=number)
        if not sent.exists():
            reminded += _reminded_once(duty, number, by, at)
    return reminded


@action
def remind_employer(*, duty: int, number: int, by: Actor, at: datetime) -> tuple[Reminder, str]:
    """Remind the employer of a duty for its last complete period; returns the reminder and the token of its link.

    It goes by SMS where somebody there agreed to it, has a mobile number and the city a gateway; onto the call list
    where somebody agreed to calls; else it stands on the employer's own page alone. Only the link's digest is kept.

    :raises Duty.DoesNotExist: there is none of that id in the area
    :raises IntegrityError: it was reminded of this period so often already
    """
    row = Duty.objects.visible_to(by.scope).get(pk=duty)
    on, token = day_of(at), secrets.token_urlsafe(32)
    period = last_period(Rhythm(row.rhythm), on)
    days = int(parameters().value("reporting_link_days", on))
    contact = agreeing_contact(employer=row.employer_id, purpose=Purpose.VACANCIES, on=on)
    mobile = _mobile(contact.phone().reveal()) if contact else ""
    by_sms = bool(mobile and Channel.SMS in channels_served())
    reminder = Reminder.objects.create(
        area=row.area, employer_id=row.employer_id, period_from_on=period.from_on, number=number,
        through=Through.SMS if by_sms else Through.CALL if contact else Through.PAGE,
        digest=digest_of(token), made_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    if by_sms:
        _send(reminder, mobile, token, by, at)
    _tell(reminder, period, by, at)
    return reminder, token


@action
def answer_reminder(
    *, token: str, said: Sequence[Said], none_open: bool = False, by: Actor, at: datetime
) -> Report | None:
    """Take the answer of whoever holds the link of a reminder; the link is used up by it.

    :raises Refused: the link was used, has run out, or never was; or as `report_vacancies`
    """
    with within(CITY):
        rows = Reminder.objects.answerable_at(at).select_for_update()
        found = rows.filter(digest=digest_of(token)).order_by("pk").first()
        if found is None:
            raise Refused(
                _("This link was used already, or has run out."),
                next_step=_("Sign in to your page, or wait for the next message."),
            )
        found.used_at = at
        found.save(update_fields=["used_at"])
        firm = Actor(id=by.id, employer=found.employer_id)
        told = {"employer": found.employer_id, "said": said, "none_open": none_open, "way": SignWay.ONLINE}
        return report_vacancies(**told, by=firm, at=at)


def _reminded_once(duty: Duty, number: int, by: Actor, at: datetime) -> bool:
    """Remind one; another worker may have been faster, and a number that is refused goes onto the call list."""
    try:
        with transaction.atomic():
            remind_employer(duty=duty.pk, number=number, by=by, at=at)
    except IntegrityError as error:
        if "reminded_once_each_time" not in str(error):
            raise
        return False
    return True


def _send(reminder: Reminder, mobile: str, token: str, by: Actor, at: datetime) -> None:
    on = day_of(at)
    asked = running_vacancies(employer=reminder.employer_id, on=on)
    days = max((one.days for one in asked), default=0)
    link = settings.MESSAGES["site"] + reverse("reporting:answer", args=[token])
    text = words_for(PURPOSE, "zh-hans", count=len(asked), days=days, link=link)
    sent = send_message(
        channel=Channel.SMS, to=mobile, text=text, purpose=PURPOSE, area=reminder.area, employer=reminder.employer_id,
        by=by, at=at,
    )  # fmt: skip
    reminder.message = sent.pk
    reminder.save(update_fields=["message"])


def _tell(reminder: Reminder, period: ReportPeriod, by: Actor, at: datetime) -> None:
    publish(
        ReportReminded(
            employer=reminder.employer_id, area=reminder.area, way=str(reminder.through), due_on=period.due_on,
            by=by.id, at=at,
        )
    )  # fmt: skip


def _mobile(number: str) -> str:
    try:
        return parse_mobile(number)
    except IdentifierError:
        return ""
