"""Requests for correction: those of a person, those that wait for an office, and what was done since one was asked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import ngettext

from openpes.access.models import Account
from openpes.audit.models import JournalEntry
from openpes.audit.queries import READ_MARK, event_title
from openpes.codes.queries import code_label
from openpes.engine.calendars import working_days_between
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import unseal
from openpes.people.choices import ONE_VALUE, Fact
from openpes.people.models import CorrectionAppeal, CorrectionRequest

REQUEST, APPEAL = "correction.request", "correction.appeal"
ABOUT_REQUESTS = tuple(
    f"people.{name}"
    for name in ("CorrectionAsked", "CorrectionAnswered", "CorrectionAppealed", "CorrectionAppealRuled", "OwnCopyTaken")
)


@dataclass(frozen=True)
class Act:
    """Something that was done in a file: its journal line, its title and its moment."""

    line: int
    title: str
    at: datetime


@dataclass(frozen=True)
class Clock:
    """By when something is answered, and the working days that are left or over."""

    due_on: date
    days_left: int
    days_late: int

    @property
    def words(self) -> str:
        """The working days that are left or over, in words."""
        if self.days_late:
            late = ngettext("%(n)s working day late", "%(n)s working days late", self.days_late)
            return late % {"n": self.days_late}
        left = ngettext("%(n)s working day left", "%(n)s working days left", self.days_left)
        return left % {"n": self.days_left}

    @property
    def tone(self) -> str:
        """The colour of the clock."""
        if self.days_late:
            return "bad"
        return "wait" if self.days_left <= 3 else "plain"


@dataclass(frozen=True)
class CorrectionView:
    """A request in words with its clock, its appeal, and the act that put it right."""

    request: CorrectionRequest
    wanted: str
    evidence: str
    clock: Clock
    appeal: CorrectionAppeal | None
    grounds: str
    appeal_clock: Clock | None
    changed_by: str

    @property
    def fact(self) -> str:
        """The fact in the language of the reader."""
        return str(Fact(self.request.fact).label)

    @property
    def is_open(self) -> bool:
        """Whether the request or its appeal waits for an officer."""
        return not self.request.answer or (self.appeal is not None and not self.appeal.ruling)

    @property
    def may_appeal(self) -> bool:
        """Whether the person may appeal."""
        return self.request.answer == "refused" and self.appeal is None


def own_corrections(*, actor: Actor, on: date) -> list[CorrectionView]:
    """The requests of the person that a self-service account stands for, the latest first."""
    return _views(CorrectionRequest.objects.filter(person=actor.person).order_by("-id"), on)


def corrections_of(*, scope: str, person: int, on: date) -> list[CorrectionView]:
    """The requests of a person of the area, the latest first."""
    return _views(CorrectionRequest.objects.visible_to(scope).filter(person=person).order_by("-id"), on)


def correction(*, scope: str, pk: int, on: date) -> CorrectionView:
    """One request of the area.

    :raises CorrectionRequest.DoesNotExist: there is none of that id in the area
    """
    found = _views(CorrectionRequest.objects.visible_to(scope).filter(pk=pk).select_related("person"), on)
    if not found:
        raise CorrectionRequest.DoesNotExist
    return found[0]


def acts_since(*, request: CorrectionRequest) -> list[Act]:
    """What was done in the file of a person since a request was asked, the latest first; reading is not doing."""
    with within(CITY):  # the file may have come from another office since
        lines = JournalEntry.objects.filter(person=request.person_id, at__gte=request.asked_at)
        kept = lines.exclude(event__in=ABOUT_REQUESTS).exclude(payload__has_key=READ_MARK).order_by("-id")
        return [Act(line.pk, event_title(line.event), line.at) for line in kept]


def newest_line(*, person: int) -> int | None:
    """The latest journal line about a person."""
    return JournalEntry.objects.filter(person=person).order_by("-id").values_list("pk", flat=True).first()


def is_own_file(*, person: int, by: Actor) -> bool:
    """Whether one of the accounts that act stands for the person."""
    return Account.objects.filter(pk__in=by.hands, person_id=person).exists()


def clock_of(due_on: date, on: date) -> Clock:
    """The clock of something that is due on a day."""
    if on <= due_on:
        return Clock(due_on, working_days_between(on, due_on), 0)
    return Clock(due_on, 0, max(working_days_between(due_on, on), 1))


def _views(rows: Any, on: date) -> list[CorrectionView]:
    found = list(rows)
    appeals = {row.request_id: row for row in CorrectionAppeal.objects.filter(request__in=[row.pk for row in found])}
    return [_view(row, appeals.get(row.pk), on) for row in found]


def _view(row: CorrectionRequest, appeal: CorrectionAppeal | None, on: date) -> CorrectionView:
    line = (appeal and appeal.changed_by_line) or row.changed_by_line
    entry = JournalEntry.objects.filter(pk=line).first() if line else None
    return CorrectionView(
        request=row,
        wanted=wanted_words(row),
        evidence=unseal(row.evidence_sealed, context=REQUEST),
        clock=clock_of(row.due_on, on),
        appeal=appeal,
        grounds=unseal(appeal.grounds_sealed, context=APPEAL) if appeal else "",
        appeal_clock=clock_of(appeal.due_on, on) if appeal else None,
        changed_by=event_title(entry.event) if entry else "",
    )


def wanted_words(row: CorrectionRequest) -> str:
    """What a request says is right, a code in words."""
    told = unseal(row.wanted_sealed, context=REQUEST)
    codes = ONE_VALUE.get(Fact(row.fact), "")
    return code_label(codes, told) if codes else told
