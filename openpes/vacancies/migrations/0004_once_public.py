"""The public may know that a vacancy was once public, and of which kind and place; of a draft it learns nothing."""

from django.db import migrations

from openpes.kernel.policies import for_everybody, public_read


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0003_asking")]
    operations = [
        for_everybody("vacancies_vacancy", rows="published_on IS NOT NULL"),
        public_read("vacancies_vacancy", "id, area, occupation, published_on"),
    ]
