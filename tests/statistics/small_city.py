"""A city of a few persons whose every figure is counted by hand."""

from datetime import date, datetime

from openpes.kernel import Actor, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.people.models import GroupMembership
from openpes.referrals.models import Hire, Referral, RetentionCheck
from openpes.registration.models import StatusPeriod
from openpes.vacancies.models import Fill
from tests.people.factories import a_person, id_number
from tests.vacancies.factories import make_open

HERE, THERE = "450103", "450105"
MADE_AT = datetime(2026, 3, 2, 10, tzinfo=BUSINESS_ZONE)
CLERK = Actor(id=1, scope=CITY)
STEADY = "60"


def build() -> None:
    """Qingxiu: six registrations of unemployment of five persons; Jiangnan: one; three at work."""
    people = [a_person(by=CLERK, at=MADE_AT, area=HERE) for _n in range(5)]
    older = a_person(by=CLERK, at=MADE_AT, area=THERE, id_number=id_number(date(1970, 1, 1), "1"))
    with within(CITY):
        a, b, c, d, e = (one.pk for one in people)
        _jobless(a, "2025-01-10", reason="20")  # the whole year, and for more than one
        _jobless(b, "2026-01-10", "2026-03-11", end_reason=STEADY)  # 60 days, then at work
        _at_work(b, "2026-03-11")
        _jobless(c, "2026-02-01", "2026-02-15", end_reason="30")  # went to study
        _jobless(c, "2026-05-01", reason="10")
        _jobless(d, "2026-06-01", "2026-06-21", reason="10", end_reason=STEADY)  # 20 days
        _at_work(d, "2026-06-21", "2026-09-01")
        _jobless(e, "2025-11-01", "2025-12-31", end_reason=STEADY)  # all before the year
        _at_work(e, "2025-12-31")
        _jobless(older.pk, "2026-04-01", area=THERE)
        _laid_off(a)
        _laid_off(b)
    _placements(a, b, d)


def _jobless(person, from_on, until_on=None, *, area=HERE, reason="20", end_reason=""):
    _period(person, "unemployed", from_on, until_on, area=area, reason=reason, end_reason=end_reason)


def _at_work(person, from_on, until_on=None):
    _period(person, "employed", from_on, until_on, area=HERE, category="022")


def _period(person, status, from_on, until_on, **told):
    began = date.fromisoformat(from_on)
    StatusPeriod.objects.create(
        person_id=person, status=status, number=f"{status[0]}{person}-{from_on}", from_on=began,
        until_on=date.fromisoformat(until_on) if until_on else None, registered_by=1,
        registered_at=datetime(began.year, began.month, began.day, 9, tzinfo=BUSINESS_ZONE), **told,
    )  # fmt: skip


def _laid_off(person):
    GroupMembership.objects.create(
        area=HERE, person_id=person, group=10, evidence="laid_off", evidence_on=date(2025, 1, 2),
        from_on=date(2025, 1, 2), wants_two=True, entered_at=MADE_AT, entered_by=1, entered_hands=[1],
        outcome="recognised", decided_at=MADE_AT, decided_by=2, decided_hands=[2],
    )  # fmt: skip


def _placements(a, b, d):
    """Four introductions of which one was answered with a hire, one own application, two checks of one hire."""
    rows = [make_open(CLERK, MADE_AT, area=HERE, openings=4) for _n in range(3)]
    with within(CITY):
        told = [(a, 0, "introduction"), (b, 0, "introduction"), (b, 1, "introduction"), (b, 2, "introduction"),
                (d, 0, "application")]  # fmt: skip
        made = [_referral(n, person, rows[k], origin) for n, (person, k, origin) in enumerate(told)]
        Referral.objects.filter(pk=made[1].pk).update(answer="hired", answered_on=date(2026, 3, 10))
        hire = Hire.objects.create(
            area=HERE, person_id=b, vacancy=rows[0], employer_id=rows[0].employer_id, referral=made[1],
            begins_on=date(2026, 3, 11), pay_fen=350_000, recorded_at=MADE_AT, recorded_by=1,
        )  # fmt: skip
        Fill.objects.create(
            area=HERE, vacancy=rows[0], employer_id=rows[0].employer_id, place_no=1, person_id=b,
            filled_on=date(2026, 3, 11),
        )  # fmt: skip
        for months, due, outcome, left in ((3, date(2026, 6, 11), "there", None), (6, date(2026, 9, 11), "left", 1)):
            RetentionCheck.objects.create(
                area=HERE, hire=hire, person_id=b, employer_id=rows[0].employer_id, months=months, due_on=due,
                outcome=outcome, left_on=date(2026, 8, 1) if left else None, way="phone", answered_at=MADE_AT,
                answered_by=1,
            )  # fmt: skip


def _referral(n, person, vacancy, origin):
    return Referral.objects.create(
        area=HERE, person_id=person, vacancy=vacancy, employer_id=vacancy.employer_id, letter_no=f"L{n}",
        token=f"t{n}", made_on=date(2026, 3, 2 + n), made_at=MADE_AT, made_by=1, valid_until_on=date(2026, 4, 1),
        origin=origin, free_ground="unemployed" if n < 2 else "",
    )  # fmt: skip
