"""Status periods and job wishes as rows."""

from collections.abc import Sequence

import numpy as np

from openpes.demo.actions import columns as c
from openpes.demo.actions.ids import PERIODS, WISHES, Ids
from openpes.demo.actions.loading import Table
from openpes.demo.actions.people_rows import slices
from openpes.demo.rules import City
from openpes.demo.rules.careers import EMPLOYED
from openpes.demo.rules.chance import Flags, Ints, Texts, texts
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.demo.rules.work import titles

STATUS_WORDS = np.array(["unemployed", "employed"], dtype=object)
Piece = Sequence[Sequence[str]]


def periods(city: City, ids: Ids) -> Table:
    """Employment and unemployment of each person."""
    spells = city.spells

    def piece(s: slice) -> Piece:
        works = spells.status[s] == EMPLOYED
        return [
            c.whole(ids.period[s]), city.places.paths[city.people.place[spells.person[s]]].tolist(),
            c.whole(ids.person[spells.person[s]]), STATUS_WORDS[spells.status[s]].tolist(), ids.number[s].tolist(),
            c.day(spells.from_day[s]), c.day(spells.until_day[s]), spells.reason[s].tolist(),
            spells.end_reason[s].tolist(), spells.category[s].tolist(),
            c.whole(firm_ids(ids, np.where(works, spells.firm[s], NEVER))),
            firm_names(city, np.where(works, NEVER, spells.former[s])),
            np.where(works, titles().occupation[spells.title[s]], "").tolist(),
            c.whole(np.where(works, spells.pay[s], NEVER)), c.day(np.where(works, spells.contract_until[s], NEVER)),
            firm_names(city, np.where(works, spells.firm[s], NEVER)), c.listed(_proofs(spells.proofs[s], works)),
            c.always("", len(works)), c.moment(spells.minute[s]), c.whole(ids.served_by[spells.person[s]]),
            c.moment(spells.end_minute[s]),
        ]  # fmt: skip

    names = (
        "id", "area", "person_id", "status", "number", "from_on", "until_on", "reason", "end_reason", "category",
        "employer_id", "former_employer", "occupation", "pay_fen", "contract_until_on", "workplace", "proofs", "note",
        "registered_at", "registered_by", "ended_at",
    )  # fmt: skip
    return Table(PERIODS, names, lambda: map(piece, slices(spells.count)))


def wishes(city: City, ids: Ids) -> Table:
    """The job wish of each seeker."""
    found = city.wishes
    ends = last_days(city)

    def piece(s: slice) -> Piece:
        person = city.spells.person[found.spell[s]]
        return [
            c.whole(ids.wish[s]), city.places.paths[city.people.place[person]].tolist(), c.whole(ids.person[person]),
            c.listed(found.occupations[s]), c.listed(found.places[s]), c.flag(found.only_these_places[s]),
            c.whole(found.min_pay[s]), c.whole(found.experience[s]), found.category[s].tolist(),
            c.flag(found.wants_training[s]), c.day(found.minute[s] // MINUTES), c.day(ends[s]),
            c.moment(found.minute[s]), c.whole(ids.served_by[person]),
            np.where(found.end_minute[s] == NEVER, "1", "2").tolist(),
        ]  # fmt: skip

    names = (
        "id", "area", "person_id", "occupations", "places", "only_these_places", "min_pay_fen", "experience_years",
        "category", "wants_training", "from_on", "until_on", "registered_at", "registered_by", "version",
    )  # fmt: skip
    return Table(WISHES, names, lambda: map(piece, slices(found.count)))


def last_days(city: City) -> Ints:
    """The end of each wish: of its validity, or the day on which somebody ended it."""
    found = city.wishes
    return np.where(found.end_minute == NEVER, found.until_day, found.end_minute // MINUTES)


def firm_ids(ids: Ids, firms: Ints) -> Ints:
    """The ids of employers given by number, `NEVER` for none."""
    return np.where(firms == NEVER, NEVER, ids.firm[np.maximum(firms, 0)])


def firm_names(city: City, firms: Ints) -> list[str]:
    """The names of employers given by number, empty for none."""
    return np.where(firms == NEVER, "", city.firms.name[np.maximum(firms, 0)]).tolist()


def _proofs(proofs: Texts, works: Flags) -> Texts:
    return texts([() if at_work else tuple(sorted(found)) for found, at_work in zip(proofs, works, strict=True)])
