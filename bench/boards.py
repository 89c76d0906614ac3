"""Boards of a city of millions: whole pages from kept figures, beside the same pages counted from the rows."""

import re
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from django.db.models import Count
from django.db.models.functions import Left
from django.test import Client

from bench.city import AT, ON, BenchCity
from bench.table import Line, timed
from bench.timing import Times, alternate, refuse_difference
from openpes.access.models import Account
from openpes.config import database
from openpes.demo.actions import open_demo_accounts
from openpes.demo.rules.accounts import STAFF
from openpes.engine.calendars import DAY
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics import jobs
from openpes.statistics.actions import rebuild_side_by_side
from openpes.statistics.choices import Dimension, Stock
from openpes.statistics.models import KeptFigure
from openpes.statistics.queries.cross import Question, cross_table

ROLES = ("city_clerk", "county_clerk", "township_clerk")
OPENER = "openpes.config.sign_in.ActiveAccounts"
PAGES = {
    "board": "/statistics/board/",
    "wall": "/statistics/wall/",
    "board of last year": "/statistics/board/?period=2025&indicator=unemployed_in",
    "board of a month, by hard to employ": "/statistics/board/?period=2026-10&indicator=reemployed_hard&side=demand",
    "indicators": "/statistics/indicators/",
}
ROUNDS, CROSSINGS = 12, 3
NUMBER = re.compile(r">\s*([\d,]+(?:\.\d+)?)\s*<")
ROWS_OF: dict[Stock, Callable[[], Any]] = {
    Stock.UNEMPLOYED: lambda: StatusPeriod.objects.unemployed(),
    Stock.EMPLOYED: lambda: StatusPeriod.objects.employed(),
    Stock.WISHES: lambda: JobWish.objects.all(),
}
CROSSED = "one statement over the rows and their persons"
ROWS = "the same page, every figure counted from its rows in SQL (the same querysets), one round"


def measure(city: BenchCity) -> list[Line]:
    """Each page of a city, a county and a township clerk, first from the rows, then from what is kept."""
    city.prepare()
    rebuild_side_by_side(by=PLATFORM, at=AT)
    lines: list[Line] = []
    with clock.stopped(AT):
        open_demo_accounts(by=PLATFORM, at=AT)
        desks = [(staff.username, _signed_in(staff.username)) for staff in STAFF if staff.username in ROLES]
        with within(CITY):
            people = Person.objects.count()
            KeptFigure.objects.all().delete()
        asked = [
            (name, title, partial(_numbers, client, url)) for name, client in desks for title, url in PAGES.items()
        ]
        plain = {(name, title): _timed(ask, 1) for name, title, ask in asked}
        jobs.keep_figures()
        with city.connect(database.OWNER) as owner:
            owner.execute("VACUUM ANALYZE statistics_fact, statistics_keptcount, statistics_keptfigure")
        for name, title, ask in asked:
            (ours, answer), (theirs, expected) = _timed(ask, ROUNDS), plain[name, title]
            refuse_difference(f"{name}: {title}", answer, expected)
            told = f"the same {len(answer)} numbers; {people:,} persons"
            lines.append(timed(f"{name}: {title}", (ours, theirs), ROWS, told))
        lines += _cross_lines(people)
    return lines


def _signed_in(username: str) -> Client:
    client = Client(raise_request_exception=True, headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=username), backend=OPENER)
    return client


def _numbers(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return NUMBER.findall(answer.content.decode())


def _timed(ask: Callable[[], list[str]], rounds: int) -> tuple[Times, list[str]]:
    taken, answer = [], []
    for _round in range(rounds):
        began = perf_counter()
        answer = ask()
        taken.append(perf_counter() - began)
    return Times(tuple(taken)), answer


def _cross_lines(people: int) -> list[Line]:
    """Registrations and job wishes by county and sex: from the store of facts, and from the rows with their persons."""
    return [
        timed(
            f"cross-tab: {stock.value}", *_both(partial(_from_facts, stock), partial(_from_rows, stock)), CROSSED,
            f"the same cells; {people:,} persons",
        )
        for stock in ROWS_OF
    ]  # fmt: skip


def _from_facts(stock: Stock) -> dict[tuple[str, str], int]:
    question = Question(CITY, ON, ON + DAY, stock, Dimension.COUNTY, Dimension.SEX)
    with within(CITY):
        found = cross_table(scope=CITY, question=question).numbers
    return {(str(county), str(sex)): number for (county, sex), number in found.items()}


def _from_rows(stock: Stock) -> dict[tuple[str, str], int]:
    with within(CITY):
        rows = ROWS_OF[stock]().filter(from_on__lte=ON).not_ended_by(ON + DAY).order_by()
        told = rows.annotate(county=Left("area", 6)).values_list("county", "person__sex").annotate(n=Count("pk"))
        return {(county, sex): number for county, sex, number in told}


def _both(ours: Callable[[], dict], plain: Callable[[], dict]) -> tuple[tuple[Times, Times]]:
    return (alternate(range(CROSSINGS), lambda _n: ours(), lambda _n: plain(), warm_up=1),)
