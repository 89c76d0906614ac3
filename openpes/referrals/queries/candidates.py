"""People who suit a vacancy: those who let every such employer read their CV, and how many others there are."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.queries import Suggestion, suggestions_for_vacancy
from openpes.referrals.models import Referral
from openpes.resumes.queries import shared_with_all

LOOKED_AT = 200


@dataclass(frozen=True)
class Suitable:
    """The best matches of a vacancy who are not on the way to it yet, the best first.

    An employer may see those who are `shown`, as they show their CV to every suitable employer. Of the `others` it
    learns a number only.
    """

    shown: list[Suggestion]
    others: list[Suggestion]


def suitable_people(*, vacancy: int, on: date, k: int = LOOKED_AT) -> Suitable:
    """Who of the best `k` of the whole city suits a vacancy, by whether the CV is shown on that day."""
    with within(CITY):
        found = suggestions_for_vacancy(scope=CITY, vacancy=vacancy, on=on, k=k)
        there = set(Referral.objects.filter(vacancy_id=vacancy).values_list("person_id", flat=True))
    suitable = [
        (one, one.person.pk) for one in found
        if one.person is not None and one.score is not None and not one.is_far and one.person.pk not in there
    ]  # fmt: skip
    shared = shared_with_all(persons=[pk for _one, pk in suitable], on=on)
    return Suitable(
        [one for one, pk in suitable if pk in shared], [one for one, pk in suitable if pk not in shared]
    )


def open_candidates(*, vacancy: int, on: date, k: int = 20) -> list[Suggestion]:
    """The best matches of a vacancy in the whole city who show their CV to every suitable employer and are not on the
    way to it yet, with their reasons; an employer learns of nobody else."""
    return suitable_people(vacancy=vacancy, on=on).shown[:k]
