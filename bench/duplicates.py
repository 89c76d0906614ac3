"""Likely duplicates over the city: blocks by keys against comparing everybody with everybody, and what is found."""

import random
import time
from dataclasses import dataclass
from datetime import date

import psycopg

from bench.city import AT, ON, BenchCity
from bench.table import Line
from openpes.config import database

PEER = "every pair of files compared in SQL by the same facts, on a smaller sample"
SAMPLE = 4_000
TWINS = 1_000
SEED = 7
@dataclass(frozen=True)
class Found:
    """What a night found of planted doubles: shares in per cent."""

    planted: int
    proposed: int
    right: int

    @property
    def recall(self) -> float:
        return 100 * self.right / self.planted

    @property
    def precision(self) -> float:
        return 100 * self.right / max(self.proposed, 1)


def measure(city: BenchCity) -> list[Line]:
    """Plant doubles and real twins, seek over everybody, and compare a sample pair by pair."""
    city.prepare()
    planted, twins = plant(city)
    from openpes.kernel.action import PLATFORM
    from openpes.people.actions.seeking import seek_duplicates

    began = time.perf_counter()
    seek_duplicates(by=PLATFORM, at=AT)
    ours = time.perf_counter() - began
    found = judged(city, planted)
    plain, persons = naive_pairs(city)
    told = (
        f"planted {found.planted:,}: recall {found.recall:.1f} %, precision {found.precision:.1f} %"
        f" ({found.proposed:,} proposed; {twins:,} twins beside them); pairs/s of {persons:,} files"
    )
    pairs = persons * (persons - 1) / 2
    return [Line("duplicates, one night", "pairs/s", pairs / ours, plain, PEER, told)]


def plant(city: BenchCity) -> tuple[set[tuple[int, int]], int]:
    """Second files with a slip each, as counters make them, and real twins, who are two persons."""
    from openpes.kernel import within
    from openpes.kernel.scope import CITY
    from openpes.kernel.sensitive import unseal
    from openpes.people.models import Person

    rng = random.Random(SEED)
    with within(CITY):
        ids = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        picked = Person.objects.in_bulk(rng.sample(ids, min(2 * TWINS, len(ids) // 5)))
        pairs, twins = set(), 0
        for number, person in enumerate(picked.values()):
            identity = unseal(person.id_number_sealed, context="person.id_number")
            if number % 2:
                twins += _twin(person, identity, rng)
            elif made := _double(person, identity, rng):
                pairs.add((person.pk, made))
    with psycopg.connect(database.conninfo_for(city.stored, database.OWNER), autocommit=True) as connection:
        connection.execute("ANALYZE people_person")
    return pairs, twins


def judged(city: BenchCity, planted: set[tuple[int, int]]) -> Found:
    """How many of the planted doubles are among the pairs that wait, and how many pairs there are."""
    from openpes.kernel import within
    from openpes.kernel.scope import CITY
    from openpes.people.models import LikelyPair

    with within(CITY):
        proposed = set(LikelyPair.objects.order_by("pk").values_list("first", "second"))
    return Found(len(planted), len(proposed), len(planted & proposed))


def naive_pairs(city: BenchCity) -> tuple[float, int]:
    """Pairs a second of a self join that compares every file of a sample with every other; and all files there are."""
    from openpes.people.rules.likeness import sound_of

    with psycopg.connect(database.conninfo_for(city.stored, database.APP), autocommit=False) as connection:
        connection.execute("SELECT set_config('app.scope', '4501', true)")
        persons = connection.execute("SELECT count(*) FROM people_person").fetchone()[0]
        rows = connection.execute(
            "SELECT id, name, sex, born_on, area, phone_index FROM people_person ORDER BY id LIMIT %s", [SAMPLE]
        ).fetchall()
        connection.execute(
            "CREATE TEMPORARY TABLE sample (id bigint, heard text, sex text, born_on date, area text, phone bytea)"
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO sample VALUES (%s, %s, %s, %s, %s, %s)",
                [(pk, sound_of(name), sex, born, area, phone) for pk, name, sex, born, area, phone in rows],
            )
        for way in ("hashjoin", "mergejoin"):
            connection.execute(f"SET LOCAL enable_{way} = off")
        began = time.perf_counter()
        connection.execute(
            "SELECT count(*) FROM sample a JOIN sample b ON a.id < b.id"
            " AND a.heard || '' = b.heard AND (a.born_on = b.born_on OR a.phone = b.phone"
            " OR (abs(a.born_on - b.born_on) < 3660 AND a.area = b.area))"
        ).fetchone()
        spent = time.perf_counter() - began
    return len(rows) * (len(rows) - 1) / 2 / spent, persons


def _double(person, identity: str, rng: random.Random) -> int | None:
    """A second file: a digit of the number wrong or two swapped, the name as it was heard, perhaps another home."""
    from openpes.engine.likeness import near_numbers
    from openpes.kernel import Refused
    from openpes.kernel.action import PLATFORM
    from openpes.people.actions import PersonFacts, register_person

    slips = [number for number in near_numbers(identity) if _is_number(number)]
    name = person.name if rng.random() < 0.7 else _misheard(person.name)
    area = person.area if rng.random() < 0.7 else rng.choice(("450103001005", "450105001001"))
    facts = PersonFacts(id_number=rng.choice(slips), name=name, area=area, phone="")
    try:
        return register_person(facts=facts, by=PLATFORM, at=AT).pk
    except Refused:
        return None


def _twin(person, identity: str, rng: random.Random) -> bool:
    """The brother or sister of the same day and place: the next number, another name."""
    from openpes.engine.identifiers import compose_resident_id
    from openpes.kernel import Refused
    from openpes.kernel.action import PLATFORM
    from openpes.people.actions import PersonFacts, register_person

    order = (int(identity[14:17]) + 2) % 1000
    number = compose_resident_id(identity[:6], person.born_on, order)
    given = rng.choice("兰秀国强梅丽勇军")
    facts = PersonFacts(id_number=number, name=person.name[:-1] + given, area=person.area)
    if given == person.name[-1]:
        return False
    try:
        register_person(facts=facts, by=PLATFORM, at=AT)
    except Refused:
        return False
    return True


def _is_number(number: str) -> bool:
    from openpes.engine.identifiers import IdentifierError, parse_resident_id

    try:
        return parse_resident_id(number, ON).born_on > date(1925, 1, 1)
    except IdentifierError:
        return False


ALIKE = {"小": "晓", "梅": "美", "国": "果", "英": "莹", "华": "花", "强": "墙", "军": "君", "丽": "莉", "秀": "绣"}


def _misheard(name: str) -> str:
    return name[0] + "".join(ALIKE.get(letter, letter) for letter in name[1:])
