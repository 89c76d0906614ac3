"""The best of a whole city at once, both ways; compiled at the first use, so that nothing imports it beforehand."""

from openpes.engine.matching.whole.lists import BestSeekers, CityIndex, Lists, best_seekers, best_vacancies
from openpes.engine.matching.whole.one import VacancyDesk

__all__ = ["BestSeekers", "CityIndex", "Lists", "VacancyDesk", "best_seekers", "best_vacancies"]
