"""What is stated of a vacancy, and what already a draft must have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.areas import contains
from openpes.kernel.refusal import Reason
from openpes.vacancies.choices import Benefit, Term


@dataclass(frozen=True, kw_only=True)
class VacancyFacts:
    """What an employer states of a vacancy; `area` is the place of work, pay is a month's in fen."""

    employer: int
    title: str
    occupation: str
    area: str
    openings: int = 1
    term: str = Term.OPEN_ENDED.value
    pay_min_fen: int | None = None
    pay_max_fen: int | None = None
    address: str = ""
    education_min: str = ""
    experience_min: int = 0
    skills_required: tuple[str, ...] = ()
    skills_wanted: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    conditions: str = ""
    description: str = ""

    @property
    def text(self) -> str:
        """Everything that a reader of the advertisement reads, for the wording check."""
        return "\n".join((self.title, self.conditions, self.description))


@dataclass(frozen=True, kw_only=True)
class EmployerBasics:
    """What the law calls the employer's basic facts: who it is, where it stands, that it can be reached."""

    name: str
    credit_code: str
    address: str
    has_contact: bool
    # The periods [from, until) in which the employer is on the blacklist, each with its clause.
    unserved: tuple[tuple[date, date, str], ...] = ()


def changed_fields(before: VacancyFacts, after: VacancyFacts) -> tuple[str, ...]:
    """The names of the facts that differ, in their order."""
    return tuple(f.name for f in fields(VacancyFacts) if getattr(before, f.name) != getattr(after, f.name))


def why_not_draft(
    facts: VacancyFacts, *, scope: str | None, area_known: bool, codes: Mapping[str, Collection[str]]
) -> list[Reason]:
    """Why these facts cannot even be kept as a draft; `scope` is None for an employer's own account.

    `codes` are the known codes of `occupation`, `education_min`, `skills_required` and `skills_wanted`.
    """
    return [
        *_missing(facts),
        *_wrong_area(facts, scope, area_known),
        *_wrong_pay(facts),
        *_unknown_codes(facts, codes),
    ]


def _missing(facts: VacancyFacts) -> list[Reason]:
    found = []
    if not facts.title.strip():
        found.append(
            Reason(
                _("The vacancy has no title."),
                field="title",
                next_step=_("Say in a few words what the work is."),
            )
        )
    if facts.openings < 1:
        found.append(
            Reason(
                _("A vacancy offers at least one place."), field="openings", next_step=_("Write how many.")
            )
        )
    return found


def _wrong_area(facts: VacancyFacts, scope: str | None, known: bool) -> list[Reason]:
    if not known:
        return [
            Reason(
                _("The vacancy has no place of work in the city."),
                field="area",
                next_step=_("Choose the county, town or village where the work is."),
            )
        ]
    if scope is None or contains(scope, facts.area):
        return []
    return [
        Reason(
            _("The place of work is outside your area."),
            field="area",
            next_step=_("Ask the office of that area to enter the vacancy."),
        )
    ]


def _wrong_pay(facts: VacancyFacts) -> list[Reason]:
    if facts.pay_min_fen and facts.pay_max_fen and facts.pay_max_fen < facts.pay_min_fen:
        return [
            Reason(
                _("The highest pay is below the lowest."),
                field="pay_max_fen",
                next_step=_("Exchange the two amounts, or leave the highest empty."),
            )
        ]
    return []


def _unknown_codes(facts: VacancyFacts, codes: Mapping[str, Collection[str]]) -> list[Reason]:
    stated = {
        "occupation": (facts.occupation,),
        "education_min": (facts.education_min,) if facts.education_min else (),
        "skills_required": facts.skills_required,
        "skills_wanted": facts.skills_wanted,
        "benefits": facts.benefits,
        "term": (facts.term,),
    }
    known = {"benefits": Benefit.values, "term": Term.values, **codes}
    return [
        Reason(
            _("“%(code)s” is not one of this list.") % {"code": code},
            field=field,
            next_step=_("Choose one of the list."),
        )
        for field, found in stated.items()
        for code in found
        if code not in known[field]
    ]
