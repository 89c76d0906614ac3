"""Row-level security of resumes: staff see those of their area, a person the own; employers ask through a query."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("resumes", "0001_initial")]
    operations = [
        row_policy("resumes_resume", person="person_id"),
        row_policy("resumes_sharing", person="person_id"),
    ]
