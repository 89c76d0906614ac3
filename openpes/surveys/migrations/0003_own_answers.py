"""A person may read what was told about the own self."""

from django.db import migrations

from openpes.kernel.policies import SELF

OWN = "person_id = nullif(current_setting('app.person', true), '')::bigint"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_guards")]
    operations = [
        migrations.RunSQL(
            f"CREATE POLICY by_owner ON surveys_memberanswer FOR SELECT TO {SELF} USING ({OWN})",
            "DROP POLICY by_owner ON surveys_memberanswer",
        ),
    ]
