"""Which rows were written by which transaction, for readers who keep what they read."""

from django.db import migrations, models

# The rows of one statement, each key once; of a statement that wrote very many only that any row may have changed.
NOTE = """
CREATE FUNCTION kernel_note_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    rows text := CASE TG_OP
        WHEN 'INSERT' THEN format('SELECT %1$I AS key FROM new_rows', TG_ARGV[1])
        WHEN 'DELETE' THEN format('SELECT %1$I AS key FROM old_rows', TG_ARGV[1])
        ELSE format('SELECT %1$I AS key FROM new_rows UNION ALL SELECT %1$I FROM old_rows', TG_ARGV[1])
    END;
BEGIN
    EXECUTE 'INSERT INTO kernel_rowchange (subject, row_id, changed, made_at)'
        ' SELECT DISTINCT $1, CASE WHEN few.count <= 1000 THEN few.key END,'
        ' pg_current_xact_id()::text::bigint, statement_timestamp()'
        ' FROM (SELECT key, count(*) OVER () FROM (SELECT key FROM (' || rows || ') AS written LIMIT 1001) AS counted)'
        ' AS few' USING TG_ARGV[0];
    RETURN NULL;
END $$
"""
NOTE_ROW = """
CREATE FUNCTION kernel_note_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO kernel_rowchange (subject, row_id, changed, made_at)
    VALUES (TG_ARGV[0], NEW.id, pg_current_xact_id()::text::bigint, statement_timestamp());
    RETURN NULL;
END $$
"""
FOR_READERS = "openpes_public, openpes_self"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_askings")]
    operations = [
        migrations.CreateModel(
            name="RowChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=40)),
                ("row_id", models.BigIntegerField(null=True)),
                ("changed", models.BigIntegerField()),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "changed"], name="row_changes_by_writer")],
            },
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION kernel_note_changes()"),
        migrations.RunSQL(NOTE_ROW, "DROP FUNCTION kernel_note_row()"),
        migrations.RunSQL(
            [
                "REVOKE INSERT, UPDATE, DELETE ON kernel_rowchange FROM openpes_self",
                "REVOKE INSERT, UPDATE ON kernel_rowchange FROM openpes_app",
                f"GRANT SELECT ON kernel_rowchange TO {FOR_READERS}",
                "ALTER TABLE kernel_rowchange ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY for_staff ON kernel_rowchange TO openpes_app USING (true)",
                # Whose wish changed is nobody's business; which vacancies are open is everybody's.
                f"CREATE POLICY for_everybody ON kernel_rowchange FOR SELECT TO {FOR_READERS}"
                " USING (subject = 'open vacancy')",
            ],
            migrations.RunSQL.noop,
        ),
    ]
