"""Handbooks: of one person, those to be issued, those an employer holds, the printed pages, the public check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.codes.queries import code_label
from openpes.employers.queries import employer_names
from openpes.engine.parameters import parameters
from openpes.engine.places import city_name
from openpes.kernel import Actor, clock, within
from openpes.kernel.days import spoken_day
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.look.queries import qr_svg, typeset
from openpes.network.queries import area_full_name
from openpes.people.choices import Sex
from openpes.people.models import Person
from openpes.registration.choices import (
    CANCEL_SET,
    CATEGORY_SET,
    POLICY_SET,
    REASON_SET,
    EmploymentEnd,
    Holder,
    Line,
    Paper,
    PaperEnd,
    Way,
)
from openpes.registration.models import (
    Handbook,
    HandbookCopy,
    HandbookCopyQuerySet,
    HandbookEntry,
    HandbookHolding,
    PaperProof,
    StatusPeriod,
)
from openpes.registration.rules.handbooks import BookletState, booklet_state

NOTHING = "—"
PAGE_LINES = 14


@dataclass(frozen=True)
class HandbookLine:
    """A line of a handbook in words."""

    on: date
    text: str
    more: str
    kind: str


@dataclass(frozen=True)
class HandbookHand:
    """Who held a handbook from when to when."""

    holder: str
    from_on: date
    until_on: date | None
    note: str


@dataclass(frozen=True)
class HandbookView:
    """A handbook with its booklets (the newest first), its lines, and in whose hands it was (the last first)."""

    handbook: Handbook
    copies: list[HandbookCopy]
    lines: list[HandbookLine]
    hands: list[HandbookHand]

    @property
    def living(self) -> HandbookCopy | None:
        """The booklet that is asked for or valid."""
        return next((copy for copy in self.copies if copy.ended_at is None), None)

    @property
    def is_issued(self) -> bool:
        """Whether a valid booklet is in somebody's hands."""
        return self.living is not None and self.living.issued_at is not None


@dataclass(frozen=True)
class AwaitedCopy:
    """A booklet that waits to be issued, with its clock in working days."""

    copy: HandbookCopy
    name: str
    clock: Clock


@dataclass(frozen=True)
class HeldHandbook:
    """A handbook that an employer holds; `to_return` when the employment has ended."""

    holding: HandbookHolding
    number: str
    name: str
    to_return: bool


@dataclass(frozen=True)
class CheckedBooklet:
    """What anybody may know of a booklet; a booklet that does not exist has the same lines, all empty."""

    state: BookletState
    rows: list[tuple[str, str]]


def handbook_of(*, scope: str, person: int) -> HandbookView | None:
    """The handbook of a person of the area, or None.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    return _view_of(holder.pk)


def own_handbook(*, actor: Actor) -> HandbookView | None:
    """The handbook of the person that a self-service account stands for."""
    return _view_of(actor.person) if actor.person else None


def keeps_handbook(*, person: int) -> bool:
    """Whether a person has a handbook, asked by the office that keeps the person's open matters, or the person."""
    return Handbook.objects.filter(person=person).exists()


def handbook_copy(*, scope: str, pk: int) -> HandbookCopy:
    """One booklet of the area.

    :raises HandbookCopy.DoesNotExist: there is none of that id in the area
    """
    return _with_books([HandbookCopy.objects.visible_to(scope).get(pk=pk)])[0]


def awaited_copies(*, scope: str) -> HandbookCopyQuerySet:
    """The booklets of the area that were asked for and not issued, the earliest due first."""
    return HandbookCopy.objects.visible_to(scope).awaited().order_by("due_on", "id")


def awaited_in_words(copies: Iterable[HandbookCopy], *, on: date) -> list[AwaitedCopy]:
    """Booklets to be issued with their clocks on a day."""
    return [AwaitedCopy(copy, copy.person.name, clock_of(copy.due_on, on)) for copy in _with_books(list(copies))]


def issue_days(*, on: date) -> int:
    """Within how many working days a booklet is issued, by the law of a day."""
    return int(parameters().value("certificate_issue_working_days", on))


def held_handbooks(*, actor: Actor) -> list[HeldHandbook]:
    """The handbooks that an employer's account holds, those to be given back first."""
    rows = list(HandbookHolding.objects.held_at(actor.employer or 0).order_by("id"))
    persons = {row.person_id for row in rows}
    with within(CITY):  # its own staff, wherever they live
        names = dict(Person.objects.filter(pk__in=persons).order_by("pk").values_list("pk", "name"))
        books = Handbook.objects.filter(person__in=persons).order_by("pk")
        numbers = dict(books.values_list("pk", "number"))
        works = StatusPeriod.objects.employed().filter(person__in=persons, until_on=None, employer=actor.employer)
        working = set(works.order_by("pk").values_list("person_id", flat=True))
    held = [
        HeldHandbook(row, numbers[row.handbook_id], names[row.person_id], row.person_id not in working)
        for row in rows
    ]
    return sorted(held, key=lambda item: (not item.to_return, item.number))


def checked_by_token(*, token: str) -> CheckedBooklet:
    """What the booklet with this code in its square is worth."""
    return _checked(token_digest(token))


def checked_by_number(*, number: str, code: str) -> CheckedBooklet:
    """What the booklet with this number and these letters is worth; a number with other letters is unknown."""
    return _checked(code_digest(number, code))


def token_digest(token: str) -> str:
    """The keyed digest of the code in the square of a booklet."""
    return blind_index(token, context="handbook.token").hex()


def code_digest(number: str, code: str) -> str:
    """The keyed digest of a handbook's number with the letters of one booklet."""
    return blind_index(f"{number}|{code}", context="handbook.code").hex()


def booklet(*, copy: HandbookCopy, check_url: str, at: datetime) -> bytes:
    """The pages of a booklet as a PDF in the language of the reader, with a QR code to its public check."""
    view = _view_of(copy.person_id)
    assert view is not None
    return typeset("registration/handbook.typ", _booklet_values(copy, view, check_url), at)


def _checked(digest: str) -> CheckedBooklet:
    """One query that always finds one row: that of the booklet, or the one that stands for none.

    The same sentence, the same row, the same page for a known and an unknown booklet, so that neither the answer's
    time nor its shape tells whether a number exists.
    """
    row = PaperProof.objects.filter(pk__in=(digest, "")).order_by("-digest").first()
    known = row is not None and row.digest != ""
    assert row is not None
    ended = " ".join(filter(None, [_day(row.ended_on), _end_label(row.end_reason)]))
    return CheckedBooklet(
        booklet_state(known=known, ended_on=row.ended_on),
        [
            (_("Paper"), str(Paper(row.kind).label) if known else NOTHING),
            (_("Last six digits of the number"), row.tail or NOTHING),
            (_("Booklet"), str(row.copy_no) if row.copy_no else NOTHING),
            (_("Issued on"), _day(row.issued_on) or NOTHING),
            (_("Issued for"), row.office or NOTHING),
            (_("No longer valid since"), ended or NOTHING),
        ],
    )


def _with_books(copies: list[HandbookCopy]) -> list[HandbookCopy]:
    """Booklets with their persons, who may live in another county since a hand-over was returned."""
    with within(CITY):
        prefetch_related_objects(copies, "person", "handbook")
    return copies


def _day(day: date | None) -> str:
    return spoken_day(day) if day else ""


def _end_label(code: str) -> str:
    return str(PaperEnd(code).label) if code else ""


def _view_of(person: int) -> HandbookView | None:
    with within(CITY):  # the handbook goes with the person; earlier offices wrote in their own areas
        book = Handbook.objects.filter(person=person).first()
        if book is None:
            return None
        copies = list(HandbookCopy.objects.filter(handbook=book).select_related("person").order_by("-copy_no"))
        entries = list(HandbookEntry.objects.filter(handbook=book).order_by("on", "id"))
        holdings = list(HandbookHolding.objects.filter(handbook=book).order_by("-id"))
    names = employer_names(pks={row.employer_id for row in holdings if row.employer_id})
    hands = [
        HandbookHand(
            names.get(row.employer_id or 0, str(Holder(row.holder).label)), row.from_on, row.until_on, row.note
        )
        for row in holdings
    ]
    return HandbookView(book, copies, [_line(entry) for entry in entries], hands)


def _line(entry: HandbookEntry) -> HandbookLine:
    words = (_told_words(name, entry) for name in entry.told)
    more = " · ".join(word for word in words if word)
    return HandbookLine(entry.on, str(Line(entry.kind).label), more, entry.kind)


def _told_words(name: str, entry: HandbookEntry) -> str:
    value = entry.told[name]
    if value in ("", None):
        return ""
    if name == "reason":
        return _reason_words(entry.kind, str(value))
    if name == "category":
        return code_label(CATEGORY_SET, value)
    if name == "policy":
        return code_label(POLICY_SET, value)
    if name == "way":
        return str(Way(value).label)
    if name == "place":
        return city_name(value)
    if name == "area":
        return area_full_name(value)
    if name == "copy":
        return _("booklet %(number)s") % {"number": value}
    return _("No. %(number)s") % {"number": value} if name == "number" else str(value)


def _reason_words(kind: str, code: str) -> str:
    if kind == Line.UNEMPLOYED:
        return code_label(REASON_SET, code)
    if kind == Line.UNEMP_END:
        return code_label(CANCEL_SET, code)
    return str(EmploymentEnd(code).label) if code in EmploymentEnd.values else code


def _booklet_values(copy: HandbookCopy, view: HandbookView, check_url: str) -> dict[str, Any]:
    person = copy.person
    facts = [
        [_("Name"), person.name],
        [_("Sex"), str(Sex(person.sex).label)],
        [_("Born"), spoken_day(person.born_on)],
        [_("Identity no."), person.id_mask],
        [_("Hukou"), code_label("hukou", person.hukou)],
        [_("Education"), code_label("education_2006", person.education) or NOTHING],
        [_("Lives at"), area_full_name(person.area)],
        [_("Issued for"), area_full_name(copy.area)],
        [_("Issued on"), _day(clock.day_of(copy.issued_at) if copy.issued_at else None)],
        [_("Booklet"), str(copy.copy_no)],
    ]
    return _booklet_frame() | {
        "number": view.handbook.number,
        "qr": qr_svg(check_url),
        "code": copy.code,
        "facts": facts,
        "lines": [[spoken_day(line.on), line.text, line.more] for line in view.lines],
    }


def _booklet_frame() -> dict[str, Any]:
    """What every booklet says."""
    return {
        "city": str(settings.OPENPES_CITY_NAME),
        "language": get_language() or "zh-hans",
        "title": _("Handbook of employment and unemployment"),
        "labels": {
            "number": _("No."),
            "page": _("Page"),
            "code": _("Check letters"),
            "holder": _("Holder"),
            "lines": _("Registrations and services"),
            "heads": [_("Day"), _("Matter"), _("Particulars")],
        },
        "rules": [
            _("One handbook for town and country; it is issued free of charge, once to each person."),
            _("While the person is employed by a unit, the unit keeps it and writes nothing into it itself."),
            _("Who loses it tells the office at once; from that moment this booklet is not valid."),
        ],
        "check": _("Anybody can check this booklet by the code on its cover, or by its number and check letters."),
    }
