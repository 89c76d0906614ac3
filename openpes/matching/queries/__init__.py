"""Who suits which vacancy and why, and which open vacancies a public search finds."""

from openpes.matching.queries.search import (
    Facet,
    FacetValue,
    SearchPage,
    SearchWish,
    open_published,
    place_counts,
    published_vacancy,
    search_vacancies,
    vacancy_count,
)
from openpes.matching.queries.suggestions import (
    Advice,
    Suggestion,
    counterfactual_for_person,
    counterfactual_for_vacancy,
    explanation_of,
    suggestions_for_person,
    suggestions_for_vacancy,
    weights_on,
)

__all__ = [
    "Advice",
    "Facet",
    "FacetValue",
    "SearchPage",
    "SearchWish",
    "Suggestion",
    "counterfactual_for_person",
    "counterfactual_for_vacancy",
    "explanation_of",
    "open_published",
    "place_counts",
    "published_vacancy",
    "search_vacancies",
    "suggestions_for_person",
    "suggestions_for_vacancy",
    "vacancy_count",
    "weights_on",
]
