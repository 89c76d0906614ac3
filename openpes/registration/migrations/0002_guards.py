"""Row-level security and status periods that never overlap."""

from django.db import migrations

from openpes.kernel.policies import no_overlap, row_policy


class Migration(migrations.Migration):
    dependencies = [("registration", "0001_initial")]
    operations = [
        row_policy("registration_statusperiod", person="person_id", employer="employer_id"),
        row_policy("registration_jobwish", person="person_id"),
        no_overlap("registration_statusperiod", "one_status_at_a_time", keys=("person_id",)),
        no_overlap("registration_jobwish", "one_wish_at_a_time", keys=("person_id",)),
    ]
