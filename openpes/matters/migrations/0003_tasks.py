"""What an officer is to do for a person is a matter too, and no question of the person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_guards")]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="subject",
            field=models.CharField(
                choices=[
                    ("registration", "Registration and handbook"), ("placement", "Finding work or workers"),
                    ("guidance", "Guidance and policy"), ("training", "Training"),
                    ("insurance", "Insurance and benefits"), ("complaint", "Complaint"), ("other", "Something else"),
                    ("task", "Task of the office"),
                ],
                max_length=20,
            ),
        )
    ]
