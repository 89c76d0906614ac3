"""Row-level security of saved searches and of what they told."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_saved_searches")]
    operations = [row_policy("alerts_savedsearch"), row_policy("alerts_toldvacancy")]
