"""Whoever proposed a hand-over, and on whose behalf, is kept: neither of the two accepts it for the other."""

from django.db import migrations

import openpes.kernel.hands
from openpes.kernel.policies import hands_of_old_rows


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_tasks")]
    operations = [
        migrations.AddField("handover", "proposed_hands", openpes.kernel.hands.HandsField(null=True)),
        hands_of_old_rows("matters_handover", "proposed"),
        migrations.AlterField("handover", "proposed_hands", openpes.kernel.hands.HandsField()),
    ]
