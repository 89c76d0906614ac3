"""What employers' rosters said about contracts."""

import django.db.models.deletion
from django.db import migrations, models

import openpes.kernel.scope
from openpes.kernel.policies import row_policy


def to(model: str, kept: object = django.db.models.deletion.PROTECT) -> models.ForeignKey:
    return models.ForeignKey(on_delete=kept, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0002_guards"),
        ("people", "0004_periods_as_boxes"),
        ("registration", "0008_papers_and_cities"),
    ]
    operations = [
        migrations.CreateModel(
            name="RosterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", openpes.kernel.scope.AreaField(db_collation="C", db_index=True, max_length=12)),
                ("contract_state", models.CharField(max_length=1)),
                ("contract_type", models.CharField(blank=True, default="", max_length=1)),
                ("from_on", models.DateField(null=True)),
                ("contract_until_on", models.DateField(null=True)),
                ("pay_fen", models.PositiveBigIntegerField(null=True)),
                ("occupation", models.CharField(blank=True, default="", max_length=10)),
                ("skill_level", models.CharField(blank=True, default="", max_length=60)),
                ("former_group", models.CharField(blank=True, default="", max_length=3)),
                ("end_reason", models.CharField(blank=True, default="", max_length=3)),
                ("before", models.JSONField(default=dict)),
                ("recorded_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.BigIntegerField()),
                ("person", to("people.person")),
                ("employer", to("employers.employer")),
                ("period", to("registration.statusperiod", django.db.models.deletion.CASCADE)),
            ],
            options={"ordering": ["id"]},
        ),
        row_policy("registration_rosterentry", person="person_id", employer="employer_id"),
    ]
