"""The printed sheet of a day's visits: where to go, why, what is open there, and room for what is learnt."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, typeset
from openpes.network.queries import area_full_name
from openpes.reporting.queries.due import running_vacancies
from openpes.reporting.queries.planner import planned_visits


def visit_sheet(*, scope: str, on: date, officer: int | None, name: str, at: datetime) -> bytes:
    """The visits of a day as PDF, one block an employer; of one officer, or of everybody in the area."""
    visits = list(planned_visits(scope=scope, on=on, officer=officer))
    values = {
        "city": city_name(),
        "title": _("Visits to employers"),
        "day": spoken_day(on),
        "officer": name,
        "labels": {
            "why": pgettext("visit", "Why"), "open": _("Open vacancies"), "met": _("Whom I met"),
            "learnt": _("What I learnt"),
            "new": _("New vacancies"), "none": _("No visit is planned for this day."), "no_open": _("none"),
        },
        "visits": [
            {
                "name": one.employer.name,
                "place": _place(one.site.area if one.site else one.employer.area,
                                one.site.address if one.site else one.employer.address),
                "why": one.why,
                "open": [
                    f"{each.vacancy.title} · {each.places_left}"
                    for each in running_vacancies(employer=one.employer_id, on=on)[:8]
                ],
            }
            for one in visits
        ],
    }  # fmt: skip
    return typeset("reporting/visits.typ", values, at)


def _place(area: str, address: str) -> str:
    return f"{area_full_name(area)} {address}".strip()
