"""Filings of employers: hires and ends, at the counter and on the own page, late ones marked."""

from dataclasses import replace
from datetime import date, datetime

from openpes.engine.identifiers import normalise_id, normalise_name
from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries.persons import numbered
from openpes.registration import rules
from openpes.registration.actions.endings import finish
from openpes.registration.actions.periods import register_employment
from openpes.registration.choices import EmploymentEnd, Filed
from openpes.registration.events import FilingReceived
from openpes.registration.models import Filing, StatusPeriod
from openpes.registration.queries import spell_of
from openpes.registration.rules import EmploymentFacts
from openpes.registration.rules.filings import unknown_person


@action
def file_hire(*, id_number: str, name: str, facts: EmploymentFacts, by: Actor, at: datetime) -> Filing:
    """File a hire online: the person is named by number and name, the employment registered at once.

    A number without its name is answered like an unknown one. Source: 就业服务与就业管理规定 art. 62.

    :raises Refused: with every reason against the employment, or because nobody is meant
    """
    with within(CITY):  # the staff of an employer live anywhere in the city
        found = numbered(Person.objects.all(), normalise_id(id_number)).order_by("pk").first()
        known = found is not None and normalise_name(found.name) == normalise_name(name)
    refuse_if([] if known else unknown_person())
    assert found is not None
    period = register_employment(person=found.pk, facts=replace(facts, employer=by.employer), by=by, at=at)
    filing = Filing.objects.get(period=period, filed=Filed.HIRE)
    _tell(filing, by, at)
    return filing


@action
def file_end(*, period: int, reason: str, on: date, by: Actor, at: datetime) -> Filing:
    """File online that an employment ended.

    :raises StatusPeriod.DoesNotExist: the employment is not one of the own unit
    :raises Refused: it ended already, the day is wrong, or the reason is not one of the list
    """
    seen = StatusPeriod.objects.employed().filter(employer=by.employer).only("person_id").get(pk=period)
    with within(CITY):  # the registration is kept by the office of the person, who may live anywhere
        Person.objects.select_for_update().filter(pk=seen.person_id).first()
        found = StatusPeriod.objects.select_for_update().get(pk=period)
        known = reason in EmploymentEnd.values
        refuse_if(rules.why_not_end(spell_of(found), reason=reason, on=on, today=clock.day_of(at), known=known))
        finish(found, reason=reason, on=on, note="", by=by, at=at)
        filing = Filing.objects.get(period=found, filed=Filed.END)
        _tell(filing, by, at)
    return filing


def _tell(filing: Filing, by: Actor, at: datetime) -> None:
    publish(
        FilingReceived(
            person=filing.person_id,
            area=filing.area,
            employer=filing.employer_id,
            filed=filing.filed,
            late_days=filing.late_days,
            by=by.id,
            at=at,
        )
    )


