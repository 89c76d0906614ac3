"""The lists of the whole city with their row-level security; what groups a person is in is noted when it changes."""

import django.contrib.postgres.fields
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import notes_changes, row_policy


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0003_row_changes'),
        ('people', '0009_notes_of_seekers'),
        ('vacancies', '0005_counts_of_the_open'),
    ]

    operations = [
        migrations.CreateModel(
            name='CandidateList',
            fields=[
                ('vacancy_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('employer_id', models.BigIntegerField(db_index=True)),
                ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('scores', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['vacancy_id'],
            },
        ),
        migrations.CreateModel(
            name='JobList',
            fields=[
                ('person_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('vacancies', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('scores', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None)),
                ('spread', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['person_id'],
            },
        ),
        migrations.CreateModel(
            name='MatchFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('topic', models.CharField(max_length=12)),
                ('value', models.CharField(max_length=12)),
                ('measure', models.CharField(max_length=12)),
                ('number', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['area', 'topic', 'value', 'measure'],
                'constraints': [
                    models.UniqueConstraint(fields=('area', 'topic', 'value', 'measure'), name='match_figure_once'),
                ],
            },
        ),
        row_policy("matching_candidatelist", employer="employer_id"),
        row_policy("matching_joblist", person="person_id"),
        row_policy("matching_matchfigure"),
        notes_changes("people_groupmembership", "job seeker", key="person_id"),
        notes_changes("people_educationrecord", "job seeker", key="person_id"),
    ]
