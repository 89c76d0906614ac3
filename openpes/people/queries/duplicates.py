"""Files that may be of one person: those that are like a newcomer, and the pairs that wait for an officer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from openpes.engine.areas import contains
from openpes.engine.identifiers import normalise_id, normalise_name, normalise_phone, upgrade_id
from openpes.engine.likeness import Face, near_numbers
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, blind_index_each, unseal
from openpes.people.models import LikelyPair, Merge, Person
from openpes.people.rules.likeness import Alike, alike, common_area, sound_of, weights_on, words_of
from openpes.people.rules.persons import asked_office

FEWEST = 1_000  # a register just begun is no measure of how rare a name is
COLUMNS = "id, area, name, sex, born_on, id_number_index, phone_index, id_mask"


@dataclass(frozen=True)
class Likely:
    """A file that may be of the same person; of one that another office holds only where to ask is told.

    `mark` names it in a form without telling its number.
    """

    person: int
    area: str
    name: str
    id_mask: str
    born_on: date
    alike: Alike
    own: bool
    certain: bool
    office: str
    mark: int

    @property
    def url(self) -> str:
        """The page of the file."""
        return Person(pk=self.person).get_absolute_url()

    @property
    def reasons(self) -> list[str]:
        """Why it may be the same person, in words; nothing of a file of another office."""
        return words_of(self.alike.reasons) if self.own else []


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """What is told of somebody who is not registered yet."""

    id_number: str
    name: str
    born_on: date
    sex: str
    area: str
    phone: str = ""


@dataclass(frozen=True)
class PairView:
    """Two files that may be of one person, as the work list and their page show them."""

    pair: LikelyPair
    first: Person
    second: Person
    certain: bool
    merge: Merge | None = None

    @property
    def reasons(self) -> list[str]:
        """Why they may be one, in words."""
        return words_of(self.pair.reasons)


def likely_persons(*, scope: str, stranger: Stranger, on: date) -> list[Likely]:
    """Files of the whole city that may be of a newcomer, the most likely first.

    Looked up by four keys that have an index: every number one slip away, birth date with initials, telephone.
    """
    number = normalise_id(stranger.id_number)
    number = upgrade_id(number) if len(number) == 15 else number
    near = list(near_numbers(number))
    by_index = dict(zip(blind_index_each(near, context="person.id_number"), near, strict=True))
    name, phone = normalise_name(stranger.name), normalise_phone(stranger.phone)
    phone_index = blind_index(phone, context="person.phone") if phone else b""
    face = Face(
        name=name, sound=sound_of(name), born_on=stranger.born_on, sex=stranger.sex, area=stranger.area,
        number=number, phone=phone_index,
    )  # fmt: skip
    weights = weights_on(on)
    with within(CITY):
        persons = _known_persons()
        rows = _candidates(list(by_index), stranger.born_on, phone_index)
    own_index = blind_index(number, context="person.id_number")
    found = []
    for pk, area, its_name, sex, born_on, index, its_phone, mask in rows:
        if bytes(index) == own_index:
            continue
        other = Face(
            name=its_name, sound=sound_of(its_name), born_on=born_on, sex=sex, area=area,
            number=by_index.get(bytes(index), ""), phone=bytes(its_phone or b""),
        )  # fmt: skip
        likeness = alike(face, other, weights, persons=persons)
        if likeness.score >= weights.likely:
            own, certain = contains(scope, area), likeness.score >= weights.certain
            office = "" if own else asked_office(area, scope)
            found.append(Likely(pk, area, its_name, mask, born_on, likeness, own, certain, office, _mark(pk)))
    return sorted(found, key=lambda one: (-one.alike.score, one.person))


def meant_by_number(*, scope: str, text: str, limit: int = 3) -> list[Person]:
    """Persons of the area whose number somebody may have meant who wrote one character wrong or two the other way."""
    wanted = blind_index_each(near_numbers(text), context="person.id_number")
    if not wanted:
        return []
    return list(Person.objects.visible_to(scope).filter(id_number_index__in=wanted).order_by("pk")[:limit])


def waiting_pairs(*, scope: str, limit: int | None = None) -> list[PairView]:
    """Pairs of the area about which nobody has decided, the most likely first."""
    return _views(scope, list(LikelyPair.objects.visible_to(scope).waiting()[:limit]))


def waiting_pair_count(*, scope: str) -> int:
    """How many pairs of the area wait for an officer."""
    return LikelyPair.objects.visible_to(scope).waiting().count()


def pairs_of(*, scope: str, person: int) -> list[PairView]:
    """Pairs to which a person of the area belongs, decided ones too."""
    return _views(scope, list(LikelyPair.objects.visible_to(scope).of_person(person)))


def pair_of(*, scope: str, pk: int) -> PairView:
    """One pair of the area whose two files still stand.

    :raises LikelyPair.DoesNotExist: there is none
    """
    found = _views(scope, [LikelyPair.objects.visible_to(scope).get(pk=pk)])
    if not found:
        raise LikelyPair.DoesNotExist
    return found[0]


def waiting_merges(*, scope: str) -> list[Merge]:
    """Merges of the area, and undoings, that wait for a second officer, the oldest first."""
    return list(Merge.objects.visible_to(scope).waiting())


def settled_merges(*, scope: str, limit: int = 50) -> list[Merge]:
    """Merges of the area that were carried out or declined, the latest first."""
    settled = Merge.objects.visible_to(scope).exclude(state="proposed").exclude(state="undoing")
    return list(settled.order_by("-id")[:limit])


def merges_of(*, scope: str, person: int) -> list[Merge]:
    """Merges of the area to which a person belongs, the latest first."""
    return list(Merge.objects.visible_to(scope).of_person(person))


def merge_of(*, scope: str, pk: int) -> Merge:
    """One merge of the area.

    :raises Merge.DoesNotExist: there is none
    """
    return Merge.objects.visible_to(scope).get(pk=pk)


def likeness_of(*, first: Person, second: Person, on: date) -> Alike:
    """How likely two persons are one, and why, their numbers unsealed for the comparison."""
    with within(CITY):
        persons = _known_persons()
    return alike(_face(first), _face(second), weights_on(on), persons=persons)


def pair_area(first: Person, second: Person) -> str:
    """The area of the office that sees both files."""
    return common_area(first.area, second.area)


def _views(scope: str, pairs: list[LikelyPair]) -> list[PairView]:
    wanted = {pk for pair in pairs for pk in (pair.first, pair.second)}
    files = Person.objects.visible_to(scope).in_bulk(wanted)
    merges = {m.pair_id: m for m in Merge.objects.visible_to(scope).filter(pair__in=pairs).waiting()}
    views = []
    for pair in pairs:
        if pair.first in files and pair.second in files:
            certain = pair.score >= weights_on(pair.found_at.date()).certain
            views.append(PairView(pair, files[pair.first], files[pair.second], certain, merges.get(pair.pk)))
    return views


def _face(person: Person) -> Face:
    return Face(
        name=person.name, sound=sound_of(person.name), born_on=person.born_on, sex=person.sex, area=person.area,
        number=unseal(person.id_number_sealed, context="person.id_number"), phone=bytes(person.phone_index or b""),
    )  # fmt: skip


def _known_persons() -> int:
    """About how many persons the city has: what the planner of the database knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = 'people_person'::regclass")
        return max(int(cursor.fetchone()[0]), FEWEST)


def _candidates(near: list[bytes], born_on: date, phone: bytes) -> Iterator[tuple]:
    statement = (
        f"SELECT {COLUMNS} FROM people_person WHERE id_number_index = ANY(%s)"
        f" UNION SELECT {COLUMNS} FROM people_person WHERE born_on = %s"
        f" UNION SELECT {COLUMNS} FROM people_person WHERE phone_index = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [near, born_on, phone or None])
        return iter(cursor.fetchall())


def _mark(person: int) -> int:
    """A number for a form that tells nothing of the file but is the same when it is sent back."""
    return int.from_bytes(blind_index(str(person), context="likely.person")[:6])


