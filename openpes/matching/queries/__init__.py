"""Who suits which vacancy and why, and which open vacancies a public search finds."""

from openpes.engine.search import Near
from openpes.matching.queries.search import (
    Facet,
    FacetValue,
    SearchPage,
    SearchWish,
    open_published,
    place_counts,
    search_vacancies,
    vacancy_count,
)
from openpes.matching.queries.suggestions import (
    Advice,
    Outlook,
    Suggestion,
    counterfactual_for_person,
    counterfactual_for_vacancy,
    explanation_of,
    near_and_far,
    outlook_of_person,
    suggestions_for_person,
    suggestions_for_vacancy,
    weights_on,
)

__all__ = [
    "Advice",
    "Facet",
    "FacetValue",
    "Near",
    "Outlook",
    "SearchPage",
    "SearchWish",
    "Suggestion",
    "counterfactual_for_person",
    "counterfactual_for_vacancy",
    "explanation_of",
    "near_and_far",
    "open_published",
    "outlook_of_person",
    "place_counts",
    "search_vacancies",
    "suggestions_for_person",
    "suggestions_for_vacancy",
    "vacancy_count",
    "weights_on",
]
