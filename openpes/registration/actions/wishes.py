"""Registering, changing and ending the wish for a job."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if
from openpes.kernel.days import spoken_day
from openpes.people.models import Person
from openpes.people.queries import why_not_living
from openpes.registration import rules
from openpes.registration.actions.locks import locked_person
from openpes.registration.actions.periods import known_on
from openpes.registration.events import JobWishChanged, JobWishEnded, JobWishRegistered
from openpes.registration.models import JobWish
from openpes.registration.rules import WishFacts
from openpes.registration.rules.wishes import valid_until


@action
def register_wish(*, person: int, facts: WishFacts, by: Actor, at: datetime) -> JobWish:
    """Register what job a person looks for, from today for the dated number of months (求职登记).

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: a wish is in force already, or with everything that is wrong with this one
    """
    today = clock.day_of(at)
    holder = Person.objects.held_by(by).select_for_update().get(pk=person)
    present = JobWish.objects.filter(person=holder).not_ended_by(today).first()
    wrong = rules.why_not_wish(facts, born_on=holder.born_on, on=today, known=known_on(today))
    refuse_if([*why_not_living(person=holder.pk), *wrong])
    if present is not None:
        raise _wish_in_force()
    wish = _store(
        JobWish(
            area=holder.area,
            person=holder,
            **_columns(facts),
            from_on=today,
            until_on=valid_until(today),
            registered_at=at,
            registered_by=by.id,
        )
    )
    publish(
        JobWishRegistered(
            person=holder.pk,
            area=wish.area,
            wish=wish.pk,
            occupations=facts.occupations,
            from_on=today,
            until_on=valid_until(today),
            by=by.id,
            at=at,
        )
    )
    return wish


@action
def change_wish(*, wish: int, version: int, facts: WishFacts, by: Actor, at: datetime) -> JobWish:
    """Change or confirm a wish that is in force; it is valid again for the full time from today.

    :raises JobWish.DoesNotExist: the wish is not one of the actor's
    :raises Refused: it ended, somebody else changed it meanwhile, or with everything that is wrong with it
    """
    today = clock.day_of(at)
    found = _locked(wish, by)
    refuse_if([*_ended(found, today), *_stale(found, version)])
    refuse_if(rules.why_not_wish(facts, born_on=found.person.born_on, on=today, known=known_on(today)))
    former = tuple(found.occupations)
    for name, value in _columns(facts).items():
        setattr(found, name, value)
    found.until_on, found.version = valid_until(today), found.version + 1
    found.save()
    publish(
        JobWishChanged(
            person=found.person_id,
            area=found.area,
            wish=found.pk,
            occupations=facts.occupations,
            former=former,
            until_on=found.until_on,
            by=by.id,
            at=at,
        )
    )
    return found


@action
def end_wish(*, wish: int, on: date, by: Actor, at: datetime) -> JobWish:
    """End a wish on a day, its first day at the earliest.

    :raises JobWish.DoesNotExist: the wish is not one of the actor's
    :raises Refused: it ended before that day
    """
    found = _locked(wish, by)
    refuse_if(_ended(found, on))
    found.until_on, found.version = max(on, found.from_on), found.version + 1
    found.save(update_fields=["until_on", "version"])
    publish(
        JobWishEnded(
            person=found.person_id, area=found.area, wish=found.pk, until_on=found.until_on, by=by.id, at=at
        )
    )
    return found


def _locked(wish: int, by: Actor) -> JobWish:
    """A wish of the actor's, behind its person's lock."""
    rows = JobWish.objects.held_by(by)
    holder = locked_person(rows.only("person_id").get(pk=wish).person_id)
    found = rows.select_for_update().get(pk=wish)
    found.person = holder
    return found


def _columns(facts: WishFacts) -> dict:
    return asdict(facts) | {"occupations": list(facts.occupations), "places": list(facts.places)}


def _store(wish: JobWish) -> JobWish:
    try:
        with transaction.atomic():
            wish.save(force_insert=True)
    except IntegrityError as error:
        if "one_wish_at_a_time" not in str(error):
            raise
        raise _wish_in_force() from error
    return wish


def _wish_in_force() -> Refused:
    return Refused(
        Reason(_("The person has a job wish in force."), next_step=_("Change that wish instead of adding another."))
    )


def _ended(wish: JobWish, day: date) -> list[Reason]:
    if wish.until_on is None or wish.until_on > day:
        return []
    return [
        Reason(
            _("This job wish ended on %(day)s.") % {"day": spoken_day(wish.until_on)},
            next_step=_("Register a new one."),
        )
    ]


def _stale(wish: JobWish, version: int) -> list[Reason]:
    if wish.version == version:
        return []
    return [
        Reason(
            _("Somebody else changed this job wish while you had it open; nothing of yours was saved."),
            next_step=_("Load the page again, compare, and enter your change anew."),
        )
    ]
