"""Row-level security of reported hires; the public reads the proofs of letters, which name no person."""

from django.db import migrations

from openpes.kernel.policies import public_read, row_policy


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_proofs")]
    operations = [
        row_policy("referrals_hirereport", employer="employer_id"),
        public_read("referrals_letterproof"),
    ]
