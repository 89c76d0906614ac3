"""What rural ledgers said about persons, with its row-level security."""

import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('surveyed_on', models.DateField()),
                ('status', models.CharField(blank=True, default='', max_length=2)),
                ('industry', models.CharField(blank=True, default='', max_length=5)),
                ('work_area', models.CharField(blank=True, default='', max_length=2)),
                ('work_way', models.CharField(blank=True, default='', max_length=2)),
                ('income_fen', models.PositiveBigIntegerField(null=True)),
                ('training_wish', models.CharField(blank=True, default='', max_length=60)),
                ('intention', models.CharField(blank=True, default='', max_length=2)),
                ('farmland_mu', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('land_taken', models.BooleanField(null=True)),
                ('hardship', models.CharField(blank=True, default='', max_length=2)),
                ('recorded_at', models.DateTimeField()),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['person', '-surveyed_on', '-id'],
                'indexes': [models.Index(fields=['person', '-surveyed_on', '-id'], name='ledger_by_person')],
            },
        ),
        row_policy("people_ledgerentry", person="person_id"),
    ]
