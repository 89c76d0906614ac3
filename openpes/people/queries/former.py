"""Names and numbers of before: whose they were, what they find, and the numbers that wait for a second officer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from openpes.engine.identifiers import normalise_id, normalise_name, upgrade_id
from openpes.kernel import within
from openpes.kernel.composed import ComposedColumns
from openpes.kernel.rows import any_of, array_text
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people.models import FormerName, FormerNumber, NumberChange, Person
from openpes.people.rules.former import NumberHolder

CONTEXT, TAIL_CONTEXT = "person.id_number", "person.id_tail"


def number_holder(index: bytes, *, besides: int | None = None) -> NumberHolder | None:
    """Where in the city the file stands that has or had an identity number (by its blind index), if it is another's."""
    with within(CITY):  # a number is one person's in the whole city, now and before
        area = Person.objects.filter(id_number_index=index).exclude(pk=besides).values_list("area", flat=True).first()
        if area is not None:
            return NumberHolder(area=area)
        owner = former_owners([index]).get(index)
        if owner is None or owner == besides:
            return None
        return NumberHolder(area=Person.objects.values_list("area", flat=True).get(pk=owner), formerly=True)


def former_owners(indexes: Iterable[bytes]) -> dict[bytes, int]:
    """Whose former numbers these are, by their blind indexes; the caller has opened what may be seen."""
    meant = any_of(FormerNumber, "number_index", list(indexes))
    rows = FormerNumber.objects.filter(meant).values_list("number_index", "person_id")
    return {bytes(index): person for index, person in rows.order_by("id")}


def formerly_meant(*, scope: str, text: str, limit: int) -> list[int]:
    """Persons of the area whom a text means by a name or number of before, in one query by an index."""
    number = normalise_id(text)
    rows = FormerNumber.objects.visible_to(scope)
    if len(number) in (15, 18) and number[:-1].isdigit():
        found = rows.filter(number_index__in=_indexes_of(number))
    elif len(number) == 4 and number[:3].isdigit() and number[3] in "0123456789X":
        found = rows.filter(tail_index=blind_index(number, context=TAIL_CONTEXT))
    elif number.isdigit() or not text.strip():
        return []
    else:
        by_initials = number.isascii() and number.isalpha()
        words = number.lower() if by_initials else normalise_name(text)
        return list(dict.fromkeys(row["person_id"] for row in _CALLED(by_initials, limit, scope=scope, words=words)))
    return list(dict.fromkeys(found.values_list("person_id", flat=True)[:limit]))


def _formerly_called(by_initials: bool, limit: int, *, scope: str, words: str) -> QuerySet[Any, Any]:
    names = FormerName.objects.visible_to(scope)
    if by_initials:
        found = names.filter(initials__gte=words, initials__lt=words + "~").order_by("initials", "person_id")
    else:
        found = names.filter(name=words).order_by("person_id")
    return found.values("person_id")[:limit]


_CALLED = ComposedColumns(_formerly_called, {"scope": "123", "words": "sample"})


def _indexes_of(number: str) -> list[bytes]:
    written = [number, upgrade_id(number)] if len(number) == 15 and number.isdigit() else [number]
    return [blind_index(each, context=CONTEXT) for each in written]


def former_names_of(*, scope: str, persons: Iterable[int]) -> dict[int, list[str]]:
    """The names that persons of the area had before, the latest first, by person, in one query."""
    rows = _NAMES(scope=scope, persons=array_text(list(persons))) if scope else []
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row["name"])
    return found


_NAMES = ComposedColumns(
    lambda scope, persons: FormerName.objects.visible_to(scope)
    .filter(any_of(FormerName, "person", persons)).order_by("-until_on", "-id").values("person_id", "name"),
    {"scope": "123", "persons": "{-1}"},
)  # fmt: skip


def number_change(*, scope: str, pk: int) -> NumberChange:
    """One identity number that an officer of the area wrote in.

    :raises NumberChange.DoesNotExist: there is none of that id in the area
    """
    return NumberChange.objects.visible_to(scope).select_related("person").get(pk=pk)


def waiting_numbers(*, scope: str, limit: int = 200) -> list[NumberChange]:
    """Identity numbers of the area that wait for a second officer, the longest wait first."""
    return list(NumberChange.objects.visible_to(scope).waiting().select_related("person")[:limit])
