"""Putting an employer on the blacklist with two pairs of hands, appeals, and the end that comes by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.employers import rules
from openpes.employers.choices import AppealOutcome, BlacklistGround, BlacklistOutcome
from openpes.employers.events import (
    BlacklistAppealAnswered,
    BlacklistAppealed,
    BlacklistDeclined,
    BlacklistEnded,
    BlacklistProposed,
    EmployerBlacklisted,
)
from openpes.employers.models import BlacklistEntry, Employer
from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, has_hand_in, publish, refuse_if
from openpes.kernel.clock import day_of

LONGEST = "blacklist_longest_months"


@dataclass(frozen=True, kw_only=True)
class Blame:
    """Why an employer shall be put on the blacklist, and from when to when; the clause may be left to the ground."""

    ground: str
    words: str
    begins_on: date
    ends_on: date
    clause: str = ""


@action
def propose_blacklisting(*, employer: int, blame: Blame, by: Actor, at: datetime) -> BlacklistEntry:
    """Propose that an employer is not served for a time; it counts when a second officer has decided.

    :raises Employer.DoesNotExist: there is none of that id in the area
    :raises Refused: a fact is missing, the time is wrong, or another proposal waits
    """
    row = Employer.objects.visible_to(by.scope).select_for_update().get(pk=employer)
    words, on = blame.words.strip(), day_of(at)
    longest_on = add_months(blame.begins_on, int(parameters().value(LONGEST, on)))
    refuse_if(
        rules.why_not_propose(
            words=words, begins_on=blame.begins_on, ends_on=blame.ends_on, longest_on=longest_on, on=on
        )
    )
    ground = BlacklistGround(blame.ground)
    entry = BlacklistEntry(
        employer=row, area=row.area, ground=ground, words=words, begins_on=blame.begins_on, ends_on=blame.ends_on,
        clause=blame.clause.strip() or str(rules.BLACKLIST_CLAUSES[ground]),
        proposed_at=at, proposed_by=by.id, proposed_hands=by.hands,
    )  # fmt: skip
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        if "blacklist_proposed_once" not in str(error):
            raise
        raise Refused(
            _("Another proposal about this employer waits for a decision."), next_step=_("Decide on that one first.")
        ) from None
    publish(BlacklistProposed(employer=row.pk, area=row.area, ground=ground.value, by=by.id, at=at))
    return entry


@action
def decide_blacklisting(*, entry: int, enters: bool, words: str = "", by: Actor, at: datetime) -> BlacklistEntry:
    """Decide on a proposed entry: from its first day the employer is neither published nor referred to.

    :raises BlacklistEntry.DoesNotExist: there is none of that id in the area
    :raises Refused: it is decided, one's own proposal, or declined without words
    """
    row = BlacklistEntry.objects.visible_to(by.scope).select_for_update().get(pk=entry)
    refuse_if(
        rules.why_not_decide(
            decided=bool(row.outcome), own_proposal=has_hand_in(by, row.proposed_hands), enters=enters,
            words=words.strip(),
        )
    )  # fmt: skip
    row.outcome = BlacklistOutcome.ENTERED if enters else BlacklistOutcome.DECLINED
    row.outcome_words, row.decided_at, row.decided_by, row.decided_hands = words.strip(), at, by.id, by.hands
    row.save()
    told = {"employer": row.employer_id, "area": row.area, "ground": row.ground, "by": by.id, "at": at}
    if enters:
        publish(EmployerBlacklisted(begins_on=row.begins_on, until_on=row.ends_on, **told))
    else:
        publish(BlacklistDeclined(**told))
    return row


@action
def appeal_blacklisting(*, entry: int, words: str, by: Actor, at: datetime) -> BlacklistEntry:
    """Appeal against an entry, by the employer itself or by staff who note what it says.

    :raises BlacklistEntry.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is not in force, or there is an appeal
    """
    row = BlacklistEntry.objects.seen_by(by).select_for_update().get(pk=entry)
    refuse_if(
        rules.why_not_appeal(
            in_force=_stands(row, day_of(at)), appealed=row.appealed_at is not None, words=words.strip()
        )
    )
    row.appeal, row.appealed_at = words.strip(), at
    row.save(update_fields=["appeal", "appealed_at"])
    publish(BlacklistAppealed(employer=row.employer_id, area=row.area, by=by.id, at=at))
    return row


@action
def answer_blacklist_appeal(*, entry: int, lifts: bool, words: str, by: Actor, at: datetime) -> BlacklistEntry:
    """Answer an appeal; a lifted entry ends today.

    :raises BlacklistEntry.DoesNotExist: there is none of that id in the area
    :raises Refused: no appeal waits, one had a hand in the entry, or there are no words
    """
    row = BlacklistEntry.objects.visible_to(by.scope).select_for_update().get(pk=entry)
    refuse_if(
        rules.why_not_answer(
            appealed=row.appealed_at is not None, answered=bool(row.appeal_outcome),
            own_hand=has_hand_in(by, row.proposed_hands, row.decided_hands), words=words.strip(),
        )
    )  # fmt: skip
    row.appeal_outcome = AppealOutcome.LIFTED if lifts else AppealOutcome.UPHELD
    row.appeal_words, row.answered_at, row.answered_by, row.answered_hands = words.strip(), at, by.id, by.hands
    if lifts:
        row.lifted_on = row.end_told_on = day_of(at)
    row.save()
    outcome = row.appeal_outcome
    publish(BlacklistAppealAnswered(employer=row.employer_id, area=row.area, outcome=outcome, by=by.id, at=at))
    if lifts:
        publish(BlacklistEnded(employer=row.employer_id, area=row.area, by=by.id, at=at))
    return row


@action
def tell_blacklist_changes(*, by: Actor, at: datetime) -> int:
    """Tell the rooms above of entries that began or ended by themselves by today; how many.

    Whether an employer is served follows from the days alone; this only renews what stands published.
    """
    on = day_of(at)
    entered = BlacklistEntry.objects.visible_to(by.scope).filter(outcome=BlacklistOutcome.ENTERED, lifted_on=None)
    begun = list(entered.filter(begins_on=on, decided_at__date__lt=on).order_by("pk"))
    ended = list(entered.filter(ends_on__lte=on, end_told_on=None).select_for_update().order_by("pk"))
    for row in begun:
        publish(
            EmployerBlacklisted(
                employer=row.employer_id, area=row.area, ground=row.ground, begins_on=row.begins_on,
                until_on=row.ends_on, by=by.id, at=at,
            )
        )  # fmt: skip
    for row in ended:
        row.end_told_on = on
        row.save(update_fields=["end_told_on"])
        publish(BlacklistEnded(employer=row.employer_id, area=row.area, by=by.id, at=at))
    return len(begun) + len(ended)


def _stands(row: BlacklistEntry, on: date) -> bool:
    return row.outcome == BlacklistOutcome.ENTERED and row.lifted_on is None and row.ends_on > on
