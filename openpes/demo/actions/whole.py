"""Everything that a demo city needs to be tried: areas, service points, the city, its accounts, its opening hours."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.demo.actions.accounts import open_demo_accounts
from openpes.demo.actions.building import build_city
from openpes.demo.actions.furniture import furnish_points
from openpes.demo.actions.introductions import introduce_to_employer
from openpes.demo.actions.opening_hours import record_opening_hours
from openpes.demo.actions.registers import keep_registers
from openpes.demo.actions.standards import play_standards
from openpes.demo.actions.surveys import play_survey
from openpes.demo.rules import City
from openpes.kernel import Actor
from openpes.network.actions import lay_out_service_points, load_areas

BY_ACTS_UP_TO = 500


def build_demo_city(*, people: int, seed: int, owner: str, by: Actor, at: datetime) -> str:
    """Build a city that can be shown, a small one through the actions; returns a sentence about it in both languages.

    :raises Refused: as `build_city`
    """
    load_areas(by=by, at=at)
    lay_out_service_points(by=by, at=at)
    open_demo_accounts(by=by, at=at)  # of the staff, who then record what happens
    city = build_city(people=people, seed=seed, owner=owner if people > BY_ACTS_UP_TO else "", by=by, at=at)
    furnish_points(seed=seed, by=by, at=at)
    record_opening_hours(seed=seed, by=by, at=at)
    open_demo_accounts(by=by, at=at)
    introduce_to_employer(by=by, at=at)
    keep_registers(by=by, at=at)
    play_standards(by=by, at=at)
    play_survey(by=by, at=at)
    return " · ".join(_told(city, language) for language in ("en", "zh-hans"))


def _told(city: City, language: str) -> str:
    told = {
        "people": f"{city.people.count:,}",
        "homes": f"{len(city.homes.place):,}",
        "firms": f"{len(city.firms.code):,}",
        "vacancies": f"{city.openings.count:,}",
        "hires": f"{len(city.meetings.hires):,}",
    }
    with override(language):
        words = _(
            "%(people)s persons in %(homes)s households, %(firms)s employers, %(vacancies)s vacancies, %(hires)s hires."
        )
    return words % told
