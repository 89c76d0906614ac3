"""Row-level security of what the office keeps about employers."""

from django.db import migrations

from openpes.kernel.policies import row_policy

TABLES = ("formername", "licencedocument", "contact", "blacklistentry")


class Migration(migrations.Migration):
    dependencies = [("employers", "0005_records_and_blacklist")]
    operations = [row_policy(f"employers_{table}", employer="employer_id") for table in TABLES]
