"""Registrations between cities: out with a certificate of transfer, taken back, in with another city's."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openpes.engine.areas import county_of
from openpes.engine.places import city_name
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.registration.actions.endings import end_wish_early, finish
from openpes.registration.actions.locks import locked_person, waits_for_answer
from openpes.registration.actions.periods import next_number, register_unemployment
from openpes.registration.actions.restoring import restore
from openpes.registration.choices import CANCELLED_OTHERWISE, Paper, PaperEnd
from openpes.registration.events import (
    RegistrationTransferredIn,
    RegistrationTransferredOut,
    TransferOutTakenBack,
)
from openpes.registration.models import PaperProof, StatusPeriod, TransferIn, TransferOut
from openpes.registration.queries.handbooks import code_digest, token_digest
from openpes.registration.rules import UnemploymentFacts
from openpes.registration.rules import cities as rules
from openpes.registration.rules.endings import why_not_act_in_transfer
from openpes.registration.rules.handbooks import ALPHABET, CODE_LENGTH

TAIL = 6


@action
def transfer_out(*, person: int, to_place: str, to_office: str = "", by: Actor, at: datetime) -> TransferOut:
    """Hand an unemployment registration to another city: it ends here today, and a certificate tells its time.

    The job wish ends with it; the handbook stays with the person.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: nothing is registered, the city is not one, or a hand-over between counties waits
    """
    today = clock.day_of(at)
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    with within(CITY):
        open_ones = StatusPeriod.objects.unemployed().filter(person=holder, until_on=None)
        period = open_ones.select_for_update().first()
        refuse_if(
            [
                *rules.why_not_transfer_out(is_open=period is not None, place=to_place, home=county_of(CITY)),
                *why_not_act_in_transfer(waits=waits_for_answer(holder.pk, by)),
            ]
        )
        assert period is not None
        note = _("Transferred to %(city)s") % {"city": city_name(to_place)}
        finish(period, reason=CANCELLED_OTHERWISE, on=max(today, period.from_on), note=note, by=by, at=at)
        end_wish_early(holder.pk, today, by, at)
        made = _store_out(period, holder, to_place, to_office, by, at)
    publish(
        RegistrationTransferredOut(
            person=holder.pk,
            area=made.area,
            transfer_out=made.pk,
            number=made.number,
            to_place=to_place,
            left_on=made.left_on,
            by=by.id,
            at=at,
        )
    )
    return made


@action
def take_back_transfer_out(*, transfer_out: int, why: str, by: Actor, at: datetime) -> TransferOut:
    """Take a certificate of transfer back because the other city did not take the person; the registration goes on.

    :raises TransferOut.DoesNotExist: it is not about a person of the actor's area
    :raises Refused: it was taken back, the person was registered again since, or no reason is given
    """
    with within(CITY):
        seen = TransferOut.objects.filter(pk=transfer_out).first()
    if seen is None or not Person.objects.visible_to(by.scope).filter(pk=seen.person_id).exists():
        raise TransferOut.DoesNotExist
    with within(CITY):
        holder = locked_person(seen.person_id)
        found = TransferOut.objects.select_for_update().get(pk=transfer_out)
        period = StatusPeriod.objects.select_for_update().get(pk=found.period_id)
        later = StatusPeriod.objects.filter(person=holder, from_on__gte=period.until_on or found.left_on)
        since = period.until_on is None or later.exclude(pk=period.pk).exists()
        taken = found.taken_back_at is not None
        refuse_if(rules.why_not_take_back(taken_back=taken, registered_since=since, why=why))
        found.taken_back_at, found.taken_back_by, found.taken_back_why = at, by.id, why.strip()
        found.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        _proofs(found).update(ended_on=clock.day_of(at), end_reason=PaperEnd.TAKEN_BACK)
        restore(period, holder.area, by, at)
    publish(
        TransferOutTakenBack(
            person=holder.pk, area=holder.area, transfer_out=found.pk, number=found.number, by=by.id, at=at
        )
    )
    return found


@action
def transfer_in(*, person: int, facts: rules.TransferInFacts, by: Actor, at: datetime) -> TransferIn:
    """Register an unemployment that began in another city from today on; its whole months there count here.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: with everything that is wrong with the certificate, and every rule of registration that is not met
    """
    today = clock.day_of(at)
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    refuse_if(rules.why_not_transfer_in(facts, home=county_of(CITY), on=today))
    note = _("From %(city)s, No. %(number)s") % {"city": city_name(facts.from_place), "number": facts.paper_number}
    told = UnemploymentFacts(
        from_on=today,
        reason=facts.reason,
        former_employer=facts.former_employer,
        proofs=facts.proofs,
        willing=facts.willing,
        note=note,
    )
    period = register_unemployment(person=holder.pk, facts=told, by=by, at=at)
    period.counted_from_on = rules.counted_from_on(today, facts.months)
    period.save(update_fields=["counted_from_on"])
    made = _store_in(period, facts, by, at)
    publish(
        RegistrationTransferredIn(
            person=holder.pk,
            area=made.area,
            period=period.pk,
            number=period.number,
            from_place=facts.from_place,
            since_on=period.counted_from_on,
            on=today,
            by=by.id,
            at=at,
        )
    )
    return made


def _store_out(
    period: StatusPeriod, holder: Person, to_place: str, to_office: str, by: Actor, at: datetime
) -> TransferOut:
    today = clock.day_of(at)
    since_on = period.counted_from_on or period.from_on
    left_on = max(today, since_on)
    made = TransferOut.objects.create(
        area=holder.area,
        person=holder,
        period=period,
        number=next_number(holder.area, today),
        to_place=to_place,
        to_office=to_office.strip(),
        since_on=since_on,
        left_on=left_on,
        months=rules.full_months(since_on, left_on),
        reason=period.reason,
        token=secrets.token_urlsafe(16),
        code="".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH)),
        issued_at=at,
        issued_by=by.id,
    )
    for digest in (token_digest(made.token), code_digest(made.number, made.code)):
        PaperProof.objects.create(
            digest=digest,
            kind=Paper.TRANSFER,
            paper=made.pk,
            tail=made.number[-TAIL:],
            issued_on=today,
            office=area_full_name(holder.area)[:80],
        )
    return made


def _store_in(period: StatusPeriod, facts: rules.TransferInFacts, by: Actor, at: datetime) -> TransferIn:
    try:
        with transaction.atomic():
            return TransferIn.objects.create(
                area=period.area,
                person_id=period.person_id,
                period=period,
                from_place=facts.from_place,
                from_office=facts.from_office.strip(),
                paper_number=facts.paper_number.strip(),
                paper_issued_on=facts.paper_issued_on,
                since_on=facts.since_on,
                left_on=facts.left_on,
                months=facts.months,
                received_at=at,
                received_by=by.id,
            )
    except IntegrityError as error:
        if "paper_of_another_city_once" not in str(error):
            raise
        raise Refused(
            Reason(
                _("This certificate was brought to an office of this city already."),
                clause=rules.BETWEEN_CLAUSE,
                field="paper_number",
                next_step=_("Ask the other office whether it was given out twice."),
            )
        ) from error


def _proofs(found: TransferOut) -> QuerySet[PaperProof]:
    return PaperProof.objects.filter(kind=Paper.TRANSFER, paper=found.pk)
