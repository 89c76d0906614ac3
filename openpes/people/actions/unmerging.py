"""Undoing a merge by two officers: every row goes back to whom it belonged, laid aside rows come back whole."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions.carrying import move_rows, put_back, rules_kept
from openpes.people.choices import MergeState, PairState, Step, Whose
from openpes.people.events import PersonRestored, PersonsUnmerged, UnmergeProposed
from openpes.people.models import FormerNumber, LikelyPair, Merge, MergedPerson, MovedRow, Person, Residence
from openpes.people.queries.merging import facts_of_files
from openpes.people.queries.unmerging import UndoPlan, is_as_merged, merged_further, undo_plan
from openpes.people.rules import merging as rules


@action
def propose_unmerge(*, merge: int, why: str, to_go: Collection[str], by: Actor, at: datetime) -> Merge:
    """Propose to undo a merge; of the rows added since, those of `to_go` (as `Held.mark`) go to the merged person.

    :raises Merge.DoesNotExist: it is not of the actor's area
    :raises Refused: it is not in force, the file was merged further, or without a reason
    """
    found = Merge.objects.visible_to(by.scope).select_for_update().get(pk=merge)
    further = merged_further(merge=found)
    refuse_if(rules.why_not_undo(state=found.state, merged_further=further, why=why))
    _lock(found)
    plan = undo_plan(merge=found, to_go=to_go)
    found.state, found.undo_why, found.undo_hash = MergeState.UNDOING, why.strip(), plan.content_hash
    found.undo_kept = {"goes": sorted(one.held.mark for one in plan.added if one.goes)}
    found.undo_at, found.undo_by, found.undo_hands = at, by.id, by.hands
    found.save()
    told = {"merge": found.pk, "other": found.goes, "reason": found.undo_why}
    publish(UnmergeProposed(person=found.stays, area=found.area, **told, by=by.id, at=at))
    return found


@action
def confirm_unmerge(*, merge: int, seen: str, by: Actor, at: datetime) -> Merge:
    """Undo a merge as a colleague proposed, when everything is still as `seen` says.

    :raises Merge.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was proposed, it does not wait any more, something changed since, or a rule stands
        against it
    """
    found = Merge.objects.visible_to(by.scope).select_for_update().get(pk=merge)
    hands = found.undo_hands or ()
    refuse_if(rules.why_not_answer(state=found.state, wanted=MergeState.UNDOING, hands=hands, by=by.hands))
    _lock(found)
    plan = undo_plan(merge=found, to_go=found.undo_kept.get("goes", ()))
    refuse_if(rules.why_not_as_seen(seen=seen, stored=found.undo_hash, now=plan.content_hash))
    found.state, found.undone_at = MergeState.UNDONE, at
    found.undone_by, found.undone_hands = by.id, by.hands
    found.save()
    rows = _carry_back(found, plan)
    _tell_apart(found, by, at)
    told = {"merge": found.pk, "by": by.id, "at": at}
    area = plan.stays.area if plan.stays else found.area
    undone = {"other": found.goes, "rows": rows, "asked_by": found.undo_by}
    publish(PersonsUnmerged(person=found.stays, area=area, **undone, **told))
    with within(CITY):
        restored = Person.objects.get(pk=found.goes)
    publish(PersonRestored(person=restored.pk, area=restored.area, other=found.stays, **told))
    return found


def _lock(merge: Merge) -> None:
    with within(CITY):
        list(Person.objects.filter(pk=merge.stays).select_for_update())


def _carry_back(merge: Merge, plan: UndoPlan) -> int:
    """Facts first, so that the numbers are free; then the file that went; then its rows; then what was laid aside."""
    with within(CITY), rules_kept():
        merged = MergedPerson.objects.get(pk=merge.goes)
        FormerNumber.objects.filter(person=merge.stays, number_index=merged.given_up_index).delete()
        merged.delete()
        _give_facts_back(merge)
        put_back(MovedRow.objects.get(merge=merge, step=Step.GONE, back=False))
        for held in plan.back:
            move_rows(merge, held.tie, [held.key], int(held.told[0]), back=True)
        for one in plan.added:
            if one.goes:
                move_rows(merge, one.held.tie, [one.held.key], merge.goes, back=True)
        for line in reversed(plan.aside):
            put_back(line)
        _follow_home(merge)
    return len(plan.back) + len(plan.aside) + sum(one.goes for one in plan.added)


def _give_facts_back(merge: Merge) -> None:
    """Facts that the merge took from the other file are again what they were; what somebody changed since stays."""
    kept = [facts_of_files()[name] for name in facts_of_files() if merge.kept.get(name) == Whose.GOES]
    columns = [column for of in kept if is_as_merged(merge, of) for column in of]
    given = "".join(f"{column} = o.{column}, " for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person p SET {given}version = p.version + 1 FROM people_movedrow m,"
            " jsonb_populate_record(NULL::people_person, m.row) o"
            " WHERE p.id = %s AND m.merge_id = %s AND m.step = 'file' AND NOT m.back",
            [merge.stays, merge.pk],
        )


def _follow_home(merge: Merge) -> None:
    home = Residence.objects.filter(person=merge.stays, until_on=None).first()
    if home:
        Person.objects.filter(pk=merge.stays).update(area=home.area)


def _tell_apart(merge: Merge, by: Actor, at: datetime) -> None:
    """Files whose merge was undone are not proposed again while they say what they say now."""
    with within(CITY):
        LikelyPair.objects.filter(pk=merge.pair_id).update(
            state=PairState.APART, answer=merge.undo_why, answered_at=at, answered_by=by.id
        )


