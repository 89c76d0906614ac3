"""Lists by day are read on from the last line shown: nothing twice, nothing left out."""

from datetime import date, timedelta
from importlib import import_module
from itertools import chain

import pytest
from django.urls import reverse

from openpes.kernel import within
from openpes.people.actions import GroupFacts, QualificationFacts, ask_correction, enter_group, record_qualification
from openpes.people.queries import matters_waiting
from openpes.people.queries.records import runs_out
from openpes.people.queries.steps import Step
from tests.cast import COUNTY
from tests.people.factories import a_person, id_number

SEVEN = 7


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def persons(clerk, at):
    return [a_person(by=clerk, at=at, id_number=id_number(date(1980, 1, n + 1))) for n in range(SEVEN)]


def walked(ask) -> list[list]:
    """The pages of two lines, read on from each last one."""
    pages, after = [], None
    while found := ask(after=after, limit=2):
        pages.append(found)
        after = Step.read(str(found[-1].step))
        assert len(pages) < 2 * SEVEN, "reading on never ends"
    return pages


def ending(persons, clerk, at) -> None:
    """Certificates and groups that end on few days, so that days are shared within and between the kinds."""
    for n, person in enumerate(persons):
        last = at.date() + timedelta(days=5 + n // 3)
        facts = GroupFacts(group=203, evidence="committee", evidence_on=at.date(), from_on=at.date(), until_on=last)
        enter_group(person=person.pk, facts=facts, by=clerk, at=at)
        paper = QualificationFacts(
            kind="licence", skill="licence_c1", number=f"4501{n}", issuer="交警支队", issued_on=date(2020, 1, 1),
            until_on=last,
        )  # fmt: skip
        record_qualification(person=person.pk, facts=paper, by=clerk, at=at)


def test_what_runs_out_is_read_on_without_a_gap(persons, clerk, at):
    ending(persons, clerk, at)
    with within(COUNTY):
        whole = runs_out(scope=COUNTY, on=at.date())
        pages = walked(lambda **told: runs_out(scope=COUNTY, on=at.date(), **told))
    assert len(whole) == 2 * SEVEN and [*chain(*pages)] == whole
    assert [one.last_on for one in whole] == sorted(one.last_on for one in whole)


def test_requests_that_wait_are_read_on_without_a_gap(persons, clerk, at):
    for n, person in enumerate(persons):
        moment = at + timedelta(days=n // 3)
        told = {"person": person.pk, "evidence": "本人", "by": clerk, "at": moment}
        ask_correction(fact="marital", wanted="20", **told)
        ask_correction(fact="name", wanted="韦小兰", **told)
    with within(COUNTY):
        whole = matters_waiting(scope=COUNTY, on=at.date())
        pages = walked(lambda **told: matters_waiting(scope=COUNTY, on=at.date(), **told))
    assert len(whole) == 2 * SEVEN and [*chain(*pages)] == whole


def test_reading_on_by_the_day_alone_would_leave_lines_out(persons, clerk, at):
    """The planted mistake: the last day without kind and number."""
    ending(persons, clerk, at)
    with within(COUNTY):
        whole = runs_out(scope=COUNTY, on=at.date())
        first = whole[1].step
        by_day = [one for one in whole if one.step.day > first.day]
        assert len(by_day) < len(runs_out(scope=COUNTY, on=at.date(), after=first)) == len(whole) - 2


@pytest.mark.parametrize("text", ["", "x", "2026-11-22", "2026-11-22.paper.x", "2026-13-01.paper.1", "a.b.c.d"])
def test_an_address_that_names_no_line_begins_at_the_beginning(text):
    assert Step.read(text) is None


def test_the_page_leads_on_and_back(persons, clerk, cast, at, monkeypatch):
    monkeypatch.setattr(import_module("openpes.people.views.records"), "PAGE", 4)
    ending(persons, clerk, at)
    client, here = cast.county_clerk.client(), reverse("people:ending")
    first = client.get(here)
    assert len(first.context["rows"]) == 4 and 'rel="first"' not in first.content.decode()
    second = client.get(here, {"after": str(first.context["next"])})
    assert not {one.step for one in first.context["rows"]} & {one.step for one in second.context["rows"]}
    assert 'rel="first"' in second.content.decode()
