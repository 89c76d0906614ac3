"""Figures kept by village and moved by facts; what facts tell of registrations that passed within a day."""

import django.db.models.deletion
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models

import openpes.kernel.scope
from openpes.kernel.policies import row_policy

KINDS = [
    (1, 'Places offered'), (2, 'Places filled'), (3, 'Places withdrawn or expired'), (4, 'Job wishes registered'),
    (5, 'Job wishes ended'), (6, 'Unemployment registered'), (7, 'Unemployment ended'), (8, 'Employment registered'),
    (9, 'Employment ended'), (10, 'Introductions'), (11, 'Hires'),
    (12, 'Unemployment registered and ended on one day'), (13, 'Employment registered and ended on one day'),
]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0005_kinds_of_returns'),
    ]

    operations = [
        migrations.AlterField('fact', 'kind', models.SmallIntegerField(choices=KINDS)),
        migrations.AlterField('factopening', 'kind', models.SmallIntegerField(choices=KINDS, primary_key=True, serialize=False)),
        # Numbers of facts are taken in blocks: two who append at once do not meet at the counter for each row.
        migrations.RunSQL(
            'ALTER SEQUENCE statistics_fact_id_seq CACHE 500', 'ALTER SEQUENCE statistics_fact_id_seq CACHE 1'
        ),
        # Facts of a kind lie together, as they were built: a question about some kinds leaves the blocks of the others out.
        migrations.AddIndex('fact', BrinIndex(fields=['kind'], autosummarize=True, name='facts_by_kind', pages_per_range=32)),
        migrations.CreateModel(
            name='KeptFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=40)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('counted_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['figure', 'from_on', 'until_on'],
                'constraints': [models.UniqueConstraint(fields=('figure', 'from_on', 'until_on'), name='figure_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='KeptCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', max_length=12)),
                ('cell', models.CharField(blank=True, db_collation='C', default='', max_length=12)),
                ('numerator', models.BigIntegerField(default=0)),
                ('denominator', models.BigIntegerField(default=0)),
                ('figure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='statistics.keptfigure')),
            ],
            options={
                'ordering': ['figure', 'area', 'cell'],
                'constraints': [models.UniqueConstraint(fields=('figure', 'area', 'cell'), name='counted_once_a_village')],
            },
        ),
        row_policy('statistics_keptcount'),
    ]
