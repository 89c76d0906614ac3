"""Groups, requests for correction and appeals keep both accounts of an act, so that neither does the second."""

from django.db import migrations, models
from django.db.models import F, Q

from openpes.kernel.hands import HandsField
from openpes.kernel.policies import hands_of_old_rows

GROUP, REQUEST, APPEAL = "groupmembership", "correctionrequest", "correctionappeal"
KEPT = {
    GROUP: (("entered", False), ("decided", True)),
    REQUEST: (("asked", False), ("answered", True)),
    APPEAL: (("first", False), ("filed", False), ("ruled", True)),
}
OUTGROWN = {
    GROUP: ("group_four_eyes", "group_decided_whole"),
    REQUEST: ("correction_by_another", "correction_answered_whole"),
    APPEAL: ("correction_appeal_by_another", "correction_ruled_whole"),
}
ANSWERED = {"answered_at__isnull": False, "answered_by__isnull": False, "answered_hands__isnull": False}
RULED = {"ruled_at__isnull": False, "ruled_by__isnull": False, "ruled_hands__isnull": False}
DECIDED = {"decided_by__isnull": False, "decided_at__isnull": False, "decided_hands__isnull": False}
RULES = {
    GROUP: (
        models.CheckConstraint(
            condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True, decided_hands__isnull=True)
            | ~Q(outcome="") & Q(**DECIDED),
            name="group_decided_whole",
        ),
        models.CheckConstraint(
            condition=Q(decided_hands__isnull=True) | ~Q(wants_two=True) | ~Q(decided_hands__overlap=F("entered_hands")),
            name="group_four_eyes",
        ),
    ),
    REQUEST: (
        models.CheckConstraint(
            condition=Q(answered_hands__isnull=True) | ~Q(answered_hands__overlap=F("asked_hands")),
            name="correction_by_another",
        ),
        models.CheckConstraint(
            condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, answered_hands__isnull=True)
            | Q(**ANSWERED) & (Q(answer="accepted") | Q(answer="refused") & ~Q(answer_note="")),
            name="correction_answered_whole",
        ),
    ),
    APPEAL: (
        models.CheckConstraint(
            condition=Q(ruled_hands__isnull=True)
            | ~Q(ruled_hands__overlap=F("first_hands")) & ~Q(ruled_hands__overlap=F("filed_hands")),
            name="correction_appeal_by_another",
        ),
        models.CheckConstraint(
            condition=Q(ruling="", ruled_at__isnull=True, ruled_by__isnull=True, ruled_hands__isnull=True)
            | Q(**RULED) & ~Q(ruling="") & ~Q(ruling_reason=""),
            name="correction_ruled_whole",
        ),
    ),
}
SETS = {
    "merge": (("proposed", False), ("answered", True), ("undo", True), ("undone", True)),
    "numberchange": (("asked", False), ("answered", True)),
}


def kept(model: str) -> list[migrations.operations.base.Operation]:
    """Both accounts beside the one that was kept; what was done before was done by that one alone."""
    acts = KEPT[model]
    return [
        *(migrations.RemoveConstraint(model, name) for name in OUTGROWN[model]),
        *(migrations.AddField(model, f"{act}_hands", HandsField(null=True)) for act, _later in acts),
        hands_of_old_rows(f"people_{model}", *(act for act, _later in acts)),
        *(migrations.AlterField(model, f"{act}_hands", HandsField()) for act, later in acts if not later),
        *(migrations.AddConstraint(model, rule) for rule in RULES[model]),
    ]


def as_sets(model: str) -> list[migrations.operations.base.Operation]:
    """The columns as they are, read as sets."""
    return [
        migrations.AlterField(model, f"{act}_hands", HandsField(null=True) if later else HandsField())
        for act, later in SETS[model]
    ]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_merging")]
    operations = [operation for model in KEPT for operation in kept(model)] + [
        operation for model in SETS for operation in as_sets(model)
    ]
