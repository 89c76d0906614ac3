"""Row-level security of sites."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("employers", "0003_sites")]
    operations = [row_policy("employers_site", employer="employer_id")]
