"""Homes and memberships of one person are kept apart by boxes, which cost a fifth a row."""

from django.db import migrations

from openpes.kernel.policies import periods_apart_as_boxes


class Migration(migrations.Migration):
    dependencies = [("people", "0003_ledger")]
    operations = [
        periods_apart_as_boxes("people_residence", "one_residence_at_a_time", key="person_id"),
        periods_apart_as_boxes("people_householdmember", "one_household_at_a_time", key="person_id"),
    ]
