"""Introducing a person to an employer, with a letter that anybody can check."""

import secrets
from datetime import datetime

from django.db import connection

from openpes.employers.queries import why_not_serve
from openpes.engine.areas import county_of
from openpes.kernel import Actor, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.matching.queries import explanation_of
from openpes.people.models import Person
from openpes.people.queries import person as person_of_area
from openpes.people.queries import why_not_living
from openpes.referrals import rules
from openpes.referrals.actions.telling import tell_of_new
from openpes.referrals.events import PersonReferred
from openpes.referrals.models import LetterProof, Referral
from openpes.referrals.queries import grounds_of, introduction
from openpes.referrals.queries.fees import placement_ground
from openpes.vacancies.actions import VacancyInHand, take_in_hand


@action
def refer(*, person: int, vacancy: int, score: int | None = None, by: Actor, at: datetime) -> Referral:
    """Introduce a person of the clerk's area to a vacancy anywhere in the city; the letter gets a number and a code.

    The score that matching gives the two is kept with it, unless one is given.

    The vacancy is locked before its referrals are counted, so two offices cannot pass the cap together.

    :raises Person.DoesNotExist: the person is not of the clerk's area
    :raises Vacancy.DoesNotExist: the city has no such vacancy that was ever public
    :raises Refused: with every reason why not
    """
    introduced = person_of_area(scope=by.scope, pk=person)
    on = day_of(at)
    held = take_in_hand(vacancy=vacancy, by=by, at=at)
    about = introduction(person=introduced, held=held, scope=by.scope, on=on)
    wrong = rules.why_not_refer(about, on=on)
    refuse_if([*why_not_living(person=person), *why_not_serve(employer=held.employer, on=on), *wrong])
    if score is None:
        fit = explanation_of(person=person, vacancy=vacancy, on=on)
        score = fit.score if fit else None
    referral = new_referral(person=introduced, held=held, score=score, by=by, at=at)
    store_referral(referral=referral, held=held)
    tell_of_new(referral=referral, by=by, at=at)
    publish(
        PersonReferred(
            referral=referral.pk, person=person, area=referral.area, vacancy=vacancy, employer=held.employer,
            letter_no=referral.letter_no, by=by.id, at=at,
        )
    )  # fmt: skip
    return referral


def new_referral(
    *, person: Person, held: VacancyInHand, score: int | None, by: Actor, at: datetime
) -> Referral:
    """A person's way to a vacancy, not stored yet, with its number, its code, and as whom it costs nothing."""
    on, pk = day_of(at), _next_id()
    grounds = grounds_of(person=person, on=on)
    return Referral(
        pk=pk,
        area=person.area,
        person=person,
        vacancy_id=held.id,
        employer_id=held.employer,
        letter_no=f"{county_of(person.area)}{on.year}{pk:08d}",
        token="".join(secrets.choice(rules.CODE_LETTERS) for _n in range(rules.CODE_LENGTH)),
        made_on=on,
        made_at=at,
        made_by=by.id,
        valid_until_on=rules.last_day_of_letter(on),
        score=score,
        free_ground=placement_ground(grounds, on),
    )


def store_referral(*, referral: Referral, held: VacancyInHand) -> None:
    """Write a new referral and what anybody may check of it."""
    referral.save(force_insert=True)
    _show_proof(referral, held)


def _next_id() -> int:
    """The id is drawn before the row is written, because the letter's number carries it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('referrals_referral', 'id'))")
        return int(cursor.fetchone()[0])


def _show_proof(referral: Referral, held: VacancyInHand) -> None:
    LetterProof.objects.create(
        digest=rules.digest_of(referral.token),
        letter_no=referral.letter_no,
        vacancy_title=held.title,
        employer_name=held.employer_name,
        made_on=referral.made_on,
        valid_until_on=referral.valid_until_on,
    )
