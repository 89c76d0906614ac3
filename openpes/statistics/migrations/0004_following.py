"""Who gets a figure every month, what is watched, and the history of what crossed a threshold; seen by area."""

import django.db.models.deletion
from django.db import migrations, models

import openpes.kernel.scope
from openpes.kernel.policies import append_only, row_policy

TABLES = ("subscription", "subscriptionissue", "threshold", "figurealert", "alertentry")


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0003_targets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('account', models.BigIntegerField(db_index=True)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, choices=[('holder', 'ended by its holder'), ('area', 'the holder is no longer responsible for the area'), ('post', 'the holder no longer has a role that sees reports')], default='', max_length=8)),
                ('content', models.CharField(choices=[('board', 'Board of the month'), ('report', 'Supply and demand of the month')], max_length=8)),
                ('language', models.CharField(max_length=10)),
                ('day', models.PositiveSmallIntegerField()),
                ('next_on', models.DateField()),
                ('paused_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['area', 'content', 'id'],
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True), ('paused_at__isnull', True)), fields=['next_on', 'id'], name='subscriptions_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account', 'area', 'content'), name='subscribed_once'), models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 28)), name='subscription_day'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='ended_subscription_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('account', models.BigIntegerField(db_index=True)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, choices=[('holder', 'ended by its holder'), ('area', 'the holder is no longer responsible for the area'), ('post', 'the holder no longer has a role that sees reports')], default='', max_length=8)),
                ('indicator', models.CharField(max_length=40)),
                ('sense', models.CharField(choices=[('above', 'is above'), ('below', 'is below'), ('change', 'changes by more than')], max_length=8)),
                ('bound', models.DecimalField(decimal_places=2, max_digits=14)),
                ('margin', models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ('rhythm', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter')], max_length=8)),
                ('runs', models.PositiveSmallIntegerField(default=1)),
                ('noted_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['area', 'indicator', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account', 'area', 'indicator', 'sense', 'rhythm'), name='threshold_set_once'), models.CheckConstraint(condition=models.Q(('bound__gte', 0), ('margin__gte', 0)), name='threshold_amounts'), models.CheckConstraint(condition=models.Q(('runs__gte', 1), ('runs__lte', 12)), name='threshold_runs'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='ended_threshold_says_why')],
            },
        ),
        migrations.CreateModel(
            name='FigureAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('raised_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('back_at', models.DateTimeField(null=True)),
                ('threshold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.threshold')),
            ],
            options={
                'ordering': ['-raised_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AlertEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('step', models.CharField(choices=[('raised', 'Raised'), ('acknowledged', 'Acknowledged'), ('back', 'Back'), ('dropped', 'Threshold ended')], max_length=12)),
                ('at', models.DateTimeField()),
                ('by', models.BigIntegerField()),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('before', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('from_on', models.DateField(null=True)),
                ('until_on', models.DateField(null=True)),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.figurealert')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('step', 'acknowledged'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='acknowledged_with_words')],
            },
        ),
        migrations.CreateModel(
            name='SubscriptionIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('pages', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('message', models.BigIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.subscription')),
            ],
            options={
                'ordering': ['-from_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'from_on'), name='month_issued_once'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='issue_period')],
            },
        ),
        migrations.AddConstraint(
            model_name='figurealert',
            constraint=models.UniqueConstraint(condition=models.Q(('back_at__isnull', True)), fields=('threshold',), name='one_alert_open'),
        ),
        *(row_policy(f"statistics_{table}") for table in TABLES),
        append_only("statistics_subscriptionissue"),
        append_only("statistics_alertentry"),
    ]
