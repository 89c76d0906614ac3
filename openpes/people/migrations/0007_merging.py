"""Likely pairs, merges by two officers, what a merge moved, and the guards that hold both ways."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import append_only, row_policy

# Rows that nobody changes may still go to another person, and only by a merge that wrote it down in this transaction.
ONLY_BY_MERGE = """
CREATE FUNCTION people_only_by_merge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_movedrow
        WHERE "table" = TG_TABLE_NAME AND key = OLD.id::text AND tx = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'permission denied: a row of % goes to another person by a merge only', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_lives'),
    ]

    operations = [
        migrations.CreateModel(
            name='LikelyPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('first', models.BigIntegerField()),
                ('second', models.BigIntegerField(db_index=True)),
                ('score', models.IntegerField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('facts_hash', models.CharField(max_length=32)),
                ('state', models.CharField(choices=[('waiting', 'To be looked at'), ('apart', 'Not the same person'), ('merged', 'Merged')], default='waiting', max_length=8)),
                ('found_at', models.DateTimeField()),
                ('found_by', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, default='', max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['-score', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['area', '-score', 'id'], name='pair_waiting_by_score')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'apart'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='pair_apart_with_why')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('stays', models.BigIntegerField(db_index=True)),
                ('goes', models.BigIntegerField(db_index=True)),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second officer'), ('declined', 'Declined'), ('done', 'Merged'), ('undoing', 'Undoing waits for a second officer'), ('undone', 'Undone')], default='proposed', max_length=8)),
                ('why', models.CharField(max_length=300)),
                ('kept', models.JSONField(default=dict)),
                ('content_hash', models.CharField(max_length=64)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.BigIntegerField()),
                ('proposed_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('answer', models.CharField(blank=True, default='', max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
                ('answered_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('own_rows', models.JSONField(default=dict)),
                ('undo_why', models.CharField(blank=True, default='', max_length=300)),
                ('undo_kept', models.JSONField(default=dict)),
                ('undo_hash', models.CharField(blank=True, default='', max_length=64)),
                ('undo_at', models.DateTimeField(null=True)),
                ('undo_by', models.BigIntegerField(null=True)),
                ('undo_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.BigIntegerField(null=True)),
                ('undone_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('pair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.likelypair')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='MergedPerson',
            fields=[
                ('person', models.BigIntegerField(primary_key=True, serialize=False)),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('stays', models.BigIntegerField(db_index=True)),
                ('given_up_index', models.BinaryField(max_length=16, unique=True)),
                ('merged_at', models.DateTimeField()),
                ('merge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.merge')),
            ],
            options={
                'ordering': ['person'],
            },
        ),
        migrations.CreateModel(
            name='MovedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('step', models.CharField(choices=[('moved', 'Moved'), ('aside', 'Laid aside'), ('file', 'File that stays'), ('gone', 'File that went')], max_length=8)),
                ('back', models.BooleanField(default=False)),
                ('table', models.CharField(max_length=63)),
                ('column', models.CharField(max_length=63)),
                ('key', models.CharField(max_length=64)),
                ('old', models.CharField(blank=True, default='', max_length=64)),
                ('new', models.CharField(blank=True, default='', max_length=64)),
                ('row', models.JSONField(null=True)),
                ('tx', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()::text::bigint', []))),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.merge')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('stays', models.F('goes')), _negated=True), name='merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('answered_hands__isnull', True), models.Q(('answered_hands__overlap', models.F('proposed_hands')), _negated=True), _connector='OR'), name='merge_by_two_officers'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('undone_hands__isnull', True), models.Q(('undone_hands__overlap', models.F('undo_hands')), _negated=True), _connector='OR'), name='unmerge_by_two_officers'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'done', 'undoing'])), fields=('goes',), name='merged_away_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('stays',), name='one_proposal_for_a_file'),
        ),
        migrations.AddIndex(
            model_name='movedrow',
            index=models.Index(fields=['table', 'key', 'tx'], name='moved_row_by_key'),
        ),
        migrations.AddIndex(
            model_name='movedrow',
            index=models.Index(fields=['merge', 'id'], name='moved_row_by_merge'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['born_on'], name='person_by_birth'),
        ),
        *(row_policy(f"people_{table}") for table in ("likelypair", "merge", "movedrow", "mergedperson")),
        append_only("people_movedrow"),
        migrations.RunSQL(ONLY_BY_MERGE, "DROP FUNCTION people_only_by_merge()"),
    ]
