"""Row-level security and periods that never overlap."""

from django.db import migrations

from openpes.kernel.policies import no_overlap, row_policy


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        row_policy("people_household"),
        row_policy("people_person", person="id"),
        row_policy("people_personevent", person="id"),
        row_policy("people_residence", person="person_id"),
        row_policy("people_householdmember", person="person_id"),
        no_overlap("people_residence", "one_residence_at_a_time", keys=("person_id",)),
        no_overlap("people_householdmember", "one_household_at_a_time", keys=("person_id",)),
    ]
