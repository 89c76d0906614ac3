"""What matching knows of a person is noted when it changes."""

from django.db import migrations

from openpes.kernel.policies import notes_changes_of


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_row_changes"), ("people", "0008_both_hands")]
    operations = [
        notes_changes_of("people_person", "job seeker", "education", "skills", "born_on"),
    ]
