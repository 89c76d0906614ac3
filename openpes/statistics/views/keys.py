"""The keys of groupings of facts in the words of the reader."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.codes.queries import code_items, code_label, industry_label, occupation_exists, occupation_label
from openpes.engine.calendars import quarter_of
from openpes.engine.figures.classes import AGES, NO_SKILL, SECTIONS
from openpes.network.queries import area_label
from openpes.statistics.choices import Dimension
from openpes.statistics.queries import row_name
from openpes.statistics.queries.cross import Key
from openpes.statistics.rules import quarter_title
from openpes.statistics.views.asked import month_words

AREAS = {6: Dimension.COUNTY, 9: Dimension.TOWN, 12: Dimension.VILLAGE}
SETS = {
    Dimension.UNIT_TYPE: "unit_type",
    Dimension.ECONOMIC_TYPE: "economic_type",
    Dimension.SEX: "sex",
    Dimension.EDUCATION: "education_2006",
    Dimension.SKILL: "skill_level",
    Dimension.PERSON_GROUP: "seeker_category",
}
OTHER_INDUSTRY = 21


def key_label(dimension: Dimension, key: Key) -> str:
    """The name of a row or column."""
    if isinstance(key, str):
        return area_label(key)
    if not key:
        return _("Not stated")
    if dimension in (Dimension.YEAR, Dimension.QUARTER, Dimension.MONTH):
        return _time_label(dimension, key)
    if dimension in (Dimension.MAJOR, Dimension.MINOR):
        return _occupation_label(str(key))
    if dimension == Dimension.INDUSTRY:
        return pgettext("cross", "Other") if key == OTHER_INDUSTRY else industry_label(SECTIONS[key - 1])
    if dimension == Dimension.AGE:
        return row_name(list(AGES)[key - 1])
    if dimension == Dimension.SKILL and key == NO_SKILL:
        return pgettext("cross", "No grade")
    return code_label(SETS[dimension], str(key))


def known_keys() -> list[tuple[Dimension, Iterable[int]]]:
    """The keys to which a table can be restricted, by grouping."""
    coded = [(dimension, [int(item.code) for item in code_items(name)]) for dimension, name in SETS.items()]
    return [
        *((dimension, [key for key in keys if key]) for dimension, keys in coded),
        (Dimension.AGE, range(1, len(AGES) + 1)),
        (Dimension.MAJOR, range(1, 9)),
        (Dimension.INDUSTRY, range(1, len(SECTIONS) + 1)),
    ]


def _time_label(dimension: Dimension, key: int) -> str:
    if dimension == Dimension.YEAR:
        return str(key)
    if dimension == Dimension.QUARTER:
        return quarter_title(quarter_of(key // 10, key % 10))
    return month_words(date(key // 100, key % 100, 1))


def _occupation_label(digits: str) -> str:
    code = digits if len(digits) == 1 else f"{digits[0]}-{digits[1:3]}-{digits[3:5]}"
    return occupation_label(code) if occupation_exists(code) else code
