"""Pages of vacancies: lists, one of them, writing, publishing, and the employer's own."""

from openpes.vacancies.views.editing import edit, new
from openpes.vacancies.views.lists import detail, of_employer, vacancy_csv, vacancy_list
from openpes.vacancies.views.looking import copies, held, looking, reports
from openpes.vacancies.views.own import appeal_mine, ask, close_mine, edit_mine, mine, new_mine
from openpes.vacancies.views.publishing import close, give_back, publish
from openpes.vacancies.views.readers import report, send_report
from openpes.vacancies.views.writing import check, check_mine, occupations

__all__ = [
    "appeal_mine",
    "ask",
    "check",
    "check_mine",
    "close",
    "close_mine",
    "copies",
    "detail",
    "edit",
    "edit_mine",
    "give_back",
    "held",
    "looking",
    "mine",
    "new",
    "new_mine",
    "occupations",
    "of_employer",
    "publish",
    "report",
    "reports",
    "send_report",
    "vacancy_csv",
    "vacancy_list",
]
