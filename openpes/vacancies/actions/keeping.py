"""How a hold begins; for every act that keeps a vacancy from the public."""

from collections.abc import Iterable
from datetime import datetime

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, publish
from openpes.kernel.clock import day_of
from openpes.vacancies import rules
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.events import VacancyHeld
from openpes.vacancies.models import Hold, Vacancy
from openpes.vacancies.rules import Check

LONGEST_WORDS, LONGEST_CLAUSE = 600, 300


def begin_hold(*, vacancy: Vacancy, hold: Hold, judged: bool = False, by: Actor, at: datetime) -> Hold:
    """Write a hold of a locked vacancy down and tell it; the caller renews what is public.

    A hold that somebody `judged` waits for nobody to look; its employer acts or appeals.
    """
    fill_in(vacancy=vacancy, hold=hold, judged=judged, by=by, at=at)
    hold.save(force_insert=True)
    if vacancy.held_on is None:
        vacancy.held_on = day_of(at)
        vacancy.save(update_fields=["held_on"])
    publish(held_event(hold))
    return hold


def hold_for(*, vacancy: Vacancy, checks: Iterable[Check], by: Actor, at: datetime) -> list[Hold]:
    """Hold a locked vacancy on every ground that its checks name and that does not hold it already."""
    wanted = holds_from([check for check in checks if check.hold])
    if not wanted:
        return []
    held = set(Hold.objects.filter(vacancy=vacancy).open().order_by("pk").values_list("ground", flat=True))
    return [begin_hold(vacancy=vacancy, hold=hold, by=by, at=at) for hold in wanted if hold.ground not in held]


def holds_from(checks: Iterable[Check]) -> list[Hold]:
    """A hold for each ground that checks name, with the sentences of all of them."""
    grounds: dict[str, list[Check]] = {}
    for check in checks:
        grounds.setdefault(check.hold, []).append(check)
    return [
        Hold(
            ground=ground,
            words=" ".join(str(check.sentence) for check in found),
            clause=str(found[0].clause),
            next_step=str(found[0].next_step),
        )
        for ground, found in grounds.items()
    ]


def fill_in(*, vacancy: Vacancy, hold: Hold, judged: bool = False, by: Actor, at: datetime) -> None:
    """Say in a hold whom it keeps from the public, who does it, and until when somebody looks."""
    ground = HoldGround(hold.ground)
    hold.area, hold.vacancy, hold.employer_id = vacancy.area, vacancy, vacancy.employer_id
    hold.words = hold.words.strip()[:LONGEST_WORDS]
    hold.clause = (hold.clause or str(rules.HOLD_CLAUSES[ground]))[:LONGEST_CLAUSE]
    hold.next_step = (hold.next_step or str(rules.HOLD_STEPS[ground]))[:LONGEST_CLAUSE]
    hold.version, hold.held_at, hold.held_by, hold.held_hands = vacancy.version, at, by.id, by.hands
    if ground in rules.LOOKED_AT and not judged:
        days = int(parameters().value(rules.LOOKED_AT[ground], day_of(at)))
        hold.due_on = working_days_after(day_of(at), days)


def held_event(hold: Hold) -> VacancyHeld:
    """What is told of a stored hold."""
    return VacancyHeld(
        vacancy=hold.vacancy_id, area=hold.area, employer=hold.employer_id, hold=hold.pk, ground=hold.ground,
        words=hold.words, by=hold.held_by, at=hold.held_at,
    )  # fmt: skip
