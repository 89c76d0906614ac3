"""Row-level security of appointments, and that no window is held twice at one time."""

from django.db import migrations

from openpes.kernel.policies import row_policy

HOLDING = "state IN ('offered', 'booked', 'arrived')"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_appointments")]
    operations = [
        row_policy("appointments_appointment", person="person_id"),
        row_policy("appointments_recall", person="person_id"),
        # The number of a window is below 100, so point and window make one number.
        migrations.RunSQL(
            'ALTER TABLE appointments_appointment ADD CONSTRAINT one_appointment_a_window EXCLUDE USING gist'
            ' (int8range(point_id * 100 + "window", point_id * 100 + "window", \'[]\') WITH &&,'
            f" tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE ({HOLDING})",
            "ALTER TABLE appointments_appointment DROP CONSTRAINT one_appointment_a_window",
        ),
        migrations.RunSQL(
            "ALTER TABLE appointments_appointment ADD CONSTRAINT one_place_at_a_time EXCLUDE USING gist"
            " (int8range(person_id, person_id, '[]') WITH &&, tstzrange(starts_at, ends_at, '[)') WITH &&)"
            f" WHERE ({HOLDING})",
            "ALTER TABLE appointments_appointment DROP CONSTRAINT one_place_at_a_time",
        ),
    ]
