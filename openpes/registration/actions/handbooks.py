"""Handbooks: asked for, issued by a colleague, declared lost, replaced, handed over, written into."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, action, clock, has_hand_in, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.people.queries import why_not_living
from openpes.registration.actions.locks import locked_person, waits_for_answer
from openpes.registration.choices import CopyEnd, CopyReason, Holder, Line, Paper, Status
from openpes.registration.events import (
    HandbookEnded,
    HandbookHandedOver,
    HandbookIssued,
    HandbookRequested,
    HandbookRevived,
)
from openpes.registration.models import (
    Handbook,
    HandbookCopy,
    HandbookEntry,
    HandbookHolding,
    PaperProof,
    StatusPeriod,
)
from openpes.registration.queries.handbooks import code_digest, token_digest
from openpes.registration.rules import handbooks as rules
from openpes.registration.rules.endings import why_not_act_in_transfer

NEXT_SERIAL = """
INSERT INTO registration_handbookserial (prefix, last) VALUES (%s, 1)
ON CONFLICT (prefix) DO UPDATE SET last = registration_handbookserial.last + 1 RETURNING last
"""
TAIL = 6
Told = HandbookRequested | HandbookIssued | HandbookRevived


@action
def request_handbook(*, person: int, by: Actor, at: datetime) -> HandbookCopy:
    """Ask for a booklet of a registered person who has none; the clock of issue begins.

    The number is given with the first one and stays.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: there is one already, nothing is registered, or the household class is not recorded
    """
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    with within(CITY):  # the handbook is one for the city, wherever the person was registered before
        case = rules.HandbookCase(
            hukou=holder.hukou,
            registered=StatusPeriod.objects.filter(person=holder).exists(),
            living=HandbookCopy.objects.filter(person=holder).living().exists(),
        )
        refuse_if([*why_not_living(person=holder.pk), *rules.why_not_apply(case)])
        handbook = Handbook.objects.filter(person=holder).first()
        if handbook is not None:  # its last booklet ended with the holder, who turned out to live
            return _ask_again(handbook, holder.area, by, at)
    handbook = Handbook.objects.create(
        area=holder.area,
        person=holder,
        number=_next_number(holder, clock.day_of(at)),
        opened_at=at,
        opened_by=by.id,
    )
    return _ask(handbook, CopyReason.FIRST, 1, by, at)


@action
def issue_handbook(*, copy: int, by: Actor, at: datetime) -> HandbookCopy:
    """Issue the booklet that a colleague asked for: its codes are drawn, and anybody can check it from now on.

    :raises HandbookCopy.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was asked for, it was issued or given up already, or it waits in a hand-over
    """
    found = _locked_copy(copy, by)
    refuse_if(
        [
            *rules.why_not_issue(
                own_request=has_hand_in(by, found.applied_hands),
                issued=found.issued_at is not None,
                ended=found.ended_at is not None,
            ),
            *why_not_act_in_transfer(waits=waits_for_answer(found.person_id, by)),
        ]
    )
    found.issued_at, found.issued_by, found.issued_hands = at, by.id, by.hands
    found.token = secrets.token_urlsafe(16)
    found.code = "".join(secrets.choice(rules.ALPHABET) for _n in range(rules.CODE_LENGTH))
    found.save(update_fields=["issued_at", "issued_by", "issued_hands", "token", "code"])
    _prove(found, at)
    if found.copy_no == 1:
        _write_history(found, by, at)
        _hold(found, Holder.PERSON, None, "", by, at)
    _write(found.handbook, Line.ISSUED, clock.day_of(at), {"copy": found.copy_no}, by, at)
    _tell(HandbookIssued, found, by, at)
    return found


@action
def replace_handbook(*, copy: int, reason: str, by: Actor, at: datetime) -> HandbookCopy:
    """Declare a booklet lost, damaged or full: it is dead at once, and the next one is asked for.

    :raises HandbookCopy.DoesNotExist: it is not of the actor's area
    :raises Refused: it is dead already or was never issued
    """
    found = _locked_copy(copy, by)
    refuse_if(rules.why_not_end(issued=found.issued_at is not None, ended=found.ended_at is not None))
    _end(found, CopyEnd(reason), by, at)
    kind = Line.LOST if reason == CopyEnd.LOST else Line.REPLACED
    _write(found.handbook, kind, clock.day_of(at), {"copy": found.copy_no}, by, at)
    return _ask(found.handbook, CopyReason(reason), found.copy_no + 1, by, at)


@action
def hand_over_handbook(
    *, handbook: int, holder: str, employer: int | None = None, note: str = "", by: Actor, at: datetime
) -> HandbookHolding:
    """Write down that a handbook changed hands today; an employer's account hands back what it holds.

    :raises Handbook.DoesNotExist: it is neither of the actor's area nor held by the actor
    :raises Refused: no booklet is issued, or the employer does not employ the person
    """
    book = _locked_book(handbook, by)
    with within(CITY):  # an employer of another county may hold it
        living = HandbookCopy.objects.filter(handbook=book).living().first()
        now = HandbookHolding.objects.filter(handbook=book, until_on=None).first()
        work = StatusPeriod.objects.employed().filter(person=book.person_id, until_on=None).first()
        case = rules.HandOverCase(
            issued=living is not None and living.issued_at is not None,
            holder=now.holder if now else "",
            employer=now.employer_id if now else None,
            to_holder=holder,
            to_employer=employer,
            works_at=work.employer_id if work else None,
        )
        refuse_if(rules.why_not_hand_over(case))
        assert living is not None
        held = _hold(living, Holder(holder), employer, note, by, at)
        publish(
            HandbookHandedOver(
                person=book.person_id,
                area=book.area,
                number=book.number,
                holder=holder,
                employer=employer,
                by=by.id,
                at=at,
            )
        )
    return held


@action
def write_line(*, person: int, kind: str, on: date, told: dict[str, Any], by: Actor, at: datetime) -> None:
    """Write a line into the handbook of a person that has one; who has none yet gets all lines when it is issued.

    `told` holds codes and numbers; a `period` in it becomes the name of its workplace.
    """
    with within(CITY):
        book = Handbook.objects.filter(person=person).first()
        if book and HandbookCopy.objects.filter(handbook=book).exclude(issued_at=None).exists():
            period = StatusPeriod.objects.filter(pk=told.get("period")).first()
            employer = {"employer": period.workplace} if period else {}
            _write(book, Line(kind), on, {k: v for k, v in told.items() if k != "period"} | employer, by, at)


@action
def close_handbook(*, person: int, by: Actor, at: datetime) -> None:
    """Let the living booklet of a person who died be dead."""
    with within(CITY):
        found = HandbookCopy.objects.select_for_update().filter(person=person).living().first()
        if found:
            _end(found, CopyEnd.DIED, by, at)


def revive_handbook(person: int, ended_at: datetime, area: str, by: Actor, at: datetime) -> None:
    """Let the booklet be valid again that ended with its holder at a moment, unless another one was asked for since."""
    copies = HandbookCopy.objects.select_for_update().filter(person=person)
    found = copies.filter(end_reason=CopyEnd.DIED, ended_at=ended_at).first()
    if found is None or copies.living().exists():
        return
    found.area, found.ended_at, found.ended_by, found.end_reason = area, None, None, ""
    found.save(update_fields=["area", "ended_at", "ended_by", "end_reason"])
    _proofs(found).update(ended_on=None, end_reason="")
    _tell(HandbookRevived, found, by, at)


def carry_handbook(person: int, area: str) -> None:
    """Let the handbook and its living booklet belong to the area to which the person moved."""
    Handbook.objects.filter(person=person).update(area=area)
    HandbookCopy.objects.filter(person=person).living().update(area=area)
    HandbookHolding.objects.filter(person=person, until_on=None).update(area=area)


def _next_number(person: Person, on: date) -> str:
    prefix = rules.number_prefix(person.area, person.hukou, on)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NEXT_SERIAL, [prefix])
            return f"{prefix}{cursor.fetchone()[0]:06d}"
    except IntegrityError as error:
        raise Refused(
            Reason(
                _("All numbers of this county, household class and year are given out."),
                next_step=_("Tell the city office; next year has numbers of its own."),
            )
        ) from error


def _ask_again(book: Handbook, area: str, by: Actor, at: datetime) -> HandbookCopy:
    carry_handbook(book.person_id, area)
    book.area = area
    last = HandbookCopy.objects.filter(handbook=book).order_by("-copy_no").values_list("copy_no", flat=True).first()
    return _ask(book, CopyReason.AGAIN, (last or 0) + 1, by, at)


def _locked_copy(copy: int, by: Actor) -> HandbookCopy:
    """A booklet of the actor's area, behind its person's lock."""
    seen = HandbookCopy.objects.visible_to(by.scope).only("person_id").get(pk=copy)
    locked_person(seen.person_id)
    return HandbookCopy.objects.visible_to(by.scope).select_for_update().get(pk=copy)


def _ask(book: Handbook, reason: CopyReason, copy_no: int, by: Actor, at: datetime) -> HandbookCopy:
    today = clock.day_of(at)
    made = HandbookCopy.objects.create(
        area=book.area,
        person_id=book.person_id,
        handbook=book,
        copy_no=copy_no,
        reason=reason,
        applied_on=today,
        due_on=rules.issue_due_on(today),
        applied_at=at,
        applied_by=by.id,
        applied_hands=by.hands,
    )
    _tell(HandbookRequested, made, by, at)
    return made


def _prove(copy: HandbookCopy, at: datetime) -> None:
    """Two digests of a booklet: of the code in its square, and of its number with the letters beside it."""
    for digest in (token_digest(copy.token or ""), code_digest(copy.handbook.number, copy.code)):
        PaperProof.objects.create(
            digest=digest,
            paper=copy.pk,
            tail=copy.handbook.number[-TAIL:],
            copy_no=copy.copy_no,
            issued_on=clock.day_of(at),
            office=area_full_name(copy.area)[:80],
        )


def _proofs(copy: HandbookCopy) -> QuerySet[PaperProof]:
    return PaperProof.objects.filter(kind=Paper.HANDBOOK, paper=copy.pk)


def _end(copy: HandbookCopy, reason: CopyEnd, by: Actor, at: datetime) -> None:
    copy.ended_at, copy.ended_by, copy.end_reason = at, by.id, reason
    copy.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _proofs(copy).update(ended_on=clock.day_of(at), end_reason=reason)
    publish(
        HandbookEnded(
            person=copy.person_id,
            area=copy.area,
            number=copy.handbook.number,
            copy_no=copy.copy_no,
            reason=reason,
            by=by.id,
            at=at,
        )
    )


def _tell(kind: type[Told], copy: HandbookCopy, by: Actor, at: datetime) -> None:
    publish(
        kind(
            person=copy.person_id,
            area=copy.area,
            number=copy.handbook.number,
            copy_no=copy.copy_no,
            by=by.id,
            at=at,
        )
    )


def _locked_book(handbook: int, by: Actor) -> Handbook:
    if not by.employer:
        seen = Handbook.objects.visible_to(by.scope).only("person_id").get(pk=handbook)
        locked_person(seen.person_id)
        return Handbook.objects.visible_to(by.scope).select_for_update().get(pk=handbook)
    if not HandbookHolding.objects.held_at(by.employer).filter(handbook_id=handbook).exists():
        raise Handbook.DoesNotExist
    with within(CITY):
        locked_person(Handbook.objects.only("person_id").get(pk=handbook).person_id)
        return Handbook.objects.select_for_update().get(pk=handbook)


def _hold(
    copy: HandbookCopy, holder: Holder, employer: int | None, note: str, by: Actor, at: datetime
) -> HandbookHolding:
    today = clock.day_of(at)
    HandbookHolding.objects.filter(handbook=copy.handbook_id, until_on=None).update(until_on=today)
    return HandbookHolding.objects.create(
        area=copy.area,
        person_id=copy.person_id,
        handbook_id=copy.handbook_id,
        holder=holder,
        employer_id=employer,
        from_on=today,
        note=note.strip(),
        handed_at=at,
        handed_by=by.id,
    )


def _write(book: Handbook, kind: Line, on: date, told: dict[str, Any], by: Actor, at: datetime) -> None:
    HandbookEntry.objects.create(
        area=book.area,
        person_id=book.person_id,
        handbook=book,
        kind=kind,
        on=on,
        told=told,
        written_at=at,
        written_by=by.id,
    )


def _write_history(copy: HandbookCopy, by: Actor, at: datetime) -> None:
    """What was registered before the first booklet stands in it from its first day."""
    with within(CITY):
        periods = list(StatusPeriod.objects.filter(person=copy.person_id).order_by("from_on", "id"))
        for period in periods:
            begun, ended = (Line.UNEMPLOYED, Line.UNEMP_END)
            told: dict[str, Any] = {"number": period.number, "reason": period.reason}
            if period.status == Status.EMPLOYED:
                begun, ended = (Line.EMPLOYED, Line.EMP_END)
                told = {"number": period.number, "category": period.category, "employer": period.workplace}
            _write(copy.handbook, begun, period.from_on, told, by, at)
            if period.until_on:
                told = {"number": period.number, "reason": period.end_reason}
                _write(copy.handbook, ended, period.until_on, told, by, at)
