"""How an office reads tables that are headed otherwise, and what a whole file is about."""

import django.db.models.deletion
from django.db import migrations, models

import openpes.kernel.scope
from openpes.kernel.policies import append_only, row_policy

STATES = [
    ("received", "Being checked"),
    ("matching", "Columns to be matched"),
    ("checked", "Waits for acceptance"),
    ("refused", "Not readable"),
    ("accepting", "Accepted in part"),
    ("accepted", "Accepted"),
    ("undone", "Taken back"),
    ("dropped", "Dropped"),
]
LIVING = ["received", "matching", "checked", "accepting", "accepted"]


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_work_in_parts")]
    operations = [
        migrations.CreateModel(
            name="TableMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", openpes.kernel.scope.AreaField(db_collation="C", db_index=True, max_length=12)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("headings", models.JSONField()),
                ("columns", models.JSONField()),
                ("words", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.BigIntegerField()),
            ],
            options={
                "ordering": ["area", "kind", "name", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "kind", "name", "version"), name="one_version_of_a_mapping"
                    )
                ],
            },
        ),
        row_policy("intake_tablemapping"),
        append_only("intake_tablemapping"),
        migrations.RemoveConstraint(model_name="batch", name="same_file_once"),
        migrations.AddField("batch", "subject", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("batch", "outline", models.BinaryField(default=b"")),
        migrations.AddField(
            "batch",
            "mapping",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.tablemapping"
            ),
        ),
        migrations.AlterField(
            "batch", "state", models.CharField(choices=STATES, default="received", max_length=10)
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", LIVING)), fields=("area", "kind", "file_hash"), name="same_file_once"
            ),
        ),
    ]
