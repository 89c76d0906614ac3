"""Carrying rows from one person to another and back, each written down before it is touched."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from openpes.kernel import Actor, Refused, clock, within
from openpes.kernel.scope import CITY
from openpes.people.choices import Evidence, NumberKind, Step, Whose
from openpes.people.models import FormerNumber, Merge, MergedPerson, MovedRow, Person, Residence, Tie
from openpes.people.queries.merging import Plan, facts_of_files, kind_of
from openpes.people.rules import merging as rules
from openpes.people.rules.likeness import common_area

OF_NUMBERS = f"{FormerNumber._meta.db_table}.person_id"
WRITE_DOWN = (
    "INSERT INTO people_movedrow (area, merge_id, step, back, \"table\", \"column\", key, old, new, row)"
    " SELECT %s, %s, %s, %s, %s, %s, t.{key}::text, coalesce(t.\"{column}\"::text, ''), %s, {row}"
    " FROM {table} t WHERE t.{key} = ANY(%s::{kind}[]) ORDER BY t.{key}"
)


class Rehearsed(Exception):
    """Ends a rehearsal: everything is taken back."""


def carry_out(merge: Merge, plan: Plan, at: datetime) -> int:
    """Let everything that names the one who goes name the one who stays; returns how many rows went.

    :raises Refused: the rows would break a rule of the database together
    """
    with within(CITY), rules_kept():
        _lay_aside(merge, plan)
        for tie, keys in _by_tie(plan):
            move_rows(merge, tie, keys, plan.stays.pk, back=False)
        _join_files(merge, plan, at)
    return len(plan.moves) + len(plan.aside) + sum(map(len, plan.hanging.values()))


def rehearse(plan: Plan, by: Actor, at: datetime) -> None:
    """Carry a merge out and take it back at once.

    :raises Refused: the rows would break a rule of the database together
    """
    try:
        with transaction.atomic():
            trial = Merge.objects.create(
                area=common_area(plan.stays.area, plan.goes.area), stays=plan.stays.pk, goes=plan.goes.pk, why="-",
                kept=plan.kept, content_hash="", proposed_at=at, proposed_by=by.id, proposed_hands=by.hands,
            )  # fmt: skip
            carry_out(trial, plan, at)
            raise Rehearsed
    except Rehearsed:
        plan.stays.refresh_from_db()
        plan.goes.refresh_from_db()


def move_rows(merge: Merge, tie: Tie, keys: Sequence[str], to: int | None, *, back: bool) -> None:
    """Let rows of a tie name another person, or nobody, and write down whom they named."""
    write_down(merge, tie, keys, step=Step.MOVED, new="" if to is None else str(to), back=back)
    with connection.cursor() as cursor:
        statement = f'UPDATE {tie.table} SET "{tie.column}" = %s WHERE {tie.key} = ANY(%s::{kind_of(tie)}[])'
        cursor.execute(statement, [to, list(keys)])


def write_down(
    merge: Merge, tie: Tie, keys: Sequence[str], *, step: Step, new: str = "", back: bool = False
) -> None:
    """Write down rows before they are touched; those that leave their table are kept whole."""
    row = "to_jsonb(t)" if step != Step.MOVED else "NULL"
    form = {"key": tie.key, "column": tie.column, "row": row, "table": tie.table, "kind": kind_of(tie)}
    with connection.cursor() as cursor:
        told = [merge.area, merge.pk, step, back, tie.table, tie.column, new, list(keys)]
        cursor.execute(WRITE_DOWN.format(**form), told)


def put_back(moved: MovedRow) -> None:
    """Insert a row again as it was when it was written down, byte for byte."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.column_name FROM information_schema.columns c, people_movedrow m"
            " WHERE c.table_schema = current_schema() AND c.table_name = m.table AND m.id = %s"
            " AND m.row ? c.column_name ORDER BY c.ordinal_position",
            [moved.pk],
        )  # columns that came to the table since get what the database gives them
        columns = [f'"{name}"' for (name,) in cursor.fetchall()]
        cursor.execute(
            f"INSERT INTO {moved.table} ({', '.join(columns)}) SELECT {', '.join('r.' + name for name in columns)}"
            f" FROM people_movedrow m, jsonb_populate_record(NULL::{moved.table}, m.row) AS r WHERE m.id = %s",
            [moved.pk],
        )


@contextmanager
def rules_kept() -> Iterator[None]:
    """Everything inside holds the rules of the database, foreign keys too, or nothing of it is done.

    :raises Refused: it does not, with the name of the rule
    """
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error).split("\n")[0]
        raise Refused(rules.breaks_a_rule(name)) from error


def _by_tie(plan: Plan) -> list[tuple[Tie, list[str]]]:
    found: dict[str, tuple[Tie, list[str]]] = {}
    for held in plan.moves:
        found.setdefault(held.tie.name, (held.tie, []))[1].append(held.key)
    return list(found.values())


def _lay_aside(merge: Merge, plan: Plan) -> None:
    for held in plan.aside:
        if held.tie.detach:
            move_rows(merge, held.tie, [held.key], None, back=False)
            continue
        for part in held.tie.parts:
            hanging = Tie(model=part.model, title="", column=part.column)
            keys = plan.hanging.get(hanging.table, [])
            _take_out(merge, hanging, keys)
        _take_out(merge, held.tie, [held.key])


def _take_out(merge: Merge, tie: Tie, keys: Sequence[str]) -> None:
    write_down(merge, tie, keys, step=Step.ASIDE)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {tie.table} WHERE {tie.key} = ANY(%s::{kind_of(tie)}[])", [list(keys)])


def _join_files(merge: Merge, plan: Plan, at: datetime) -> None:
    """The file that goes is taken out whole; the one that stays gets the facts that were chosen from it."""
    both = Tie(model=Person, title="", column="id")
    write_down(merge, both, [str(plan.stays.pk)], step=Step.FILE)
    write_down(merge, both, [str(plan.goes.pk)], step=Step.GONE)
    stays, goes = plan.stays, plan.goes
    given_up = stays if plan.kept.get("id_number") == Whose.GOES else goes
    former = FormerNumber(
        person_id=stays.pk, number_sealed=given_up.id_number_sealed, number_index=given_up.id_number_index,
        tail_index=given_up.id_tail_index, mask=given_up.id_mask, kind=NumberKind.CORRECTED,
        until_on=clock.day_of(at), evidence=Evidence.CARD, recorded_at=at, recorded_by=merge.proposed_by,
    )  # fmt: skip
    MergedPerson.objects.create(
        person=goes.pk, area=goes.area, stays=stays.pk, merge=merge, merged_at=at,
        given_up_index=given_up.id_number_index,
    )  # fmt: skip
    Person.objects.filter(pk=goes.pk)._raw_delete(using=connection.alias)
    columns = [c for name, of in facts_of_files().items() if plan.kept.get(name) == Whose.GOES for c in of]
    for column in columns:
        setattr(stays, column, getattr(goes, column))
    home = Residence.objects.filter(person=stays.pk, until_on=None).first()
    stays.area = home.area if home else stays.area
    stays.version += 1
    stays.save(update_fields=[*columns, "area", "version"])
    former.area = stays.area
    former.save(force_insert=True)
    merge.own_rows.setdefault(OF_NUMBERS, []).append(str(former.pk))  # the merge's own: it goes with its undoing
    merge.save(update_fields=["own_rows"])
