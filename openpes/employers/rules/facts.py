"""What an employer must state to be registered, and who may change what of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.engine.areas import contains
from openpes.engine.identifiers import IdentifierError, parse_employer_code
from openpes.kernel.refusal import Reason

CODE_CLAUSE = lazy("GB 32100-2015, Unified social credit identifier")
TRUTH_CLAUSE = lazy("Interim Regulations on the Human Resources Market, art. 24")
OWN_FIELDS = frozenset({"address", "staff_count", "contact_name", "contact_phone"})


@dataclass(frozen=True, kw_only=True)
class EmployerFacts:
    """What is known of an employer; `area` is where it stands, codes are of the national sets."""

    credit_code: str
    name: str
    area: str
    address: str = ""
    unit_type: str = ""
    economic_type: str = ""
    industry: str = ""
    staff_count: int | None = None
    contact_name: str = ""
    contact_phone: str = ""


def changed_fields(before: EmployerFacts, after: EmployerFacts) -> tuple[str, ...]:
    """The names of the facts that differ, in their order."""
    return tuple(f.name for f in fields(EmployerFacts) if getattr(before, f.name) != getattr(after, f.name))


def why_not_register(
    facts: EmployerFacts, *, scope: str, area_known: bool, codes: Mapping[str, Collection[str]]
) -> list[Reason]:
    """Everything that is wrong with the facts of an employer; `codes` are the known codes by field."""
    return [
        *_wrong_code(facts),
        *_wrong_name(facts),
        *_wrong_area(facts, scope, area_known),
        *_unknown(facts, codes),
    ]


def why_not_change_own(changed: Collection[str]) -> list[Reason]:
    """An employer changes its contact itself; what the licence says is changed at the counter."""
    kept = [name for name in changed if name not in OWN_FIELDS]
    return [
        Reason(
            _("This is taken from the licence and cannot be changed here."),
            clause=TRUTH_CLAUSE,
            field=name,
            next_step=_("Bring the new licence to the service counter; staff will change it."),
        )
        for name in kept
    ]


def _wrong_code(facts: EmployerFacts) -> list[Reason]:
    try:
        parse_employer_code(facts.credit_code)
    except IdentifierError as error:
        return [Reason(error.message.translated(_), clause=CODE_CLAUSE, field="credit_code")]
    return []


def _wrong_name(facts: EmployerFacts) -> list[Reason]:
    if facts.name.strip():
        return []
    return [
        Reason(
            _("The name of the employer is missing."),
            clause=TRUTH_CLAUSE,
            field="name",
            next_step=_("Copy it from the licence."),
        )
    ]


def _wrong_area(facts: EmployerFacts, scope: str, known: bool) -> list[Reason]:
    if not known:
        return [
            Reason(
                _("There is no area “%(area)s” in the city.") % {"area": facts.area},
                field="area",
                next_step=_("Choose the county, town or village where the employer stands."),
            )
        ]
    if contains(scope, facts.area):
        return []
    return [
        Reason(
            _("The employer stands outside your area."),
            field="area",
            next_step=_("Ask the office of that area to register it."),
        )
    ]


def _unknown(facts: EmployerFacts, codes: Mapping[str, Collection[str]]) -> list[Reason]:
    stated: dict[str, Any] = {name: getattr(facts, name) for name in codes}
    return [
        Reason(
            _("“%(code)s” is not a code of this list.") % {"code": code},
            field=name,
            next_step=_("Choose one of the list, or leave it empty."),
        )
        for name, code in stated.items()
        if code and code not in codes[name]
    ]
