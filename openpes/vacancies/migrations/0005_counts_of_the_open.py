"""Indexes for the numbers of a city of millions, and notes of which public rows were written."""

from django.db import migrations, models

from openpes.kernel.policies import notes_changes


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0002_guards"),
        ("kernel", "0003_row_changes"),
        ("people", "0004_periods_as_boxes"),
        ("vacancies", "0004_once_public"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                condition=models.Q(("published_on__isnull", False)),
                fields=["closes_on", "area"],
                include=("published_on", "ended_on"),
                name="vacancies_by_last_day",
            ),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                condition=models.Q(("asked_on__isnull", False), ("published_on__isnull", True)),
                fields=["asked_on", "id"],
                include=("area",),
                name="vacancies_asked_for",
            ),
        ),
        notes_changes("vacancies_publishedvacancy", "open vacancy", key="vacancy_id"),
    ]
