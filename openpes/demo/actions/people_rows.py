"""Persons, households, homes and employers as rows."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from openpes.demo.actions import columns as c
from openpes.demo.actions.ids import EMPLOYERS, HOUSEHOLDS, MEMBERS, PERSONS, RESIDENCES, Ids
from openpes.demo.actions.loading import CHUNK, Table
from openpes.demo.rules import City
from openpes.demo.rules.days import NEVER
from openpes.demo.rules.facts import RELATIONS
from openpes.demo.rules.names import SURNAMES
from openpes.demo.rules.people import HEAD
from openpes.engine.identifiers import mask_id, mask_phone
from openpes.people.queries import name_initials

TAIL = 4
FAMILY_NAMES = frozenset(row[0] for row in SURNAMES)
READ_ALONE = "覃"  # a family name of one letter after which a given name is read by itself
Piece = Sequence[Sequence[str]]


def slices(count: int) -> Iterator[slice]:
    """The numbers 0 to `count` in pieces."""
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def persons(city: City, ids: Ids) -> Table:
    """The file of each person, identifiers sealed."""
    people, places = city.people, city.places

    def piece(s: slice) -> Piece:
        identity, phone = people.identity[s].tolist(), people.phone[s].tolist()
        names = people.name[s].tolist()
        return [
            c.whole(ids.person[s]), places.paths[people.place[s]].tolist(), names, list(map(initials, names)),
            c.sealed(identity, "person.id_number"), c.indexed(identity, "person.id_number"), _tails(identity),
            [mask_id(number) for number in identity], np.where(people.male[s], "1", "2").tolist(),
            c.day(people.born[s]),
            people.ethnic_group[s].tolist(), people.education[s].tolist(), people.hukou[s].tolist(),
            people.marital[s].tolist(), people.skill_level[s].tolist(), c.listed(city.skills[s]),
            c.sealed(phone, "person.phone"), c.indexed(phone, "person.phone"),
            [mask_phone(number) if number else "" for number in phone], c.always("1", len(names)),
            c.moment(people.minute[s]),
        ]  # fmt: skip

    names = (
        "id", "area", "name", "initials", "id_number_sealed", "id_number_index", "id_tail_index", "id_mask", "sex",
        "born_on", "ethnic_group", "education", "hukou", "marital", "skill_level", "skills", "phone_sealed",
        "phone_index", "phone_mask", "version", "created_at",
    )  # fmt: skip
    return Table(PERSONS, names, lambda: map(piece, slices(people.count)))


def households(city: City, ids: Ids) -> Table:
    """The booklet of each household."""
    homes, people = city.homes, city.people
    heads = np.flatnonzero(people.role == HEAD)
    made = np.zeros(len(homes.place), dtype=np.int64)
    made[people.home[heads]] = people.minute[heads]

    def piece(s: slice) -> Piece:
        land = [c.NULL if mu == NEVER else f"{mu / 10:.2f}" for mu in homes.farmland[s].tolist()]
        return [
            c.whole(ids.home[s]), city.places.paths[homes.place[s]].tolist(), homes.booklet[s].tolist(),
            homes.address[s].tolist(), homes.kind[s].tolist(), land, c.flag(homes.land_taken[s]), c.moment(made[s]),
        ]  # fmt: skip

    names = ("id", "area", "booklet_no", "address", "kind", "farmland_mu", "land_taken", "created_at")
    return Table(HOUSEHOLDS, names, lambda: map(piece, slices(len(homes.place))))


def residences(city: City, ids: Ids) -> Table:
    """Where each person lives."""
    people, first = city.people, ids.before.last[RESIDENCES] + 1

    def piece(s: slice) -> Piece:
        return [
            [str(first + k) for k in range(s.start, s.stop)], city.places.paths[people.place[s]].tolist(),
            c.whole(ids.person[s]), city.homes.address[people.home[s]].tolist(), c.day(people.resides_from[s]),
        ]  # fmt: skip

    names = ("id", "area", "person_id", "address", "from_on")
    return Table(RESIDENCES, names, lambda: map(piece, slices(people.count)))


def members(city: City, ids: Ids) -> Table:
    """Which household each person belongs to."""
    people, first = city.people, ids.before.last[MEMBERS] + 1
    words = np.array([RELATIONS[role] for role in sorted(RELATIONS)], dtype=object)

    def piece(s: slice) -> Piece:
        return [
            [str(first + k) for k in range(s.start, s.stop)], city.places.paths[people.place[s]].tolist(),
            c.whole(ids.home[people.home[s]]), c.whole(ids.person[s]),
            words[people.role[s], people.male[s].astype(np.int64)].tolist(), c.flag(people.role[s] == HEAD),
            c.day(people.resides_from[s]),
        ]  # fmt: skip

    names = ("id", "area", "household_id", "person_id", "relation", "is_head", "from_on")
    return Table(MEMBERS, names, lambda: map(piece, slices(people.count)))


def employers(city: City, ids: Ids) -> Table:
    """Each employer."""
    firms = city.firms

    def piece(s: slice) -> Piece:
        return [
            c.whole(ids.firm[s]), city.places.paths[firms.place[s]].tolist(), firms.code[s].tolist(),
            firms.name[s].tolist(), firms.address[s].tolist(), firms.unit_type[s].tolist(),
            firms.economic_type[s].tolist(), firms.industry[s].tolist(), c.whole(firms.staff[s]),
            firms.contact[s].tolist(), firms.phone[s].tolist(), c.always("1", len(ids.firm[s])),
            c.moment(firms.minute[s]),
        ]  # fmt: skip

    names = (
        "id", "area", "credit_code", "name", "address", "unit_type", "economic_type", "industry", "staff_count",
        "contact_name", "contact_phone", "version", "created_at",
    )  # fmt: skip
    return Table(EMPLOYERS, names, lambda: map(piece, slices(len(firms.code))))


def initials(name: str) -> str:
    """The initials of an invented name as the room of people files them, its two parts read once each."""
    size = 2 if name[:2] in FAMILY_NAMES else 1
    if name[:size] not in FAMILY_NAMES:
        return _read(name)
    return _read(name[:size]) + _read(READ_ALONE + name[size:])[1:]


@lru_cache(maxsize=100_000)
def _read(name: str) -> str:
    return name_initials(name)


def _tails(identity: list[str]) -> list[str]:
    tails = [number[-TAIL:] for number in identity]
    distinct = list(set(tails))
    known = dict(zip(distinct, c.indexed(distinct, "person.id_tail"), strict=True))
    return [known[tail] for tail in tails]
