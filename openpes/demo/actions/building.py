"""Building the demo city: a small one act by act, a large one table by table."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.demo.actions import loading, market_rows, people_rows, registration_rows
from openpes.demo.actions.ids import WRITTEN, Before, Ids
from openpes.demo.actions.journal_rows import journal
from openpes.demo.actions.play import play_city
from openpes.demo.actions.side_by_side import run_side_by_side
from openpes.demo.queries import city_is_empty, staff_accounts
from openpes.demo.rules import City, CityPlan, invent_city
from openpes.demo.rules.accounts import Recorders, recorders
from openpes.demo.rules.city import LARGEST
from openpes.kernel import Actor, Refused, clock

SERIAL = "registration_serial"


def build_city(*, people: int, seed: int, owner: str = "", by: Actor, at: datetime) -> City:
    """Invent a city of `people` persons as of the day of `at`, and store it.

    Without `owner` every fact goes through the action of its room; with it (the connection string of the tables'
    owner) the same rows and the same journal are copied in bulk. Where a demo account of the right role is there, it
    is the one that recorded the fact; elsewhere `by` is.

    :raises Refused: there are persons in the city already, or the size is out of bounds
    """
    if not 1 <= people <= LARGEST:
        raise Refused(_("A demo city has 1 to %(largest)s persons.") % {"largest": LARGEST}, field="people")
    if owner:
        loading.mend(owner)
    if not city_is_empty():
        raise Refused(
            _("There are persons in the city already; a demo city is invented only in an empty one."),
            next_step=_("Remove the folder var, or use another database."),
        )
    city = invent_city(CityPlan(people, seed, clock.day_of(at)))
    if owner:
        copy_city(city=city, owner=owner, by=by, at=at)
    else:
        play_city(city=city, recorders=_recorders(city, by), by=by, at=at)
    return city


def copy_city(*, city: City, owner: str, by: Actor, at: datetime) -> None:
    """Write the rows of a city over several connections; when anything fails, none of it stays."""
    before = _before(owner, _recorders(city, by))
    ids = Ids(city, before)
    tables = _tables(city, ids)
    undone = loading.set_aside(owner, WRITTEN)
    try:
        _set_serial(owner, before.serial + city.spells.count)
        # The dearest first, so that the connections end together.
        run_side_by_side([lambda t=table: loading.fill(owner, undone, t) for table in tables])
        loading.tie(owner, undone)
        run_side_by_side([lambda t=table.name: loading.check(owner, undone, t) for table in tables])
        loading.finish(owner, WRITTEN)
    except BaseException:
        loading.mend(owner)
        raise


def _tables(city: City, ids: Ids) -> list[loading.Table]:
    return [
        people_rows.persons(city, ids),
        journal(city, ids),
        registration_rows.periods(city, ids),
        people_rows.members(city, ids),
        people_rows.residences(city, ids),
        registration_rows.wishes(city, ids),
        market_rows.history(city, ids),
        market_rows.vacancies(city, ids),
        *market_rows.referrals(city, ids),
        people_rows.households(city, ids),
        market_rows.fills(city, ids),
        market_rows.published(city, ids),
        market_rows.hires(city, ids),
        people_rows.employers(city, ids),
    ]


def _recorders(city: City, by: Actor) -> Recorders:
    return recorders(city.places.paths, staff_accounts(), by.id)


def _before(owner: str, by: Recorders) -> Before:
    with loading.connect(owner) as connection:
        last = {table: loading.last_id(connection, table) for table in WRITTEN}
        serial, called = connection.execute(f"SELECT last_value, is_called FROM {SERIAL}").fetchone()  # type: ignore[misc]
    return Before(last, int(serial) if called else int(serial) - 1, by)


def _set_serial(owner: str, last: int) -> None:
    with loading.connect(owner) as connection:
        connection.execute("SELECT setval(%s, %s)", [SERIAL, max(last, 1)])
