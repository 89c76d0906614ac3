"""The way of an acceptance: prepared with evidence, submitted, assessed, signed by a second assessor, published."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.engine.calendars import add_months
from openpes.engine.checklists import checklist_on, checklist_version, content_hash, outcome
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if
from openpes.kernel.refusal import Reason
from openpes.network import rules
from openpes.network.choices import AcceptanceState
from openpes.network.events import (
    AcceptanceAssessed,
    AcceptanceBegun,
    AcceptanceConcluded,
    AcceptanceDropped,
    AcceptancePublished,
    AcceptanceReturned,
    AcceptanceSubmitted,
)
from openpes.network.models import Acceptance, AcceptanceItem, ServicePoint
from openpes.network.models.acceptance import CONCLUDED

FIRST = ("first_assessor", "first_hands", "first_at", "first_hash", "score", "returned_for")  # of the first signature


@action
def begin_acceptance(*, point: int, checklist: str, by: Actor, at: datetime) -> Acceptance:
    """Begin the acceptance of a point with the version of a check-list that is in force today.

    :raises Refused: the list does not fit the point, one is under way, or it passed and its re-check is not due
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    row = ServicePoint.objects.visible_to(by.scope).open_on(today).get(pk=point)
    wanted = checklist_on(checklist, today)
    known = Acceptance.objects.visible_to(row.area).filter(point=row, checklist=checklist)
    passed = known.filter(state=AcceptanceState.PASSED).order_by("-recheck_on").first()
    refuse_if(
        rules.why_not_prepare(
            checklist=wanted, kind=row.kind, open_one=known.exclude(state__in=CONCLUDED).exists(),
            passed_until=passed.recheck_on if passed else None, on=today,
        )
    )  # fmt: skip
    assert wanted is not None
    begun = _store_begun(row, checklist, wanted.version, wanted.most, today, by)
    AcceptanceItem.objects.bulk_create(
        AcceptanceItem(area=row.area, acceptance=begun, code=item.code) for item in wanted.items
    )
    publish(AcceptanceBegun(acceptance=begun.pk, point=row.pk, checklist=checklist, area=row.area, by=by.id, at=at))
    return begun


@action
def drop_acceptance(*, acceptance: int, by: Actor, at: datetime) -> int:
    """Give an acceptance up that was begun by mistake and not handed in yet; returns the id of its point.

    :raises Refused: it was handed in
    :raises Acceptance.DoesNotExist: outside one's area
    """
    row = _locked(acceptance, by)
    refuse_if(rules.why_not_drop(row.state))
    told = {"acceptance": row.pk, "point": row.point_id, "checklist": row.checklist, "area": row.area}
    AcceptanceItem.objects.visible_to(row.area).filter(acceptance=row).delete()
    row.delete()
    publish(AcceptanceDropped(**told, by=by.id, at=at))
    return row.point_id


@action
def submit_acceptance(*, acceptance: int, evidence: Mapping[str, str], by: Actor, at: datetime) -> Acceptance:
    """Hand in the evidence for every item.

    :raises Refused: it is not being prepared, or an item has no evidence
    :raises Acceptance.DoesNotExist: outside one's area
    """
    row = _locked(acceptance, by)
    listed = checklist_version(row.checklist, row.version)
    refuse_if(rules.why_not_submit(state=row.state, checklist=listed, evidence=evidence))
    items = list(AcceptanceItem.objects.visible_to(row.area).filter(acceptance=row))
    for item in items:
        item.evidence = evidence[item.code].strip()
    AcceptanceItem.objects.bulk_update(items, ["evidence"])
    _move(row, AcceptanceState.SUBMITTED, [])
    publish(AcceptanceSubmitted(acceptance=row.pk, point=row.point_id, area=row.area, by=by.id, at=at))
    return row


@action
def assess_acceptance(
    *, acceptance: int, points: Mapping[str, int | None], remarks: Mapping[str, str], by: Actor, at: datetime
) -> Acceptance:
    """Give points to every item and sign them as the first assessor.

    :raises Refused: not submitted, one's own application, not from the level above, or points an item does not have
    :raises Acceptance.DoesNotExist: outside one's area
    """
    row = _locked(acceptance, by)
    listed = checklist_version(row.checklist, row.version)
    refuse_if(
        rules.why_not_assess_point(
            state=row.state, own_application=has_hand_in(by, row.applied_hands),
            from_above=rules.assesses(by.scope, row.area), checklist=listed, points=points,
        )
    )  # fmt: skip
    items = list(AcceptanceItem.objects.visible_to(row.area).filter(acceptance=row))
    for item in items:
        item.points, item.remark = points[item.code], remarks.get(item.code, "").strip()
    AcceptanceItem.objects.bulk_update(items, ["points", "remark"])
    row.first_assessor, row.first_hands, row.first_at = by.id, by.hands, at
    row.first_hash = signed_contents(row, items)
    row.score, row.returned_for = sum(item.points or 0 for item in items), ""
    _move(row, AcceptanceState.ASSESSED, FIRST)
    publish(
        AcceptanceAssessed(acceptance=row.pk, point=row.point_id, score=row.score, area=row.area, by=by.id, at=at)
    )
    return row


@action
def sign_acceptance(*, acceptance: int, seen: str, by: Actor, at: datetime) -> Acceptance:
    """Sign as the second assessor what the first one signed; this concludes the acceptance.

    `seen` is the digest of what was shown. A passed point is checked again after `acceptance_recheck_months`, one that
    failed within `acceptance_mend_days`.

    :raises Refused: not assessed yet, the same assessor, the applicant, not from above, or other contents
    :raises Acceptance.DoesNotExist: outside one's area
    """
    today = clock.day_of(at)
    row = _locked(acceptance, by)
    items = list(AcceptanceItem.objects.visible_to(row.area).filter(acceptance=row))
    refuse_if(_why_not_sign(row, by, seen=seen, contents=signed_contents(row, items)))
    found = outcome(
        checklist_version(row.checklist, row.version), {item.code: item.points or 0 for item in items}
    )
    row.second_assessor, row.second_hands, row.second_at = by.id, by.hands, at
    row.second_hash = signed_contents(row, items)
    row.recheck_on = _recheck(found.passed, today)
    _move(
        row, AcceptanceState.PASSED if found.passed else AcceptanceState.FAILED,
        ["second_assessor", "second_hands", "second_at", "second_hash", "recheck_on"],
    )  # fmt: skip
    publish(
        AcceptanceConcluded(
            acceptance=row.pk, point=row.point_id, passed=found.passed, score=found.score, most=found.most,
            recheck_on=row.recheck_on, area=row.area, by=by.id, at=at,
        )
    )  # fmt: skip
    return row


@action
def return_acceptance(*, acceptance: int, reason: str, by: Actor, at: datetime) -> Acceptance:
    """The second assessor does not agree: points and first signature fall, and it is assessed anew.

    :raises Refused: as `sign_acceptance`, or no reason is given
    :raises Acceptance.DoesNotExist: outside one's area
    """
    row = _locked(acceptance, by)
    against = _why_not_sign(row, by, seen=row.first_hash, contents=row.first_hash)
    refuse_if([*against, *rules.why_not_return(reason)])
    row.first_assessor = row.first_hands = row.first_at = row.score = None
    row.first_hash, row.returned_for = "", reason.strip()
    _move(row, AcceptanceState.SUBMITTED, FIRST)
    told = {"acceptance": row.pk, "point": row.point_id, "reason": row.returned_for}
    publish(AcceptanceReturned(**told, area=row.area, by=by.id, at=at))
    return row


@action
def publish_acceptance(*, acceptance: int, by: Actor, at: datetime) -> Acceptance:
    """Show the result on the public page of the point.

    :raises Refused: it is not concluded, published already, or not of the level above
    :raises Acceptance.DoesNotExist: outside one's area
    """
    row = _locked(acceptance, by)
    refuse_if(
        rules.why_not_publish_acceptance(
            concluded=row.state in CONCLUDED, published=row.published_on is not None,
            from_above=rules.assesses(by.scope, row.area),
        )
    )  # fmt: skip
    row.published_on = clock.day_of(at)
    row.save(update_fields=["published_on"])
    publish(AcceptancePublished(acceptance=row.pk, point=row.point_id, area=row.area, by=by.id, at=at))
    return row


def _why_not_sign(row: Acceptance, by: Actor, *, seen: str, contents: str) -> Iterator[Reason]:
    return rules.why_not_sign(
        state=row.state, own_application=has_hand_in(by, row.applied_hands),
        from_above=rules.assesses(by.scope, row.area), same_person=has_hand_in(by, row.first_hands),
        was_shown=seen == row.first_hash, is_unchanged=contents == row.first_hash,
    )  # fmt: skip


def signed_contents(row: Acceptance, items: list[AcceptanceItem]) -> str:
    """The digest of everything that a signature stands under: the version, and each item with its points."""
    parts = {f"item {item.code}": (item.evidence, item.points, item.remark) for item in items}
    return content_hash(parts | {"list": (row.pk, row.point_id, row.checklist, row.version)})


def _locked(acceptance: int, by: Actor) -> Acceptance:
    return Acceptance.objects.visible_to(by.scope).select_for_update().get(pk=acceptance)


def _move(row: Acceptance, state: AcceptanceState, changed: Iterable[str]) -> None:
    row.state = state
    row.save(update_fields=["state", *changed])


def _recheck(passed: bool, on: date) -> date:
    if passed:
        return add_months(on, int(parameters().value("acceptance_recheck_months", on)))
    return on + timedelta(days=int(parameters().value("acceptance_mend_days", on)))


def _store_begun(
    row: ServicePoint, checklist: str, version: int, most: int, today: date, by: Actor
) -> Acceptance:
    try:
        with transaction.atomic():
            return Acceptance.objects.create(
                area=row.area, point=row, checklist=checklist, version=version, most=most, begun_on=today,
                applied_by=by.id, applied_hands=by.hands,
            )  # fmt: skip
    except IntegrityError as open_one:
        raise Refused(
            _("An acceptance with this check-list is under way."), next_step=_("Go on with the one that is open.")
        ) from open_one
