"""Acceptances signed by two assessors, and pilot applications with their steps."""

import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import PUBLIC, append_only, public_read, row_policy

PUBLISHED_COLUMNS = (
    'id, area, point_id, checklist, version, state, begun_on, score, most, recheck_on, published_on'
)


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0005_staff'),
    ]

    operations = [
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('checklist', models.CharField(max_length=30)),
                ('version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('prepared', 'Being prepared'), ('submitted', 'Submitted'), ('assessed', 'Signed by one assessor'), ('passed', 'Passed'), ('failed', 'Not passed')], default='prepared', max_length=20)),
                ('begun_on', models.DateField()),
                ('applied_by', models.BigIntegerField()),
                ('first_assessor', models.BigIntegerField(null=True)),
                ('first_hash', models.CharField(blank=True, default='', max_length=64)),
                ('first_at', models.DateTimeField(null=True)),
                ('second_assessor', models.BigIntegerField(null=True)),
                ('second_hash', models.CharField(blank=True, default='', max_length=64)),
                ('second_at', models.DateTimeField(null=True)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('most', models.PositiveSmallIntegerField()),
                ('recheck_on', models.DateField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.servicepoint')),
            ],
            options={
                'ordering': ['-begun_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AcceptanceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('code', models.CharField(max_length=30)),
                ('evidence', models.CharField(blank=True, default='', max_length=500)),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=300)),
                ('acceptance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.acceptance')),
            ],
            options={
                'ordering': ['acceptance', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PilotApplication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('title', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('applied', 'Applied'), ('returned', 'Returned'), ('reviewed', 'Reviewed'), ('approved', 'Approved'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('applied_by', models.BigIntegerField()),
                ('reviewed_by', models.BigIntegerField(null=True)),
                ('approved_by', models.BigIntegerField(null=True)),
                ('accepted_by', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('applied', 'returned', 'reviewed', 'approved'))), fields=('area',), name='pilot_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('applied_by')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('applied_by')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('reviewed_by')), _negated=True), _connector='OR'), models.Q(('accepted_by__isnull', True), models.Q(('accepted_by', models.F('applied_by')), _negated=True), _connector='OR')), name='pilot_by_different_people')],
            },
        ),
        migrations.CreateModel(
            name='PilotStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('step', models.CharField(max_length=20)),
                ('from_state', models.CharField(blank=True, default='', max_length=20)),
                ('to_state', models.CharField(choices=[('applied', 'Applied'), ('returned', 'Returned'), ('reviewed', 'Reviewed'), ('approved', 'Approved'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('document_no', models.CharField(blank=True, default='', max_length=60)),
                ('evidence', models.CharField(max_length=1000)),
                ('taken_by', models.BigIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.pilotapplication')),
            ],
            options={
                'ordering': ['application', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('prepared', 'submitted', 'assessed'))), fields=('point', 'checklist'), name='acceptance_open_once'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('second_assessor__isnull', True), models.Q(('second_assessor', models.F('first_assessor')), _negated=True), _connector='OR'), name='acceptance_two_assessors'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_assessor__isnull', True), models.Q(('first_assessor', models.F('applied_by')), _negated=True), _connector='OR'), models.Q(('second_assessor__isnull', True), models.Q(('second_assessor', models.F('applied_by')), _negated=True), _connector='OR')), name='acceptance_not_by_applicant'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('prepared', 'submitted', 'assessed')), models.Q(('first_assessor__isnull', False), ('recheck_on__isnull', False), ('score__isnull', False), ('second_assessor__isnull', False), ('second_hash', models.F('first_hash'))), _connector='OR'), name='acceptance_signed_twice'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('published_on__isnull', True), ('state__in', ('passed', 'failed')), _connector='OR'), name='acceptance_published_when_done'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__lte', models.F('most')), _connector='OR'), name='acceptance_score'),
        ),
        migrations.AddConstraint(
            model_name='acceptanceitem',
            constraint=models.UniqueConstraint(fields=('acceptance', 'code'), name='acceptance_item_once'),
        ),
        *(row_policy(f'network_{table}') for table in ('acceptance', 'acceptanceitem', 'pilotapplication', 'pilotstep')),
        append_only('network_pilotstep'),
        migrations.RunSQL(
            f'CREATE POLICY published ON network_acceptance FOR SELECT TO {PUBLIC} USING (published_on IS NOT NULL)',
            'DROP POLICY published ON network_acceptance',
        ),
        public_read('network_acceptance', PUBLISHED_COLUMNS),
    ]
