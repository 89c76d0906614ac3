"""Targets are proposed, agreed to by another, and handed down in parts that add up."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.engine.indicators.declared import indicator_on
from openpes.engine.indicators.plans import handed_down
from openpes.kernel import Actor, Refused, action, has_hand_in, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.network.queries import areas_below
from openpes.statistics.choices import TargetOutcome, WeightBasis
from openpes.statistics.events import TargetDecided, TargetHandedDown, TargetProposed
from openpes.statistics.models import Target
from openpes.statistics.queries.targets import weights_below
from openpes.statistics.rules import targets as rules


@dataclass(frozen=True, kw_only=True)
class TargetFacts:
    """What is aimed at: of which indicator, where, by the end of which year, from which day on, and why changed."""

    area: str
    indicator: str
    year: int
    goal: Decimal
    from_on: date
    reason: str = ""


@action
def propose_target(*, facts: TargetFacts, by: Actor, at: datetime) -> Target:
    """Propose a target, or a new version of one; it holds when a second officer has agreed.

    :raises KeyError: there is no such indicator
    :raises Refused: the goal fits no such indicator, a change without reason or backwards, or one waits already
    """
    if not facts.area.startswith(by.scope or "-"):
        raise Refused(_("This area is not yours."), field="area")
    known = Target.objects.visible_to(by.scope).filter(
        area=facts.area, indicator=facts.indicator, year=facts.year
    )  # fmt: skip
    versions = list(known.select_for_update().order_by("version"))
    agreed = [row for row in versions if row.outcome == TargetOutcome.AGREED]
    newest = (agreed[-1].from_on, agreed[-1].version) if agreed else None
    refuse_if(
        rules.why_not_propose(
            indicator=indicator_on(facts.indicator, day_of(at)), goal=facts.goal, year=facts.year,
            from_on=facts.from_on, newest=newest, reason=facts.reason,
        )
    )  # fmt: skip
    number = versions[-1].version + 1 if versions else 1
    reason = facts.reason.strip() or (_("proposed anew") if number > 1 else "")
    row = Target(
        area=facts.area, indicator=facts.indicator, year=facts.year, version=number, goal=facts.goal,
        from_on=facts.from_on, reason=reason, proposed_at=at, proposed_by=by.id, proposed_hands=by.hands,
    )  # fmt: skip
    _saved(row)
    publish(
        TargetProposed(
            target=row.pk, area=row.area, indicator=row.indicator, year=row.year, from_on=row.from_on, by=by.id, at=at
        )
    )
    return row


@action
def decide_target(*, target: int, agrees: bool, words: str = "", by: Actor, at: datetime) -> Target:
    """Agree to a proposed target, or refuse it with words.

    :raises Target.DoesNotExist: outside one's area
    :raises Refused: decided already, proposed by oneself, or refused without words
    """
    row = Target.objects.visible_to(by.scope).select_for_update().get(pk=target)
    own = has_hand_in(by, row.proposed_hands)
    refuse_if(rules.why_not_decide(decided=bool(row.outcome), own=own, agrees=agrees, words=words))
    row.outcome = TargetOutcome.AGREED if agrees else TargetOutcome.REFUSED
    row.words = words.strip()
    row.decided_at, row.decided_by, row.decided_hands = at, by.id, by.hands
    row.save()
    publish(TargetDecided(target=row.pk, area=row.area, indicator=row.indicator, outcome=row.outcome, by=by.id, at=at))
    return row


@action
def hand_down_target(*, target: int, basis: str, by: Actor, at: datetime) -> list[Target]:
    """Divide a target in force among the units right below: parts by weight that add up to it, or a share for each.

    :raises Target.DoesNotExist: outside one's area
    :raises Refused: another version is in force, there is nothing below, or it was handed down already
    """
    row = Target.objects.visible_to(by.scope).select_for_update().get(pk=target)
    today = day_of(at)
    units = [unit.path for unit in areas_below(row.area)]
    current = Target.objects.visible_to(by.scope).filter(
        area=row.area, indicator=row.indicator, year=row.year
    ).in_force_on(today)  # fmt: skip
    done = Target.objects.visible_to(by.scope).filter(parent=row).exists()
    in_force = current.filter(pk=row.pk).exists()
    refuse_if(rules.why_not_hand_down(in_force=in_force, area=row.area, units=len(units), done=done))
    shares = indicator_on(row.indicator, today).has_denominator
    basis = WeightBasis.SAME if shares else WeightBasis(basis)
    weights = weights_below(target=row, basis=basis, scope=by.scope, on=today)
    parts = dict.fromkeys(units, row.goal) if shares else handed_down(int(row.goal), weights)
    made = [_part(row, unit, Decimal(parts[unit]), basis, weights[unit], by, at) for unit in units]
    publish(
        TargetHandedDown(
            target=row.pk, area=row.area, indicator=row.indicator, number=len(made), by=by.id, at=at
        )
    )  # fmt: skip
    return made


def _part(parent: Target, unit: str, goal: Decimal, basis: str, weight: int, by: Actor, at: datetime) -> Target:
    known = Target.objects.visible_to(unit).filter(area=unit, indicator=parent.indicator, year=parent.year)
    last = known.order_by("-version").first()
    row = Target(
        area=unit, indicator=parent.indicator, year=parent.year, version=last.version + 1 if last else 1,
        goal=goal, from_on=max(parent.from_on, last.from_on) if last else parent.from_on, parent=parent,
        basis=basis, weight=weight, reason=(parent.reason or _("handed down anew")) if last else "",
        proposed_at=at, proposed_by=by.id, proposed_hands=by.hands, outcome=TargetOutcome.AGREED,
        decided_at=at, decided_by=by.id, decided_hands=by.hands,
    )  # fmt: skip
    row.save()
    return row


def _saved(row: Target) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "one_target_waits" not in str(error) and "target_version_once" not in str(error):
            raise
        raise Refused(
            _("A version of this target waits for the second officer."), next_step=_("Let that one be decided first.")
        ) from None
