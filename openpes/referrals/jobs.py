"""What referrals do by the clock: employers are reminded, silent vacancies frozen, and the register is asked."""

from openpes.kernel import clock, job, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.referrals import queries
from openpes.referrals.actions import answer_by_register, end_waiting, freeze_vacancy, remind_employer


@job("referrals.silence", every="35 8 * * *")
def hear_silence() -> tuple[int, int, int]:
    """Every morning: remind, freeze, end. Run twice, the second changes nothing; each row is one transaction."""
    at = clock.now()
    with within(CITY):
        due = queries.to_be_reminded(at=at)
        silent = queries.silent_vacancies(at=at)
        over = queries.out_of_patience(at=at)
    reminded = [remind_employer(referral=pk, by=PLATFORM, at=at) for pk in due]
    frozen = [freeze_vacancy(vacancy=pk, by=PLATFORM, at=at) for pk in silent]
    ended = [end_waiting(referral=pk, by=PLATFORM, at=at) for pk in over]
    return sum(reminded), sum(frozen), sum(ended)


@job("referrals.retention", every="25 8 * * *")
def ask_register() -> int:
    """Every morning: answer what the register knows of hires. Run twice, the second changes nothing."""
    at = clock.now()
    with within(CITY):
        known = queries.ended_in_register(on=clock.day_of(at))
    told = [
        answer_by_register(hire=hire, months=months, left_on=left_on, reason=reason, by=PLATFORM, at=at)
        for hire, months, left_on, reason in known
    ]
    return sum(told)
