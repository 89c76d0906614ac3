"""Registration numbers from a sequence, and withdrawn registrations that nobody changes."""

from django.db import migrations

from openpes.kernel.policies import append_only, row_policy


class Migration(migrations.Migration):
    dependencies = [("registration", "0003_withdrawals_and_proofs")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE registration_serial", "DROP SEQUENCE registration_serial"),
        row_policy("registration_withdrawnregistration", person="person_id"),
        append_only("registration_withdrawnregistration"),
    ]
