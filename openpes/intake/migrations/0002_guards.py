"""Row-level security of incoming files."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        row_policy("intake_batch"),
        row_policy("intake_batchrow"),
    ]
