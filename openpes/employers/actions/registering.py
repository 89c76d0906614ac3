"""Registering an employer and keeping its facts true."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.codes.queries import code_items, industry_choices
from openpes.employers import rules
from openpes.employers.choices import ECONOMIC_TYPE, UNIT_TYPE
from openpes.employers.events import EmployerChanged, EmployerRegistered
from openpes.employers.models import BlacklistEntry, Contact, Employer, FormerName, LicenceDocument
from openpes.employers.rules import EmployerFacts
from openpes.engine.identifiers import IdentifierError, parse_employer_code
from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.network.queries import area_exists


@action
def register_employer(*, facts: EmployerFacts, by: Actor, at: datetime) -> Employer:
    """Register an employer, once in the whole city by its unified social credit code (GB 32100).

    :raises Refused: the facts are not right, or the code is registered already, here or elsewhere in the city
    """
    facts = _normalised(facts)
    refuse_if(_wrong(facts, by.scope))
    employer = Employer(**asdict(facts), created_at=at)
    _save_once(employer)
    publish(EmployerRegistered(employer=employer.pk, area=employer.area, by=by.id, at=at))
    return employer


@action
def change_employer(*, employer: int, facts: EmployerFacts, version: int, by: Actor, at: datetime) -> Employer:
    """Change the facts of an employer; `version` is the one that the editor saw.

    An employer's own account changes its contact only.

    :raises Employer.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: the facts are not right, or somebody else changed them meanwhile
    """
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    facts = _normalised(facts)
    changed = rules.changed_fields(facts_of(row), facts)
    refuse_if(_stale(row, version))
    refuse_if(rules.why_not_change_own(changed) if by.employer else _wrong(facts, by.scope))
    if not changed:
        return row
    former = row.name
    for name in changed:
        setattr(row, name, getattr(facts, name))
    row.version += 1
    _save_once(row)
    if "area" in changed:
        _move_belongings(row)
    if "name" in changed:
        FormerName.objects.create(area=row.area, employer=row, name=former, until_on=day_of(at), noted_by=by.id)
    publish(EmployerChanged(employer=row.pk, area=row.area, changed=changed, by=by.id, at=at))
    return row


def _move_belongings(row: Employer) -> None:
    """What stands in the employer's own area goes with it."""
    with within(CITY):
        for kind in (FormerName, LicenceDocument, Contact, BlacklistEntry):
            kind.objects.filter(employer=row).order_by().update(area=row.area)


def facts_of(employer: Employer) -> EmployerFacts:
    """The facts of a stored employer."""
    return EmployerFacts(**{name: getattr(employer, name) for name in EmployerFacts.__dataclass_fields__})


def _normalised(facts: EmployerFacts) -> EmployerFacts:
    try:
        code = parse_employer_code(facts.credit_code)
    except IdentifierError:
        code = facts.credit_code
    return replace(facts, credit_code=code, name=facts.name.strip(), address=facts.address.strip())


def _wrong(facts: EmployerFacts, scope: str) -> list[Reason]:
    return rules.why_not_register(facts, scope=scope, area_known=area_exists(facts.area), codes=_known_codes())


def _known_codes() -> Mapping[str, frozenset[str]]:
    sets = {name: frozenset(item.code for item in code_items(name)) for name in (UNIT_TYPE, ECONOMIC_TYPE)}
    industries = frozenset(code for level in (1, 2) for code, _name in industry_choices(level))
    return sets | {"industry": industries}


def _stale(row: Employer, version: int) -> list[Reason]:
    if row.version == version:
        return []
    return [
        Reason(
            _("Somebody else changed this employer while you were editing."),
            next_step=_("Load the page again, compare, and save anew."),
        )
    ]


def _save_once(employer: Employer) -> None:
    """Save; the unique code decides a race, and the loser learns it in words without seeing the other's row."""
    try:
        with transaction.atomic():
            employer.save()
    except IntegrityError as error:
        if "credit_code" not in str(error) and "employer_organisation_once" not in str(error):
            raise
        raise Refused(
            _("An employer with this credit code is already registered in the city.")
            if "credit_code" in str(error)
            else _("This organisation is registered in the city already, under its credit code or its old code."),
            clause=rules.CODE_CLAUSE,
            field="credit_code",
            next_step=_("Find it by the code. If you do not see it, another office of the city keeps it."),
        ) from None
