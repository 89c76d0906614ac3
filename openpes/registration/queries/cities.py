"""Registrations between cities: certificates of transfer of a person, the paper itself, what came from elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.codes.queries import code_label
from openpes.engine.places import cities, city_name
from openpes.kernel import clock, within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.look.queries import city_name as own_city_name
from openpes.look.queries import qr_svg, typeset
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.registration.choices import REASON_SET
from openpes.registration.models import TransferIn, TransferOut


@dataclass(frozen=True)
class TransferOutRow:
    """A certificate of transfer as the file of its person shows it."""

    transfer: TransferOut
    place: str


@dataclass(frozen=True)
class TransferInRow:
    """What another city's certificate told, as the file of its person shows it."""

    transfer: TransferIn
    place: str


def transfers_out_of(*, scope: str, person: int) -> list[TransferOutRow]:
    """The certificates of transfer of a person of the area, the latest first.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):  # an earlier office may have written them
        found = list(TransferOut.objects.filter(person=holder).order_by("-id"))
    return [TransferOutRow(row, city_name(row.to_place)) for row in found]


def transfers_in_of(*, scope: str, person: int) -> list[TransferInRow]:
    """What came with a person of the area from other cities, the latest first.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        found = list(TransferIn.objects.filter(person=holder).order_by("-id"))
    return [TransferInRow(row, city_name(row.from_place)) for row in found]


def transfer_paper_of(*, scope: str, pk: int) -> TransferOut:
    """One certificate of transfer about a person of the area, with the person.

    :raises TransferOut.DoesNotExist: there is none of that id about a person of the area
    """
    with within(CITY):
        found = TransferOut.objects.select_related("person").get(pk=pk)
    if not Person.objects.visible_to(scope).filter(pk=found.person_id).exists():
        raise TransferOut.DoesNotExist
    return found


def city_choices() -> list[tuple[str, Any]]:
    """The cities by province, as a drop-down groups them; a city that is a province stands by itself."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for city in cities().values():
        groups.setdefault(city.province, []).append((city.code, city.name))
    return [(province, found) if len(found) > 1 else found[0] for province, found in groups.items()]


def transfer_paper(*, row: TransferOut, check_url: str, typed_url: str, at: datetime) -> bytes:
    """The certificate of transfer as a PDF in the language of the reader, with a QR code to its public check."""
    person, place = row.person, city_name(row.to_place)
    facts = [
        [_("Name"), person.name],
        [_("Identity no."), person.id_mask],
        [_("Transferred to"), f"{place} {row.to_office}".strip()],
        [_("Reason for unemployment"), code_label(REASON_SET, row.reason)],
        [_("Unemployed since"), spoken_day(row.since_on)],
        [_("Registration ended here on"), spoken_day(row.left_on)],
        [_("Whole months of unemployment"), str(row.months)],
        [_("Issued for"), area_full_name(row.area)],
    ]
    text = _(
        "%(person)s was registered as unemployed in this city. At the person's wish the registration is transferred to "
        "your city; please register the person from this certificate and count the time that it names."
    )
    frame = {
        "city": own_city_name(),
        "language": get_language() or "zh-hans",
        "title": _("Certificate of transfer"),
        "labels": {"number": _("No."), "page": _("Page")},
        "number": row.number,
        "qr": qr_svg(check_url),
        "beside": [_("Check it at"), typed_url.split("://")[-1], _("Check letters"), row.code],
        "greeting": _("To the office for employment services of %(city)s:") % {"city": place},
        "text": text % {"person": person.name},
        "facts": facts,
        "stamp": _("Stamp of the office"),
        "date": spoken_day(clock.day_of(row.issued_at)),
        "check": _("Anybody can check this certificate by its code, or by its number and check letters."),
    }
    return typeset("registration/transfer_out.typ", frame, at)
