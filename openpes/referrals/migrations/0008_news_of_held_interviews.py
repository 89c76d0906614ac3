"""Two more kinds of news: an interview set back while its vacancy is looked into, and asked for anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_guards_of_the_way")]
    operations = [
        migrations.AlterField(
            model_name="step",
            name="news",
            field=models.CharField(
                choices=[
                    ("state", "New state"), ("times", "Interview times proposed"), ("agreed", "Interview time agreed"),
                    ("cancelled", "Interview cancelled"),
                    ("paused", "Interview set back while the vacancy is looked into"),
                    ("asked_anew", "Interview asked for anew"),
                    ("closed", "The employer takes no more applications for this vacancy"),
                    ("reminded", "The employer was reminded to answer"),
                ],
                max_length=10,
            ),
        ),
    ]  # fmt: skip
