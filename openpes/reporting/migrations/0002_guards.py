"""Row-level security of vacancy reporting; duties of one employer never overlap."""

from django.db import migrations

from openpes.kernel.policies import periods_apart, row_policy

OWN = ("duty", "report", "reportline", "reminder")
OFFICE = ("call", "visit", "lead", "wonvacancy")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        *(row_policy(f"reporting_{table}", employer="employer_id") for table in OWN),
        *(row_policy(f"reporting_{table}") for table in OFFICE),
        periods_apart("reporting_duty", "duties_apart", key="employer_id"),
    ]
