"""Everything that is done with a vacancy, from the draft to its last place."""

from openpes.vacancies.actions.drafting import (
    VacancyFacts,
    ask_publication,
    change_vacancy,
    draft_vacancy,
    return_vacancy,
)
from openpes.vacancies.actions.holding import hold_vacancy, lift_hold
from openpes.vacancies.actions.places import VacancyInHand, fill_place, take_in_hand
from openpes.vacancies.actions.publication import (
    close_vacancy,
    expire_vacancies,
    publish_vacancy,
    renew_publication,
    renew_publications_of,
)
from openpes.vacancies.actions.signs import confirm_vacancy

__all__ = [
    "VacancyFacts",
    "VacancyInHand",
    "ask_publication",
    "change_vacancy",
    "close_vacancy",
    "confirm_vacancy",
    "draft_vacancy",
    "expire_vacancies",
    "fill_place",
    "hold_vacancy",
    "lift_hold",
    "publish_vacancy",
    "renew_publication",
    "renew_publications_of",
    "return_vacancy",
    "take_in_hand",
]
