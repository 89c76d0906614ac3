"""People on the way to work in the demo city: applications, interviews, a CV, and whether the hired are still there."""

from datetime import date, datetime, timedelta

from openpes.access.actions import open_account
from openpes.access.models import Account
from openpes.demo.actions.staff import Desk, count_done, desk_of, tried
from openpes.demo.rules.accounts import COUNTY, EMPLOYER, SEEKER
from openpes.kernel import Actor, action, within
from openpes.kernel.scope import CITY
from openpes.matching.queries import suggestions_for_vacancy
from openpes.people.models import Person
from openpes.referrals.actions import (
    CheckFacts,
    InterviewFacts,
    answer_check,
    apply_for,
    note_interview,
    note_seen,
    offer_job,
    propose_interview,
    take_slot,
)
from openpes.referrals.models import Referral
from openpes.referrals.queries import CheckLine, due_checks
from openpes.resumes.actions import Job, ResumeFacts, choose_audience, write_resume
from openpes.vacancies.models import Vacancy, VacancyQuerySet

APPLICANTS, LOOKED_AT, SHOWN, ASKED = 5, 12, 3, 240
LEFT_EVERY, UNASKED_EVERY = 6, 8  # of the people who were hired one in so many has left, or is not asked yet
WORDS = ("做过三年同类工作，随时可以到岗。", "住在附近，能上夜班。", "有相关证书，希望长期稳定。")
HEADLINES = ("三年工作经验，踏实肯学", "服务员，会做面点", "仓库理货，会开叉车")
JOBS = (Job("某物流公司", "理货", "2024-07"), Job("南宁某超市", "收银", "2021-03", "2024-06"))  # the latest first
REASONS = ("35", "37", "39", "31")


@action
def play_placing(*, by: Actor, at: datetime) -> int:
    """Let people apply to the demo employer, come to interviews, and be asked whether they are still at work; how many.

    Nothing happens without the demo accounts, or where somebody has applied already.
    """
    desk = desk_of(by, at)
    firm = Account.objects.filter(username=EMPLOYER).exclude(employer_id=None).first()
    with within(CITY):
        begun = Referral.objects.filter(origin="application").exists()
    if desk is None or firm is None or begun:
        return 0
    employer = Actor(id=firm.pk, employer=firm.employer_id)
    applied = [row for row in (_applied(me, number, employer, desk) for number, me in enumerate(_people(desk))) if row]
    for number, row in enumerate(applied):
        _went_on(row, number, employer, desk)
    _wrote_cvs(desk)
    with desk.city.standing():
        due = due_checks(scope=CITY, on=desk.today)[-ASKED:]
    return len(applied) + count_done(_asked(line, number, desk) for number, line in enumerate(due))


def _people(desk: Desk) -> list[Actor]:
    """The demo seeker, and some who look for such work and signed in by their telephone."""
    own = Account.objects.filter(username=SEEKER).exclude(person_id=None).first()
    found = [Actor(id=own.pk, person=own.person_id)] if own else []
    others = [person for person in reversed(_fitting(desk)) if own is None or person.pk != own.person_id]
    return found + [_account(person, desk) for person in others[:APPLICANTS]]


def _fitting(desk: Desk) -> list[Person]:
    """Who suits vacancies of the demo employer, those of the newest first."""
    with within(CITY):
        vacancies = list(_vacancies(desk).values_list("pk", flat=True))
    found: dict[int, Person] = {}
    for vacancy in vacancies:
        with within(COUNTY):
            suited = suggestions_for_vacancy(scope=COUNTY, vacancy=vacancy, on=desk.today, k=SHOWN)
        found |= {one.person.pk: one.person for one in suited if one.person is not None}
        if len(found) >= LOOKED_AT:
            break
    return list(found.values())


def _account(person: Person, desk: Desk) -> Actor:
    known = Account.objects.filter(person_id=person.pk).first()
    account = known or open_account(
        username=f"tel-{person.pk}", name=person.name, person=person.pk, by=desk.city, at=desk.ago(9)
    )
    return Actor(id=account.pk, person=person.pk)


def _vacancies(desk: Desk) -> VacancyQuerySet:
    firm = Account.objects.filter(username=EMPLOYER).values_list("employer_id", flat=True).first()
    rows = Vacancy.objects.visible_to(CITY).open_on(desk.today).filter(employer_id=firm)
    return rows.order_by("-published_on", "pk")


def _applied(me: Actor, number: int, employer: Actor, desk: Desk) -> Referral | None:
    """The first of the employer's vacancies that takes one more application."""
    with within(CITY):
        offered = list(_vacancies(desk))
    turned = offered[number % len(offered) :] + offered[: number % len(offered)] if offered else []
    for vacancy in turned:
        days = 2 if vacancy.published_on < desk.day(2) else 1
        told = {"vacancy": vacancy.pk, "own_words": WORDS[number % len(WORDS)]}
        row = tried(apply_for, **told, by=me, at=desk.ago(days) - timedelta(minutes=7 * number))
        if row:
            return row
    return None


def _went_on(row: Referral, number: int, employer: Actor, desk: Desk) -> None:
    """Of those who applied one chooses a time, one has an appointment, one was there and has an offer; others wait."""
    me = Actor(id=0, person=row.person_id)
    if number % 5 == 4:
        return
    tried(note_seen, referral=row.pk, by=employer, at=row.made_at + timedelta(minutes=30))
    if number % 5 == 3:
        return
    was = row.made_at + timedelta(minutes=50)
    ahead = tuple(desk.at.replace(hour=hour, minute=30, second=0) + timedelta(days=2) for hour in (9, 14))
    past = (desk.at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2), *ahead)
    facts = InterviewFacts(
        slots=past if number % 5 == 2 else ahead, minutes=30, way="on_site", place="厂区东门接待室", note="请带身份证"
    )
    talk = tried(propose_interview, referral=row.pk, facts=facts, by=employer, at=was)
    if not talk or number % 5 == 0:
        return
    taken = tried(take_slot, interview=talk.pk, slot=talk.slots[0], by=me, at=was + timedelta(hours=1))
    if taken and number % 5 == 2:
        tried(note_interview, interview=talk.pk, came=True, by=employer, at=desk.at - timedelta(hours=1))
        tried(offer_job, referral=row.pk, words="请周一来签合同。", by=employer, at=desk.at - timedelta(minutes=30))


def _wrote_cvs(desk: Desk) -> None:
    """The demo seeker shows the CV where one has applied; some who suit the employer best show it to every such one."""
    own = Account.objects.filter(username=SEEKER).exclude(person_id=None).first()
    people = [(Actor(id=own.pk, person=own.person_id), "applied")] if own else []
    others = [person for person in _fitting(desk)[:SHOWN] if own is None or person.pk != own.person_id]
    people += [(_account(person, desk), "all") for person in others]
    for number, (me, audience) in enumerate(people):
        headline, words = HEADLINES[number % len(HEADLINES)], WORDS[number % len(WORDS)]
        facts = ResumeFacts(headline=headline, own_words=words, jobs=JOBS)
        if tried(write_resume, facts=facts, by=me, at=desk.ago(6)):
            tried(choose_audience, audience=audience, by=me, at=desk.ago(6))


def _asked(line: CheckLine, number: int, desk: Desk) -> object:
    if number % UNASKED_EVERY == UNASKED_EVERY - 1:
        return False
    moment = desk.at - timedelta(days=min((desk.today - line.due_on).days, 6))
    if number % LEFT_EVERY:
        facts = CheckFacts(outcome="there")
    else:
        left: date = max(line.hire.begins_on, line.due_on - timedelta(days=20))
        facts = CheckFacts(outcome="left", left_on=left, reason=REASONS[number % len(REASONS)])
    return tried(answer_check, hire=line.hire.pk, months=line.months, facts=facts, by=desk.city, at=moment)
