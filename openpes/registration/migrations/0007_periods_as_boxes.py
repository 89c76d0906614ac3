"""Status periods, job wishes and holders of handbooks are kept apart by boxes, which cost a fifth a row."""

from django.db import migrations

from openpes.kernel.policies import periods_apart_as_boxes


class Migration(migrations.Migration):
    dependencies = [("registration", "0006_guards_of_the_register_in_full")]
    operations = [
        periods_apart_as_boxes("registration_statusperiod", "one_status_at_a_time", key="person_id"),
        periods_apart_as_boxes("registration_jobwish", "one_wish_at_a_time", key="person_id"),
        periods_apart_as_boxes("registration_handbookholding", "one_holder_at_a_time", key="handbook_id"),
    ]
