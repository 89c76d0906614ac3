"""What happened to the referrals of a person or an employer, in sentences, the newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from openpes.kernel import Actor, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.referrals.choices import News, Side, State
from openpes.referrals.models import Reach, Referral, Step
from openpes.referrals.queries.reasons import reason_label
from openpes.vacancies.queries import titles_of


@dataclass(frozen=True)
class NewsLine:
    """One thing that happened: to which referral, when, by whose side, as a sentence, with the words that were said."""

    referral: int
    at: datetime
    side: str
    sentence: str
    words: str
    reason: str


def own_news(*, actor: Actor, limit: int = 20) -> list[NewsLine]:
    """What happened to the own applications and introductions; for an employer to those to itself."""
    begun = [first_step(row) for row in Referral.objects.seen_by(actor).order_by("-made_at", "-pk")[:limit]]
    steps = sorted([*Step.objects.seen_by(actor)[:limit], *begun], key=lambda step: step.at, reverse=True)
    return news_of(steps[:limit])


def news_of(steps: Collection[Step]) -> list[NewsLine]:
    """Steps in words; they were read under the reader's standing, names of the other side come from the whole city."""
    numbers = {step.referral_id for step in steps}
    with within(CITY):
        rows = dict(Referral.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "vacancy_id"))
        people = {step.person_id for step in steps}
        names = dict(Person.objects.filter(pk__in=people).order_by("pk").values_list("pk", "name"))
    titles = titles_of(pks=set(rows.values()))
    return [
        NewsLine(
            referral=step.referral_id,
            at=step.at,
            side=str(Side(step.side).label),
            sentence=_worded(step, names.get(step.person_id, ""), *titles[rows[step.referral_id]]),
            words=step.words,
            reason=reason_label(step.reason),
        )
        for step in steps
    ]


def first_step(referral: Referral) -> Step:
    """How a referral began, as a step that no row is kept of: the referral itself says it."""
    side = Side.PERSON if referral.is_application else Side.OFFICE
    begun = State.APPLIED if referral.is_application else State.INTRODUCED
    return Step(
        area=referral.area, referral=referral, person_id=referral.person_id, employer_id=referral.employer_id,
        news=News.STATE, was=begun, now=begun, side=side, words=referral.own_words[:600], at=referral.made_at,
        by=referral.made_by,
    )  # fmt: skip


def _last_step(referral: Referral, on: date) -> Step:
    begun = State.APPLIED if referral.is_application else State.INTRODUCED
    return Step(
        area=referral.area, referral=referral, person_id=referral.person_id, employer_id=referral.employer_id,
        news=News.STATE, was=begun, now=referral.state, side=Side.OFFICE, words=referral.answer_note,
        reason=referral.reason, at=datetime.combine(on, time(12), BUSINESS_ZONE), by=0,
    )  # fmt: skip


def way_of(*, referral: Referral) -> list[NewsLine]:
    """Everything that happened to one referral, from its beginning on."""
    steps = list(Step.objects.filter(referral=referral).order_by("at", "pk"))
    if referral.answered_on and not any(step.now == referral.state for step in steps):
        steps.append(_last_step(referral, referral.answered_on))  # answered before steps were kept
    return news_of([first_step(referral), *steps])


def sentence_of_step(step: Step) -> str:
    """A step in one sentence, in the language in force; it names no number and no amount."""
    line = news_of([step])[0]
    return _("%(sentence)s More on your own page.") % {"sentence": line.sentence}


def reach_of(*, actor: Actor) -> Reach | None:
    """How a person or an employer has agreed to be told beside the own page."""
    whose = {"person_id": actor.person} if actor.person else {"employer_id": actor.employer}
    return Reach.objects.filter(**whose).first()


def _worded(step: Step, name: str, title: str, firm: str) -> str:
    told = {"name": name, "title": title, "firm": firm, "state": State(step.now).label}
    return (_OF_NEWS.get(News(step.news)) or _of_state)(State(step.now)) % told


def _of_state(now: State) -> str:
    sentences = {
        State.INTRODUCED: _("%(name)s was introduced for “%(title)s” at %(firm)s."),
        State.APPLIED: _("%(name)s applied for “%(title)s” at %(firm)s."),
        State.SEEN: _("%(firm)s has read the application of %(name)s for “%(title)s”."),
        State.HELD: _("The interview of %(name)s for “%(title)s” at %(firm)s was held."),
        State.OFFERED: _("%(firm)s offers %(name)s the place “%(title)s”."),
        State.HIRED: _("%(name)s was hired for “%(title)s” at %(firm)s."),
        State.REJECTED: _("%(firm)s did not take %(name)s for “%(title)s”."),
        State.WITHDRAWN: _("%(name)s does not take part any more for “%(title)s” at %(firm)s."),
        State.ELSEWHERE: _("%(name)s was hired elsewhere and is no longer available for “%(title)s” at %(firm)s."),
        State.NO_ANSWER: _("%(firm)s gave no answer to %(name)s for “%(title)s” in the time set."),
    }
    return sentences.get(now) or _("%(name)s, “%(title)s” at %(firm)s: %(state)s.")


_OF_NEWS = {
    News.TIMES: lambda _now: _("%(firm)s proposes times for an interview with %(name)s for “%(title)s”."),
    News.AGREED: lambda _now: _("The time of the interview of %(name)s for “%(title)s” at %(firm)s is agreed."),
    News.CANCELLED: lambda _now: _("The interview of %(name)s for “%(title)s” at %(firm)s is cancelled."),
    News.PAUSED: lambda _now: _(
        "The office looks into “%(title)s” at %(firm)s. The interview of %(name)s does not take place until then."
    ),
    News.ASKED_ANEW: lambda _now: _(
        "“%(title)s” at %(firm)s is released. The time of the interview of %(name)s is asked for anew."
    ),
    News.CLOSED: lambda _now: _("%(firm)s takes no more applications for “%(title)s”; it still owes %(name)s a word."),
    News.REMINDED: lambda _now: _("%(firm)s was reminded to answer %(name)s for “%(title)s”."),
}
