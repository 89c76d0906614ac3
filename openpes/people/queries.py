"""Persons of an area: one of them, those that a text may mean, their homes, households and cards."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, industry_label
from openpes.engine.calendars import add_months, age_on
from openpes.engine.identifiers import counties as all_counties
from openpes.engine.identifiers import mask_name, normalise_id, normalise_name, normalise_phone, upgrade_id
from openpes.kernel import Actor, within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.network.choices import Level
from openpes.network.queries import area, area_choices, area_exists, area_full_name
from openpes.people.choices import Relation, Sex
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, PersonQuerySet, Residence
from openpes.people.rules import initials_of


@dataclass(frozen=True)
class PersonCard:
    """A person at a glance, in the words of the reader; identifiers are masked."""

    id: int
    name: str
    sex: str
    born_on: date
    age: int
    id_mask: str
    phone_mask: str
    ethnic_group: str
    education: str
    hukou: str
    residence: str
    url: str
    version: int

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Labels and values, in the order in which a clerk reads them."""
        rows = [
            (_("Identity no."), self.id_mask),
            (_("Born"), _("%(born_on)s, %(age)s years") % {"born_on": spoken_day(self.born_on), "age": self.age}),
            (_("Sex"), self.sex),
            (_("Hukou"), self.hukou),
            (_("Education"), self.education),
            (_("Lives at"), self.residence),
            (_("Telephone"), self.phone_mask),
        ]
        return [(label, value or _("not recorded")) for label, value in rows]


@dataclass(frozen=True)
class PersonMask:
    """A person in a list that must not tell who it is."""

    name: str
    id_mask: str


@dataclass(frozen=True)
class Member:
    """A member of a household, as its page lists them."""

    person: Person
    relation: str
    is_head: bool
    from_on: date


@dataclass(frozen=True)
class HouseholdView:
    """A household with its present members, the head first."""

    household: Household
    members: list[Member]


@dataclass(frozen=True, kw_only=True)
class PersonSieve:
    """What a list of persons is narrowed to; ages are completed years on the day of the list."""

    area: str = ""
    sex: str = ""
    education: str = ""
    hukou: str = ""
    age_min: int | None = None
    age_max: int | None = None


def person(*, scope: str, pk: int) -> Person:
    """One person of the area.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    return Person.objects.visible_to(scope).get(pk=pk)


def masks_of(*, pks: set[int]) -> dict[int, PersonMask]:
    """Masked names and numbers of persons anywhere in the city, by id, for lists behind figures."""
    with within(CITY):
        rows = Person.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name", "id_mask")
        return {pk: PersonMask(mask_name(name), mask) for pk, name, mask in rows}


def own_person(*, actor: Actor) -> Person:
    """The person that a self-service account stands for.

    :raises Person.DoesNotExist: the account stands for none
    """
    return Person.objects.get(pk=actor.person)


def find_persons(*, scope: str, text: str, limit: int = 10) -> list[Person]:
    """Persons whom a text may mean: an identity number, its last four characters, a telephone number, the exact
    name, or the beginning of the pinyin initials. Every way is an equality, or a range in the order of its index: many
    thousands share two initials, and only the first few are read.
    """
    return list(_meant_by(Person.objects.visible_to(scope).order_by("name", "id"), text)[:limit])


def persons_matching(*, scope: str, sieve: PersonSieve, on: date) -> PersonQuerySet:
    """The persons of the area that a list shows, the latest registered first."""
    found = Person.objects.visible_to(scope)
    if sieve.area:
        found = found.visible_to(sieve.area)
    for name in ("sex", "education", "hukou"):
        if getattr(sieve, name):
            found = found.filter(**{name: getattr(sieve, name)})
    if sieve.age_min is not None:
        found = found.filter(born_on__lte=add_months(on, -12 * sieve.age_min))
    if sieve.age_max is not None:
        found = found.filter(born_on__gt=add_months(on, -12 * (sieve.age_max + 1)))
    return found.order_by("-id")


def _meant_by(persons: PersonQuerySet, text: str) -> PersonQuerySet:
    number = normalise_id(text)
    phone = normalise_phone(text)
    if len(number) == 18 and number[:17].isdigit():
        return persons.filter(id_number_index=blind_index(number, context="person.id_number"))
    if len(number) == 15 and number.isdigit():
        return persons.filter(id_number_index=blind_index(upgrade_id(number), context="person.id_number"))
    if len(number) == 4 and number[:3].isdigit() and number[3] in "0123456789X":
        return persons.filter(id_tail_index=blind_index(number, context="person.id_tail"))
    if phone.isdigit():
        return persons.filter(phone_index=blind_index(phone, context="person.phone"))
    if number.isascii() and number.isalpha():
        return persons.with_initials(number.lower()).order_by("initials", "id")
    return persons.named(normalise_name(text)) if text.strip() else persons.none()


def residences_of(*, scope: str, person: int) -> list[Residence]:
    """Where a person of the area has lived, the latest first, wherever in the city that was.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):  # the file goes with the person: earlier homes may lie in other areas
        return list(Residence.objects.filter(person=holder).order_by("-from_on"))


def residence_of(*, scope: str, person: int, on: date) -> Residence | None:
    """Where a person of the area lives on a day."""
    return Residence.objects.visible_to(scope).filter(person=person).in_force_on(on).first()


def household_of(*, scope: str, person: int, on: date) -> HouseholdView | None:
    """The household of a person on a day with all its members, or None."""
    inside = HouseholdMember.objects.visible_to(scope).in_force_on(on)
    rows = list(
        inside.filter(household__in=inside.filter(person=person).values("household"))
        .select_related("person", "household")
        .order_by("-is_head", "person__born_on", "id")
    )
    if not rows:
        return None
    members = [Member(row.person, relation_label(row.relation), row.is_head, row.from_on) for row in rows]
    return HouseholdView(rows[0].household, members)


def households_with(*, scope: str, booklet_no: str) -> list[Household]:
    """The households of the area with a booklet number."""
    return list(Household.objects.visible_to(scope).with_booklet(booklet_no.strip()).order_by("id"))


def relation_label(relation: str) -> str:
    """The relation to the head of the household in words; what is not a code of GB/T 4761 stands for itself."""
    return str(Relation(relation).label) if relation in Relation.values else relation


def county_name(code: str) -> str:
    """The name that the first six digits of an identity number stand for; empty when unknown (GB/T 2260)."""
    return all_counties().name(code)


def person_card(*, scope: str, person: int, on: date) -> PersonCard:
    """A person of the area at a glance.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    found = Person.objects.visible_to(scope).get(pk=person)
    return card_of(found, residence_of(scope=scope, person=found.pk, on=on), on)


def own_card(*, actor: Actor, on: date) -> PersonCard:
    """What a self-service account sees of its own person at a glance.

    :raises Person.DoesNotExist: the account stands for none
    """
    found = own_person(actor=actor)
    return card_of(found, Residence.objects.filter(person=found).in_force_on(on).first(), on)


def card_of(found: Person, home: Residence | None, on: date) -> PersonCard:
    """A person who was read already at a glance, with the home of that day."""
    return PersonCard(
        id=found.pk,
        name=found.name,
        sex=str(Sex(found.sex).label),
        born_on=found.born_on,
        age=age_on(found.born_on, on),
        id_mask=found.id_mask,
        phone_mask=found.phone_mask,
        ethnic_group=code_label("ethnic", found.ethnic_group),
        education=code_label("education_2006", found.education),
        hukou=code_label("hukou", found.hukou),
        residence=_address(found, home),
        url=found.get_absolute_url(),
        version=found.version,
    )


def _address(found: Person, home: Residence | None) -> str:
    return " ".join(filter(None, [area_full_name(home.area if home else found.area), home.address if home else ""]))


def ledger_entries_of(*, scope: str, person: int) -> list[LedgerEntry]:
    """What ledgers said about a person of the area, the latest survey first."""
    return list(LedgerEntry.objects.visible_to(scope).filter(person=person).order_by("-surveyed_on", "-id"))


@dataclass(frozen=True)
class LedgerFacts:
    """One entry of a ledger in the words of the reader: its day, and what it says as (label, value)."""

    surveyed_on: date
    rows: list[tuple[str, str]]


def ledger_facts(*, scope: str, person: int) -> list[LedgerFacts]:
    """What ledgers said about a person of the area in words, the latest survey first; empty cells are left out."""
    return [ledger_words(entry) for entry in ledger_entries_of(scope=scope, person=person)]


def ledger_words(entry: LedgerEntry) -> LedgerFacts:
    """What an entry says, in the words of the reader."""
    taken = {True: _("yes"), False: _("no")}.get(entry.land_taken, "")  # type: ignore[call-overload]
    told = (
        (_("Work"), code_label("rural_status", entry.status) if entry.status else ""),
        (_("Industry"), industry_label(entry.industry) if entry.industry else ""),
        (_("Region of work"), code_label("rural_work_area", entry.work_area) if entry.work_area else ""),
        (_("How work was found"), code_label("rural_work_way", entry.work_way) if entry.work_way else ""),
        (_("Income of the year"), "" if entry.income_fen is None else _yuan(entry.income_fen)),
        (_("Training wish"), entry.training_wish),
        (_("Intention"), code_label("rural_intent", entry.intention) if entry.intention else ""),
        (_("Farmland"), "" if entry.farmland_mu is None else _("%(mu)s mu") % {"mu": entry.farmland_mu.normalize()}),
        (_("Land taken"), taken),
        (_("Type of household"), code_label("rural_household_type", entry.hardship) if entry.hardship else ""),
    )
    return LedgerFacts(entry.surveyed_on, [(label, value) for label, value in told if value])


def _yuan(fen: int) -> str:
    return _("%(yuan)s yuan") % {"yuan": f"{fen // 100:,}"}


def name_initials(name: str) -> str:
    """The pinyin initials under which a name is filed, for those who write many files at once."""
    return initials_of(name)


@dataclass(frozen=True)
class AreaOption:
    """An area as a field offers it: its names from the county down."""

    path: str
    name: str


def area_options(*, scope: str, text: str, limit: int = 12) -> list[AreaOption]:
    """Communities and villages of the scope whose names hold a text, the shortest names first."""
    wanted = _squeezed(text)
    homes = (option for option in _areas_of(scope) if area(option.path).level == Level.VILLAGE)
    hits = [option for option in homes if wanted and wanted in _squeezed(option.name)]
    return sorted(hits, key=lambda option: (len(option.name), option.path))[:limit]


def area_path_of(*, scope: str, text: str) -> str | None:
    """The path that somebody wrote into an area field: a path, or names that mean one area; else None."""
    wanted = _squeezed(text)
    if scope and wanted.startswith(scope) and len(wanted) > len(CITY) and area_exists(wanted):
        return wanted
    options = _areas_of(scope)
    exact = [option.path for option in options if wanted == _squeezed(option.name)]
    ending = [option.path for option in options if wanted and _squeezed(option.name).endswith(wanted)]
    found = exact or ending
    return found[0] if len(found) == 1 else None


def area_words(path: str) -> str:
    """The names of an area from the county down, as an area field shows it."""
    return next((option.name for option in _areas_of(CITY) if option.path == path), path)


def _areas_of(scope: str) -> list[AreaOption]:
    levels = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    choices = [choice for level in levels for choice in area_choices(CITY, level)]
    return [AreaOption(path, name) for path, name in choices if scope and path.startswith(scope)]


def _squeezed(text: str) -> str:
    return "".join(text.split())
