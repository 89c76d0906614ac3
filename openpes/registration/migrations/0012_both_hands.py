"""Booklets, preference certificates, decisions and appeals keep both accounts of an act of two persons."""

from django.db import migrations, models
from django.db.models import F, Q

from openpes.kernel.hands import HandsField
from openpes.kernel.policies import hands_of_old_rows

COPY, CERTIFICATE, DECISION, APPEAL = "handbookcopy", "preferencecertificate", "decision", "appeal"
KEPT = {
    COPY: (("applied", False), ("issued", True)),
    CERTIFICATE: (("applied", False), ("reviewed", True), ("decided", True)),
    DECISION: (("decided", False),),
    APPEAL: (("first", False), ("decided", True)),
}
OUTGROWN = {
    COPY: ("handbook_copy_issued_whole", "handbook_copy_four_eyes"),
    CERTIFICATE: ("certificate_four_eyes",),
    DECISION: (),
    APPEAL: ("appeal_by_another", "ruling_is_whole"),
}
ISSUED = {"issued_at__isnull": False, "issued_by__isnull": False, "issued_hands__isnull": False, "token__isnull": False}
RULED = {"decided_at__isnull": False, "decided_by__isnull": False, "decided_hands__isnull": False}
UNRULED = {"decided_at__isnull": True, "decided_by__isnull": True, "decided_hands__isnull": True, "ruling": ""}


def both_or_neither(act: str) -> models.CheckConstraint:
    """Hands stand there exactly when the act was done."""
    return models.CheckConstraint(
        condition=Q(**{f"{act}_by__isnull": True, f"{act}_hands__isnull": True})
        | Q(**{f"{act}_by__isnull": False, f"{act}_hands__isnull": False}),
        name=f"certificate_{act}_whole",
    )


RULES: dict[str, tuple[models.CheckConstraint, ...]] = {
    COPY: (
        models.CheckConstraint(
            condition=Q(**dict.fromkeys(ISSUED, True)) | Q(**ISSUED), name="handbook_copy_issued_whole"
        ),
        models.CheckConstraint(
            condition=Q(issued_hands__isnull=True) | ~Q(issued_hands__overlap=F("applied_hands")),
            name="handbook_copy_four_eyes",
        ),
    ),
    CERTIFICATE: (
        models.CheckConstraint(
            condition=Q(decided_hands__isnull=True)
            | ~Q(decided_hands__overlap=F("applied_hands")) & ~Q(decided_hands__overlap=F("reviewed_hands")),
            name="certificate_four_eyes",
        ),
        both_or_neither("reviewed"),
        both_or_neither("decided"),
    ),
    DECISION: (),
    APPEAL: (
        models.CheckConstraint(
            condition=Q(decided_hands__isnull=True) | ~Q(decided_hands__overlap=F("first_hands")),
            name="appeal_by_another",
        ),
        models.CheckConstraint(
            condition=Q(**UNRULED) | Q(**RULED) & ~Q(ruling="") & ~Q(ruling_reason=""), name="ruling_is_whole"
        ),
    ),
}


def kept(model: str) -> list[migrations.operations.base.Operation]:
    """Both accounts beside the one that was kept; what was done before was done by that one alone."""
    acts = KEPT[model]
    return [
        *(migrations.RemoveConstraint(model, name) for name in OUTGROWN[model]),
        *(migrations.AddField(model, f"{act}_hands", HandsField(null=True)) for act, _later in acts),
        hands_of_old_rows(f"registration_{model}", *(act for act, _later in acts)),
        *(migrations.AlterField(model, f"{act}_hands", HandsField()) for act, later in acts if not later),
        *(migrations.AddConstraint(model, rule) for rule in RULES[model]),
    ]


class Migration(migrations.Migration):
    dependencies = [("registration", "0011_counts_of_the_unemployed")]
    operations = [operation for model in KEPT for operation in kept(model)]
