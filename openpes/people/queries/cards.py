"""A person at a glance, and the homes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label
from openpes.engine.calendars import age_on
from openpes.kernel import within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.choices import Sex
from openpes.people.models import Person, Residence
from openpes.people.queries.former import former_names_of


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
    formerly: str = ""

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Labels and values, in the order in which a clerk reads them."""
        rows = [
            *([(_("Formerly"), self.formerly)] if self.formerly else []),
            (_("Identity no."), self.id_mask),
            (_("Born"), _("%(born_on)s, %(age)s years") % {"born_on": spoken_day(self.born_on), "age": self.age}),
            (_("Sex"), self.sex),
            (_("Hukou"), self.hukou),
            (_("Education"), self.education),
            (_("Lives at"), self.residence),
            (_("Telephone"), self.phone_mask),
        ]
        return [(label, value or _("not recorded")) for label, value in rows]


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


def person_card(*, scope: str, person: int, on: date) -> PersonCard:
    """A person of the area at a glance.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    found = Person.objects.visible_to(scope).get(pk=person)
    home = residence_of(scope=scope, person=found.pk, on=on)
    return card_of(found, home, on, former_names_of(scope=scope, persons=[found.pk]).get(found.pk, []))


def own_card(*, holder: Person, on: date) -> PersonCard:
    """What a self-service account sees at a glance of its own person, who was read already (`own_person`)."""
    return card_of(holder, Residence.objects.filter(person=holder).in_force_on(on).first(), on)


def card_of(found: Person, home: Residence | None, on: date, former: list[str] | None = None) -> PersonCard:
    """A person who was read already at a glance, with the home of that day and the names of before."""
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
        formerly="、".join(former or []),
    )


def _address(found: Person, home: Residence | None) -> str:
    return " ".join(filter(None, [area_full_name(home.area if home else found.area), home.address if home else ""]))
