"""Reports of more than one kind: the annual form of employment agencies beside supply and demand."""

from django.db import migrations, models

from openpes.kernel.policies import public_read


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0004_following'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reportdraft',
            name='edition_drawn_up_once',
        ),
        migrations.RemoveConstraint(
            model_name='reportedition',
            name='edition_once',
        ),
        migrations.AddField(
            model_name='editioncheck',
            name='others',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='reportdraft',
            name='kind',
            field=models.CharField(choices=[('supply_demand', 'Supply and demand'), ('agencies', 'Employment agencies (annual form 7)')], db_default='supply_demand', default='supply_demand', max_length=20),
        ),
        migrations.AddField(
            model_name='reportdraft',
            name='others',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='kind',
            field=models.CharField(choices=[('supply_demand', 'Supply and demand'), ('agencies', 'Employment agencies (annual form 7)')], db_default='supply_demand', default='supply_demand', max_length=20),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='others',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddConstraint(
            model_name='reportdraft',
            constraint=models.UniqueConstraint(fields=('kind', 'area', 'from_on', 'until_on'), name='edition_drawn_up_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedition',
            constraint=models.UniqueConstraint(fields=('kind', 'area', 'from_on', 'until_on', 'edition'), name='edition_once'),
        ),
        public_read("statistics_reportedition", "kind"),
    ]
