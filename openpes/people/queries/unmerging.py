"""What undoing a merge would do: what goes back, and what was added since and needs somebody's word."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection, models

from openpes.kernel import Reason, within
from openpes.kernel.scope import CITY
from openpes.people.choices import Step, Whose
from openpes.people.models import Merge, MergedPerson, MovedRow, Person, Tie, tie_named, ties
from openpes.people.queries.merging import Held, facts_of_files, kind_of, rows_of


@dataclass(frozen=True)
class Added:
    """A row that was added to the one who stays since the merge; `bound` when what it belongs to decides."""

    held: Held
    goes: bool
    bound: bool = False


@dataclass(frozen=True)
class UndoPlan:
    """What undoing a merge would do: `back` rows, `aside` rows put in again, what was `added`; `missing` are gone."""

    merge: Merge
    stays: Person | None
    back: list[Held] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    aside: list[MovedRow] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def content_hash(self) -> str:
        """What two officers agree on: the file as it is, every row that goes back, every one that was added."""
        content = [
            self.merge.pk,
            self.stays.version if self.stays else None,
            sorted(held.mark for held in self.back),
            sorted(self.missing),
            sorted((one.held.mark, one.goes) for one in self.added),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def undo_plan(*, merge: Merge, to_go: Collection[str]) -> UndoPlan:
    """What undoing a merge would do, when of the rows added since those of `to_go` go to the merged person."""
    with within(CITY):
        plan = UndoPlan(merge, Person.objects.filter(pk=merge.stays).first())
        lines = MovedRow.objects.filter(merge=merge, back=False).order_by("id")
        for line in lines.filter(step=Step.MOVED):
            _return_one(plan, line)
        plan.aside.extend(lines.filter(step=Step.ASIDE))
        if plan.stays:
            plan.added.extend(_added(plan, to_go))
            plan.changed.extend(_changed_since(plan))
    return plan


def merged_further(*, merge: Merge) -> bool:
    """Whether the file that stayed was itself merged into another one since."""
    with within(CITY):
        return MergedPerson.objects.filter(pk=merge.stays).exists()


def _return_one(plan: UndoPlan, line: MovedRow) -> None:
    tie = tie_named(f"{line.table}.{line.column}")
    told = _where(tie, line) if tie else None
    if tie is None or told is None or told != line.new:
        plan.missing.append(f"{line.table}:{line.key}")
        return
    plan.back.append(Held(tie, line.key, Whose.GOES if line.new else Whose.STAYS, (line.old,)))


def _where(tie: Tie, line: MovedRow) -> str | None:
    """Whom a row names now, empty for nobody; None when there is no such row any more."""
    with connection.cursor() as cursor:
        named = f"coalesce(\"{tie.column}\"::text, '')"
        statement = f"SELECT {named} FROM {tie.table} WHERE {tie.key} = %s::{kind_of(tie)}"
        cursor.execute(statement, [line.key])
        row = cursor.fetchone()
        return row[0] if row else None


def _added(plan: UndoPlan, to_go: Collection[str]) -> list[Added]:
    """Rows that the one who stays has besides its own and the moved ones; what hangs on a row goes where that goes."""
    known = {f"{name}:{key}" for name, keys in plan.merge.own_rows.items() for key in keys}
    known |= {held.mark for held in plan.back}
    fresh = [
        Held(tie, key, Whose.STAYS, told)
        for tie in ties()
        for key, told in rows_of(tie, plan.merge.stays)
        if f"{tie.name}:{key}" not in known
    ]
    other_merges = _moved_by_others(plan.merge)
    loose = {(held.tie.table, held.key) for held in fresh}
    going = {(held.tie.table, held.key) for held in plan.back}
    chosen = {(held.tie.table, held.key) for held in fresh if held.mark in to_go}
    found: dict[tuple[str, str], Added] = {}
    for _round in range(len(fresh) + 1):
        before = dict(found)
        for held in fresh:
            known_to_go = going | {key for key, one in found.items() if one.goes}
            found[held.tie.table, held.key] = _decided(held, known_to_go, chosen, loose, other_merges)
        if found == before:
            break
    return list(found.values())


def _decided(
    held: Held, going: set[tuple[str, str]], chosen: set[tuple[str, str]], fresh: set[tuple[str, str]], others: set[str]
) -> Added:
    if held.mark in others:
        return Added(held, goes=False, bound=True)
    parents = _parents(held)
    if parents & going:
        return Added(held, goes=True, bound=True)
    if parents - fresh:
        return Added(held, goes=False, bound=True)
    return Added(held, goes=(held.tie.table, held.key) in chosen or bool(parents & chosen), bound=bool(parents))


def _parents(held: Held) -> set[tuple[str, str]]:
    """The rows of other ties to which a row belongs."""
    tied = {tie.table for tie in ties()}
    columns = [
        (f.column, f.related_model._meta.db_table)
        for f in held.tie.model._meta.concrete_fields
        if isinstance(f, models.ForeignKey) and f.related_model._meta.db_table in tied  # type: ignore[union-attr]
    ]
    if not columns:
        return set()
    wanted = ", ".join(f'"{column}"::text' for column, _table in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {wanted} FROM {held.tie.table} WHERE {held.tie.key} = %s::{kind_of(held.tie)}", [held.key]
        )
        row = cursor.fetchone()
    return {(table, value) for (_column, table), value in zip(columns, row, strict=True) if value}


def _moved_by_others(merge: Merge) -> set[str]:
    """Rows that other merges, in effect, brought to the one who stays: they are not this merge's to give away."""
    others = Merge.objects.in_effect().filter(stays=merge.stays).exclude(pk=merge.pk)
    lines = MovedRow.objects.filter(merge__in=others, back=False, step=Step.MOVED).order_by("id")
    return {f"{table}.{column}:{key}" for table, column, key in lines.values_list("table", "column", "key")}


def _changed_since(plan: UndoPlan) -> list[str]:
    """Facts taken from the merged file that somebody changed since: they stay as they are now."""
    taken = [name for name in facts_of_files() if plan.merge.kept.get(name) == Whose.GOES]
    return [name for name in taken if not is_as_merged(plan.merge, facts_of_files()[name])]


def is_as_merged(merge: Merge, columns: tuple[str, ...]) -> bool:
    """Whether columns of the one who stays still hold what the merge took from the other."""
    mine, theirs = (", ".join(f"{side}.{name}" for name in columns) for side in "pg")
    statement = (
        f"SELECT ROW({mine}) IS NOT DISTINCT FROM ROW({theirs}) FROM people_person p, people_movedrow m,"
        " jsonb_populate_record(NULL::people_person, m.row) g"
        " WHERE p.id = %s AND m.merge_id = %s AND m.step = 'gone' AND NOT m.back"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [merge.stays, merge.pk])
        row = cursor.fetchone()
    return bool(row and row[0])
