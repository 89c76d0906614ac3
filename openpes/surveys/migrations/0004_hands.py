"""Both accounts of whoever surveys, asks again and marks are kept: neither of the first act does the second."""

from django.db import migrations, models
from django.db.models import Q

from openpes.kernel.hands import HandsField, by_another
from openpes.kernel.policies import hands_of_old_rows

OPEN = ("drawn", "marked")
ASKED = ("asked_by", "asked_hands", "asked_at", "is_met")


def together(*fields: str) -> Q:
    """All of these are known, or none."""
    return Q(**{f"{field}__isnull": True for field in fields}) | Q(**{f"{field}__isnull": False for field in fields})


def added(model: str, *fields: str) -> list[migrations.AddField]:
    return [migrations.AddField(model, field, HandsField(null=True)) for field in fields]


def checks(model: str, **conditions: Q) -> list[migrations.AddConstraint]:
    return [
        migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name))
        for name, condition in conditions.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_own_answers")]
    operations = [
        migrations.RemoveConstraint("spotcheck", "check_marked_by_two"),
        migrations.RemoveConstraint("spotcheck", "check_concluded_by_two"),
        migrations.RemoveConstraint("checkedhousehold", "asked_again_by_another"),
        migrations.RemoveConstraint("checkedhousehold", "asked_again_is_dated"),
        *added("spotcheck", "first_hands", "second_hands"),
        *added("checkedhousehold", "surveyed_hands", "asked_hands"),
        hands_of_old_rows("surveys_spotcheck", "first", "second"),
        hands_of_old_rows("surveys_checkedhousehold", "surveyed", "asked"),
        migrations.AlterField("checkedhousehold", "surveyed_hands", HandsField()),
        migrations.AddConstraint("spotcheck", by_another("second_hands", "first_hands", name="check_marked_by_two")),
        migrations.AddConstraint(
            "checkedhousehold", by_another("asked_hands", "surveyed_hands", name="asked_again_by_another")
        ),
        *checks(
            "spotcheck",
            check_first_hands=together("first_by", "first_hands"),
            check_second_hands=Q(second_by__isnull=True, second_hands__isnull=True)
            | Q(second_by__isnull=False, second_hands__isnull=False, first_hands__isnull=False),
            check_concluded_by_two=Q(state__in=OPEN) | Q(first_hands__isnull=False, second_hands__isnull=False),
        ),
        *checks("checkedhousehold", asked_again_is_dated=together(*ASKED)),
    ]
