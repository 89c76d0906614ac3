"""The find box of a desk: five ways to name a person, against LIKE over plain columns without an index."""

from collections.abc import Callable
from random import Random
from typing import Any

from django.db.models import QuerySet

from bench.city import BenchCity
from bench.plain_rows import PlainPerson, make, plain_persons
from bench.table import Line, timed
from bench.timing import alternate
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.queries import find_persons

PEER = "Django ORM, {lookup} on a plain unindexed row, nothing sealed, no row policy"
LIMIT = 10
Find = Callable[[Any, str], QuerySet]

# What a clerk types, from which column it comes, and how a first design looks it up with the same answer.
WAYS: dict[str, tuple[str, Callable[[PlainPerson], str], Find]] = {
    "identity number": ("icontains", lambda p: p.id_number, lambda rows, t: rows.filter(id_number__icontains=t)),
    "last four": ("iendswith", lambda p: p.id_number[-4:], lambda rows, t: rows.filter(id_number__iendswith=t)),
    "name": ("iexact", lambda p: p.name, lambda rows, t: rows.filter(name__iexact=t)),
    "initials": (
        "istartswith",
        lambda p: p.initials[:3],
        lambda rows, t: rows.filter(initials__istartswith=t).order_by("initials", "id"),
    ),
    "telephone": ("icontains", lambda p: p.phone, lambda rows, t: rows.filter(phone__icontains=t)),
}


def measure(city: BenchCity) -> list[Line]:
    """Each way over the whole city, answers as the ids in their order."""
    with city.connect("openpes_owner") as owner:
        count = make(owner, PlainPerson, plain_persons())
    ids = list(PlainPerson.objects.exclude(phone="").order_by("id").values_list("id", flat=True))
    drawn = Random(city.sizes.seed).sample(ids, min(city.sizes.tasks, len(ids)))
    chosen = list(PlainPerson.objects.in_bulk(drawn).values())
    lines = []
    for name, (lookup, typed, find) in WAYS.items():
        texts = [text for text in map(typed, chosen) if text]
        times = alternate(texts, _ours, lambda text, find=find: _plain(find, text))
        told = f"the same ids, {len(texts)} of {len(texts)}; {count:,} persons"
        lines.append(timed(f"desk search: {name}", times, PEER.format(lookup=lookup), told))
    return lines


def _ours(text: str) -> list[int]:
    with within(CITY):
        return [person.pk for person in find_persons(scope=CITY, text=text, limit=LIMIT)]


def _plain(find: Find, text: str) -> list[int]:
    found = find(PlainPerson.objects.filter(area__startswith=CITY).order_by("name", "id"), text)
    return [person.pk for person in found[:LIMIT]]
