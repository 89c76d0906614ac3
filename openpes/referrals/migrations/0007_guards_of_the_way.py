"""Row-level security of steps, interviews, retention checks and reach; a step that was written stays as it is."""

from django.db import migrations

from openpes.kernel.policies import APP, SELF, row_policy

STEP = "referrals_step"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_from_application_to_retention")]
    operations = [
        row_policy(STEP, person="person_id", employer="employer_id"),
        row_policy("referrals_interview", person="person_id", employer="employer_id"),
        row_policy("referrals_retentioncheck", person="person_id", employer="employer_id"),
        row_policy("referrals_reach", person="person_id", employer="employer_id"),
        # Only whom a step is about may change: when two files become one.
        migrations.RunSQL(
            [
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {STEP} FROM {APP}, {SELF}",
                f"GRANT UPDATE (person_id) ON {STEP} TO {APP}",
            ],
            [
                f"REVOKE UPDATE (person_id) ON {STEP} FROM {APP}",
                f"GRANT UPDATE, DELETE ON {STEP} TO {APP}, {SELF}",
            ],
        ),
    ]
