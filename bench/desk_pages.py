"""Pages of a desk, drawn whole, beside a first design that asks the tables for the same and draws nothing."""

import re
from collections.abc import Callable
from random import Random

from django.core.paginator import Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.city import AT, BenchCity
from bench.table import Line, timed
from bench.timing import alternate
from openpes.access.models import Account
from openpes.counter.queries.home import STOCKS
from openpes.demo.actions import open_demo_accounts
from openpes.demo.rules.accounts import STAFF
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.network.queries import areas_below
from openpes.people.models import Person
from openpes.registration.choices import Status
from openpes.registration.models import StatusPeriod

ROLES = ("city_clerk", "county_clerk")
OPENER = "openpes.config.sign_in.ActiveAccounts"
ROUNDS, PAGE = 20, 25
NUMBER = re.compile(r'<td class="num">(?:<a [^>]*>)?([\d,]+)')
PERSON = re.compile(r'<a href="/counter/person/(\d+)/"')
TITLE = re.compile(r"<title>([^<·]+)")

ANSWERS = {"home": "numbers", "list of persons": "ids", "page of a person": "names"}
HOME = "Django ORM, one count a number and unit, no right, nothing drawn"
LIST = "Django ORM, a paginator that counts every row, nothing drawn"
FILE = "Django ORM, one query a table that names the person, every column read, no right, nothing drawn"


def measure(city: BenchCity) -> list[Line]:
    """Home, list of persons and a person's page of a city and of a county clerk, answers compared."""
    city.prepare()
    lines = []
    with clock.stopped(AT):
        open_demo_accounts(by=PLATFORM, at=AT)
        for staff in STAFF:
            if staff.role in ROLES and staff.username in ROLES:
                lines += _desk(staff.username, staff.scope, city)
    return lines


def _desk(username: str, scope: str, city: BenchCity) -> list[Line]:
    client = Client(raise_request_exception=True, headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=username), backend=OPENER)
    chosen = _some_persons(scope, city)

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def numbers(_round: int) -> list[int]:
        return [int(found.replace(",", "")) for found in NUMBER.findall(page("/counter/"))]

    def first_page(_round: int) -> list[int]:
        return list(dict.fromkeys(map(int, PERSON.findall(page("/people/")))))

    def file(pk: int) -> str:
        return TITLE.findall(page(f"/counter/person/{pk}/"))[0].strip()

    rounds = list(range(max(3, min(ROUNDS, city.sizes.tasks))))
    ways: tuple[tuple[str, list[int], Callable, Callable, str], ...] = (
        ("home", rounds, numbers, lambda _round: _plain_numbers(scope), HOME),
        ("list of persons", rounds, first_page, lambda _round: _plain_list(scope), LIST),
        ("page of a person", chosen, file, lambda pk: _plain_file(scope, pk), FILE),
    )
    found = []
    for what, tasks, ours, plain, peer in ways:
        with CaptureQueriesContext(connection) as asked:
            ours(tasks[0])
        told = f"the same {ANSWERS[what]}, {len(tasks)} of {len(tasks)}; {len(asked)} queries of ours"
        found.append(
            timed(f"desk of a {username.replace('_', ' ')}: {what}", alternate(tasks, ours, plain), peer, told)
        )
    return found


def _plain_numbers(scope: str) -> list[int]:
    on = AT.date()
    with within(scope):
        return [
            sum(rows.count() for rows in stock.rows(unit.path, on)) for unit in areas_below(scope) for stock in STOCKS
        ]


def _plain_list(scope: str) -> list[int]:
    with within(scope):
        page = Paginator(Person.objects.filter(area__startswith=scope).order_by("-id"), PAGE).get_page(1)
        assert page.paginator.count
        return [person.pk for person in page]


def _plain_file(scope: str, pk: int) -> str:
    with within(scope):
        for tie in Person._meta.related_objects:
            list(tie.related_model._base_manager.filter(**{tie.field.name: pk}).values())
        return str(Person.objects.get(pk=pk).name)


def _some_persons(scope: str, city: BenchCity) -> list[int]:
    """Persons who are registered as unemployed, drawn over the whole area: their pages hold the most."""
    with within(scope):
        found = list(
            StatusPeriod.objects.visible_to(scope).filter(status=Status.UNEMPLOYED, until_on=None)
            .order_by("id").values_list("person", flat=True)
        )  # fmt: skip
    return Random(city.sizes.seed).sample(found, min(city.sizes.tasks, len(found)))
