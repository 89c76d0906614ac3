"""Reports drawn up, published and counted again; the public reads what was published, nobody changes it."""

import django.db.models.deletion
from django.db import migrations, models

import openpes.kernel.hands
import openpes.kernel.scope
from openpes.kernel.policies import append_only, for_everybody, public_read, row_policy

PUBLIC_COLUMNS = (
    "id, area, from_on, until_on, allotted, reason, edition, definition, seal, digest, public_tables, public_texts,"
    " pages_zh, pages_en, published_at"
)


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0001_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('allotted', models.BooleanField()),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('seal', models.CharField(max_length=64)),
                ('vacancies', models.PositiveIntegerField()),
                ('wishes', models.PositiveIntegerField()),
                ('texts', models.JSONField()),
                ('drawn_up_at', models.DateTimeField()),
                ('drawn_up_by', models.BigIntegerField()),
                ('drawn_up_hands', openpes.kernel.hands.HandsField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-drawn_up_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('area', 'from_on', 'until_on'), name='edition_drawn_up_once'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='edition_draft_period')],
            },
        ),
        migrations.CreateModel(
            name='ReportEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('allotted', models.BooleanField()),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('seal', models.CharField(max_length=64)),
                ('vacancies', models.PositiveIntegerField()),
                ('wishes', models.PositiveIntegerField()),
                ('texts', models.JSONField()),
                ('drawn_up_at', models.DateTimeField()),
                ('drawn_up_by', models.BigIntegerField()),
                ('drawn_up_hands', openpes.kernel.hands.HandsField()),
                ('edition', models.PositiveSmallIntegerField()),
                ('definition', models.CharField(max_length=40)),
                ('tables', models.JSONField()),
                ('compared', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('public_tables', models.JSONField()),
                ('public_texts', models.JSONField()),
                ('pages_zh', models.BinaryField()),
                ('pages_en', models.BinaryField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.BigIntegerField()),
                ('published_hands', openpes.kernel.hands.HandsField()),
            ],
            options={
                'ordering': ['-published_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('area', 'from_on', 'until_on', 'edition'), name='edition_once'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='edition_period'), models.CheckConstraint(condition=models.Q(('edition', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='edition_correction_says_why'), models.CheckConstraint(condition=models.Q(('published_hands__isnull', True), models.Q(('published_hands__overlap', models.F('drawn_up_hands')), _negated=True), _connector='OR'), name='edition_published_by_another')],
            },
        ),
        migrations.CreateModel(
            name='EditionCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('seal', models.CharField(max_length=64)),
                ('vacancies', models.PositiveIntegerField()),
                ('wishes', models.PositiveIntegerField()),
                ('differing', models.JSONField()),
                ('same', models.BooleanField()),
                ('checked_at', models.DateTimeField()),
                ('checked_by', models.BigIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.reportedition')),
            ],
            options={
                'ordering': ['-checked_at', '-id'],
            },
        ),
        *(row_policy(f"statistics_{table}") for table in ("reportedition", "reportdraft", "editioncheck")),
        for_everybody("statistics_reportedition"),
        public_read("statistics_reportedition", PUBLIC_COLUMNS),
        append_only("statistics_reportedition"),
        append_only("statistics_editioncheck"),
    ]
