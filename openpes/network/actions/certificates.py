"""Certificates of staff and the judgement of their years."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.access.actions import note_certificate, strike_certificate
from openpes.access.models import Account
from openpes.engine.qualifications import Held, certificate_kinds
from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.events import CertificateRecorded, CertificateRevoked, YearAssessed
from openpes.network.models import StaffCertificate, YearAssessment


@dataclass(frozen=True, kw_only=True)
class StaffCertificateFacts:
    """What stands on a certificate: its kind and number, the examination, and its first day."""

    kind: str
    number: str
    examined_on: date
    score: int
    from_on: date


@action
def record_certificate(*, account: int, facts: StaffCertificateFacts, by: Actor, at: datetime) -> StaffCertificate:
    """Record a certificate; from its first day on it counts for the acts that need it, until it ends by itself.

    :raises Refused: unknown kind, an examination not passed or to come, one's own, or a number that is taken
    :raises Account.DoesNotExist: nobody of that number works inside one's area
    """
    today = clock.day_of(at)
    holder = queries.staff_inside(scope=by.scope, account=account, on=today)
    kind = certificate_kinds().get(facts.kind)
    given = rules.Examined(
        kind=kind, number=facts.number, examined_on=facts.examined_on, score=facts.score, from_on=facts.from_on,
        on=today, own=has_hand_in(by, {account}),
    )  # fmt: skip
    refuse_if(rules.why_no_certificate(given))
    assert kind is not None
    until_on = rules.end_of_certificate(kind, facts.from_on)
    row = StaffCertificate(
        area=queries.place_of_work(account=account, on=today) or by.scope, account=holder, kind=facts.kind,
        number=facts.number.strip(), examined_on=facts.examined_on, score=facts.score, from_on=facts.from_on,
        until_on=until_on, recorded_by=by.id,
    )  # fmt: skip
    _store(row)
    held = Held(facts.kind, facts.from_on, until_on)
    note_certificate(account=account, held=held, by=by, at=at)
    publish(
        CertificateRecorded(
            certificate=row.pk, account=account, kind=facts.kind, from_on=facts.from_on, until_on=until_on,
            area=row.area, by=by.id, at=at,
        )
    )  # fmt: skip
    return row


@action
def revoke_certificate(*, certificate: int, reason: str, by: Actor, at: datetime) -> StaffCertificate:
    """Revoke a certificate from today on; the acts that need it are closed to its holder at once.

    :raises Refused: it has ended or was revoked, or is one's own
    :raises StaffCertificate.DoesNotExist: it is outside one's area
    """
    today = clock.day_of(at)
    row = StaffCertificate.objects.visible_to(by.scope).select_for_update().get(pk=certificate)
    own = has_hand_in(by, {row.account_id})
    refuse_if(rules.why_not_revoke(until_on=row.until_on, struck_on=row.struck_on, on=today, own=own))
    row.struck_on, row.struck_for = today, reason.strip()
    row.save(update_fields=["struck_on", "struck_for"])
    held = Held(row.kind, row.from_on, row.until_on)
    strike_certificate(account=row.account_id, held=held, by=by, at=at)
    told = {"certificate": row.pk, "account": row.account_id, "kind": row.kind, "reason": row.struck_for}
    publish(CertificateRevoked(**told, area=row.area, by=by.id, at=at))
    return row


@action
def assess_year(*, account: int, year: int, grade: str, remark: str, by: Actor, at: datetime) -> YearAssessment:
    """Judge a year of a member of staff, once and by somebody else.

    :raises Refused: the year is not over or before the account, judged already, or one's own
    :raises Account.DoesNotExist: nobody of that number works inside one's area
    """
    today = clock.day_of(at)
    queries.staff_inside(scope=by.scope, account=account, on=today)
    holder = Account.objects.select_for_update().get(pk=account)
    known = YearAssessment.objects.visible_to(by.scope).filter(account=holder, year=year).exists()
    first_year = clock.day_of(holder.created_at).year
    own = has_hand_in(by, {account})
    refuse_if(rules.why_not_assess(year=year, on=today, own=own, known=known, first_year=first_year))
    row = YearAssessment.objects.create(
        area=queries.place_of_work(account=account, on=today) or by.scope, account=holder, year=year, grade=grade,
        remark=remark.strip(), assessed_by=by.id, assessed_at=at,
    )  # fmt: skip
    publish(YearAssessed(account=account, year=year, grade=grade, area=row.area, by=by.id, at=at))
    return row


def _store(row: StaffCertificate) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        if "certificate_number_once" not in str(taken):
            raise
        raise Refused(
            _("There is a certificate of this kind with the number %(number)s already.") % {"number": row.number},
            field="number",
            next_step=_("Check the number on the paper."),
        ) from taken
