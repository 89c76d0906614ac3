"""Receipts: what was done for a person today, on paper with a code that anybody can check."""

import secrets
from datetime import datetime

from django.db import connection

from openpes.audit.queries import acts_of_day
from openpes.counter.events import ReceiptIssued
from openpes.counter.models import Receipt, ReceiptProof
from openpes.counter.rules import receipts as rules
from openpes.engine.paper_codes import CODE_LENGTH, CODE_LETTERS, digest_of
from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.network.queries import area_full_name, posting_of
from openpes.people.actions.locks import held_person


@action
def issue_receipt(*, person: int, by: Actor, at: datetime) -> Receipt:
    """Make the receipt of what one did today for a person of one's area, from the lines of the journal.

    :raises Person.DoesNotExist: the person is not of one's area
    :raises Refused: nothing was done today
    """
    today = clock.day_of(at)
    holder = held_person(person=person, by=by)
    lines = acts_of_day(scope=by.scope, person=person, by=by.id, on=today)
    acts = [line for line in lines if line["event"] != ReceiptIssued.name()]
    refuse_if(rules.why_not_receipt(acts=len(acts)))
    posting = posting_of(by.id, today)
    made = Receipt.objects.create(
        area=holder.area, person=holder, number=rules.number_of(today, _serial()), acts=acts, made_at=at, made_by=by.id,
        token="".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH)), officer=by.name,
        office=posting.point.name if posting else area_full_name(by.scope),
    )  # fmt: skip
    kinds = list(dict.fromkeys(act["event"] for act in acts))
    proof = {"number": made.number, "office": made.office, "made_on": today, "kinds": kinds}
    ReceiptProof.objects.create(digest=digest_of(made.token), **proof)
    publish(
        ReceiptIssued(
            person=person, area=made.area, receipt=made.pk, number=made.number, rows=len(acts), by=by.id, at=at
        )
    )
    return made


def _serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('counter_receipt_serial')")
        return int(cursor.fetchone()[0])
