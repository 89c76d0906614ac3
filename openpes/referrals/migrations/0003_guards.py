"""Row-level security of referrals and hires."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_initial")]
    operations = [
        row_policy("referrals_referral", person="person_id", employer="employer_id"),
        row_policy("referrals_hire", person="person_id", employer="employer_id"),
    ]
