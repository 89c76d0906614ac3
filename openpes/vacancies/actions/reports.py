"""What readers report about an advertisement, and what the office makes of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openpes.engine.calendars import working_days_after
from openpes.engine.identifiers import mask_phone
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.sensitive import seal, unseal
from openpes.vacancies import rules
from openpes.vacancies.actions.holding import end_hold
from openpes.vacancies.actions.keeping import begin_hold
from openpes.vacancies.actions.publication import renew_publication
from openpes.vacancies.choices import GRAVE_REASONS, Finding, HoldGround, ReportReason, State
from openpes.vacancies.events import AdvertReported, ReporterShown, ReportJudged
from openpes.vacancies.models import AdvertReport, Hold, Vacancy
from openpes.vacancies.queries import state_on

PHONE = "report.phone"


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """What a reader says; `asker` is the digest of the address from which it comes, `phone` may be left out."""

    vacancy: int
    reason: str
    asker: bytes
    words: str = ""
    phone: str = ""


@action
def report_advert(*, facts: ReportFacts, by: Actor, at: datetime) -> AdvertReport:
    """Note what a reader of the public page reports; a grave reason, or enough reports, hold the advertisement at once.

    Reports from an address whose earlier ones were abuse are kept and read, and do not count. An advertisement that was
    looked at and cleared as it stands is held by twice as many, and by no single one.

    :raises Vacancy.DoesNotExist: the city has none of that id
    :raises Refused: it is not public, this address reported it already, or the words are missing
    """
    row = Vacancy.objects.visible_to(by.scope).select_for_update().get(pk=facts.vacancy)
    waiting = AdvertReport.objects.filter(vacancy=row).unlooked()
    refuse_if(
        rules.why_not_report(
            state=state_on(row, day_of(at)),
            reason=facts.reason,
            words=facts.words,
            told_already=waiting.filter(asker=facts.asker).exists(),
        )
    )
    report = AdvertReport.objects.create(
        area=row.area,
        vacancy=row,
        reason=facts.reason,
        words=facts.words.strip(),
        phone_sealed=seal(facts.phone, context=PHONE) if facts.phone else None,
        phone_mask=mask_phone(facts.phone) if facts.phone else "",
        asker=facts.asker,
        counts=not _abused(facts.asker, at),
        reported_at=at,
        reported_on=day_of(at),
        due_on=working_days_after(day_of(at), int(parameters().value("report_look_days", day_of(at)))),
    )
    publish(AdvertReported(vacancy=row.pk, area=row.area, report=report.pk, reason=report.reason, by=by.id, at=at))
    _hold_if_enough(row, by, at)
    return report


@action
def judge_report(*, report: int, finding: Finding, answer: str, by: Actor, at: datetime) -> AdvertReport:
    """Say what is true of a report. What is true keeps the advertisement held; with the last untrue one it is free.

    :raises AdvertReport.DoesNotExist: there is none of that id in the area
    :raises Refused: it is judged already, or the words are missing
    """
    vacancy = AdvertReport.objects.visible_to(by.scope).get(pk=report).vacancy_id
    row = Vacancy.objects.visible_to(by.scope).select_for_update().get(pk=vacancy)
    found = AdvertReport.objects.visible_to(by.scope).select_for_update().get(pk=report)
    refuse_if(rules.why_not_judge(judged=bool(found.finding), answer=answer))
    found.finding, found.answer = Finding(finding).value, answer.strip()
    found.judged_at, found.judged_by, found.judged_hands = at, by.id, by.hands
    found.save()
    publish(
        ReportJudged(
            vacancy=row.pk, area=row.area, report=found.pk, outcome=found.finding, answer=found.answer, by=by.id, at=at
        )
    )
    hold = Hold.objects.filter(vacancy=row, ground=HoldGround.REPORTED).open().select_for_update().first()
    if found.finding == Finding.TRUE:
        _keep(row, hold, found, by, at)
    elif hold and not _still_speaks(hold):
        end_hold(vacancy=row, hold=hold, words=found.answer, by=by, at=at)
    return found


@action
def show_reporter(*, report: int, purpose: str, by: Actor, at: datetime) -> str:
    """The telephone number that a reader left, journalled with what it is wanted for before it is shown.

    :raises AdvertReport.DoesNotExist: there is none of that id in the area
    :raises Refused: the reader left none, or the purpose is missing
    """
    found = AdvertReport.objects.visible_to(by.scope).get(pk=report)
    if not found.phone_sealed:
        raise Refused(_("Whoever reported this left no telephone number."))
    if not purpose.strip():
        raise Refused(_("Say what the number is wanted for."), field="purpose")
    publish(
        ReporterShown(
            vacancy=found.vacancy_id, area=found.area, report=found.pk, purpose=purpose.strip(), by=by.id, at=at
        )
    )
    return unseal(found.phone_sealed, context=PHONE)


def _hold_if_enough(row: Vacancy, by: Actor, at: datetime) -> None:
    told = AdvertReport.objects.filter(vacancy=row, counts=True).unlooked().order_by("pk")
    reasons = Counter(told.values_list("reason", flat=True))
    cleared = Hold.objects.filter(
        vacancy=row, ground=HoldGround.REPORTED, end="lifted", version=row.version
    ).exists()
    least = int(parameters().value("reports_to_hold", day_of(at)))
    grave = not cleared and GRAVE_REASONS.intersection(reasons)
    held = Hold.objects.filter(vacancy=row, ground=HoldGround.REPORTED).open().exists()
    if held or not (grave or reasons.total() >= least * (2 if cleared else 1)):
        return
    named = _("; ").join(f"{ReportReason(reason).label} ({count})" for reason, count in reasons.items())
    words = _("Readers reported: %(reasons)s. Nothing is decided; the office looks at it.") % {"reasons": named}
    hold = begin_hold(vacancy=row, hold=Hold(ground=HoldGround.REPORTED, words=words), by=by, at=at)
    told.update(hold=hold)
    renew_publication(vacancy=row, on=day_of(at))


def _keep(row: Vacancy, hold: Hold | None, found: AdvertReport, by: Actor, at: datetime) -> None:
    """A report that is true holds the advertisement, when nothing does."""
    if hold is None and state_on(row, day_of(at)) in (State.OPEN, State.HELD):
        words = _("A report of readers was confirmed: %(answer)s") % {"answer": found.answer}
        begin_hold(vacancy=row, hold=Hold(ground=HoldGround.REPORTED, words=words), judged=True, by=by, at=at)
        renew_publication(vacancy=row, on=day_of(at))


def _still_speaks(hold: Hold) -> bool:
    """Whether a report waits or was confirmed on which the hold stands."""
    told = AdvertReport.objects.filter(vacancy=hold.vacancy_id, counts=True)
    return told.unlooked().exists() or told.filter(finding=Finding.TRUE, judged_at__gte=hold.held_at).exists()


def _abused(asker: bytes, at: datetime) -> bool:
    since = at - timedelta(days=int(parameters().value("report_abuse_days", day_of(at))))
    return AdvertReport.objects.filter(asker=asker, finding=Finding.ABUSE, judged_at__gte=since).exists()
