"""The first assessor reads why the second one did not sign."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0007_both_hands")]
    operations = [
        migrations.AddField("acceptance", "returned_for", models.CharField(blank=True, default="", max_length=200)),
    ]
