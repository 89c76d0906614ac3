"""Registering unemployment and employment: lock the person, ask the rules, write, tell."""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from openpes.codes.queries import code_exists, occupation_exists
from openpes.employers.models import Employer
from openpes.engine.areas import county_of
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries import why_not_living
from openpes.registration import rules
from openpes.registration.actions.decisions import keep_end, keep_registration
from openpes.registration.actions.filed import keep_filing
from openpes.registration.actions.locks import locked_person
from openpes.registration.choices import FOUND_WORK, PROOF_SET, Filed, Status
from openpes.registration.events import (
    EmploymentRegistered,
    ProofsSupplied,
    UnemploymentEnded,
    UnemploymentRegistered,
)
from openpes.registration.models import StatusPeriod
from openpes.registration.queries import circumstances_of, spells_of
from openpes.registration.rules import EmploymentFacts, UnemploymentFacts
from openpes.registration.rules.periods import Known


@action
def register_unemployment(*, person: int, facts: UnemploymentFacts, by: Actor, at: datetime) -> StatusPeriod:
    """Register a person as unemployed from a day on (就业服务与就业管理规定 art. 63; 就业促进法 art. 43).

    What is merely missing (a proof) does not stop the registration; it is shown until it is supplied.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: with every rule that is not met, and everything that is wrong with the facts
    """
    today = clock.day_of(at)
    holder = Person.objects.held_by(by).select_for_update().get(pk=person)
    case = circumstances_of(person=holder, on=today, facts=facts)
    wrong = rules.why_not_unemployed_since(
        facts, spells=case.spells, today=today, born_on=holder.born_on, known=known_on(today)
    )
    results = rules.unemployment_rules(case)
    refuse_if([*why_not_living(person=holder.pk), *rules.faults(results), *wrong])
    period = _store(_unemployment(holder, facts, by, at))
    keep_registration(holder, case, results, period.number, by, at)
    publish(
        UnemploymentRegistered(
            person=holder.pk,
            area=period.area,
            period=period.pk,
            number=period.number,
            from_on=period.from_on,
            reason=period.reason,
            by=by.id,
            at=at,
        )
    )
    return period


@action
def register_employment(*, person: int, facts: EmploymentFacts, by: Actor, at: datetime) -> StatusPeriod:
    """Register a person as employed; an open unemployment ends on the first day of work, in the same transaction.

    Done by the office of the person, or by the office of the employer (or the employer itself) for its new staff,
    wherever the person lives. Source: 就业服务与就业管理规定 art. 62.

    :raises Person.DoesNotExist: neither the person nor the employer is one of the actor's
    :raises Refused: with every reason, among them another employment or a day before the open unemployment
    """
    today = clock.day_of(at)
    employer = _employer(facts.employer, by)
    holder = _locked(person, employer, by)
    with within(CITY):  # the person's earlier registrations may belong to other offices
        spells = spells_of(holder.pk)
        wrong = rules.why_not_employ(facts, spells=spells, today=today, born_on=holder.born_on, known=known_on(today))
        refuse_if([*why_not_living(person=holder.pk), *wrong])
        _end_open_unemployment(holder, facts.from_on, by, at)
        period = _store(_employment(holder, employer, facts, by, at))
        keep_filing(period, Filed.HIRE, period.from_on, by, at)
        publish(
            EmploymentRegistered(
                person=holder.pk,
                area=period.area,
                period=period.pk,
                number=period.number,
                from_on=period.from_on,
                category=period.category,
                employer=period.employer_id,
                by=by.id,
                at=at,
            )
        )
    return period


@action
def supply_proofs(*, period: int, proofs: tuple[str, ...], by: Actor, at: datetime) -> StatusPeriod:
    """Enter proofs that a person handed in after the registration; those already there stay.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    :raises Refused: a proof is not one of the list `registration_proof`
    """
    rows = StatusPeriod.objects.visible_to(by.scope).unemployed()
    locked_person(rows.only("person_id").get(pk=period).person_id)
    found = rows.select_for_update().get(pk=period)
    refuse_if(
        Reason(_("“%(code)s” is not a code of this list.") % {"code": proof}, field="proofs")
        for proof in proofs
        if not known_on(clock.day_of(at))(PROOF_SET, proof)
    )
    found.proofs = sorted({*found.proofs, *proofs})
    found.save(update_fields=["proofs"])
    publish(
        ProofsSupplied(
            person=found.person_id, area=found.area, period=found.pk, proofs=tuple(found.proofs), by=by.id, at=at
        )
    )
    return found


def next_number(area: str, on: date) -> str:
    """The next registration number: six digits of the county, the year, a serial that no other one has.

    The serial is a sequence, so registrations never wait for each other; a number that was drawn by a registration
    that did not happen stays unused.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registration_serial')")
        serial = cursor.fetchone()[0]
    return f"{county_of(area)}{on.year}{serial:07d}"


def known_on(on: date) -> Known:
    """What tells whether a code is one of its national list that is given on a day; some are given no more."""

    def known(set_name: str, code: str) -> bool:
        return occupation_exists(code) if set_name == "occupation" else code_exists(set_name, code, on=on)

    return known


def _employer(pk: int | None, by: Actor) -> Employer | None:
    if pk is None:
        return None
    with within(CITY):  # people of one county work for employers of another
        employer = Employer.objects.filter(pk=pk).first()
    if employer is None:
        raise Refused(Reason(_("This employer is not registered."), field="employer"))
    return employer


def _locked(person: int, employer: Employer | None, by: Actor) -> Person:
    own = Person.objects.held_by(by).select_for_update().filter(pk=person).first()
    if own is not None:
        return own
    if employer is None or not Employer.objects.seen_by(by).filter(pk=employer.pk).exists():
        raise Person.DoesNotExist
    with within(CITY):
        return Person.objects.select_for_update().get(pk=person)


def _end_open_unemployment(person: Person, on: date, by: Actor, at: datetime) -> None:
    period = StatusPeriod.objects.unemployed().filter(person=person, until_on=None).first()
    if period is None:
        return
    period.until_on, period.end_reason, period.ended_at = on, FOUND_WORK, at
    period.save(update_fields=["until_on", "end_reason", "ended_at"])
    keep_end(period, on, by, at)
    publish(
        UnemploymentEnded(
            person=person.pk,
            area=period.area,
            period=period.pk,
            number=period.number,
            until_on=on,
            reason=FOUND_WORK,
            by=by.id,
            at=at,
        )
    )


def _unemployment(person: Person, facts: UnemploymentFacts, by: Actor, at: datetime) -> StatusPeriod:
    return StatusPeriod(
        area=person.area,
        person=person,
        status=Status.UNEMPLOYED,
        number=next_number(person.area, clock.day_of(at)),
        from_on=facts.from_on,
        reason=facts.reason,
        former_employer=facts.former_employer.strip(),
        proofs=sorted(set(facts.proofs)),
        note=facts.note.strip(),
        registered_at=at,
        registered_by=by.id,
    )


def _employment(
    person: Person, employer: Employer | None, facts: EmploymentFacts, by: Actor, at: datetime
) -> StatusPeriod:
    return StatusPeriod(
        area=person.area,
        person=person,
        status=Status.EMPLOYED,
        number=next_number(person.area, clock.day_of(at)),
        from_on=facts.from_on,
        category=facts.category,
        employer=employer,
        workplace=employer.name if employer else facts.workplace.strip(),
        occupation=facts.occupation,
        pay_fen=facts.pay_fen,
        contract_until_on=facts.contract_until_on,
        note=facts.note.strip(),
        registered_at=at,
        registered_by=by.id,
    )


def _store(period: StatusPeriod) -> StatusPeriod:
    """Save; should two offices have locked different rows of one person, the exclusion constraint decides."""
    try:
        with transaction.atomic():
            period.save(force_insert=True)
    except IntegrityError as error:
        if "one_status_at_a_time" not in str(error):
            raise
        raise Refused(
            Reason(
                _("The person already has a registration in this period; periods cannot overlap."),
                field="from_on",
                next_step=_("Load the page again and look at the history."),
            )
        ) from error
    return period
