"""The letter of an introduction or the paper of an application, and its public check."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.employers.queries import employer_contact
from openpes.kernel import within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.look.queries import city_name, qr_svg, typeset
from openpes.network.queries import area_full_name, area_name, offices_serving, posting_of
from openpes.people.models import Person
from openpes.referrals import rules
from openpes.referrals.choices import LetterState
from openpes.referrals.models import LetterProof, Referral
from openpes.referrals.queries.fees import free_sentence
from openpes.vacancies.queries import vacancy_in_hand


@dataclass(frozen=True)
class CheckedLetter:
    """What anybody may know of a letter."""

    letter_no: str
    vacancy_title: str
    employer_name: str
    valid_until_on: date
    state: LetterState


def letter_by_token(*, token: str, on: date) -> CheckedLetter | None:
    """What the letter with this code is worth on a day; nothing for a code that no letter has.

    Reads the public table only, which names no person and holds digests instead of codes.
    """
    proof = LetterProof.objects.filter(pk=rules.digest_of(rules.plain_code(token))).first()
    if proof is None:
        return None
    state = rules.letter_state(answered=proof.answered, valid_until_on=proof.valid_until_on, on=on)
    return CheckedLetter(
        proof.letter_no, proof.vacancy_title, proof.employer_name, proof.valid_until_on, state
    )


def letter(*, referral: Referral, check_url: str, typed_url: str, at: datetime) -> bytes:
    """The letter of an introduction as a PDF in the language of the reader, with a QR code to its public check.

    `check_url` stands in the QR code; `typed_url` is the page where the code beside it is typed.
    """
    return typeset("referrals/letter.typ", _letter_values(referral, check_url, typed_url), at)


def _letter_values(row: Referral, check_url: str, typed_url: str) -> dict[str, Any]:
    vacancy = vacancy_in_hand(pk=row.vacancy_id, on=row.made_on)
    with within(CITY):  # the person may have moved since; the letter is the reader's
        person = Person.objects.get(pk=row.person_id)
    contact = employer_contact(pk=row.employer_id)
    last = spoken_day(row.valid_until_on)
    facts = [
        [_("Person"), person.name],
        [_("Identity no."), person.id_mask],
        [_("Vacancy"), vacancy.title],
        [_("Employer"), contact.name],
        [_("Where to go"), f"{area_full_name(vacancy.area)} {vacancy.address or contact.address}".strip()],
        [_("Contact"), f"{contact.contact_name} {contact.contact_phone}".strip()],
        [_("Valid until"), last],
        [_("Office"), _issuing_office(row)],
    ]
    return _letter_frame(row) | {
        "number": row.letter_no,
        "qr": qr_svg(check_url),
        "beside": [_("Check it at"), typed_url.split("://")[-1], _("Code of the letter"), rules.spoken_code(row.token)],
        "greeting": _("To %(employer)s:") % {"employer": contact.name},
        "text": _letter_text(row) % {"person": person.name, "vacancy": vacancy.title, "day": last},
        "facts": facts,
        "free": free_sentence(ground=row.free_ground, on=row.made_on),
    }


def _letter_text(row: Referral) -> str:
    if row.is_application:
        return _(
            "%(person)s applies to you for the vacancy “%(vacancy)s”. Please tell the person and us your answer by "
            "%(day)s, by this slip or on your page of the platform."
        )
    return _(
        "%(person)s is looking for work and is introduced to you for the vacancy “%(vacancy)s”. Please receive the "
        "person and tell us your answer by %(day)s, by this slip or on your page of the platform."
    )


def _issuing_office(row: Referral) -> str:
    """Where the clerk who made it worked that day, else the nearest office of the area; with its telephone."""
    with within(CITY):  # the employer and the person read the letter too
        posting = posting_of(row.made_by, row.made_on)
    offices = [posting.point] if posting else [found[0] for found in offices_serving(area=row.area, on=row.made_on)]
    return f"{offices[0].name} {offices[0].phone}".strip() if offices else area_name(row.area)


def _letter_frame(row: Referral) -> dict[str, Any]:
    """What every letter says."""
    return {
        "city": city_name(),
        "language": get_language() or "zh-hans",
        "title": _("Application") if row.is_application else _("Letter of introduction"),
        "labels": {"number": _("No."), "page": _("Page"), "slip": _("Answer of the employer")},
        "answers": [
            _("Hired, work begins on"),
            _("Not suitable"),
            _("Did not come"),
            _("Place already taken"),
        ],
        "stamp": _("Stamp of the office"),
        "signature": _("Signature and stamp of the employer"),
        "date": _("Date"),
        "check": _("Anybody can check this letter by the square or the code above."),
    }
