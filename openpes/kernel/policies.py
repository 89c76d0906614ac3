"""Migration operations: row-level security, append-only tables, public tables."""

from django.db.migrations.operations import RunSQL

APP, PUBLIC, SELF, AUDITOR, SEALER = (
    "openpes_app",
    "openpes_public",
    "openpes_self",
    "openpes_auditor",
    "openpes_sealer",
)
# The days of a box are counted from the first that a date can hold; an open period ends after the last (in 9999).
DAY_ONE, STILL_OPEN = "DATE '0001-01-01'", 4_000_000
IN_SCOPE = (
    "area >= nullif(current_setting('app.scope', true), '')"
    " AND area < nullif(current_setting('app.scope', true), '') || '~'"
)


def _own(setting: str, column: str) -> str:
    return f"{column} = nullif(current_setting('app.{setting}', true), '')::bigint"


def row_policy(table: str, *, person: str = "", employer: str = "") -> RunSQL:
    """Forced row-level security by area; `person`/`employer` name the column of the self-service owner."""
    own = [_own(setting, column) for setting, column in (("person", person), ("employer", employer)) if column]
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY by_area ON {table} TO {APP}, {AUDITOR}, {SEALER} USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})",
    ]
    if own:
        mine = " OR ".join(own)
        statements.append(f"CREATE POLICY by_owner ON {table} TO {SELF} USING ({mine}) WITH CHECK ({mine})")
    undo = [
        f"DROP POLICY IF EXISTS by_owner ON {table}",
        f"DROP POLICY by_area ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    return RunSQL(statements, undo)


def for_everybody(table: str, rows: str = "true") -> RunSQL:
    """The public sees these rows of a table, whichever area they stand in; which columns, `public_read` says."""
    return RunSQL(
        f"CREATE POLICY for_everybody ON {table} FOR SELECT TO {PUBLIC} USING ({rows})",
        f"DROP POLICY for_everybody ON {table}",
    )


def append_only(table: str) -> RunSQL:
    """Nobody who serves the city changes or deletes rows of this table."""
    roles = f"{APP}, {SELF}"
    return RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {roles}", f"GRANT UPDATE, DELETE ON {table} TO {roles}"
    )


def public_read(table: str, columns: str = "") -> RunSQL:
    """The public may read this table (or only these columns, separated by commas)."""
    what = f"SELECT ({columns})" if columns else "SELECT"
    return RunSQL(f"GRANT {what} ON {table} TO {PUBLIC}", f"REVOKE {what} ON {table} FROM {PUBLIC}")


def notes_changes(table: str, subject: str, *, key: str) -> RunSQL:
    """Every act that writes rows of the table notes their keys under the subject (`kernel.changes`)."""
    rows = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
    rows["UPDATE"] = " ".join(rows.values())
    return RunSQL(
        [
            f"CREATE TRIGGER note_{what.lower()} AFTER {what} ON {table} REFERENCING {named}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION kernel_note_changes('{subject}', '{key}')"
            for what, named in rows.items()
        ],
        [f"DROP TRIGGER note_{what.lower()} ON {table}" for what in rows],
    )


def notes_changes_of(table: str, subject: str, *columns: str) -> RunSQL:
    """Whoever changes one of these columns of a row that was there already notes its id under the subject."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return RunSQL(
        f"CREATE TRIGGER note_columns AFTER UPDATE OF {', '.join(columns)} ON {table}"
        f" FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION kernel_note_row('{subject}')",
        f"DROP TRIGGER note_columns ON {table}",
    )


def hands_of_old_rows(table: str, *acts: str) -> RunSQL:
    """Fill the hands of acts of two persons (`kernel.hands`) that were done before both accounts were kept.

    `applied` stands for the columns `applied_by` and `applied_hands`. A change of type writes the table once, whatever
    its policies show to the owner and its triggers forbid.
    """
    written = ", ".join(
        f"ALTER COLUMN {act}_hands TYPE bigint[] USING CASE WHEN {act}_by IS NOT NULL THEN ARRAY[{act}_by] END"
        for act in acts
    )
    return RunSQL(f"ALTER TABLE {table} {written}", RunSQL.noop)


def no_overlap(table: str, name: str, *, keys: tuple[str, ...], where: str = "") -> RunSQL:
    """Periods `[from_on, until_on)` of rows with equal integer keys never overlap (no extension needed).

    For several keys or few rows; a table that grows with the city takes `periods_apart`.
    """
    return RunSQL(_by_ranges(table, name, keys, where), _dropped(table, name))


def periods_apart(table: str, name: str, *, key: str, where: str = "") -> RunSQL:
    """As `no_overlap` for one key, five times as fast on every row (ADR 7): each period is a box, key by days."""
    return RunSQL(_by_boxes(table, name, key, where), _dropped(table, name))


def periods_apart_as_boxes(table: str, name: str, *, key: str) -> RunSQL:
    """The constraint of `no_overlap` as `periods_apart` builds it, under the same name; all rows are checked again."""
    old, new = _by_ranges(table, name, (key,)), _by_boxes(table, name, key)
    return RunSQL([_dropped(table, name), new], [_dropped(table, name), old])


def _by_ranges(table: str, name: str, keys: tuple[str, ...], where: str = "") -> str:
    equal = ", ".join(f"int8range({key}, {key}, '[]') WITH &&" for key in keys)
    condition = f" WHERE ({where})" if where else ""
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist"
        f" ({equal}, daterange(from_on, until_on, '[)') WITH &&){condition}"
    )


def _by_boxes(table: str, name: str, key: str, where: str = "") -> str:
    condition = f" AND ({where})" if where else ""
    first = f"point({key}, from_on - {DAY_ONE})"
    # Boxes that share an edge overlap, so a box ends with the last day; an empty period has none, and no box.
    last = f"point({key}, coalesce(until_on - {DAY_ONE}, {STILL_OPEN}) - 1)"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist"
        f" (box({first}, {last}) WITH &&) WHERE ((until_on IS NULL OR until_on > from_on){condition})"
    )


def _dropped(table: str, name: str) -> str:
    return f"ALTER TABLE {table} DROP CONSTRAINT {name}"
