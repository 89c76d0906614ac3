"""A seal keeps the digest of each line, no two follow the same one, and a line's number is not the writer's to choose."""

from django.db import migrations, models

from openpes.kernel.policies import APP, SELF

JOURNAL = "audit_journalentry"
WRITTEN = "at, by, event, area, person, payload"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]
    operations = [
        migrations.AddField("seal", "lines", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddConstraint(
            "seal", models.UniqueConstraint(fields=["previous"], name="seal_chain_does_not_fork")
        ),
        migrations.RunSQL(
            [
                f"REVOKE INSERT ON {JOURNAL} FROM {APP}, {SELF}",
                f"GRANT INSERT ({WRITTEN}) ON {JOURNAL} TO {APP}, {SELF}",
                f"CREATE POLICY upkeep_writes ON {JOURNAL} FOR INSERT TO openpes_owner WITH CHECK (true)",
            ],
            [
                f"DROP POLICY upkeep_writes ON {JOURNAL}",
                f"REVOKE INSERT ({WRITTEN}) ON {JOURNAL} FROM {APP}, {SELF}",
                f"GRANT INSERT ON {JOURNAL} TO {APP}, {SELF}",
            ],
        ),
    ]
