"""Where on the map the work of a published vacancy is; a row gets its spot when it is renewed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0010_reports_are_due")]

    operations = [
        migrations.AddField(
            model_name="publishedvacancy",
            name="spot",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
    ]
