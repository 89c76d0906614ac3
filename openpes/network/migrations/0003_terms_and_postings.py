"""A unit has one code and name a day, and a member of staff one place of work a day."""

from django.db import migrations, models

from openpes.kernel.policies import no_overlap


class Migration(migrations.Migration):
    dependencies = [("network", "0002_guards")]
    operations = [
        migrations.AddConstraint(
            "areaterm", models.UniqueConstraint(fields=["area", "from_on"], name="area_term_once")
        ),
        no_overlap("network_posting", "posting_at_one_point", keys=("account_id",)),
    ]
