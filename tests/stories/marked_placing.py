"""The way of an introduction in the marked city: an interview with an agreed time, and a hire that is asked about."""

from datetime import datetime, timedelta

from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.referrals.actions import InterviewFacts, propose_interview, take_slot
from openpes.referrals.models import Hire, Referral
from openpes.resumes.actions import ResumeFacts, write_resume
from tests.stories.owned import MarkedCity, Owner

LONG_AGO = timedelta(days=105)


def furnish(city: MarkedCity, letter: Referral, clerk: Actor, at: datetime) -> None:
    """For one introduction: its interview, and an older hire of the same person by the same employer."""
    area, person, firm = letter.area, letter.person_id, letter.employer_id
    both = Owner(area, person, (firm,))
    word = city.mark(f"面雀{letter.pk}号", both)
    slots = tuple(at + timedelta(days=day) for day in (2, 3))
    facts = InterviewFacts(slots=slots, minutes=30, way="on_site", place=word)
    talk = propose_interview(referral=letter.pk, facts=facts, by=clerk, at=at)
    take_slot(interview=talk.pk, slot=slots[0], by=clerk, at=at)
    city.add("interview", talk.pk, both)
    city.add("own interview", talk.pk, Owner(person=person))
    city.add("own referral", letter.pk, Owner(person=person))
    holder = Actor(id=0, person=person)
    with holder.standing():
        write_resume(facts=ResumeFacts(headline=word), by=holder, at=at)
    with within(area):
        hire = Hire.objects.create(
            area=area, person_id=person, vacancy_id=letter.vacancy_id, employer_id=firm,
            begins_on=day_of(at) - LONG_AGO, pay_fen=300_000, recorded_at=at - LONG_AGO, recorded_by=clerk.id,
        )  # fmt: skip
    city.add("hire", hire.pk, Owner(area))
    city.add("own hire", hire.pk, Owner(person=person, employers=(firm,)))
