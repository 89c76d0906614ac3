"""What vacancies do by the clock."""

from functools import cache

from openpes.kernel import clock, job
from openpes.kernel.action import PLATFORM
from openpes.vacancies.actions import expire_vacancies, seek_copies
from openpes.vacancies.queries import likely_occupations


@job("vacancies.expire", every="5 0 * * *")
def expire() -> None:
    """End the vacancies whose last day was yesterday, just after midnight."""
    expire_vacancies(by=PLATFORM, at=clock.now())


@job("vacancies.copies", every="35 1 * * *")
def find_copies() -> None:
    """Compare what is public, and show as one what says the same."""
    seek_copies(by=PLATFORM, at=clock.now())


@job("vacancies.prepare", every="* * * * *")
@cache
def prepare_coding() -> None:
    """In the first minute of a worker: code one title, so that no employer waits while the loops are compiled."""
    likely_occupations(title="电工")
