"""Spot-checks: drawn by seed, asked by another officer, marked by two persons, and what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openpes.engine.questionnaires import drawn
from openpes.kernel import Actor, Refused, within
from openpes.surveys.actions import ask_again, close_campaign, draw_check, mark_check
from openpes.surveys.models import CheckedHousehold, SpotCheck, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import check_sheet, told_of
from tests.cast import COUNTY
from tests.surveys.factories import a_home, listed, running, village_of, visited

pytestmark = pytest.mark.django_db
HOMES = 4


@pytest.fixture
def surveyed(cast, at):
    """A village whose four households have answered to its officer."""
    clerk, officer = cast.county_clerk.actor, cast.village_officer.actor
    with within(COUNTY):
        homes = [a_home(clerk, at, f"H{number}") for number in range(HOMES)]
        campaign = running(clerk, at)
        for home in homes:
            visited(officer, at, listed(campaign, home))
        yield campaign, village_of(campaign)


def asked(check: SpotCheck, by: Actor, at, wrong: int = 0) -> None:
    """Everybody drawn says the same again, and `wrong` of them that somebody has no work."""
    for number, row in enumerate(CheckedHousehold.objects.filter(check_of=check)):
        told = told_of(row.answer)
        if number < wrong:
            person = max(told)
            told[person] = told[person] | {"status": "4", "industry": None}
        ask_again(checked=row.pk, is_met=True, told=told, by=by, at=at)


def marked(check: SpotCheck, by: Actor, at) -> SpotCheck:
    rows = CheckedHousehold.objects.filter(check_of=check)
    seen = sum(row.compared for row in rows), sum(len(row.different) for row in rows)
    return mark_check(check=check.pk, seen=seen, by=by, at=at)


def test_the_sample_is_what_seed_and_pool_draw(cast, at, surveyed):
    _campaign, here = surveyed
    check = draw_check(village=here.pk, seed="s1", by=cast.county_clerk.actor, at=at)
    chosen = CheckedHousehold.objects.filter(check_of=check).order_by("household").values_list("household", flat=True)
    assert len(check.pool) == HOMES and tuple(chosen) == drawn(check.pool, seed="s1", size=2)
    assert (check.per_cent, check.least, check.error_per_cent) == (10, 2, 5)
    assert SurveyVillage.objects.get(pk=here.pk).state == "checking"
    reader = {"scope": COUNTY, "hands": cast.county_clerk.actor.hands}
    assert check_sheet(**reader, pk=check.pk, on=at.date()).is_true
    others = (str(number) for number in range(99) if drawn(check.pool, seed=str(number), size=2) != tuple(chosen))
    SpotCheck.objects.filter(pk=check.pk).update(seed=next(others))
    assert not check_sheet(**reader, pk=check.pk, on=at.date()).is_true


def test_a_village_that_is_not_finished_is_not_checked_and_the_officer_draws_nothing(cast, at, surveyed):
    campaign, here = surveyed
    with pytest.raises(Refused, match="checked by an office above"):
        draw_check(village=here.pk, seed="s", by=cast.village_officer.actor, at=at)
    row = SurveyHousehold.objects.filter(village=here).first()
    visited(cast.village_officer.actor, at, row, outcome="not_met")
    with pytest.raises(Refused, match="1 households of this village still need a visit"):
        draw_check(village=here.pk, seed="s", by=cast.county_clerk.actor, at=at)
    assert not SpotCheck.objects.exists()
    with pytest.raises(Refused, match="nothing to ask again"):
        draw_check(village=village_of(campaign, "450103001006").pk, seed="s", by=cast.county_clerk.actor, at=at)


def test_who_surveyed_does_not_ask_again_also_not_on_behalf_of_somebody(cast, at, surveyed):
    _campaign, here = surveyed
    check = draw_check(village=here.pk, seed="s", by=cast.county_clerk.actor, at=at)
    row = CheckedHousehold.objects.filter(check_of=check).first()
    officer, town = cast.village_officer.actor, cast.township_clerk.actor
    told = told_of(row.answer)
    for by in (officer, replace(town, behalf=officer.id), replace(officer, behalf=town.id)):
        with pytest.raises(Refused, match="had a hand in the first answer"):
            ask_again(checked=row.pk, is_met=True, told=told, by=by, at=at)
    ask_again(checked=row.pk, is_met=True, told=told, by=town, at=at)
    with pytest.raises(Refused, match="asked again already"):
        ask_again(checked=row.pk, is_met=True, told=told, by=town, at=at)
    row.refresh_from_db()
    row.asked_hands = row.surveyed_hands
    with pytest.raises(IntegrityError, match="asked_again_by_another"), transaction.atomic():
        row.save()


def test_the_same_answers_pass_and_a_drawn_household_waits(cast, at, surveyed):
    campaign, here = surveyed
    check = draw_check(village=here.pk, seed="s", by=cast.county_clerk.actor, at=at)
    drawn_one = CheckedHousehold.objects.filter(check_of=check).first().household
    with pytest.raises(Refused, match="drawn for a spot-check"):
        visited(cast.village_officer.actor, at, drawn_one)
    with pytest.raises(Refused, match="spot-check is still open"):
        close_campaign(campaign=campaign.pk, by=cast.county_clerk.actor, at=at)
    asked(check, cast.township_clerk.actor, at)
    assert marked(check, cast.county_clerk.actor, at).state == "marked"
    with pytest.raises(Refused, match="spot-check is still open"):
        close_campaign(campaign=campaign.pk, by=cast.county_clerk.actor, at=at + timedelta(days=60))
    concluded = marked(check, cast.city_clerk.actor, at)
    assert concluded.state == "passed" and concluded.compared > 20 and concluded.different == 0
    assert SurveyVillage.objects.get(pk=here.pk).state == "passed"
    assert close_campaign(campaign=campaign.pk, by=cast.county_clerk.actor, at=at).state == "closed"


def test_too_many_differences_send_the_village_back_and_its_answers_stay(cast, at, surveyed):
    campaign, here = surveyed
    check = draw_check(village=here.pk, seed="s", by=cast.county_clerk.actor, at=at)
    asked(check, cast.township_clerk.actor, at, wrong=2)
    marked(check, cast.county_clerk.actor, at)
    concluded = marked(check, cast.city_clerk.actor, at)
    assert (concluded.state, concluded.different) == ("failed", 4)
    here.refresh_from_db()
    assert (here.state, here.round) == ("again", 2)
    rows = SurveyHousehold.objects.filter(village=here)
    assert {(row.state, row.visits) for row in rows} == {("open", 0)} and all(row.answer_id for row in rows)
    assert SurveyAnswer.objects.count() == HOMES
    with pytest.raises(Refused, match="1 village was sent back"):
        close_campaign(campaign=campaign.pk, by=cast.county_clerk.actor, at=at + timedelta(days=60))
    for row in rows:
        visited(cast.village_officer.actor, at, row)
    assert set(SurveyAnswer.objects.values_list("round", flat=True)) == {1, 2}
    second = draw_check(village=here.pk, seed="t", by=cast.county_clerk.actor, at=at)
    assert second.round == 2


def test_two_different_people_mark_and_neither_surveyed(cast, at, surveyed):
    _campaign, here = surveyed
    county, city = cast.county_clerk.actor, cast.city_clerk.actor
    check = draw_check(village=here.pk, seed="s", by=county, at=at)
    with pytest.raises(Refused, match="have not been asked again yet"):
        marked(check, county, at)
    asked(check, cast.township_clerk.actor, at)
    with pytest.raises(Refused, match="figures have changed"):
        mark_check(check=check.pk, seen=(0, 0), by=county, at=at)
    marked(check, county, at)
    for by in (county, replace(city, behalf=county.id)):
        with pytest.raises(Refused, match="another person"):
            marked(check, by, at)
    SpotCheck.objects.filter(pk=check.pk).update(state="marked")
    with pytest.raises(IntegrityError, match="check_marked_by_two"), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(second_by=city.id, second_hands=[county.id, city.id])
    with pytest.raises(IntegrityError, match="check_second_hands"), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(second_by=city.id)
    with pytest.raises(IntegrityError, match="check_concluded_by_two"), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(state="passed")


def test_an_answer_recorded_by_somebody_else_binds_both(cast, at, surveyed):
    _campaign, here = surveyed
    row = SurveyHousehold.objects.filter(village=here).first()
    visited(cast.township_clerk.actor, at, row, way="paper", surveyed_by=cast.village_officer.account.pk)
    SurveyHousehold.objects.filter(village=here).exclude(pk=row.pk).update(state="moved")
    check = draw_check(village=here.pk, seed="s", by=cast.county_clerk.actor, at=at)
    one = CheckedHousehold.objects.get(check_of=check)
    for by in (cast.township_clerk.actor, cast.village_officer.actor):
        with pytest.raises(Refused, match="had a hand"):
            ask_again(checked=one.pk, is_met=False, told={}, by=by, at=at)
    ask_again(checked=one.pk, is_met=False, told={}, by=cast.county_clerk.actor, at=at)
    one.refresh_from_db()
    assert (one.is_met, one.compared, one.different) == (False, 0, [])
    with pytest.raises(Refused, match="1 households have not been asked again yet"):
        mark_check(check=check.pk, seen=(0, 0), by=cast.city_clerk.actor, at=at)
    ask_again(checked=one.pk, is_met=True, told=told_of(one.answer), by=cast.county_clerk.actor, at=at)
    assert marked(check, cast.city_clerk.actor, at).state == "marked"


def test_the_pages_of_a_check_hide_the_first_answers_until_the_second_are_there(cast, at, surveyed):
    _campaign, here = surveyed
    county = cast.county_clerk.client()
    answer = county.post(reverse("surveys:draw", args=[here.pk]), HTTP_IDEMPOTENCY_KEY="draw-key")
    check = SpotCheck.objects.get()
    assert answer.url == reverse("surveys:check", args=[check.pk])
    row = CheckedHousehold.objects.filter(check_of=check).first()
    town, address = cast.township_clerk.client(), reverse("surveys:ask_again", args=[row.pk])
    form = town.get(address).context["form"]
    assert all(not form[name].value() for name in form.fields if name.endswith(("-status", "-education", "-hukou")))
    told = {name: str(form[name].value() or "") for name in form.fields if not name.endswith("-left")}
    told |= {name: "4" for name in told if name.endswith("-status")} | {"is_met": "yes"}
    assert town.post(address, told, HTTP_IDEMPOTENCY_KEY="again-key").status_code == 302
    page = county.get(reverse("surveys:check", args=[check.pk])).content.decode()
    assert "Working away" in page and "Unemployed" in page
    officer = cast.village_officer.client()
    other = CheckedHousehold.objects.filter(check_of=check, asked_at=None).first()
    own = officer.get(reverse("surveys:ask_again", args=[other.pk])).content.decode()
    assert "somebody else asks again" in own and "<form method=\"post\" id=\"again\"" not in own
    mark = {"compared": "1", "different": "1"}
    answer = county.post(reverse("surveys:mark", args=[check.pk]), mark, HTTP_IDEMPOTENCY_KEY="mark-key")
    assert answer.status_code == 422 and "have not been asked again yet" in answer.content.decode()
