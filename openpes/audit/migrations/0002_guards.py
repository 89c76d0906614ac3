"""The journal grows and is read by area, and by the person whom a line concerns; only the sealer seals it."""

from django.db import migrations

from openpes.kernel.policies import APP, AUDITOR, IN_SCOPE, SEALER, SELF, append_only

JOURNAL, SEALS = "audit_journalentry", "audit_seal"
MINE = "person = nullif(current_setting('app.person', true), '')::bigint"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        append_only(JOURNAL),
        append_only(SEALS),
        migrations.RunSQL(
            [
                f"ALTER TABLE {JOURNAL} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {JOURNAL} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY by_area ON {JOURNAL} FOR SELECT TO {APP}, {AUDITOR} USING ({IN_SCOPE})",
                f"CREATE POLICY by_owner ON {JOURNAL} FOR SELECT TO {SELF} USING ({MINE})",
                f"CREATE POLICY all_sealed ON {JOURNAL} FOR SELECT TO {SEALER} USING (true)",
                f"CREATE POLICY anybody_writes ON {JOURNAL} FOR INSERT TO {APP}, {SELF} WITH CHECK (true)",
                f"REVOKE INSERT ON {SEALS} FROM {APP}, {SELF}",
                f"GRANT SELECT ON {JOURNAL}, {SEALS} TO {SEALER}",
                f"GRANT INSERT ON {SEALS} TO {SEALER}",
            ],
            [
                f"REVOKE ALL ON {JOURNAL}, {SEALS} FROM {SEALER}",
                f"GRANT INSERT ON {SEALS} TO {APP}, {SELF}",
                *(f"DROP POLICY {name} ON {JOURNAL}" for name in ("by_area", "by_owner", "all_sealed", "anybody_writes")),
                f"ALTER TABLE {JOURNAL} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {JOURNAL} DISABLE ROW LEVEL SECURITY",
            ],
        ),
    ]
