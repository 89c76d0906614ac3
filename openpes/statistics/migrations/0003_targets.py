"""Targets in versions, seen by area; the board that the public reads."""

import django.db.models.deletion
import openpes.kernel.hands
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import public_read, row_policy


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0002_editions'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicBoard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField(unique=True)),
                ('content', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('hidden', models.PositiveIntegerField()),
                ('shown', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['-made_on'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('indicator', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('goal', models.DecimalField(decimal_places=2, max_digits=14)),
                ('from_on', models.DateField()),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('basis', models.CharField(blank=True, choices=[('unemployed', 'registered unemployed'), ('last_year', 'what each reached in the year before'), ('points', 'service points'), ('equal', 'equal parts'), ('same', 'the same for each (a share)')], default='', max_length=12)),
                ('weight', models.PositiveBigIntegerField(null=True)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.BigIntegerField()),
                ('proposed_hands', openpes.kernel.hands.HandsField()),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('refused', 'Refused')], default='', max_length=8)),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_hands', openpes.kernel.hands.HandsField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.target')),
            ],
            options={
                'ordering': ['area', 'indicator', 'year', 'version'],
                'constraints': [models.UniqueConstraint(fields=('area', 'indicator', 'year', 'version'), name='target_version_once'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('area', 'indicator', 'year'), name='one_target_waits'), models.CheckConstraint(condition=models.Q(('goal__gte', 0), ('version__gte', 1)), name='target_amount'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='target_changed_for_a_reason'), models.CheckConstraint(condition=models.Q(('decided_hands__isnull', True), models.Q(('parent__isnull', True), _negated=True), models.Q(('decided_hands__overlap', models.F('proposed_hands')), _negated=True), _connector='OR'), name='target_two_pairs'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decided_hands__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('decided_hands__isnull', False)), _connector='OR'), name='target_decided_whole'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='target_refused_with_words'), models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), ('parent__isnull', True), ('weight__isnull', True)), models.Q(('parent__isnull', False), ('weight__isnull', False), models.Q(('basis', ''), _negated=True)), _connector='OR'), name='target_handed_down_whole')],
            },
        ),
        row_policy('statistics_target'),
        public_read('statistics_publicboard'),
    ]
