"""Names and numbers of before, household registration, death and departure, files that go to another county."""

import django.contrib.postgres.fields
import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import periods_apart, row_policy
from openpes.kernel.scope import CITY

FROM_SCOPE = (
    "from_area >= nullif(current_setting('app.scope', true), '')"
    " AND from_area < nullif(current_setting('app.scope', true), '') || '~'"
)
# A number that somebody had before is nobody else's, whichever office asks: the trigger looks at the whole city.
CITY_WIDE = f"PERFORM set_config('app.scope', '{CITY}', true);"
AS_BEFORE = "PERFORM set_config('app.scope', coalesce(asked, ''), true);"
TAKEN = "IF taken THEN RAISE EXCEPTION 'former_number_of_another' USING ERRCODE = 'unique_violation'; END IF;"
DECLARED = "DECLARE asked text := current_setting('app.scope', true); taken boolean;"
OF_NEW_PERSONS = f"""
CREATE FUNCTION people_new_numbers_are_free() RETURNS trigger LANGUAGE plpgsql AS $$ {DECLARED}
BEGIN
  {CITY_WIDE}
  SELECT EXISTS (SELECT FROM people_formernumber f JOIN fresh n ON n.id_number_index = f.number_index) INTO taken;
  {AS_BEFORE} {TAKEN} RETURN NULL;
END $$;
CREATE TRIGGER new_numbers_are_free AFTER INSERT ON people_person REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION people_new_numbers_are_free();
"""
OF_CHANGED_PERSONS = f"""
CREATE FUNCTION people_changed_number_is_free() RETURNS trigger LANGUAGE plpgsql AS $$ {DECLARED}
BEGIN
  {CITY_WIDE}
  SELECT EXISTS (SELECT FROM people_formernumber f
    WHERE f.number_index = NEW.id_number_index AND f.person_id <> NEW.id) INTO taken;
  {AS_BEFORE} {TAKEN} RETURN NULL;
END $$;
CREATE TRIGGER changed_number_is_free AFTER UPDATE OF id_number_index ON people_person
  FOR EACH ROW WHEN (OLD.id_number_index IS DISTINCT FROM NEW.id_number_index)
  EXECUTE FUNCTION people_changed_number_is_free();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('kind', models.CharField(choices=[('died', 'Died'), ('abroad', 'Settled abroad'), ('away', 'Left the city for good')], max_length=6)),
                ('on', models.DateField()),
                ('evidence', models.CharField(choices=[('booklet', 'Household booklet'), ('card', 'Identity card'), ('police', 'Certificate of the police'), ('migration', 'Certificate of moved household registration'), ('medical', 'Medical certificate of death'), ('cremation', 'Certificate of cremation'), ('court', 'Judgment of a court'), ('committee', 'Certificate of the village or community committee'), ('exit', 'Proof of settling abroad')], max_length=9)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_sealed', models.BinaryField(null=True)),
                ('reporter', models.CharField(choices=[('self', 'The person'), ('head', 'The head of the household'), ('relative', 'A relative'), ('neighbour', 'A neighbour'), ('committee', 'The village or community committee'), ('police', 'The police or civil affairs')], max_length=9)),
                ('reporter_name', models.CharField(blank=True, default='', max_length=80)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('closed', models.JSONField(default=dict)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('returned_on', models.DateField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.BigIntegerField(null=True)),
                ('taken_back_why', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'ordering': ['person', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FileHandover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('from_area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('home', models.BigIntegerField()),
                ('former_home', models.JSONField(default=dict)),
                ('moved_on', models.DateField()),
                ('due_on', models.DateField()),
                ('offered_at', models.DateTimeField()),
                ('offered_by', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('returned', 'Returned'), ('overtaken', 'Overtaken: the person moved on')], default='', max_length=9)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('name', models.CharField(max_length=80)),
                ('initials', models.CharField(blank=True, db_collation='C', default='', max_length=40)),
                ('kind', models.CharField(choices=[('changed', 'Changed: the household registration office entered the new name'), ('corrected', 'Corrected: the name was written wrongly in the file')], max_length=9)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('evidence', models.CharField(choices=[('booklet', 'Household booklet'), ('card', 'Identity card'), ('police', 'Certificate of the police'), ('migration', 'Certificate of moved household registration'), ('medical', 'Medical certificate of death'), ('cremation', 'Certificate of cremation'), ('court', 'Judgment of a court'), ('committee', 'Certificate of the village or community committee'), ('exit', 'Proof of settling abroad')], max_length=9)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_sealed', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['person', '-until_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FormerNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('number_sealed', models.BinaryField()),
                ('number_index', models.BinaryField(max_length=16, unique=True)),
                ('tail_index', models.BinaryField(db_index=True, max_length=16)),
                ('mask', models.CharField(max_length=18)),
                ('kind', models.CharField(choices=[('upgraded', '15 digits became 18'), ('corrected', 'Corrected by the police, or typed wrongly')], max_length=9)),
                ('until_on', models.DateField()),
                ('evidence', models.CharField(choices=[('booklet', 'Household booklet'), ('card', 'Identity card'), ('police', 'Certificate of the police'), ('migration', 'Certificate of moved household registration'), ('medical', 'Medical certificate of death'), ('cremation', 'Certificate of cremation'), ('court', 'Judgment of a court'), ('committee', 'Certificate of the village or community committee'), ('exit', 'Proof of settling abroad')], max_length=9)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_sealed', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['person', '-until_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HukouPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('kind', models.CharField(max_length=2)),
                ('place', models.CharField(blank=True, default='', max_length=6)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('evidence', models.CharField(blank=True, choices=[('booklet', 'Household booklet'), ('card', 'Identity card'), ('police', 'Certificate of the police'), ('migration', 'Certificate of moved household registration'), ('medical', 'Medical certificate of death'), ('cremation', 'Certificate of cremation'), ('court', 'Judgment of a court'), ('committee', 'Certificate of the village or community committee'), ('exit', 'Proof of settling abroad')], default='', max_length=9)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_sealed', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['person', 'from_on'],
            },
        ),
        migrations.CreateModel(
            name='NumberChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('number_sealed', models.BinaryField()),
                ('number_index', models.BinaryField(max_length=16)),
                ('mask', models.CharField(max_length=18)),
                ('former_mask', models.CharField(max_length=18)),
                ('on', models.DateField()),
                ('evidence', models.CharField(choices=[('booklet', 'Household booklet'), ('card', 'Identity card'), ('police', 'Certificate of the police'), ('migration', 'Certificate of moved household registration'), ('medical', 'Medical certificate of death'), ('cremation', 'Certificate of cremation'), ('court', 'Judgment of a court'), ('committee', 'Certificate of the village or community committee'), ('exit', 'Proof of settling abroad')], max_length=9)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_sealed', models.BinaryField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('content_hash', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('asked_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('answer', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('declined', 'Declined')], default='', max_length=9)),
                ('answer_note', models.CharField(blank=True, default='', max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
                ('answered_hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='householdmember',
            name='household_one_head',
        ),
        migrations.AddField(
            model_name='householdmember',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('left', 'left'), ('split', 'went to a household of their own'), ('head', 'the head of the household changed'), ('died', 'died'), ('departed', 'left the city for good')], db_default='', default='', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('end_reason', ''), ('until_on__isnull', False), _connector='OR'), name='membership_ended_for_a_reason'),
        ),
        migrations.AddField(
            model_name='departure',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='filehandover',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='formername',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='formernumber',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='hukouperiod',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='numberchange',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='departure',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True), ('taken_back_at__isnull', True)), fields=('person',), name='one_departure_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='departure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True), ('taken_back_why', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='departure_taken_back_whole'),
        ),
        migrations.AddConstraint(
            model_name='departure',
            constraint=models.CheckConstraint(condition=models.Q(('returned_on__isnull', True), models.Q(('returned_on__gt', models.F('on')), ('taken_back_at__isnull', True), models.Q(('kind', 'died'), _negated=True)), _connector='OR'), name='nobody_returns_from_death'),
        ),
        migrations.AddConstraint(
            model_name='filehandover',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('person',), name='one_waiting_file'),
        ),
        migrations.AddConstraint(
            model_name='filehandover',
            constraint=models.CheckConstraint(condition=models.Q(('area', models.F('from_area')), _negated=True), name='file_goes_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='filehandover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='file_answered_whole'),
        ),
        migrations.AddIndex(
            model_name='formername',
            index=models.Index(fields=['name', 'person'], name='former_name_by_name'),
        ),
        migrations.AddIndex(
            model_name='formername',
            index=models.Index(fields=['initials', 'person'], name='former_name_by_initials'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='former_name_period'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='former_name_is_one'),
        ),
        migrations.AddConstraint(
            model_name='hukouperiod',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='hukou_period'),
        ),
        migrations.AddConstraint(
            model_name='numberchange',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('person',), name='one_waiting_number'),
        ),
        migrations.AddConstraint(
            model_name='numberchange',
            constraint=models.CheckConstraint(condition=models.Q(('answered_hands__isnull', True), models.Q(('answer', 'confirmed'), _negated=True), models.Q(('answered_hands__overlap', models.F('asked_hands')), _negated=True), _connector='OR'), name='number_by_two_officers'),
        ),
        migrations.AddConstraint(
            model_name='numberchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('answered_hands__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('answered_hands__isnull', False)), _connector='OR'), name='number_answered_whole'),
        ),
        *(
            row_policy(f"people_{table}", person="person_id")
            for table in ("formername", "formernumber", "numberchange", "hukouperiod", "departure", "filehandover")
        ),
        # The old office reads what became of a file that left it; only the new one answers.
        migrations.RunSQL(
            f"CREATE POLICY by_origin ON people_filehandover FOR SELECT TO openpes_app USING ({FROM_SCOPE})",
            "DROP POLICY by_origin ON people_filehandover",
        ),
        periods_apart("people_formername", "one_former_name_at_a_time", key="person_id"),
        periods_apart("people_hukouperiod", "one_hukou_at_a_time", key="person_id"),
        periods_apart("people_householdmember", "one_head_at_a_time", key="household_id", where="is_head"),
        migrations.RunSQL(
            OF_NEW_PERSONS,
            "DROP TRIGGER new_numbers_are_free ON people_person; DROP FUNCTION people_new_numbers_are_free()",
        ),
        migrations.RunSQL(
            OF_CHANGED_PERSONS,
            "DROP TRIGGER changed_number_is_free ON people_person; DROP FUNCTION people_changed_number_is_free()",
        ),
    ]
