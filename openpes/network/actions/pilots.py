"""Pilot applications, step by step through the table of the procedure."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, action, has_hand_in, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.choices import PilotState
from openpes.network.events import PilotStepTaken
from openpes.network.models import PilotApplication, PilotStep


@dataclass(frozen=True)
class StepFacts:
    """What a step is taken with: words, and the number of the document where the table wants one."""

    evidence: str
    document_no: str = ""


@action
def apply_as_pilot(*, area: str, title: str, facts: StepFacts, by: Actor, at: datetime) -> PilotApplication:
    """Apply for a unit to become a pilot; one application of a unit is open at a time.

    :raises Refused: the area is unknown or outside one's own, no words, or one is open
    """
    refuse_if(
        [
            *([] if queries.area_exists(area) else [Reason(_("There is no such area in the city."), field="area")]),
            *rules.why_not_step(_wanted("apply", "", area, facts, by)),
        ]
    )
    try:
        with transaction.atomic():
            row = PilotApplication.objects.create(
                area=area, title=title.strip(), state=PilotState.APPLIED, applied_by=by.id, applied_hands=by.hands
            )
    except IntegrityError as open_one:
        raise Refused(
            _("An application of this area is under way."), field="area",
            next_step=_("Go on with the one that is open."),
        ) from open_one
    _record(row, "apply", "", facts, by, at)
    return row


@action
def take_pilot_step(*, application: int, step: str, facts: StepFacts, by: Actor, at: datetime) -> PilotApplication:
    """Take a step of the procedure: review, return, approve, reject, accept, apply again or withdraw.

    :raises Refused: the table has no such step from here, it is somebody else's, or it lacks document or evidence
    :raises PilotApplication.DoesNotExist: outside one's area
    """
    row = PilotApplication.objects.visible_to(by.scope).select_for_update().get(pk=application)
    wanted = _wanted(step, row.state, row.area, facts, by, row)
    refuse_if(rules.why_not_step(wanted))
    before, transition = row.state, rules.TRANSITIONS[step]
    row.state = transition.target
    if transition.part:
        _sign(row, transition.part, by)
    row.save()
    _record(row, step, before, facts, by, at)
    return row


def _wanted(
    step: str, state: str, area: str, facts: StepFacts, by: Actor, row: PilotApplication | None = None
) -> rules.Wanted:
    transition = rules.TRANSITIONS.get(step)
    needs = transition is not None and transition.needs_acceptance
    return rules.Wanted(
        step=step, state=state, area=area, scope=by.scope, document_no=facts.document_no, evidence=facts.evidence,
        took_before=_took_before(step, row, by), has_acceptance=not needs or queries.has_published_pass(area=area),
    )  # fmt: skip


def _took_before(step: str, row: PilotApplication | None, by: Actor) -> bool:
    """Whether whoever reviews, decides or accepts did an earlier part, for themselves or for a colleague."""
    if row is None or rules.TRANSITIONS.get(step) is None or rules.TRANSITIONS[step].who == rules.APPLICANT:
        return False
    reviewed = None if step in ("review", "send_back", "accept") else row.reviewed_hands
    return has_hand_in(by, row.applied_hands, reviewed)


def _sign(row: PilotApplication, part: str, by: Actor) -> None:
    """Write down who did a part; whoever applied stays an applicant when a colleague applies again."""
    earlier = row.applied_hands if part == "applied" else frozenset()
    setattr(row, f"{part}_by", by.id)
    setattr(row, f"{part}_hands", earlier | by.hands)


def _record(row: PilotApplication, step: str, before: str, facts: StepFacts, by: Actor, at: datetime) -> None:
    PilotStep.objects.create(
        area=row.area, application=row, step=step, from_state=before, to_state=row.state,
        document_no=facts.document_no.strip(), evidence=facts.evidence.strip(), taken_by=by.id, taken_at=at,
    )  # fmt: skip
    publish(
        PilotStepTaken(application=row.pk, step=step, state=row.state, area=row.area, by=by.id, at=at)
    )
