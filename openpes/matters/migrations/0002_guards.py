"""Row-level security of matters, and that exactly one officer answers for an open matter at each moment."""

from django.db import migrations

from openpes.kernel.policies import row_policy

# At the end of a transaction: one answers for an open matter, nobody for an ended one.
ONE_ANSWERS = """
CREATE FUNCTION matters_one_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key bigint := CASE TG_TABLE_NAME WHEN 'matters_matter' THEN (to_jsonb(NEW) ->> 'id')::bigint
                  ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'matter_id')::bigint END;
    is_open boolean;
    answering integer;
BEGIN
    SELECT closed_at IS NULL INTO is_open FROM matters_matter WHERE id = key;
    IF is_open IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO answering FROM matters_responsibility WHERE matter_id = key AND until_at IS NULL;
    IF answering <> is_open::integer THEN
        RAISE EXCEPTION 'matter % is answered for by % officers', key, answering
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_answers_for_an_open_matter';
    END IF;
    RETURN NULL;
END $$
"""
TABLES = {"matters_matter": "INSERT OR UPDATE", "matters_responsibility": "INSERT OR UPDATE OR DELETE"}


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_matters")]
    operations = [
        *(row_policy(f"matters_{table}", person="person_id") for table in ("matter", "responsibility", "handover")),
        migrations.RunSQL(
            "ALTER TABLE matters_responsibility ADD CONSTRAINT one_officer_at_each_moment EXCLUDE USING gist"
            " (int8range(matter_id, matter_id, '[]') WITH &&, tstzrange(from_at, until_at, '[)') WITH &&)",
            "ALTER TABLE matters_responsibility DROP CONSTRAINT one_officer_at_each_moment",
        ),
        migrations.RunSQL(ONE_ANSWERS, "DROP FUNCTION matters_one_answers"),
        *(
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER one_answers AFTER {acts} ON {table} DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION matters_one_answers()",
                f"DROP TRIGGER one_answers ON {table}",
            )
            for table, acts in TABLES.items()
        ),
    ]
