"""Row-level security of appeals, reports and copies; nobody but staff reads reports."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0008_appeals_reports_copies")]
    operations = [
        row_policy("vacancies_holdappeal", employer="employer_id"),
        row_policy("vacancies_advertreport"),
        row_policy("vacancies_nearcopy"),
    ]
