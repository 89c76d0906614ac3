"""Registering a person, once in the city, and changing the file."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction

from openpes.codes.queries import code_exists, skill_codes
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.composed import insert
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, seal
from openpes.people import rules
from openpes.people.actions.hukou import correct_present_hukou
from openpes.people.events import PersonChanged, PersonRegistered
from openpes.people.models import Person, Residence
from openpes.people.queries.former import number_holder
from openpes.people.queries.records import follows_from_records
from openpes.people.rules.records import why_not_typed

CODE_SETS = {
    "ethnic_group": "ethnic",
    "education": "education_2006",
    "hukou": "hukou",
    "marital": "marital_gb",
    "skill_level": "skill_level",
}
LEARNED = frozenset({"education", "skill_level", "skills"})  # they follow from records where there are any


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What is told about a person; sex and birth follow from the identity number.

    Codes are those of the national sets: `ethnic`, `education_2006`, `hukou`, `marital_gb`, `skill_level`.
    `resides_from_on` is since when the person has lived at the address; without it, since the registration.
    """

    id_number: str
    name: str
    area: str
    address: str = ""
    phone: str = ""
    ethnic_group: str = ""
    education: str = ""
    hukou: str = ""
    marital: str = ""
    skill_level: str = ""
    skills: tuple[str, ...] = ()
    resides_from_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PersonChanges:
    """New facts of a person; what is None stays as it is, an empty telephone is taken away. Names: `change_name`."""

    phone: str | None = None
    ethnic_group: str | None = None
    education: str | None = None
    hukou: str | None = None
    marital: str | None = None
    skill_level: str | None = None
    skills: tuple[str, ...] | None = None


@action
def register_person(*, facts: PersonFacts, by: Actor, at: datetime) -> Person:
    """Register a person with the home address from which the file is kept.

    The identity number is normalised (GB 11643, 15 digits upgraded), sealed, and unique in the whole city.

    :raises Refused: with a reason for every field that is wrong, or when the city knows the identity number;
        the refusal says nothing about a person of another area
    """
    today = clock.day_of(at)
    reading = read_facts(facts, by, today)
    person = _store_once(Person(**person_columns(facts, reading, at)), by)
    insert(Residence(area=facts.area, person=person, address=facts.address, from_on=facts.resides_from_on or today))
    publish(PersonRegistered(person=person.pk, area=person.area, by=by.id, at=at))
    return person


@action
def change_person(*, person: int, version: int, changes: PersonChanges, by: Actor, at: datetime) -> Person:
    """Change facts of a file that was read as `version`.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: when somebody else changed the file since, a fact is wrong, or follows from records of the file
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    refuse_if(rules.why_not_version(stored=found.version, read=version))
    refuse_if(rules.why_not_coded(_coded(changes), known=_known_code))
    wanted = _wanted(changes)
    changed = tuple(name for name, value in wanted.items() if getattr(found, name) != value)
    refuse_if(_why_not_typed(found, changed, wanted))
    if changed:
        for name in changed:
            setattr(found, name, wanted[name])
        found.version += 1
        found.save(update_fields=[*changed, "version"])
        if "hukou" in changed:
            correct_present_hukou(found)
        told = tuple(name for name in changed if not name.endswith(("_sealed", "_index")))
        publish(PersonChanged(person=found.pk, area=found.area, facts=told, by=by.id, at=at))
    return found


def read_facts(facts: PersonFacts, by: Actor, today: date) -> rules.Reading:
    """Understand what is told about a person who is to be registered today.

    :raises Refused: with a reason for every field that is wrong
    """
    reading = rules.read_person(
        id_number=facts.id_number, name=facts.name, phone=facts.phone, area=facts.area, scope=by.scope, on=today
    )
    wrong = rules.why_not_coded(_coded(facts), known=_known_code)
    refuse_if([*wrong, *rules.why_not_live_since(facts.resides_from_on, reading.identity.born_on, today)])
    return reading


def person_columns(facts: PersonFacts, reading: rules.Reading, at: datetime) -> dict[str, Any]:
    """The columns of a new file: identifiers sealed, masked and with their blind indexes."""
    number = reading.identity.number
    return {
        "area": facts.area,
        "name": reading.name,
        "initials": rules.initials_of(reading.name),
        "id_number_sealed": seal(number, context="person.id_number"),
        "id_number_index": blind_index(number, context="person.id_number"),
        "id_tail_index": blind_index(number[-rules.TAIL :], context="person.id_tail"),
        "id_mask": rules.id_mask(number),
        "sex": reading.identity.sex,
        "born_on": reading.identity.born_on,
        **{name: getattr(facts, name) for name in CODE_SETS},
        "skills": list(facts.skills),
        **_phone_columns(reading.phone),
        "created_at": at,
    }


def _store_once(person: Person, by: Actor) -> Person:
    try:
        with transaction.atomic():
            insert(person)
    except IntegrityError as error:
        if "former_number_of_another" in str(error):
            raise Refused(_of_before(bytes(person.id_number_index), by)) from error
        if "id_number_index" not in str(error):
            raise
        with within(CITY):  # the index is unique in the city, so the holder may stand outside the actor's area
            area = Person.objects.values_list("area", flat=True).get(id_number_index=person.id_number_index)
        raise Refused(rules.known_already(area, by.scope)) from error
    return person


def _of_before(index: bytes, by: Actor) -> Reason:
    holder = number_holder(index)
    assert holder is not None
    return rules.known_formerly(holder.area, by.scope)


def _wanted(changes: PersonChanges) -> dict[str, Any]:
    wanted = {f.name: getattr(changes, f.name) for f in fields(changes) if getattr(changes, f.name) is not None}
    if "skills" in wanted:
        wanted["skills"] = list(wanted["skills"])
    if "phone" in wanted:
        wanted |= _phone_columns(rules.read_phone(wanted.pop("phone")))
    return wanted


def _phone_columns(number: str) -> dict[str, Any]:
    return {
        "phone_sealed": seal(number, context="person.phone") if number else None,
        "phone_index": blind_index(number, context="person.phone") if number else None,
        "phone_mask": rules.phone_mask(number),
    }


def _why_not_typed(found: Person, changed: tuple[str, ...], wanted: dict[str, Any]) -> list[Reason]:
    """Why facts that follow from records are not typed; asked only when one of them changes."""
    if not LEARNED.intersection(changed):
        return []
    educated, graded, shown = follows_from_records(person=found.pk)
    moved = frozenset(found.skills).symmetric_difference(wanted.get("skills", found.skills))
    return why_not_typed(changed, educated=educated, graded=graded, held=moved & shown)


def _coded(facts: PersonFacts | PersonChanges) -> list[tuple[str, str]]:
    codes = [(name, getattr(facts, name) or "") for name in CODE_SETS]
    return [*codes, *(("skills", skill) for skill in facts.skills or ())]


@lru_cache(maxsize=1024)
def _known_code(field: str, code: str) -> bool:
    return code in skill_codes() if field == "skills" else code_exists(CODE_SETS[field], code)
