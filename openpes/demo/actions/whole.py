"""Everything that a demo city needs to be tried: areas, service points, the city, its accounts, its opening hours."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override
from psycopg import sql

from openpes.access.queries import INVENTED
from openpes.demo.actions import loading
from openpes.demo.actions.accounts import open_demo_accounts
from openpes.demo.actions.appointments import Queue, play_hall
from openpes.demo.actions.building import build_city
from openpes.demo.actions.corrections import play_corrections
from openpes.demo.actions.figures import play_figures
from openpes.demo.actions.furniture import furnish_points
from openpes.demo.actions.homes import play_homes
from openpes.demo.actions.introductions import introduce_to_employer
from openpes.demo.actions.lives import play_lives
from openpes.demo.actions.matters import play_matters
from openpes.demo.actions.opening_hours import record_opening_hours
from openpes.demo.actions.placing import play_placing
from openpes.demo.actions.quality import play_quality
from openpes.demo.actions.registers import keep_registers
from openpes.demo.actions.reporting import play_reporting
from openpes.demo.actions.standards import play_standards
from openpes.demo.actions.surveys import play_survey
from openpes.demo.rules import City
from openpes.kernel import Actor
from openpes.network.actions import lay_out_service_points, load_areas
from openpes.statistics.actions import rebuild_facts

BY_ACTS_UP_TO = 500


def build_demo_city(*, people: int, seed: int, owner: str, queue: Queue | None = None, by: Actor, at: datetime) -> str:
    """Build a city that can be shown, a small one through the actions; returns a sentence about it in both languages.

    `queue` are the acts of the counter; without them nobody takes a number in the hall. What happens after the city
    is there (`play_…`) is so many cases in a city of any size, each through the action of its room. The owner of the
    tables notes in them that the city is invented (`access.queries.city_is_invented`).

    :raises Refused: as `build_city`
    """
    load_areas(by=by, at=at)
    lay_out_service_points(by=by, at=at)
    open_demo_accounts(by=by, at=at)  # of the staff, who then record what happens
    city = build_city(people=people, seed=seed, owner=owner if people > BY_ACTS_UP_TO else "", by=by, at=at)
    if owner:
        _note_invented(owner)
    furnish_points(seed=seed, by=by, at=at)
    record_opening_hours(seed=seed, by=by, at=at)
    open_demo_accounts(by=by, at=at)
    introduce_to_employer(by=by, at=at)
    play_placing(by=by, at=at)
    keep_registers(by=by, at=at)
    play_standards(by=by, at=at)
    play_survey(by=by, at=at)
    play_homes(by=by, at=at)
    play_lives(by=by, at=at)
    play_corrections(by=by, at=at)
    play_matters(by=by, at=at)
    play_quality(by=by, at=at)
    play_reporting(by=by, at=at)
    rebuild_facts(by=by, at=at)  # what was copied in bulk told nobody
    play_figures(by=by, at=at)
    play_hall(queue=queue, by=by, at=at)
    return " · ".join(_told(city, language) for language in ("en", "zh-hans"))


def _note_invented(owner: str) -> None:
    note = sql.SQL("COMMENT ON TABLE access_account IS {}").format(sql.Literal(INVENTED))
    with loading.connect(owner) as connection:
        connection.execute(note)


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
