"""Row-level security, answers that stay as they were given, and campaigns that offices below may read."""

from django.db import migrations

from openpes.kernel.policies import APP, AUDITOR, SELF, row_policy

TABLES = (
    "campaign", "surveyvillage", "assignment", "surveyhousehold", "surveyanswer", "memberanswer", "spotcheck",
    "checkedhousehold",
)  # fmt: skip
AS_GIVEN = ("surveyanswer", "memberanswer")
# A campaign is ordered for an area and read by every office below it; only its own area and those above write it.
FROM_ABOVE = "starts_with(nullif(current_setting('app.scope', true), ''), area)"


def unchanged(table: str) -> migrations.RunSQL:
    """Rows are written and, with the whole file they came in, taken back; nobody rewrites them."""
    return migrations.RunSQL(
        f"REVOKE UPDATE, TRUNCATE ON {table} FROM {APP}, {SELF}", f"GRANT UPDATE ON {table} TO {APP}, {SELF}"
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [
        *(row_policy(f"surveys_{table}") for table in TABLES),
        migrations.RunSQL(
            f"CREATE POLICY from_above ON surveys_campaign FOR SELECT TO {APP}, {AUDITOR} USING ({FROM_ABOVE})",
            "DROP POLICY from_above ON surveys_campaign",
        ),
        *(unchanged(f"surveys_{table}") for table in AS_GIVEN),
        # Two files of one person that become one take their answers along.
        migrations.RunSQL(
            f"GRANT UPDATE (person_id) ON surveys_memberanswer TO {APP}",
            f"REVOKE UPDATE (person_id) ON surveys_memberanswer FROM {APP}",
        ),
    ]
