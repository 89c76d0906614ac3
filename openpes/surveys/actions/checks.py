"""Spot-checks: drawn at random, asked again by another officer, marked by two persons."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.engine.questionnaires import drawn, sample_size
from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if
from openpes.surveys import rules
from openpes.surveys.choices import ANSWERED, OPEN_CHECKS, CheckState, HouseholdState, VillageState
from openpes.surveys.events import HouseholdAskedAgain, SpotCheckConcluded, SpotCheckDrawn, SpotCheckMarked
from openpes.surveys.models import CheckedHousehold, SpotCheck, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.models.answers import sealed
from openpes.surveys.queries import told_of, unfinished

SEED_CHARACTERS = 32
Told = Mapping[int, Mapping[str, Any]]


@action
def draw_check(*, village: int, seed: str, by: Actor, at: datetime) -> SpotCheck:
    """Draw households of a finished village at random; the seed and the pool stay on record and draw the same again.

    :raises SurveyVillage.DoesNotExist: the village is not of the actor's area
    :raises Refused: the village is not finished, is being checked, or the actor is not of an office above it
    """
    row, today = _locked_village(village, by), clock.day_of(at)
    households = SurveyHousehold.objects.visible_to(by.scope).filter(village=row)
    waiting = sum(unfinished(households, visits=int(parameters().value("survey_visits_least", today))))
    pool = list(households.filter(state__in=ANSWERED).order_by("id").values_list("pk", flat=True))
    open_one = SpotCheck.objects.filter(village=row, state__in=OPEN_CHECKS).exists()
    refuse_if(
        rules.why_not_draw(
            is_open=row.closed_at is None, from_above=is_from_above(by.scope, row.area), open_one=open_one,
            waiting=waiting, pool=len(pool),
        )
    )  # fmt: skip
    check = _store_check(row, seed[:SEED_CHARACTERS], pool, by, at)
    chosen = _store_chosen(check, pool)
    row.state = VillageState.CHECKING
    row.save(update_fields=["state"])
    told = {"campaign": row.campaign_id, "check": check.pk, "seed": check.seed, "households": chosen}
    publish(SpotCheckDrawn(**told, area=row.area, by=by.id, at=at))
    return check


@action
def ask_again(*, checked: int, is_met: bool, told: Told, by: Actor, at: datetime) -> CheckedHousehold:
    """Keep what a drawn household says the second time, and compare it with the first answer.

    `told` is by person, under 0 what is told of the household itself; nothing of it changes the register.

    :raises CheckedHousehold.DoesNotExist: it is not of the actor's area
    :raises Refused: the actor had a hand in the first answer, or it was asked again already
    """
    village = CheckedHousehold.objects.visible_to(by.scope).values_list("check_of__village", flat=True).get(pk=checked)
    _locked_village(village, by)
    rows = CheckedHousehold.objects.visible_to(by.scope).select_related("check_of", "answer", "household")
    row = rows.get(pk=checked)
    refuse_if(
        rules.why_not_ask_again(
            state=row.check_of.state, surveyed=has_hand_in(by, row.surveyed_hands, row.answer.hands),
            asked_already=bool(row.is_met), has_told=not is_met or _has_told(told),
        )
    )  # fmt: skip
    questions = row.check_of.village.campaign.asked.checked
    compared, found = rules.differences(told_of(row.answer), told, checked=questions) if is_met else (0, [])
    row.asked_by, row.asked_hands, row.asked_at, row.is_met = by.id, by.hands, at, is_met
    row.compared, row.different = compared, [[one.person, one.key] for one in found]
    row.told_sealed = sealed({str(person): dict(answers) for person, answers in told.items()}) if is_met else None
    row.save(
        update_fields=["asked_by", "asked_hands", "asked_at", "is_met", "compared", "different", "told_sealed"]
    )
    counts = {"compared": compared, "different": len(found)}
    household = row.household.household_id
    publish(
        HouseholdAskedAgain(check=row.check_of_id, household=household, **counts, area=row.area, by=by.id, at=at)
    )
    return row


def _has_told(told: Mapping[int, Mapping[str, Any]]) -> bool:
    """Whether anything was answered; the names of those who were asked about stand in the form already."""
    return any(value not in (None, "") for one in told.values() for key, value in one.items() if key != "name")


@action
def mark_check(*, check: int, seen: tuple[int, int], by: Actor, at: datetime) -> SpotCheck:
    """Mark the result of a spot-check; the second mark, by another person, concludes it.

    `seen` are the compared and the different answers that were shown. Over the limit, the village is surveyed again:
    every household needs a visit in a new round.

    :raises SpotCheck.DoesNotExist: it is not of the actor's area
    :raises Refused: a household was not asked again, the same person, one who surveyed, or other figures than shown
    """
    village = SpotCheck.objects.visible_to(by.scope).values_list("village", flat=True).get(pk=check)
    place = _locked_village(village, by)
    row = SpotCheck.objects.visible_to(by.scope).get(pk=check)
    chosen = list(CheckedHousehold.objects.visible_to(by.scope).filter(check_of=row).select_related("answer"))
    refuse_if(
        rules.why_not_mark(
            state=row.state, from_above=is_from_above(by.scope, row.area),
            left=rules.still_to_ask([one.is_met for one in chosen]),
            surveyed=has_hand_in(by, *(one.surveyed_hands for one in chosen), *(one.answer.hands for one in chosen)),
            first=has_hand_in(by, row.first_hands),
        )
    )  # fmt: skip
    counts = sum(one.compared for one in chosen), sum(len(one.different) for one in chosen)
    if seen != counts:
        raise Refused(
            _("The figures have changed since they were shown."), next_step=_("Look at the differences again.")
        )
    if row.state == CheckState.DRAWN:
        return _first_mark(row, counts, by, at)
    return _second_mark(row, place, counts, by, at)


def is_from_above(scope: str, area: str) -> bool:
    """Whether an office stands above a village."""
    return bool(scope) and area.startswith(scope) and len(scope) < len(area)


def _first_mark(row: SpotCheck, counts: tuple[int, int], by: Actor, at: datetime) -> SpotCheck:
    row.compared, row.different = counts
    row.state, row.first_by, row.first_hands, row.first_at = CheckState.MARKED, by.id, by.hands, at
    row.save(update_fields=["compared", "different", "state", "first_by", "first_hands", "first_at"])
    told = {"compared": row.compared, "different": row.different}
    publish(SpotCheckMarked(check=row.pk, **told, area=row.area, by=by.id, at=at))
    return row


def _second_mark(
    row: SpotCheck, place: SurveyVillage, counts: tuple[int, int], by: Actor, at: datetime
) -> SpotCheck:
    compared, different = counts
    passed = not rules.is_over(compared=compared, different=different, error_per_cent=row.error_per_cent)
    row.state = CheckState.PASSED if passed else CheckState.FAILED
    row.second_by, row.second_hands, row.second_at = by.id, by.hands, at
    row.save(update_fields=["state", "second_by", "second_hands", "second_at"])
    _conclude(place, passed)
    publish(
        SpotCheckConcluded(
            campaign=place.campaign_id, check=row.pk, passed=passed, round=row.round, area=row.area, by=by.id, at=at
        )
    )
    return row


def _conclude(place: SurveyVillage, passed: bool) -> None:
    """The village has passed, or every household of it needs a visit again; what was told stays on record."""
    place.state = VillageState.PASSED if passed else VillageState.AGAIN
    if not passed:
        place.round += 1
        SurveyHousehold.objects.visible_to(place.area).filter(village=place).exclude(
            state=HouseholdState.MOVED
        ).update(state=HouseholdState.OPEN, visits=0)  # fmt: skip
    place.save(update_fields=["state", "round"])


def _locked_village(village: int, by: Actor) -> SurveyVillage:
    rows = SurveyVillage.objects.visible_to(by.scope).select_for_update(no_key=True)
    return rows.get(pk=village)


def _store_check(row: SurveyVillage, seed: str, pool: list[int], by: Actor, at: datetime) -> SpotCheck:
    today = clock.day_of(at)
    asked = {"per_cent": "check_per_cent", "least": "check_least", "error_per_cent": "error_per_cent"}
    values = {field: int(parameters().value(f"survey_{name}", today)) for field, name in asked.items()}
    return SpotCheck.objects.create(
        area=row.area, village=row, round=row.round, seed=seed, pool=pool, **values, drawn_by=by.id, drawn_at=at
    )


def _store_chosen(check: SpotCheck, pool: list[int]) -> int:
    size = sample_size(len(pool), per_cent=check.per_cent, least=check.least)
    chosen = drawn(pool, seed=check.seed, size=size)
    households = SurveyHousehold.objects.visible_to(check.area).filter(pk__in=chosen).order_by("pk")
    answers = SurveyAnswer.objects.in_bulk([row.answer_id for row in households])
    CheckedHousehold.objects.bulk_create(
        CheckedHousehold(
            area=check.area, check_of=check, household=row, answer_id=row.answer_id,
            surveyed_by=answers[row.answer_id].surveyed_by, surveyed_hands=answers[row.answer_id].hands,
        )
        for row in households
    )  # fmt: skip
    return len(chosen)
