"""What the clock does about employers who do not answer: reminders, the freeze of a vacancy, the end of waiting."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.kernel import Actor, Refused, action
from openpes.kernel.clock import day_of
from openpes.referrals import rules
from openpes.referrals.actions.answering import end_interview_of, write_answer
from openpes.referrals.actions.steps import Told, publish_step, write_step
from openpes.referrals.choices import Answer, News
from openpes.referrals.models import Referral
from openpes.referrals.queries import out_of_patience, silent_vacancies, to_be_reminded, waits_since
from openpes.vacancies.actions import hold_vacancy
from openpes.vacancies.choices import HoldGround


@action
def remind_employer(*, referral: int, by: Actor, at: datetime) -> bool:
    """Remind an employer once more of a person who waits; nothing happens when it has answered meanwhile."""
    row = Referral.objects.visible_to(by.scope).select_for_update().get(pk=referral)
    if not to_be_reminded(at=at, referral=row.pk):
        return False
    row.reminders += 1
    row.save(update_fields=["reminders"])
    write_step(referral=row, was=row.state, told=Told(news=News.REMINDED), by=by, at=at)
    publish_step(referral=row, news=News.REMINDED, by=by, at=at)
    return True


@action
def freeze_vacancy(*, vacancy: int, by: Actor, at: datetime) -> bool:
    """Freeze an open vacancy whose employer lets people wait too long; nothing happens when it answered meanwhile."""
    if not silent_vacancies(at=at, vacancy=vacancy):
        return False
    patience = rules.patience_on(day_of(at))
    late = waits_since(Referral.objects.filter(vacancy_id=vacancy), at=at)
    count = late.filter(since__lt=rules.silent_before(at, patience.freeze)).count()
    words = ngettext(
        "%(n)s person has waited more than %(days)s days for your answer.",
        "%(n)s persons have waited more than %(days)s days for your answer.",
        count,
    ) % {"n": count, "days": patience.freeze}
    step = _("Answer everybody on the page of your applications; the vacancy is public again at once.")
    try:
        hold_vacancy(vacancy=vacancy, ground=HoldGround.SILENCE, words=words, next_step=step, by=by, at=at)
    except Refused:  # it ended, or somebody else held it in the same moment
        return False
    return True


@action
def end_waiting(*, referral: int, by: Actor, at: datetime) -> bool:
    """End a referral that got no answer in the time set; the employer may still tell what came of it."""
    row = Referral.objects.visible_to(by.scope).select_for_update().get(pk=referral)
    if not out_of_patience(at=at, referral=row.pk):
        return False
    words = _("The employer has not answered; you are free for other vacancies.")
    write_answer(referral=row, answer=Answer.NO_ANSWER, told=Told(words=words), by=by, at=at)
    return True


@action
def tell_of_closing(*, vacancy: int, by: Actor, at: datetime) -> int:
    """Tell everybody on the way to a vacancy that its employer closed; how many.

    Interviews ahead are cancelled, one that has begun stays. Nothing ends: the employer still owes each a word, and who
    was introduced or applied in time can still be hired.
    """
    rows = list(Referral.objects.waiting().filter(vacancy_id=vacancy).select_for_update().order_by("pk"))
    for row in rows:
        words = _("The vacancy was closed by the employer.")
        end_interview_of(referral=row, words=words, by=by, at=at)
        write_step(referral=row, was=row.state, told=Told(news=News.CLOSED, words=words), by=by, at=at)
        publish_step(referral=row, news=News.CLOSED, by=by, at=at)
    return len(rows)
