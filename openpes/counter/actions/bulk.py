"""One act on many persons: shown first for each, then done for all or for those where it can be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.counter.choices import BulkKind
from openpes.counter.events import SelectionActedOn
from openpes.counter.rules import bulk as rules
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if
from openpes.matters.actions import Receiver, note_matter, propose_hand_over
from openpes.matters.choices import Subject
from openpes.people.models import Person
from openpes.registration.actions import confirm_unemployment, remind_of_confirmation
from openpes.registration.models import StatusPeriod

Act = Callable[[int, dict[str, Any], Actor, datetime], None]


@dataclass(frozen=True)
class Foreseen:
    """What an act would do, or has done, for one person: nothing against it, or every reason why not."""

    person: int
    name: str
    reasons: tuple[Reason, ...]

    @property
    def can(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


class _Undone(Exception):
    """Ends a trial: whatever was written goes back."""


@action
def foresee(*, kind: str, persons: Iterable[int], told: dict[str, Any], by: Actor, at: datetime) -> list[Foreseen]:
    """What an act would do for each person of a selection; each is tried by the very act and undone.

    :raises Refused: nobody is chosen, or too many are
    """
    return _each(kind, _chosen(persons, clock.day_of(at)), told, by, at, keeps=False)


@action
def act_on_many(
    *, kind: str, persons: Iterable[int], told: dict[str, Any], whole: bool, by: Actor, at: datetime
) -> list[Foreseen]:
    """Do an act for every person of a selection, each with its own line in the journal.

    With `whole` it is done for all or for nobody; else for those where nothing speaks against it.

    :raises Refused: nobody is chosen, too many are, or with `whole` somebody for whom it cannot be done
    """
    done = _each(kind, _chosen(persons, clock.day_of(at)), told, by, at, keeps=True)
    against = [reason for row in done for reason in row.reasons]
    if whole:
        refuse_if(against)
    count = sum(row.can for row in done)
    publish(SelectionActedOn(area=by.scope, kind=kind, rows=count, rejected=len(done) - count, by=by.id, at=at))
    return done


def _chosen(persons: Iterable[int], on: date) -> list[int]:
    found = sorted(set(persons))
    refuse_if(rules.why_not_so_many(rows=len(found), on=on))
    return found


def _each(
    kind: str, persons: list[int], told: dict[str, Any], by: Actor, at: datetime, *, keeps: bool
) -> list[Foreseen]:
    names = dict(Person.objects.visible_to(by.scope).filter(pk__in=persons).order_by("pk").values_list("pk", "name"))
    act = ACTS[BulkKind(kind)]
    return [
        Foreseen(pk, names[pk], _tried(act, pk, told, by, at, keeps)) if pk in names
        else Foreseen(pk, "", (rules.not_here(),))
        for pk in persons
    ]  # fmt: skip


def _tried(act: Act, person: int, told: dict[str, Any], by: Actor, at: datetime, keeps: bool) -> tuple[Reason, ...]:
    try:
        with transaction.atomic():
            act(person, told, by, at)
            if not keeps:
                raise _Undone
    except _Undone:
        return ()
    except Refused as refused:
        return refused.reasons
    except Person.DoesNotExist:  # merged or moved away since the list was shown
        return (rules.not_here(),)
    return ()


def _confirm(person: int, told: dict[str, Any], by: Actor, at: datetime) -> None:
    confirm_unemployment(person=person, way=told["way"], note=told.get("note", ""), by=by, at=at)


def _remind(person: int, told: dict[str, Any], by: Actor, at: datetime) -> None:
    open_ones = StatusPeriod.objects.visible_to(by.scope).unemployed().filter(person=person, until_on=None)
    period = open_ones.values_list("pk", flat=True).first()
    refuse_if([rules.not_unemployed()] if period is None else [])
    assert period is not None
    if not remind_of_confirmation(period=period, by=by, at=at):
        raise Refused(rules.nothing_due())


def _assign(person: int, told: dict[str, Any], by: Actor, at: datetime) -> None:
    """A matter of one's own that is offered to the colleague, who answers for it once it is accepted."""
    made = note_matter(person=person, subject=Subject.TASK, asked=told["asked"], by=by, at=at)
    if told["officer"] not in by.hands:
        propose_hand_over(matter=made.pk, to=Receiver(told["officer"]), reason=told["asked"], by=by, at=at)


ACTS: dict[BulkKind, Act] = {BulkKind.CONFIRM: _confirm, BulkKind.REMIND: _remind, BulkKind.ASSIGN: _assign}
