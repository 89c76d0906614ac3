"""Requests for correction: those of a person, those of an area, and their clocks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.access.models import Account
from openpes.audit.models import JournalEntry
from openpes.audit.queries import event_title
from openpes.codes.queries import code_label
from openpes.kernel import Actor
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.sensitive import unseal
from openpes.people.choices import ONE_VALUE, Fact
from openpes.people.models import CorrectionAppeal, CorrectionRequest

REQUEST, APPEAL = "correction.request", "correction.appeal"


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


def newest_line(*, person: int) -> int | None:
    """The latest journal line about a person."""
    return JournalEntry.objects.filter(person=person).order_by("-id").values_list("pk", flat=True).first()


def is_own_file(*, person: int, by: Actor) -> bool:
    """Whether one of the accounts that act stands for the person."""
    return Account.objects.filter(pk__in=by.hands, person_id=person).exists()


def _views(rows: Any, on: date) -> list[CorrectionView]:
    found = list(rows)
    appeals = {row.request_id: row for row in CorrectionAppeal.objects.filter(request__in=[row.pk for row in found])}
    named = {row.pk: _line_of(row, appeals.get(row.pk)) for row in found}
    lines = JournalEntry.objects.filter(pk__in=[line for line in named.values() if line]).order_by("pk")
    acts = dict(lines.values_list("pk", "event"))
    return [_view(row, appeals.get(row.pk), acts.get(named[row.pk] or 0, ""), on) for row in found]


def _line_of(row: CorrectionRequest, appeal: CorrectionAppeal | None) -> int | None:
    """The journal line of the act that put it right, after the appeal or before."""
    return (appeal and appeal.changed_by_line) or row.changed_by_line


def _view(row: CorrectionRequest, appeal: CorrectionAppeal | None, act: str, on: date) -> CorrectionView:
    return CorrectionView(
        request=row,
        wanted=wanted_words(row),
        evidence=unseal(row.evidence_sealed, context=REQUEST),
        clock=clock_of(row.due_on, on),
        appeal=appeal,
        grounds=unseal(appeal.grounds_sealed, context=APPEAL) if appeal else "",
        appeal_clock=clock_of(appeal.due_on, on) if appeal else None,
        changed_by=event_title(act) if act else "",
    )


def wanted_words(row: CorrectionRequest) -> str:
    """What a request says is right, a code in words."""
    told = unseal(row.wanted_sealed, context=REQUEST)
    codes = ONE_VALUE.get(Fact(row.fact), "")
    return code_label(codes, told) if codes else told
