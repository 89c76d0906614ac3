"""Row-level security of vacancies, and what is public of them."""

from django.db import migrations

from openpes.kernel.policies import public_read, row_policy


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_initial")]
    operations = [
        row_policy("vacancies_vacancy", employer="employer_id"),
        row_policy("vacancies_vacancyevent", employer="employer_id"),
        row_policy("vacancies_fill", person="person_id", employer="employer_id"),
        public_read("vacancies_publishedvacancy"),
    ]
