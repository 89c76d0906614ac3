"""The town's seeker on the way to work: applications, an interview, and a hire that is asked about."""

from datetime import datetime, timedelta

from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.referrals.actions import InterviewFacts, apply_for, propose_interview, take_slot
from openpes.referrals.models import Hire
from openpes.resumes.actions import ResumeFacts, write_resume
from tests.cast import COUNTY, Player

LONG_AGO = timedelta(days=105)


def placed(seeker: Player, employer: Player, vacancies: tuple[int, int], clerk: Actor, at: datetime) -> dict[str, int]:
    """Two applications, one with an agreed interview and one with times to choose, and a hire three months old."""
    slots = tuple(at.replace(minute=0) + timedelta(days=day) for day in (2, 3))
    facts = InterviewFacts(slots=slots, minutes=30, way="on_site", place="新竹路 20 号三楼", note="请带身份证")
    agreed, waiting = (
        apply_for(vacancy=pk, own_words="做过三年包装，随时可以到岗。", by=seeker.actor, at=at) for pk in vacancies
    )
    talks = [
        propose_interview(referral=row.pk, facts=facts, by=employer.actor, at=at) for row in (agreed, waiting)
    ]
    take_slot(interview=talks[0].pk, slot=slots[0], by=seeker.actor, at=at)
    with seeker.actor.standing():
        write_resume(facts=ResumeFacts(headline="包装工，三年经验"), by=seeker.actor, at=at)
    with within(COUNTY):
        hire = Hire.objects.create(
            area=agreed.area, person_id=agreed.person_id, vacancy_id=agreed.vacancy_id,
            employer_id=agreed.employer_id, begins_on=day_of(at) - LONG_AGO, pay_fen=300_000,
            recorded_at=at - LONG_AGO, recorded_by=clerk.id,
        )  # fmt: skip
    return {
        "application": agreed.pk, "invited": waiting.pk, "interview": talks[0].pk, "proposed": talks[1].pk,
        "due_hire": hire.pk,
    }  # fmt: skip
