"""The log of published vacancies, written by the database itself; everybody may read it, nobody else writes it."""

from django.db import migrations

from openpes.kernel.policies import public_read

# One entry a row and statement: a reader gets the row as it stands then, or that it went.
NOTE = """
CREATE FUNCTION exchange_note_vacancies() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    here bigint := (SELECT oid::bigint FROM pg_database WHERE datname = current_database());
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO exchange_feedentry (vacancy_id, is_gone, tx, base, noted_at)
        SELECT vacancy_id, true, pg_current_xact_id()::text::bigint, here, statement_timestamp() FROM old_rows;
    ELSE
        INSERT INTO exchange_feedentry (vacancy_id, is_gone, tx, base, noted_at)
        SELECT vacancy_id, false, pg_current_xact_id()::text::bigint, here, statement_timestamp() FROM new_rows;
    END IF;
    RETURN NULL;
END $$
"""
ROWS = {"INSERT": "NEW TABLE AS new_rows", "UPDATE": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
TABLE = "vacancies_publishedvacancy"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_exchange"), ("vacancies", "0005_counts_of_the_open")]
    operations = [
        migrations.RunSQL(NOTE, "DROP FUNCTION exchange_note_vacancies()"),
        migrations.RunSQL(
            [
                f"CREATE TRIGGER feed_{what.lower()} AFTER {what} ON {TABLE} REFERENCING {rows}"
                " FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_vacancies()"
                for what, rows in ROWS.items()
            ],
            [f"DROP TRIGGER feed_{what.lower()} ON {TABLE}" for what in ROWS],
        ),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE ON exchange_feedentry FROM openpes_app, openpes_self", migrations.RunSQL.noop
        ),
        migrations.RunSQL("REVOKE DELETE ON exchange_feedentry FROM openpes_self", migrations.RunSQL.noop),
        migrations.RunSQL("REVOKE ALL ON exchange_apikey FROM openpes_self", migrations.RunSQL.noop),
        public_read("exchange_feedentry"),
    ]
