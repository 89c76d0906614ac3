"""Registrations between cities, objections as rows, checks with their day, papers of several kinds with a public check."""

import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import row_policy

# The policies of these tables are forced on their owner too, so they are put aside while old rows are carried over.
CARRIED = ("registration_preferencecertificate", "registration_certificatecheck", "registration_certificateobjection")
OLD_OBJECTIONS = """
INSERT INTO registration_certificateobjection
    (area, person_id, certificate_id, said, noted_at, noted_by, answer, answered_at, answered_by)
SELECT area, person_id, id, objection, reviewed_at, reviewed_by, objection_answer,
    CASE WHEN objection_answer <> '' THEN reviewed_at END, CASE WHEN objection_answer <> '' THEN reviewed_by END
FROM registration_preferencecertificate WHERE objection <> ''
"""
# The months between checks were 12 in every year up to this change.
OLD_CHECKS = """
UPDATE registration_preferencecertificate held SET check_due_on = (coalesce(
    (SELECT max(checked_on) FROM registration_certificatecheck WHERE certificate_id = held.id AND passed), issued_on
) + interval '12 months')::date WHERE issued_on IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_periods_as_boxes'),
        ('registration', '0007_periods_as_boxes'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransferIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('from_place', models.CharField(max_length=6)),
                ('from_office', models.CharField(max_length=120)),
                ('paper_number', models.CharField(max_length=40)),
                ('paper_issued_on', models.DateField()),
                ('since_on', models.DateField()),
                ('left_on', models.DateField()),
                ('months', models.PositiveSmallIntegerField()),
                ('received_at', models.DateTimeField()),
                ('received_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['person', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CertificateObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('said', models.CharField(max_length=500)),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, default='', max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['certificate', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TransferOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('to_place', models.CharField(max_length=6)),
                ('to_office', models.CharField(blank=True, default='', max_length=120)),
                ('since_on', models.DateField()),
                ('left_on', models.DateField()),
                ('months', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=3)),
                ('token', models.CharField(max_length=32, unique=True)),
                ('code', models.CharField(max_length=8)),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.BigIntegerField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.BigIntegerField(null=True)),
                ('taken_back_why', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'ordering': ['person', 'id'],
            },
        ),
        migrations.RenameModel('HandbookProof', 'PaperProof'),
        migrations.RenameField('paperproof', 'copy', 'paper'),
        migrations.AddField(
            model_name='paperproof',
            name='kind',
            field=models.CharField(blank=True, choices=[('handbook', 'Handbook'), ('transfer', 'Certificate of transfer')], default='handbook', max_length=9),
        ),
        migrations.AlterField(
            model_name='paperproof',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('lost', 'Declared lost'), ('damaged', 'Damaged and replaced'), ('full', 'Full and replaced'), ('died', 'The holder died'), ('taken_back', 'Taken back by the office')], default='', max_length=10),
        ),
        migrations.RemoveConstraint(
            model_name='preferencecertificate',
            name='certificate_issued_whole',
        ),
        migrations.AddField(
            model_name='preferencecertificate',
            name='check_due_on',
            field=models.DateField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='jobwish',
            name='planned_until_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='statusperiod',
            name='counted_from_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='handbookcopy',
            name='reason',
            field=models.CharField(choices=[('first', 'First booklet'), ('lost', 'The last one was lost'), ('damaged', 'The last one was damaged'), ('full', 'The last one is full'), ('again', 'The last one had ended; the person has returned to the register')], max_length=8),
        ),
        migrations.AlterField(
            model_name='handbookentry',
            name='kind',
            field=models.CharField(choices=[('issued', 'Booklet issued'), ('lost', 'Booklet declared lost'), ('replaced', 'Booklet replaced'), ('unemployed', 'Unemployment registered'), ('unemp_end', 'Unemployment registration ended'), ('employed', 'Employment registered'), ('emp_end', 'Employment ended'), ('taken_back', 'Registration taken back'), ('reopened', 'Registration restored'), ('confirmed', 'Unemployment confirmed'), ('moved', 'Taken over by another office'), ('policy', 'Policy used'), ('certified', 'Preference certificate issued'), ('revoked', 'Preference certificate revoked'), ('went_out', 'Registration transferred to another city'), ('came_in', 'Registration taken over from another city')], max_length=12),
        ),
        migrations.AddField(
            model_name='transferin',
            name='period',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registration.statusperiod'),
        ),
        migrations.AddField(
            model_name='transferin',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='certificateobjection',
            name='certificate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registration.preferencecertificate'),
        ),
        migrations.AddField(
            model_name='certificateobjection',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='transferout',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registration.statusperiod'),
        ),
        migrations.AddField(
            model_name='transferout',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='transferin',
            constraint=models.UniqueConstraint(fields=('from_place', 'paper_number'), name='paper_of_another_city_once'),
        ),
        migrations.AddConstraint(
            model_name='transferin',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__gte', models.F('since_on'))), name='transfer_in_period'),
        ),
        migrations.AddConstraint(
            model_name='certificateobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='objection_answered_whole'),
        ),
        migrations.AddConstraint(
            model_name='transferout',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('period',), name='one_transfer_out_of_a_registration'),
        ),
        migrations.AddConstraint(
            model_name='transferout',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__gte', models.F('since_on'))), name='transfer_out_period'),
        ),
        migrations.AddConstraint(
            model_name='transferout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True), ('taken_back_why', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='transfer_out_taken_back_whole'),
        ),
        row_policy("registration_transferout", person="person_id"),
        row_policy("registration_transferin", person="person_id"),
        row_policy("registration_certificateobjection"),
        migrations.RunSQL([f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in CARRIED], migrations.RunSQL.noop),
        migrations.RunSQL([OLD_OBJECTIONS, OLD_CHECKS], migrations.RunSQL.noop),
        migrations.RunSQL([f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in CARRIED], migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='preferencecertificate',
            name='objection',
        ),
        migrations.RemoveField(
            model_name='preferencecertificate',
            name='objection_answer',
        ),
        migrations.AddConstraint(
            model_name='preferencecertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'issued'), _negated=True), models.Q(('check_due_on__isnull', False), ('issued_on__isnull', False), ('notice_until_on__isnull', False), ('number__isnull', False)), _connector='OR'), name='certificate_issued_whole'),
        ),
    ]
