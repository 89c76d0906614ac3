"""Who suits which vacancy: exact rankings both ways, with reasons and the one change that would help most."""

from openpes.engine.matching.arrays import Seeker, Seekers, Vacancies, Vacancy
from openpes.engine.matching.counterfactual import (
    Counterfactual,
    Relaxations,
    changes_of_seeker,
    changes_of_vacancy,
    counterfactual,
    counterfactual_for_vacancy,
)
from openpes.engine.matching.explain import (
    Component,
    Explanation,
    Reason,
    explain,
    explain_seekers,
    explain_vacancies,
    score_pair,
)
from openpes.engine.matching.rank import Ranked, top_seekers, top_vacancies
from openpes.engine.matching.skills import skill_bits, skill_places
from openpes.engine.matching.tree import area_code, occupation_code
from openpes.engine.matching.weights import Weights

__all__ = [
    "Component",
    "Counterfactual",
    "Explanation",
    "Ranked",
    "Reason",
    "Relaxations",
    "Seeker",
    "Seekers",
    "Vacancies",
    "Vacancy",
    "Weights",
    "area_code",
    "changes_of_seeker",
    "changes_of_vacancy",
    "counterfactual",
    "counterfactual_for_vacancy",
    "explain",
    "explain_seekers",
    "explain_vacancies",
    "occupation_code",
    "score_pair",
    "skill_bits",
    "skill_places",
    "top_seekers",
    "top_vacancies",
]
