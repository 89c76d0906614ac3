"""A threshold may be ended by somebody else of the office, and says so."""

from django.db import migrations, models

WHY = [
    ('holder', 'ended by its holder'), ('office', 'ended by a colleague of the office'),
    ('area', 'the holder is no longer responsible for the area'),
    ('post', 'the holder no longer has a role that sees reports'),
]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0006_kept_figures'),
    ]

    operations = [
        migrations.AlterField(name, 'ended_why', models.CharField(blank=True, choices=WHY, default='', max_length=8))
        for name in ('subscription', 'threshold')
    ]
