"""A household that nobody knew: registered at the door, and put on the village's list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.people.actions import HouseholdFacts, PersonFacts, form_household, register_person
from openpes.surveys import rules
from openpes.surveys.actions.members import recognised
from openpes.surveys.events import HouseholdFound
from openpes.surveys.models import SurveyHousehold, SurveyVillage


@dataclass(frozen=True, kw_only=True)
class FoundHousehold:
    """Who stands at the head of a household that was found, its booklet and where it lives."""

    name: str
    id_number: str
    booklet_no: str
    address: str = ""
    phone: str = ""


@action
def find_household(*, village: int, found: FoundHousehold, by: Actor, at: datetime) -> SurveyHousehold:
    """Register a household that was met and not listed, with its head; its members are told at the visit.

    :raises SurveyVillage.DoesNotExist: the village is not of the actor's area
    :raises Refused: the survey is not running, the booklet is known, or a fact about the head is wrong
    """
    rows = SurveyVillage.objects.visible_to(by.scope).select_for_update(no_key=True)
    row = rows.get(pk=village)
    refuse_if(rules.why_not_take_in(is_open=row.closed_at is None))
    head = recognised(id_number=found.id_number, name=found.name, by=by)
    if head is None:
        told = PersonFacts(
            area=row.area, name=found.name, id_number=found.id_number, phone=found.phone, address=found.address
        )
        head = register_person(facts=told, by=by, at=at)
    facts = HouseholdFacts(area=row.area, booklet_no=found.booklet_no.strip(), address=found.address)
    home = form_household(facts=facts, head=head.pk, from_on=clock.day_of(at), by=by, at=at)
    listed = SurveyHousehold.objects.filter(village=row).aggregate(last=Max("number"))["last"] or 0
    made = SurveyHousehold.objects.create(area=row.area, village=row, household=home, number=listed + 1)
    publish(HouseholdFound(campaign=row.campaign_id, household=home.pk, area=row.area, by=by.id, at=at))
    return made
