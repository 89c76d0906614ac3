"""Row-level security of the network, and what the public may read of it."""

from django.db import migrations

from openpes.kernel.policies import public_read, row_policy


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [
        row_policy("network_servicepoint"),
        row_policy("network_posting"),
        row_policy("network_workingday"),
        public_read("network_area"),
        public_read("network_areaterm"),
    ]
