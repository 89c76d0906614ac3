"""Row-level security of employers."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial")]
    operations = [
        row_policy("employers_employer", employer="id"),
        row_policy("employers_employerevent", employer="id"),
    ]
