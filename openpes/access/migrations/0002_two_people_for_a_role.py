"""Roles are asked for by one administrator and confirmed by another; passwords that were given are marked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.AddField("account", "password_given_at", models.DateTimeField(default=None, null=True)),
        migrations.AddField("grant", "confirmed_by", models.BigIntegerField(default=None, null=True)),
        migrations.RemoveConstraint("grant", "grant_period"),
        # What was granted before this migration was granted by the platform's own set-up.
        migrations.RunSQL("UPDATE access_grant SET granted_by = 0", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="grant_period",
            ),
        ),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("granted_by")), _negated=True),
                    _connector="OR",
                ),
                name="grant_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            "grant",
            models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("account", "role", "scope"),
                name="grant_held_once",
            ),
        ),
    ]
