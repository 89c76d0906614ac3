"""Who suits which vacancy and why, and which open vacancies a public search finds."""

from openpes.engine.search import Near
from openpes.matching.queries.lists import (
    Candidates,
    FigureTable,
    candidate_lists,
    fairness_tables,
    spread_figures,
    spread_of_person,
)
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
    changes_for_person,
    changes_for_vacancy,
    explanation_of,
    near_and_far,
    outlook_of_person,
    suggestions_for_person,
    suggestions_for_vacancy,
    weights_on,
)

__all__ = [
    "Advice",
    "Candidates",
    "Facet",
    "FacetValue",
    "FigureTable",
    "Near",
    "Outlook",
    "SearchPage",
    "SearchWish",
    "Suggestion",
    "candidate_lists",
    "changes_for_person",
    "changes_for_vacancy",
    "explanation_of",
    "fairness_tables",
    "near_and_far",
    "open_published",
    "outlook_of_person",
    "place_counts",
    "search_vacancies",
    "spread_figures",
    "spread_of_person",
    "suggestions_for_person",
    "suggestions_for_vacancy",
    "vacancy_count",
    "weights_on",
]
