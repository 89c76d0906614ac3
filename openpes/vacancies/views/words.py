"""Vacancies in the words of the reader, for the pages of the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, occupation_label, skill_label
from openpes.employers.queries import employer_names
from openpes.look.templatetags.look import pay_range
from openpes.network.queries import area_full_name, area_name
from openpes.vacancies import queries
from openpes.vacancies.choices import Benefit, State, Term
from openpes.vacancies.models import Vacancy

TONES = {State.OPEN: "ok", State.DRAFT: "wait", State.HELD: "bad"}


@dataclass(frozen=True)
class Line:
    """One vacancy of a list."""

    vacancy: Vacancy
    employer_name: str
    area: str
    occupation: str
    state: State
    tone: str
    filled: int


def lines_of(vacancies: Iterable[Vacancy], on: date) -> list[Line]:
    """Vacancies with the names that a list shows; employers may stand in another area."""
    rows = [*vacancies]
    names = employer_names(pks={row.employer_id for row in rows})
    filled = queries.places_filled(pks=[row.pk for row in rows])
    return [_line(row, names.get(row.employer_id, ""), filled.get(row.pk, 0), on) for row in rows]


def facts_in_words(row: Vacancy) -> list[tuple[str, Any]]:
    """What the vacancy states, as label and value; what is not stated is left out."""
    education = code_label("education_2006", row.education_min) if row.education_min else ""
    experience = _("%(years)s years") % {"years": row.experience_min} if row.experience_min else ""
    rows = [
        (_("Occupation"), f"{occupation_label(row.occupation)} ({row.occupation})"),
        (_("Places"), str(row.openings)),
        (_("Term"), str(Term(row.term).label)),
        (_("Pay"), pay_range(row.pay_min_fen, row.pay_max_fen)),
        (_("Place of work"), f"{area_full_name(row.area)} {row.address}".strip()),
        (_("Education at least"), education),
        (_("Experience at least (years)"), experience),
        (_("Skills and licences required"), _(", ").join(skill_label(code) for code in row.skills_required)),
        (_("Skills welcome"), _(", ").join(skill_label(code) for code in row.skills_wanted)),
        (_("Benefits"), _(", ").join(str(Benefit(code).label) for code in row.benefits)),
        (_("Conditions of hiring"), row.conditions),
        (_("Content of the work"), row.description),
    ]
    return [(label, value) for label, value in rows if value]


def _line(row: Vacancy, employer_name: str, filled: int, on: date) -> Line:
    state = queries.state_on(row, on)
    return Line(
        vacancy=row,
        employer_name=employer_name,
        area=area_name(row.area),
        occupation=occupation_label(row.occupation),
        state=state,
        tone=TONES.get(state, "plain"),
        filled=filled,
    )
