"""Groups, education, qualifications, and requests for correction, with their row-level security."""

import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import no_overlap, row_policy

MINE = "nullif(current_setting('app.person', true), '')::bigint"
TABLES = ("groupmembership", "educationrecord", "qualification", "correctionrequest", "correctionappeal")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_periods_as_boxes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('fact', models.CharField(choices=[('phone', 'Telephone'), ('hukou', 'Household registration'), ('ethnic_group', 'Ethnic group'), ('marital', 'Marital status'), ('name', 'Name'), ('id_number', 'Identity number'), ('home', 'Home'), ('household', 'Household'), ('education', 'Education'), ('qualification', 'Skill grades and certificates'), ('group', 'Groups'), ('registration', 'Registrations and job wish'), ('other', 'Something else')], max_length=14)),
                ('wanted_sealed', models.BinaryField()),
                ('evidence_sealed', models.BinaryField()),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted and changed'), ('refused', 'Refused')], default='', max_length=8)),
                ('answer_note', models.CharField(blank=True, default='', max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
                ('answered_office', models.CharField(blank=True, default='', max_length=120)),
                ('changed_by_line', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CorrectionAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('first_by', models.BigIntegerField()),
                ('grounds_sealed', models.BinaryField()),
                ('filed_on', models.DateField()),
                ('due_on', models.DateField()),
                ('filed_at', models.DateTimeField()),
                ('filed_by', models.BigIntegerField()),
                ('ruling', models.CharField(blank=True, choices=[('allowed', 'Allowed and changed'), ('dismissed', 'Dismissed: the refusal stands')], default='', max_length=9)),
                ('ruling_reason', models.CharField(blank=True, default='', max_length=500)),
                ('ruled_at', models.DateTimeField(null=True)),
                ('ruled_by', models.BigIntegerField(null=True)),
                ('ruled_office', models.CharField(blank=True, default='', max_length=120)),
                ('changed_by_line', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.correctionrequest')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EducationRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('level', models.CharField(max_length=2)),
                ('school', models.CharField(blank=True, default='', max_length=100)),
                ('subject', models.CharField(blank=True, default='', max_length=100)),
                ('graduated_on', models.DateField(null=True)),
                ('proof', models.CharField(choices=[('stated', 'Stated by the person'), ('diploma', 'Graduation certificate'), ('degree', 'Degree certificate'), ('report', 'Online verification report')], max_length=8)),
                ('number_sealed', models.BinaryField(null=True)),
                ('number_index', models.BinaryField(max_length=16, null=True)),
                ('number_mask', models.CharField(blank=True, default='', max_length=30)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('recorded_office', models.CharField(blank=True, default='', max_length=120)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.BigIntegerField(null=True)),
                ('withdrawal', models.CharField(blank=True, default='', max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['person', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GroupMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('group', models.PositiveSmallIntegerField()),
                ('evidence', models.CharField(max_length=20)),
                ('evidence_no_sealed', models.BinaryField(null=True)),
                ('evidence_mask', models.CharField(blank=True, default='', max_length=30)),
                ('evidence_on', models.DateField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('wants_two', models.BooleanField()),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.BigIntegerField()),
                ('entered_office', models.CharField(blank=True, default='', max_length=120)),
                ('outcome', models.CharField(blank=True, choices=[('recognised', 'Recognised'), ('refused', 'Not recognised')], default='', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_office', models.CharField(blank=True, default='', max_length=120)),
                ('refusal', models.CharField(blank=True, default='', max_length=300)),
                ('end_kind', models.CharField(blank=True, choices=[('ended', 'Ended: the person no longer belongs to it'), ('revoked', 'Revoked: it should not have been recognised')], default='', max_length=8)),
                ('end_reason', models.CharField(blank=True, default='', max_length=300)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['person', '-from_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('kind', models.CharField(choices=[('stated', 'Stated by the person'), ('national', 'National vocational qualification certificate'), ('level', 'Skill level certificate'), ('licence', 'Licence or special-operation certificate')], max_length=8)),
                ('grade', models.CharField(blank=True, default='', max_length=2)),
                ('occupation', models.CharField(blank=True, default='', max_length=12)),
                ('skill', models.CharField(blank=True, default='', max_length=20)),
                ('number_sealed', models.BinaryField(null=True)),
                ('number_index', models.BinaryField(max_length=16, null=True)),
                ('number_mask', models.CharField(blank=True, default='', max_length=30)),
                ('issuer', models.CharField(blank=True, default='', max_length=100)),
                ('issued_on', models.DateField(null=True)),
                ('until_on', models.DateField(null=True)),
                ('expired_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('recorded_office', models.CharField(blank=True, default='', max_length=120)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.BigIntegerField(null=True)),
                ('withdrawal', models.CharField(blank=True, default='', max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['person', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('person', 'fact'), name='one_request_of_a_fact'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='correction_by_another'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', 'accepted'), models.Q(('answer', 'refused'), models.Q(('answer_note', ''), _negated=True)), _connector='OR')), _connector='OR'), name='correction_answered_whole'),
        ),
        migrations.AddConstraint(
            model_name='correctionappeal',
            constraint=models.CheckConstraint(condition=models.Q(('ruled_by__isnull', True), models.Q(models.Q(('ruled_by', models.F('first_by')), _negated=True), models.Q(('ruled_by', models.F('filed_by')), _negated=True)), _connector='OR'), name='correction_appeal_by_another'),
        ),
        migrations.AddConstraint(
            model_name='correctionappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruled_at__isnull', True), ('ruled_by__isnull', True), ('ruling', '')), models.Q(('ruled_at__isnull', False), ('ruled_by__isnull', False), models.Q(('ruling', ''), _negated=True), models.Q(('ruling_reason', ''), _negated=True)), _connector='OR'), name='correction_ruled_whole'),
        ),
        migrations.AddConstraint(
            model_name='educationrecord',
            constraint=models.CheckConstraint(condition=models.Q(('proof', 'stated'), models.Q(models.Q(('school', ''), _negated=True), ('graduated_on__isnull', False), ('number_index__isnull', False)), _connector='OR'), name='education_proved_whole'),
        ),
        migrations.AddConstraint(
            model_name='educationrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('number_index',), name='education_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='educationrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('proof', 'stated'), ('withdrawn_at__isnull', True)), fields=('person',), name='education_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='educationrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal', ''), _negated=True)), _connector='OR'), name='education_withdrawn_whole'),
        ),
        migrations.AddIndex(
            model_name='groupmembership',
            index=models.Index(fields=['until_on'], name='group_by_end'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='group_period'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('group__in', (50, 201)), _negated=True), name='derived_groups_are_not_typed'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='group_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('wants_two', False), ('decided_by__isnull', True), models.Q(('decided_by', models.F('entered_by')), _negated=True), _connector='OR'), name='group_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='group_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_kind', ''), ('ended_by__isnull', True)), models.Q(('ended_by__isnull', False), ('outcome', 'recognised'), ('until_on__isnull', False), models.Q(('end_kind', ''), _negated=True), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='group_ended_whole'),
        ),
        migrations.AddIndex(
            model_name='qualification',
            index=models.Index(fields=['until_on'], name='qualification_by_end'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'stated'), models.Q(models.Q(('issuer', ''), _negated=True), ('issued_on__isnull', False), ('number_index__isnull', False)), _connector='OR'), name='qualification_proved_whole'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grade', ''), models.Q(('skill', ''), _negated=True)), models.Q(models.Q(('grade', ''), _negated=True), ('skill', '')), _connector='OR'), name='qualification_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('issued_on')), _connector='OR'), name='qualification_period'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('kind', 'number_index'), name='qualification_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'stated'), ('withdrawn_at__isnull', True)), fields=('person',), name='grade_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal', ''), _negated=True)), _connector='OR'), name='qualification_withdrawn_whole'),
        ),
    
        *(row_policy(f"people_{table}", person="person_id") for table in TABLES),
        no_overlap(
            "people_groupmembership", "one_membership_of_a_group", keys=("person_id", '"group"'),
            where="outcome <> 'refused'",
        ),
        # A person reads the booklet of the own household, as long as they belong to it.
        migrations.RunSQL(
            "CREATE POLICY by_member ON people_household FOR SELECT TO openpes_self USING (EXISTS ("
            "SELECT 1 FROM people_householdmember m"
            f" WHERE m.household_id = people_household.id AND m.person_id = {MINE}"
            " AND (m.until_on IS NULL OR m.until_on > current_date)))",
            "DROP POLICY by_member ON people_household",
        ),
    ]
