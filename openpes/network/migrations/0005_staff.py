"""Certificates of staff, their judged years, and the subsidies that village officers are due."""

import django.db.models.deletion
import openpes.kernel.scope
from django.conf import settings
from django.db import migrations, models

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_service_points'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('kind', models.CharField(max_length=30)),
                ('number', models.CharField(max_length=40)),
                ('examined_on', models.DateField()),
                ('score', models.PositiveSmallIntegerField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('struck_on', models.DateField(null=True)),
                ('struck_for', models.CharField(blank=True, default='', max_length=200)),
                ('recorded_by', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['account', 'kind', '-from_on'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'number'), name='certificate_number_once'), models.CheckConstraint(condition=models.Q(('examined_on__lte', models.F('from_on')), ('score__lte', 100), ('until_on__gt', models.F('from_on'))), name='certificate_after_examination'), models.CheckConstraint(condition=models.Q(('recorded_by', models.F('account')), _negated=True), name='certificate_by_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='SubsidyEntitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('month_on', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('amount_fen', models.BigIntegerField()),
                ('entitled_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.servicepoint')),
            ],
            options={
                'ordering': ['-month_on', 'area', 'id'],
                'constraints': [models.UniqueConstraint(fields=('account', 'month_on'), name='subsidy_once_a_month'), models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0), ('days__gte', 1), ('month_on__day', 1)), name='subsidy_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='YearAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('grade', models.CharField(choices=[('excellent', 'Excellent'), ('competent', 'Competent'), ('barely', 'Barely competent'), ('failed', 'Not competent')], max_length=20)),
                ('remark', models.CharField(blank=True, default='', max_length=300)),
                ('assessed_by', models.BigIntegerField()),
                ('assessed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['account', '-year'],
                'constraints': [models.UniqueConstraint(fields=('account', 'year'), name='assessment_once_a_year'), models.CheckConstraint(condition=models.Q(('assessed_by', models.F('account')), _negated=True), name='assessment_by_somebody_else')],
            },
        ),
        row_policy('network_staffcertificate'),
        row_policy('network_yearassessment'),
        row_policy('network_subsidyentitlement'),
    ]
