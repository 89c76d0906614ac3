"""Merging two files by two officers: one proposes fact by fact, another confirms exactly that."""

from collections.abc import Mapping
from datetime import datetime

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions.carrying import carry_out, rehearse
from openpes.people.choices import MergeState, PairState
from openpes.people.events import MergeDeclined, MergeProposed, PersonMergedAway, PersonsMerged
from openpes.people.models import LikelyPair, Merge, Person
from openpes.people.queries.merging import merge_plan
from openpes.people.rules import merging as rules
from openpes.people.rules.likeness import common_area


@action
def propose_merge(
    *, stays: int, goes: int, kept: Mapping[str, str], why: str, by: Actor, at: datetime
) -> Merge:
    """Propose to merge the file that `goes` into the one that `stays`; `kept` says fact by fact whose value is kept.

    :raises Person.DoesNotExist: one of them is not of the actor's area
    :raises Refused: with everything that must be settled first, or without a reason
    """
    refuse_if(rules.why_not_propose(stays=stays, goes=goes, why=why))
    lock_both(stays, goes, by)
    plan = merge_plan(scope=by.scope, stays=stays, goes=goes, kept=kept, on=clock.day_of(at))
    refuse_if(plan.reasons)
    rehearse(plan, by, at)  # so that a rule of the database is heard of before two officers agree
    pair = LikelyPair.objects.filter(first=min(stays, goes), second=max(stays, goes)).first()
    merge = Merge.objects.create(
        area=common_area(plan.stays.area, plan.goes.area), stays=stays, goes=goes, pair=pair, why=why.strip(),
        kept=plan.kept, content_hash=plan.content_hash, proposed_at=at, proposed_by=by.id,
        proposed_hands=by.hands,
    )  # fmt: skip
    told = {"merge": merge.pk, "other": goes, "reason": merge.why}
    publish(MergeProposed(person=stays, area=plan.stays.area, **told, by=by.id, at=at))
    return merge


@action
def confirm_merge(*, merge: int, seen: str, by: Actor, at: datetime) -> Merge:
    """Carry out a merge that a colleague proposed, when both files are still exactly as `seen` says.

    Everything that names the merged person names the other one afterwards, in this one transaction.

    :raises Merge.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was proposed, it does not wait any more, or something changed since
    """
    found = Merge.objects.visible_to(by.scope).select_for_update().get(pk=merge)
    hands = found.proposed_hands
    refuse_if(rules.why_not_answer(state=found.state, wanted=MergeState.PROPOSED, hands=hands, by=by.hands))
    try:
        lock_both(found.stays, found.goes, by)
    except Person.DoesNotExist:
        refuse_if(rules.why_not_as_seen(seen=seen, stored=found.content_hash, now=""))
    plan = merge_plan(
        scope=by.scope, stays=found.stays, goes=found.goes, kept=found.kept, on=clock.day_of(at), besides=found.pk
    )
    refuse_if(rules.why_not_as_seen(seen=seen, stored=found.content_hash, now=plan.content_hash))
    refuse_if(plan.reasons)
    found.state, found.answered_at = MergeState.DONE, at
    found.answered_by, found.answered_hands = by.id, by.hands
    found.own_rows = plan.own
    found.save(update_fields=["state", "answered_at", "answered_by", "answered_hands", "own_rows"])
    rows = carry_out(found, plan, at)
    _settle_pair(found, by, at)
    told = {"merge": found.pk, "by": by.id, "at": at}
    merged = {"other": found.goes, "rows": rows, "asked_by": found.proposed_by}
    publish(PersonsMerged(person=found.stays, area=plan.stays.area, **merged, **told))
    publish(PersonMergedAway(person=found.goes, area=plan.goes.area, other=found.stays, **told))
    return found


@action
def decline_merge(*, merge: int, reason: str, by: Actor, at: datetime) -> Merge:
    """Decline a merge, or the undoing of one, that waits; whoever proposed it takes it back by this.

    :raises Merge.DoesNotExist: it is not of the actor's area
    :raises Refused: it does not wait any more, or without a reason
    """
    found = Merge.objects.visible_to(by.scope).select_for_update().get(pk=merge)
    waits = found.state in (MergeState.PROPOSED, MergeState.UNDOING)
    state = MergeState.PROPOSED if waits else found.state
    refuse_if(rules.why_not_answer(state=state, wanted=MergeState.PROPOSED, hands=(), by=()))
    refuse_if(rules.why_not_reasoned(reason))
    if found.state == MergeState.UNDOING:
        found.state, found.undo_hash = MergeState.DONE, ""
        found.undo_at = found.undo_by = found.undo_hands = None
    else:
        found.state, found.answered_at, found.answered_by = MergeState.DECLINED, at, by.id
        found.answer = reason.strip()
    found.save()
    told = {"merge": found.pk, "other": found.goes, "reason": reason.strip()}
    publish(MergeDeclined(person=found.stays, area=found.area, **told, by=by.id, at=at))
    return found


def lock_both(stays: int, goes: int, by: Actor) -> None:
    """Lock both files, the smaller number first; whoever acts on either waits, or was waited for."""
    mine = Person.objects.visible_to(by.scope).filter(pk__in=(stays, goes)).order_by("pk").select_for_update()
    if len(list(mine)) < 2:
        raise Person.DoesNotExist


def _settle_pair(merge: Merge, by: Actor, at: datetime) -> None:
    if merge.pair_id:
        with within(CITY):
            LikelyPair.objects.filter(pk=merge.pair_id).update(
                state=PairState.MERGED, answered_at=at, answered_by=by.id
            )
