"""What came of an introduction: said by the person, the employer, or the course of things."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.referrals import rules
from openpes.referrals.actions.steps import Told, locked_referral, release_when_answered, write_step
from openpes.referrals.choices import Answer, InterviewState, State
from openpes.referrals.events import HireReported, HireReportReturned, ReferralAnswered
from openpes.referrals.models import HireReport, Interview, LetterProof, Referral
from openpes.referrals.queries.reasons import feedback_codes
from openpes.referrals.rules import HireFacts


@action
def record_answer(
    *, referral: int, answer: str, note: str = "", reason: str = "", by: Actor, at: datetime
) -> Referral:
    """Record the answer of the employer or the person; the letter is no longer valid.

    An employer's own account says that a person did not suit or come, or that the place is taken; a person's own, that
    it declines or withdraws. `reason` is a code of the list of the side that said no.

    :raises Referral.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it was answered already, this answer cannot be given here, or the reason is not of its list
    """
    row = locked_referral(referral, by)
    refuse_if(
        [
            *rules.why_not_answer(
                answer=answer, now=row.answer, by_employer=by.employer is not None, by_person=by.person is not None
            ),
            *rules.why_not_feedback(reason=reason, known=feedback_codes(answer)),
        ]
    )
    told = Told(reason=reason, words=note.strip())
    return write_answer(referral=row, answer=Answer(answer), told=told, by=by, at=at)


@action
def report_hire(*, referral: int, facts: HireFacts, by: Actor, at: datetime) -> HireReport:
    """An employer says that it hired the introduced person; the person's office confirms it.

    A hire ends an unemployment registration and what hangs on it, so one party's word alone does not make it, and the
    employer's account never reaches the person's rows. A report that was given back is written anew.

    :raises Referral.DoesNotExist: nobody of that referral was introduced to this employer
    :raises Refused: it was answered or reported already, or the facts are not right
    """
    row = Referral.objects.seen_by(by).select_for_update().get(pk=referral, employer_id=by.employer)
    refuse_if(rules.why_not_answer(answer=Answer.NOT_SUITABLE, now=row.answer, by_employer=True))
    refuse_if(rules.why_not_hire(facts, on=day_of(at)))
    report = HireReport.objects.filter(referral=row).first()
    if report is not None and not report.return_note:
        raise Refused(
            _("This hire has been reported already; the office will confirm it."),
            next_step=_("Nothing needs to be done."),
        )
    report = report or HireReport(area=row.area, referral=row, employer_id=row.employer_id)
    report.begins_on, report.pay_fen, report.contract_until_on = (
        facts.begins_on,
        facts.pay_fen,
        facts.contract_until_on,
    )
    report.reported_at, report.reported_by, report.return_note = at, by.id, ""
    report.save()
    publish(
        HireReported(
            referral=row.pk,
            area=row.area,
            employer=row.employer_id,
            begins_on=facts.begins_on,
            by=by.id,
            at=at,
        )
    )
    return report


@action
def return_hire_report(*, report: int, note: str, by: Actor, at: datetime) -> HireReport:
    """The office does not confirm a reported hire and tells the employer why.

    :raises HireReport.DoesNotExist: there is none of that id in the area
    :raises Refused: the words are missing, or the introduction was answered meanwhile
    """
    row = HireReport.objects.visible_to(by.scope).select_for_update().get(pk=report)
    answered = Referral.objects.visible_to(by.scope).get(pk=row.referral_id).answer
    refuse_if(rules.why_not_answer(answer=Answer.NOT_SUITABLE, now=answered, by_employer=False))
    if not note.strip():
        raise Refused(_("Write what the employer has to mend."), field="note")
    row.return_note = note.strip()
    row.save(update_fields=["return_note"])
    publish(
        HireReportReturned(
            referral=row.referral_id,
            area=row.area,
            employer=row.employer_id,
            note=row.return_note,
            by=by.id,
            at=at,
        )
    )
    return row


@action
def close_waiting_referrals(
    *, vacancy: int | None = None, person: int | None = None, answer: str, note: str, by: Actor, at: datetime
) -> int:
    """Answer all that waits for a vacancy whose last place went, or for a person who found work, in the whole city.

    Returns how many.
    """
    assert vacancy is not None or person is not None
    wanted = {"vacancy_id": vacancy} if vacancy is not None else {"person_id": person}
    with within(CITY):  # the others who were introduced belong to other offices too
        rows = list(Referral.objects.waiting().filter(**wanted).select_for_update().order_by("pk"))
        for row in rows:
            write_answer(referral=row, answer=Answer(answer), told=Told(words=note), by=by, at=at)
    return len(rows)


def write_answer(*, referral: Referral, answer: Answer, told: Told, by: Actor, at: datetime) -> Referral:
    """Write the answer of a locked referral, mark its letter as used, end its interview, and tell it."""
    on: date = day_of(at)
    was = referral.state
    referral.answer, referral.answer_note, referral.answered_on = answer.value, told.words[:300], on
    referral.reason = told.reason
    referral.version += 1
    referral.save(update_fields=["answer", "answer_note", "answered_on", "reason", "version"])
    LetterProof.objects.filter(letter_no=referral.letter_no).update(answered=True)
    if was == State.INVITED:
        end_interview_of(referral=referral, words=told.words, by=by, at=at)
    write_step(referral=referral, was=was, told=told, by=by, at=at)
    publish(
        ReferralAnswered(
            referral=referral.pk, person=referral.person_id, area=referral.area, vacancy=referral.vacancy_id,
            employer=referral.employer_id, answer=answer.value, by=by.id, at=at,
        )
    )  # fmt: skip
    release_when_answered(vacancy=referral.vacancy_id, at=at)
    return referral


def end_interview_of(*, referral: Referral, words: str, by: Actor, at: datetime) -> None:
    """Cancel the interview that a referral still has ahead; one that has begun stays as it was agreed."""
    ahead = Interview.objects.filter(referral=referral).open().exclude(starts_at__lte=at)
    for row in ahead.select_for_update():
        row.state, row.ended_at, row.ended_by = InterviewState.CANCELLED, at, by.id
        row.ended_words = words[:300]
        row.save(update_fields=["state", "ended_at", "ended_by", "ended_words"])
