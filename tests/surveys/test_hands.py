"""Spot-checks by two hands: nobody sees the first answers before the second, and stand-ins are both of two."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from openpes.kernel import Refused, within
from openpes.surveys.actions import ask_again, draw_check, mark_check
from openpes.surveys.models import CheckedHousehold, SpotCheck
from openpes.surveys.queries import check_sheet, household_sheet, told_of, village_workbook, visits_of
from tests.cast import COUNTY
from tests.surveys.factories import a_home, listed, running, village_of, visited

pytestmark = pytest.mark.django_db
TOLD = "Working away"


@pytest.fixture
def drawn(cast, at):
    """A village of two households, both drawn, nobody asked again yet; the first of them."""
    clerk, officer = cast.county_clerk.actor, cast.village_officer.actor
    with within(COUNTY):
        homes = [a_home(clerk, at, f"H{number}") for number in range(2)]
        campaign = running(clerk, at)
        for home in homes:
            visited(officer, at, listed(campaign, home))
        check = draw_check(village=village_of(campaign).pk, seed="s", by=clerk, at=at)
        yield CheckedHousehold.objects.filter(check_of=check).select_related("household__village", "answer").first()


def asked_by(by, row, at):
    return ask_again(checked=row.pk, is_met=True, told=told_of(row.answer), by=by, at=at)


def everybody_asked(row, by, at):
    for one in CheckedHousehold.objects.filter(check_of=row.check_of):
        asked_by(by, one, at)


def seen_of(check):
    rows = CheckedHousehold.objects.filter(check_of=check)
    return sum(row.compared for row in rows), sum(len(row.different) for row in rows)


def pages_of(row):
    return {
        "form": reverse("surveys:household", args=[row.household_id]),
        "paper": reverse("surveys:household_form", args=[row.household_id]),
        "papers": reverse("surveys:village_forms", args=[row.household.village_id]),
    }


def test_who_may_ask_again_opens_no_page_with_the_first_answers(cast, at, drawn):
    town, officer = cast.township_clerk.client(), cast.village_officer.client()
    for name, page in pages_of(drawn).items():
        answer = town.get(page)
        assert answer.status_code in (403, 422), name
        assert TOLD not in answer.content.decode() and "asked again" in answer.content.decode()
        assert officer.get(page).status_code == 200, name
    assert TOLD in officer.get(pages_of(drawn)["form"]).content.decode()
    way_on = reverse("surveys:ask_again", args=[drawn.pk])
    assert way_on in town.get(pages_of(drawn)["form"]).content.decode()


def test_the_first_answers_are_shown_when_the_second_are_there(cast, at, drawn):
    asked_by(cast.township_clerk.actor, drawn, at)
    town = cast.township_clerk.client()
    assert TOLD in town.get(pages_of(drawn)["form"]).content.decode()
    assert town.get(pages_of(drawn)["papers"]).status_code == 200


def test_a_visit_that_met_nobody_the_second_time_shows_nothing_yet(cast, at, drawn):
    ask_again(checked=drawn.pk, is_met=False, told={}, by=cast.township_clerk.actor, at=at)
    assert cast.township_clerk.client().get(pages_of(drawn)["form"]).status_code == 403


def test_no_query_tells_the_first_answers_to_who_may_ask_again(cast, at, drawn):
    town, officer = cast.township_clerk.actor, cast.village_officer.actor
    on, row = at.date(), drawn.household
    for ask in (
        lambda by: household_sheet(scope=COUNTY, hands=by.hands, pk=row.pk, on=on).members[0].known,
        lambda by: visits_of(scope=COUNTY, hands=by.hands, row=row, on=on),
    ):
        with pytest.raises(Refused, match="shown when it was asked again"):
            ask(town)
        assert ask(officer)
    lines = check_sheet(scope=COUNTY, hands=town.hands, pk=drawn.check_of_id, on=on).lines
    assert [one.known for line in lines for one in line.sheet.members] == [{}] * 4
    assert not any(line.sheet.known or line.sheet.latest for line in lines)
    own = check_sheet(scope=COUNTY, hands=officer.hands, pk=drawn.check_of_id, on=on).lines
    assert all(one.known["status"] for line in own for one in line.sheet.members)


def test_the_workbook_leaves_out_what_its_reader_may_ask_again(cast, at, drawn):
    asked_by(cast.township_clerk.actor, drawn, at)
    numbers = {}
    for player in (cast.township_clerk, cast.village_officer):
        told = {"scope": COUNTY, "hands": player.actor.hands, "village": drawn.household.village, "on": at.date()}
        with override("zh-hans"):
            sheet = load_workbook(BytesIO(village_workbook(**told))).worksheets[0]
        numbers[player] = {cell.value for cell in sheet["A"][1:] if cell.value}
    both = {str(row.household_id) for row in CheckedHousehold.objects.filter(check_of=drawn.check_of)}
    assert numbers[cast.village_officer] == both
    assert numbers[cast.township_clerk] == {str(drawn.household_id)}


def test_the_paper_forms_leave_out_what_their_reader_may_ask_again(cast, at, drawn):
    asked_by(cast.township_clerk.actor, drawn, at)
    pages = {}
    for player in (cast.township_clerk, cast.village_officer):
        content = player.client("zh-hans").get(pages_of(drawn)["papers"]).content
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        pages[player] = {booklet for booklet in ("H0", "H1") if booklet in text}
    assert pages[cast.village_officer] == {"H0", "H1"} and len(pages[cast.township_clerk]) == 1


def test_neither_hand_of_the_first_mark_gives_the_second(cast, at, drawn):
    county, city, town = (player.actor for player in (cast.county_clerk, cast.city_clerk, cast.township_clerk))
    everybody_asked(drawn, town, at)
    check = drawn.check_of
    mark_check(check=check.pk, seen=seen_of(check), by=replace(county, behalf=city.id), at=at)
    page = reverse("surveys:check", args=[check.pk])
    assert "the second one is given by another person" in cast.city_clerk.client().get(page).content.decode()
    assert "the second one is given" not in cast.township_clerk.client().get(page).content.decode()
    third = replace(city, id=cast.administrator.actor.id)
    for by in (county, city, replace(third, behalf=city.id)):
        with pytest.raises(Refused, match="another person"):
            mark_check(check=check.pk, seen=seen_of(check), by=by, at=at)
    with pytest.raises(IntegrityError, match="check_marked_by_two"), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(second_by=city.id, second_hands=[city.id])
    assert mark_check(check=check.pk, seen=seen_of(check), by=third, at=at).second_hands == third.hands


def test_both_hands_of_the_first_answer_and_of_the_second_are_kept(cast, at, drawn):
    officer, town, county = (player.actor for player in (cast.village_officer, cast.township_clerk, cast.county_clerk))
    assert drawn.surveyed_hands == officer.hands
    row = asked_by(replace(town, behalf=county.id), drawn, at)
    row.refresh_from_db()
    assert row.asked_hands == {town.id, county.id}
    with pytest.raises(IntegrityError, match="asked_again_by_another"), transaction.atomic():
        CheckedHousehold.objects.filter(pk=row.pk).update(asked_hands=[town.id, officer.id])
