"""Acts of two persons keep both accounts of who did them, and neither of the two does the second."""

from django.db import migrations, models
from django.db.models import F, Q

import openpes.kernel.hands
from openpes.kernel import by_another
from openpes.kernel.policies import hands_of_old_rows

SIGNERS = migrations.RunSQL(
    "ALTER TABLE network_acceptance "
    + ", ".join(
        f"ALTER COLUMN {which}_hands TYPE bigint[] USING CASE WHEN {which}_assessor IS NOT NULL"
        f" THEN ARRAY[{which}_assessor] END"
        for which in ("first", "second")
    ),
    migrations.RunSQL.noop,
)
OPEN_STATES = ("prepared", "submitted", "assessed")
SIGNED = dict.fromkeys(
    ("first_assessor__isnull", "second_assessor__isnull", "score__isnull", "recheck_on__isnull"), False
)


def hands(model: str, *names: str) -> list[migrations.AddField]:
    return [migrations.AddField(model, f"{name}_hands", openpes.kernel.hands.HandsField(null=True)) for name in names]


def signed_twice(**more: bool) -> models.CheckConstraint:
    whole = Q(state__in=OPEN_STATES) | Q(second_hash=F("first_hash"), **SIGNED, **more)
    return models.CheckConstraint(condition=whole, name="acceptance_signed_twice")


class Migration(migrations.Migration):
    dependencies = [("network", "0006_acceptance_and_pilots")]
    operations = [
        *hands("acceptance", "applied", "first", "second"),
        *hands("pilotapplication", "applied", "reviewed", "approved", "accepted"),
        hands_of_old_rows("network_acceptance", "applied"),
        SIGNERS,
        hands_of_old_rows("network_pilotapplication", "applied", "reviewed", "approved", "accepted"),
        migrations.AlterField("acceptance", "applied_hands", openpes.kernel.hands.HandsField()),
        migrations.AlterField("pilotapplication", "applied_hands", openpes.kernel.hands.HandsField()),
        migrations.RemoveConstraint("acceptance", "acceptance_two_assessors"),
        migrations.RemoveConstraint("acceptance", "acceptance_not_by_applicant"),
        migrations.RemoveConstraint("acceptance", "acceptance_signed_twice"),
        migrations.RemoveConstraint("pilotapplication", "pilot_by_different_people"),
        *(
            migrations.AddConstraint("acceptance", constraint)
            for constraint in (
                by_another("first_hands", "applied_hands", name="acceptance_not_by_applicant"),
                by_another("second_hands", "first_hands", "applied_hands", name="acceptance_two_assessors"),
                signed_twice(first_hands__isnull=False, second_hands__isnull=False),
            )
        ),
        *(
            migrations.AddConstraint("pilotapplication", constraint)
            for constraint in (
                by_another("reviewed_hands", "applied_hands", name="pilot_reviewed_by_another"),
                by_another("approved_hands", "applied_hands", "reviewed_hands", name="pilot_approved_by_another"),
                by_another("accepted_hands", "applied_hands", name="pilot_accepted_by_another"),
            )
        ),
    ]
