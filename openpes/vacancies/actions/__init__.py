"""Everything that is done with a vacancy, from the draft to its last place."""

from openpes.vacancies.actions.appeals import appeal_hold, decide_appeal
from openpes.vacancies.actions.copies import keep_apart, merge_copies, seek_copies
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
from openpes.vacancies.actions.reports import ReportFacts, judge_report, report_advert, show_reporter
from openpes.vacancies.actions.signs import confirm_vacancy

__all__ = [
    "ReportFacts",
    "VacancyFacts",
    "VacancyInHand",
    "appeal_hold",
    "ask_publication",
    "change_vacancy",
    "close_vacancy",
    "confirm_vacancy",
    "decide_appeal",
    "draft_vacancy",
    "expire_vacancies",
    "fill_place",
    "hold_vacancy",
    "judge_report",
    "keep_apart",
    "lift_hold",
    "merge_copies",
    "publish_vacancy",
    "renew_publication",
    "renew_publications_of",
    "report_advert",
    "return_vacancy",
    "seek_copies",
    "show_reporter",
    "take_in_hand",
]
