"""Kinds of service points, their hours, windows, equipment, pictures, and counted populations."""

import django.db.models.deletion
import openpes.kernel.scope
from django.db import migrations, models

from openpes.kernel.policies import for_everybody, public_read, row_policy


# The policies of the table are forced on its owner too, so they are put aside while the old rows learn their kind.
KIND_OF_OLD_POINTS = [
    "ALTER TABLE network_servicepoint NO FORCE ROW LEVEL SECURITY",
    """
    UPDATE network_servicepoint point SET kind = CASE
        WHEN level = 2 THEN 'city_market'
        WHEN level = 3 THEN 'county_market'
        WHEN level = 4 THEN 'town_office'
        WHEN EXISTS (
            SELECT 1 FROM network_area unit WHERE unit.path = point.area AND unit.kind IN ('village', 'quasi_village')
        ) THEN 'village_station'
        ELSE 'community_station' END
    """,
    "ALTER TABLE network_servicepoint FORCE ROW LEVEL SECURITY",
]
HOURS_APART = (
    "ALTER TABLE network_openinghours ADD CONSTRAINT opening_hours_apart EXCLUDE USING gist"
    " (int8range(point_id, point_id, '[]') WITH &&, int4range(weekday, weekday, '[]') WITH &&,"
    " int4range(from_minute, until_minute) WITH &&)",
    "ALTER TABLE network_openinghours DROP CONSTRAINT opening_hours_apart",
)
PICTURE_COLUMNS = "id, area, point_id, place_no, caption, media_type, width, height, digest, content"


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_terms_and_postings'),
    ]

    operations = [
        migrations.AddField(
            model_name='servicepoint',
            name='kind',
            field=models.CharField(choices=[('city_market', 'City market'), ('county_market', 'County or district market'), ('key_town_market', 'Key township market'), ('town_office', 'Township or street office'), ('community_station', 'Community station'), ('village_station', 'Village station'), ('reemployment_centre', 'Re-employment service centre of a firm'), ('training_base', 'Training base')], default='', max_length=30),
            preserve_default=False,
        ),
        migrations.RunSQL(KIND_OF_OLD_POINTS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='AreaPopulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted_on', models.DateField()),
                ('persons', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['unit', '-counted_on'],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')])),
                ('from_minute', models.PositiveSmallIntegerField()),
                ('until_minute', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['point', 'weekday', 'from_minute'],
            },
        ),
        migrations.CreateModel(
            name='PointEquipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('kind', models.CharField(choices=[('computer', 'Computers'), ('printer', 'Printers'), ('card_reader', 'Identity card readers'), ('scanner', 'Document scanners'), ('screen', 'Hall screens'), ('kiosk', 'Self-service machines'), ('camera', 'Video interview places')], max_length=20)),
                ('pieces', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['point', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='PointPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('place_no', models.PositiveSmallIntegerField()),
                ('caption', models.CharField(max_length=60)),
                ('media_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('added_by', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['point', 'place_no'],
            },
        ),
        migrations.CreateModel(
            name='ServiceWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', openpes.kernel.scope.AreaField(db_collation='C', db_index=True, max_length=12)),
                ('number', models.PositiveSmallIntegerField()),
                ('purpose', models.CharField(choices=[('general', 'All matters'), ('registration', 'Employment and unemployment registration'), ('placement', 'Job seeking and hiring'), ('guidance', 'Vocational guidance and policy advice'), ('training', 'Training'), ('insurance', 'Social insurance and benefits')], max_length=20)),
            ],
            options={
                'ordering': ['point', 'number', 'purpose'],
            },
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='contact_office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.servicepoint'),
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='floor_m2',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='hall_m2',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='host_code',
            field=models.CharField(blank=True, default='', max_length=18),
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='host_name',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AddField(
            model_name='servicepoint',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reemployment_centre', 'training_base']), models.Q(('kind', 'city_market'), ('level', 2)), models.Q(('kind', 'county_market'), ('level', 3)), models.Q(('kind', 'key_town_market'), ('level', 4)), models.Q(('kind', 'town_office'), ('level', 4)), models.Q(('kind', 'community_station'), ('level', 5)), models.Q(('kind', 'village_station'), ('level', 5)), _connector='OR'), name='point_kind_fits_level'),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reemployment_centre'), _negated=True), models.Q(('contact_office__isnull', False), models.Q(('host_name', ''), _negated=True)), _connector='OR'), name='centre_has_firm_and_office'),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=models.CheckConstraint(condition=models.Q(('hall_m2__isnull', True), ('floor_m2__isnull', True), ('hall_m2__lte', models.F('floor_m2')), _connector='OR'), name='hall_inside_the_floor'),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gt', models.F('opened_on')), _connector='OR'), name='point_period'),
        ),
        migrations.AddField(
            model_name='areapopulation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area'),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.servicepoint'),
        ),
        migrations.AddField(
            model_name='pointequipment',
            name='point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.servicepoint'),
        ),
        migrations.AddField(
            model_name='pointpicture',
            name='point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.servicepoint'),
        ),
        migrations.AddField(
            model_name='servicewindow',
            name='point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.servicepoint'),
        ),
        migrations.AddConstraint(
            model_name='areapopulation',
            constraint=models.UniqueConstraint(fields=('unit', 'counted_on'), name='population_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='areapopulation',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='population_has_a_source'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('until_minute__lte', 1440), ('weekday__gte', 1), ('weekday__lte', 7), ('until_minute__gt', models.F('from_minute'))), name='opening_hours_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='pointequipment',
            constraint=models.UniqueConstraint(fields=('point', 'kind'), name='equipment_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='pointequipment',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gte', 1)), name='equipment_is_there'),
        ),
        migrations.AddConstraint(
            model_name='pointpicture',
            constraint=models.UniqueConstraint(fields=('point', 'place_no'), name='picture_place_once'),
        ),
        migrations.AddConstraint(
            model_name='pointpicture',
            constraint=models.UniqueConstraint(fields=('point', 'digest'), name='same_picture_once'),
        ),
        migrations.AddConstraint(
            model_name='pointpicture',
            constraint=models.CheckConstraint(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png'])), name='picture_is_jpeg_or_png'),
        ),
        migrations.AddConstraint(
            model_name='servicewindow',
            constraint=models.UniqueConstraint(fields=('point', 'number', 'purpose'), name='window_purpose_once'),
        ),
        migrations.AddConstraint(
            model_name='servicewindow',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 99)), name='window_number'),
        ),
        migrations.RunSQL(*HOURS_APART),
        row_policy('network_openinghours'),
        row_policy('network_servicewindow'),
        row_policy('network_pointequipment'),
        row_policy('network_pointpicture'),
        *(for_everybody(f'network_{table}') for table in ('servicepoint', 'openinghours', 'servicewindow', 'pointpicture')),
        *(public_read(f'network_{table}') for table in ('servicepoint', 'openinghours', 'servicewindow')),
        public_read('network_pointpicture', PICTURE_COLUMNS),
    ]
