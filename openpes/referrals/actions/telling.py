"""Telling people and employers by SMS or mail what their own pages show anyway; only those who agreed."""

from datetime import datetime

from django.utils.translation import override

from openpes.employers.queries import employer_contact, employer_of
from openpes.kernel import Actor, Refused, action, publish, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import seal, unseal
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.people.models import Person
from openpes.people.queries import own_person
from openpes.referrals.choices import News, Side
from openpes.referrals.events import ReachChosen
from openpes.referrals.models import Reach, Referral, Step
from openpes.referrals.queries.news import first_step, sentence_of_step

MAIL_CONTEXT = "reach.mail"
OF_INTERVIEWS = (News.TIMES, News.AGREED, News.CANCELLED, News.PAUSED, News.ASKED_ANEW)


@action
def choose_reach(*, by_sms: bool, mail: str, language: str, by: Actor, at: datetime) -> Reach:
    """Agree to be told by SMS or mail, or no more; the person or the employer of the account decides for itself.

    :raises Refused: the mail address is none
    """
    whose = {"person_id": by.person} if by.person else {"employer_id": by.employer}
    row = Reach.objects.filter(**whose).select_for_update().first() or Reach(**whose, area=_area(by))
    row.by_sms, row.language = by_sms, language
    row.mail_sealed = seal(mail, context=MAIL_CONTEXT) if mail else None
    row.agreed_at, row.agreed_by = at, by.id
    row.save()
    publish(
        ReachChosen(
            person=by.person, employer=by.employer, area=row.area, sms=by_sms, mail=bool(mail), by=by.id, at=at
        )
    )
    return row


def tell_both(*, step: Step, by: Actor, at: datetime) -> None:
    """Tell each side of a step that the other one made, by the ways to which it agreed."""
    with within(CITY):  # whoever acts sees only the own side
        rows = list(Reach.objects.filter(person_id=step.person_id)) if step.side != Side.PERSON else []
        if step.side != Side.EMPLOYER:
            rows += Reach.objects.filter(employer_id=step.employer_id)
        for row in rows:
            _tell(row, step, by, at)


def tell_of_new(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Tell an employer of a new application, and both sides of a new introduction, by the ways to which they agreed."""
    tell_both(step=first_step(referral), by=by, at=at)


def _tell(row: Reach, step: Step, by: Actor, at: datetime) -> None:
    with override(row.language):
        text = sentence_of_step(step)
    ways = ((Channel.SMS, _phone(row) if row.by_sms else ""), (Channel.MAIL, mail_of(row)))
    purpose = "employer_notice" if row.employer_id else "interview" if step.news in OF_INTERVIEWS else "application"
    for channel, to in ways:
        if not to:
            continue
        try:
            send_message(
                channel=channel, to=to, text=text, purpose=purpose, area=row.area, person=row.person_id,
                employer=row.employer_id, language=row.language, by=by, at=at,
            )  # fmt: skip
        except Refused:  # the number in the file is a landline or wrong: the own page has told it already
            continue


def mail_of(row: Reach) -> str:
    """The mail address to which somebody agreed; empty for none."""
    return unseal(row.mail_sealed, context=MAIL_CONTEXT) if row.mail_sealed else ""


def _phone(row: Reach) -> str:
    if row.person_id:
        phone = Person.objects.get(pk=row.person_id).phone()
        return phone.reveal() if phone else ""
    return employer_contact(pk=row.employer_id).contact_phone


def _area(by: Actor) -> str:
    if by.person:
        return own_person(actor=by).area
    return employer_of(actor=by).area
