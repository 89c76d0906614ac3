"""Who may take which step of an acceptance, and what each step needs."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.checklists import Checklist
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.network.choices import AcceptanceState

CITY_LENGTH = 4


def assesses(scope: str, area: str) -> bool:
    """Whether somebody of an area assesses a point there: only from above, and the city its own."""
    return bool(scope) and area.startswith(scope) and (len(scope) < len(area) or len(area) == CITY_LENGTH)


def why_not_prepare(
    *, checklist: Checklist | None, kind: str, open_one: bool, passed_until: date | None, on: date
) -> Iterator[Reason]:
    """Why the acceptance of a point does not begin; a passed one begins anew when its re-check is near."""
    if checklist is None or kind not in checklist.kinds:
        yield Reason(_("This check-list does not fit this kind of service point."), field="checklist")
    if open_one:
        yield Reason(
            _("An acceptance with this check-list is under way."), next_step=_("Go on with the one that is open.")
        )
    if passed_until is not None and passed_until > on:
        yield Reason(
            _("The point has passed; its re-check is due on %(day)s.") % {"day": spoken_day(passed_until)},
            next_step=_("Begin anew from that day on."),
        )


def why_not_submit(*, state: str, checklist: Checklist, evidence: Mapping[str, str]) -> Iterator[Reason]:
    """Why evidence is not submitted: every item needs some."""
    if state != AcceptanceState.PREPARED:
        yield _wrong_state()
    for item in checklist.items:
        if not evidence.get(item.code, "").strip():
            yield Reason(_("Every item needs its evidence."), field=f"evidence_{item.code}")


def why_not_assess_point(
    *, state: str, own_application: bool, from_above: bool, checklist: Checklist, points: Mapping[str, int | None]
) -> Iterator[Reason]:
    """Why an assessor does not give points."""
    if state != AcceptanceState.SUBMITTED:
        yield _wrong_state()
    yield from _wrong_assessor(own_application, from_above)
    for item in checklist.items:
        given = points.get(item.code)
        if given is None or not 0 <= given <= item.points:
            yield Reason(
                _("This item takes 0 to %(most)s points.") % {"most": item.points}, field=f"points_{item.code}"
            )


def why_not_sign(
    *, state: str, own_application: bool, from_above: bool, same_person: bool, was_shown: bool, is_unchanged: bool
) -> Iterator[Reason]:
    """Why the second assessor does not sign: what the first one signed must be what `was_shown`, and stand there
    unchanged.
    """
    if state != AcceptanceState.ASSESSED:
        yield _wrong_state()
        return
    yield from _wrong_assessor(own_application, from_above)
    if same_person:
        yield Reason(_("Two different assessors sign an acceptance."), next_step=_("Ask a second assessor."))
    if not was_shown:
        yield Reason(
            _("What was shown to you is not what the first assessor signed."), next_step=_("Load the page again.")
        )
    elif not is_unchanged:
        yield Reason(
            _("The contents have changed since the first assessor signed them."),
            next_step=_("Return the acceptance, so that it is assessed anew."),
        )


def why_not_return(reason: str) -> Iterator[Reason]:
    """Why points are not returned: without a reason."""
    if not reason.strip():
        yield Reason(_("Write why you do not agree; the first assessor reads it."), field="reason")


def why_not_drop(state: str) -> Iterator[Reason]:
    """Why an acceptance is not given up: what was handed in goes its way."""
    if state != AcceptanceState.PREPARED:
        yield _wrong_state()


def why_not_publish_acceptance(*, concluded: bool, published: bool, from_above: bool) -> Iterator[Reason]:
    """Why a result is not published."""
    if not concluded:
        yield _wrong_state()
    if published:
        yield Reason(_("The result is published already."))
    if not from_above:
        yield from _wrong_assessor(False, from_above)


def _wrong_assessor(own_application: bool, from_above: bool) -> Iterator[Reason]:
    if own_application:
        yield Reason(_("Nobody assesses what they applied for."), next_step=_("Ask another assessor."))
    if not from_above:
        yield Reason(
            _("A point is assessed by the level above it."), next_step=_("Ask the office of the area above.")
        )


def _wrong_state() -> Reason:
    return Reason(_("The acceptance is not at this step."), next_step=_("Load the page again; it shows where it is."))
