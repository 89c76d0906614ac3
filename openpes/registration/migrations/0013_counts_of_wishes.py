"""An index for the numbers of a city of millions, and notes of whose wish was written."""

from django.db import migrations, models

from openpes.kernel.policies import notes_changes


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_row_changes"), ("registration", "0012_both_hands")]
    operations = [
        migrations.AddIndex(
            model_name="jobwish",
            index=models.Index(fields=["until_on", "area"], include=("from_on",), name="wishes_by_last_day"),
        ),
        notes_changes("registration_jobwish", "job seeker", key="person_id"),
    ]
