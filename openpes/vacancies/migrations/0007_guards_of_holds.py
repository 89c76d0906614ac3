"""Row-level security of holds and signs of life; a sign of life is never changed."""

from django.db import migrations

from openpes.kernel.policies import append_only, row_policy


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0006_holds_and_signs")]
    operations = [
        row_policy("vacancies_hold", employer="employer_id"),
        row_policy("vacancies_signoflife", employer="employer_id"),
        append_only("vacancies_signoflife"),
    ]
