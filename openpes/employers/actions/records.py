"""Papers that were seen, and people of an employer who agreed to be called."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.employers import rules
from openpes.employers.events import ConsentGiven, ConsentWithdrawn, DocumentSeen, DocumentStruck
from openpes.employers.models import Contact, Employer, LicenceDocument
from openpes.engine.identifiers import mask_phone, parse_phone
from openpes.kernel import Actor, Refused, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.sensitive import blind_index, seal

PHONE = "employer_contact.phone"


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """What stands on a paper; without a last day it is valid without limit."""

    kind: str
    number: str
    issued_by: str
    valid_until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """Somebody to call, and what for this person agreed to it, when and how."""

    name: str
    phone: str
    purposes: tuple[str, ...]
    way: str
    given_on: date
    position: str = ""


@action
def note_document(*, employer: int, facts: DocumentFacts, by: Actor, at: datetime) -> LicenceDocument:
    """Write down that one has seen a paper of an employer today.

    :raises Employer.DoesNotExist: there is none of that id in the area
    :raises Refused: a fact is missing, the paper has run out, or it is written down already
    """
    row = Employer.objects.visible_to(by.scope).select_for_update().get(pk=employer)
    facts = replace(facts, number=facts.number.strip(), issued_by=facts.issued_by.strip())
    on = day_of(at)
    refuse_if(
        rules.why_not_a_document(
            number=facts.number, issued_by=facts.issued_by, valid_until_on=facts.valid_until_on, on=on
        )
    )
    seen = LicenceDocument(employer=row, area=row.area, seen_on=on, seen_by=by.id, **vars(facts))
    _save_once(seen, "document_kept_once", "number", _("This document is written down already."))
    publish(DocumentSeen(employer=row.pk, area=row.area, kind=seen.kind, by=by.id, at=at))
    return seen


@action
def strike_document(*, document: int, by: Actor, at: datetime) -> LicenceDocument:
    """Strike a paper out that was replaced or written down by mistake; it stays readable.

    :raises LicenceDocument.DoesNotExist: there is none of that id in the area, or it is struck out
    """
    row = LicenceDocument.objects.visible_to(by.scope).kept().select_for_update().get(pk=document)
    row.struck_on = day_of(at)
    row.save(update_fields=["struck_on"])
    publish(DocumentStruck(employer=row.employer_id, area=row.area, kind=row.kind, by=by.id, at=at))
    return row


@action
def note_contact(*, employer: int, facts: ContactFacts, by: Actor, at: datetime) -> Contact:
    """Write down somebody of an employer who agreed to be contacted, and for what.

    :raises Employer.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: a fact is missing, nothing was agreed to, or this number is kept for the employer already
    """
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    facts = replace(facts, name=facts.name.strip(), position=facts.position.strip(), purposes=tuple(facts.purposes))
    refuse_if(
        rules.why_not_a_contact(
            name=facts.name, phone=facts.phone, purposes=facts.purposes, given_on=facts.given_on, on=day_of(at)
        )
    )
    number = parse_phone(facts.phone)
    contact = Contact(
        employer=row, area=row.area, name=facts.name, position=facts.position, way=facts.way,
        purposes=sorted(set(facts.purposes)), given_on=facts.given_on, noted_by=by.id,
        phone_sealed=seal(number, context=PHONE), phone_index=blind_index(number, context=PHONE),
        phone_mask=mask_phone(number),
    )  # fmt: skip
    _save_once(contact, "contact_kept_once", "phone", _("Somebody with this number is kept for the employer already."))
    publish(ConsentGiven(employer=row.pk, area=row.area, contact=contact.pk, way=contact.way, by=by.id, at=at))
    return contact


@action
def withdraw_consent(*, contact: int, by: Actor, at: datetime) -> Contact:
    """Note that somebody wants no calls and messages any more; from this moment there are none.

    :raises Contact.DoesNotExist: there is none of that id that the actor may see, or it is withdrawn
    """
    row = Contact.objects.seen_by(by).open().select_for_update().get(pk=contact)
    row.withdrawn_on = max(day_of(at), row.given_on)
    row.save(update_fields=["withdrawn_on"])
    publish(ConsentWithdrawn(employer=row.employer_id, area=row.area, contact=row.pk, by=by.id, at=at))
    return row


def _save_once(row: LicenceDocument | Contact, constraint: str, field: str, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise Refused(sentence, field=field, next_step=_("End that one first if it changed.")) from None
