"""Decisions, appeals and transfers: of a person, of an area, of the own file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from openpes.codes.queries import code_label
from openpes.kernel import Actor, within
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.registration.choices import ADVERSE, CANCEL_SET, REASON_SET, Group, Status, Subject
from openpes.registration.models import Appeal, AppealQuerySet, Decision, Transfer, TransferQuerySet
from openpes.registration.rules.appeals import last_appeal_on


@dataclass(frozen=True)
class DecisionRow:
    """A decision in words, with its appeal, and until when one may be filed (None when not at all)."""

    decision: Decision
    about: str
    appeal: Appeal | None
    appeal_until_on: date | None


@dataclass(frozen=True)
class AppealRow:
    """An appeal with its clock."""

    appeal: Appeal
    about: str
    clock: Clock


@dataclass(frozen=True)
class TransferRow:
    """A hand-over in words with its clock; `incoming` when the reader's area answers it."""

    transfer: Transfer
    name: str
    from_name: str
    to_name: str
    matters: list[str]
    incoming: bool
    clock: Clock


def decisions_of(*, scope: str, person: int, on: date) -> list[DecisionRow]:
    """Every decision about a person of the area, the latest first.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):  # the file goes with the person
        return _rows(Decision.objects.filter(person=holder), on)


def own_decisions(*, actor: Actor, on: date) -> list[DecisionRow]:
    """Every decision about the person that a self-service account stands for."""
    return _rows(Decision.objects.filter(person=actor.person), on)


def decision(*, scope: str, pk: int) -> Decision:
    """One decision about a person of the area, whichever office decided.

    :raises Decision.DoesNotExist: there is none of that id about a person of the area
    """
    with within(CITY):
        found = Decision.objects.select_related("person").get(pk=pk)
    if not Person.objects.visible_to(scope).filter(pk=found.person_id).exists():
        raise Decision.DoesNotExist
    return found


def decision_words(row: Decision) -> str:
    """What a decision is about, in words."""
    if row.subject == Subject.ENDING:
        return code_label(CANCEL_SET, row.facts.get("reason", ""))
    if row.subject == Subject.CERTIFICATE:
        return str(Group(row.facts["group"]).label)
    return code_label(REASON_SET, row.facts["reason"])


def appeal(*, scope: str, pk: int) -> Appeal:
    """One appeal of the area.

    :raises Appeal.DoesNotExist: there is none of that id in the area
    """
    return _with_decisions([Appeal.objects.visible_to(scope).get(pk=pk)])[0]


def open_appeals(*, scope: str) -> AppealQuerySet:
    """The appeals of the area that wait for their ruling, the earliest due first."""
    return Appeal.objects.visible_to(scope).undecided().order_by("due_on", "id")


def appeals_in_words(found: list[Appeal], *, on: date) -> list[AppealRow]:
    """Appeals with what they are about and their clocks."""
    return [AppealRow(row, decision_words(row.decision), clock_of(row.due_on, on)) for row in _with_decisions(found)]


def transfer_waits(*, person: int) -> Transfer | None:
    """The hand-over of a person that waits for its answer, seen by the offices on both sides."""
    return Transfer.objects.waiting().filter(person=person).first()


def transfers_of_area(*, scope: str) -> TransferQuerySet:
    """The hand-overs to the area that wait for their answer, the earliest due first."""
    return Transfer.objects.visible_to(scope).waiting().order_by("due_on", "id")


def transfers_from_area(*, scope: str) -> TransferQuerySet:
    """The hand-overs out of the area, the latest first; the old office reads what became of them."""
    return Transfer.objects.offered_from(scope).order_by("-id")


def transfers_in_words(found: list[Transfer], *, scope: str, on: date) -> list[TransferRow]:
    """Hand-overs with names and clocks; the names of the persons are those of the hand-over's own two offices."""
    with within(CITY):
        people = Person.objects.filter(pk__in=[row.person_id for row in found]).order_by("pk")
        names: dict[int, str] = dict(people.values_list("pk", "name"))
    rows = []
    for row in found:
        matters = [_matter(matter) for matter in row.matters]
        places = (area_full_name(row.from_area), area_full_name(row.area))
        mine = row.area.startswith(scope)
        rows.append(TransferRow(row, names[row.person_id], *places, matters, mine, clock_of(row.due_on, on)))
    return rows


def _with_decisions(found: list[Appeal]) -> list[Appeal]:
    """Appeals with their persons and decisions, which may be those of another office."""
    with within(CITY):
        prefetch_related_objects(found, "person", "decision")
    return found


def _rows(found: Any, on: date) -> list[DecisionRow]:
    rows = list(found.order_by("-on", "-id"))
    appeals = {row.decision_id: row for row in Appeal.objects.filter(decision__in=[r.pk for r in rows]).order_by("id")}
    told = []
    for row in rows:
        until_on = last_appeal_on(row.on) if row.outcome in ADVERSE and row.pk not in appeals else None
        may = until_on if until_on and on <= until_on else None
        told.append(DecisionRow(row, decision_words(row), appeals.get(row.pk), may))
    return told


def _matter(matter: dict[str, str]) -> str:
    words = {
        "wish": _("Job wish"),
        "handbook": _("Handbook to be issued"),
        "appeal": _("Appeal"),
        "certificate": _("Preference certificate"),
    }
    label = words.get(matter["kind"]) or str(Status(matter["kind"]).label)
    return f"{label} {matter['number']}".strip()
