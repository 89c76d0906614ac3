"""Rights handed to a colleague for a time, and the certificates that the guard of every request reads."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import openpes.kernel.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_two_people_for_a_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='certificates',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None),
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', openpes.kernel.scope.AreaField(db_collation='C', max_length=12)),
                ('rights', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('reason', models.CharField(max_length=200)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.grant')),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-from_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='delegation_to_somebody_else'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on')), ('until_on__lte', django.db.models.expressions.CombinedExpression(models.F('from_on'), '+', models.Value(datetime.timedelta(days=30))))), name='delegation_of_thirty_days'), models.CheckConstraint(condition=models.Q(('rights', []), _negated=True), name='delegation_of_something')],
            },
        ),
    ]
