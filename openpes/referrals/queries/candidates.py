"""People who suit a vacancy and let every such employer read their CV."""

from datetime import date

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.queries import Suggestion, suggestions_for_vacancy
from openpes.referrals.models import Referral
from openpes.resumes.queries import shared_with_all

LOOKED_AT = 200


def open_candidates(*, vacancy: int, on: date, k: int = 20) -> list[Suggestion]:
    """The best matches of a vacancy in the whole city who show their CV to every suitable employer and are not on the
    way to it yet, with their reasons; an employer learns of nobody else."""
    with within(CITY):
        found = suggestions_for_vacancy(scope=CITY, vacancy=vacancy, on=on, k=LOOKED_AT)
        there = set(Referral.objects.filter(vacancy_id=vacancy).values_list("person_id", flat=True))
    suitable = [one for one in found if one.person is not None and one.score is not None and not one.is_far]
    shared = shared_with_all(persons=[one.person.pk for one in suitable if one.person], on=on)
    return [one for one in suitable if one.person and one.person.pk in shared - there][:k]
