"""Pages of vacancies: lists, one of them, writing, publishing, and the employer's own."""

from openpes.vacancies.views.editing import edit, new
from openpes.vacancies.views.lists import detail, of_employer, vacancy_csv, vacancy_list
from openpes.vacancies.views.own import ask, close_mine, edit_mine, mine, new_mine
from openpes.vacancies.views.publishing import close, give_back, publish

__all__ = [
    "ask",
    "close",
    "close_mine",
    "detail",
    "edit",
    "edit_mine",
    "give_back",
    "mine",
    "new",
    "new_mine",
    "of_employer",
    "publish",
    "vacancy_csv",
    "vacancy_list",
]
