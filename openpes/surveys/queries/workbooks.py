"""The workbook of a village: its households and their members filled in, to be completed at the doors."""

from collections.abc import Iterator, Set
from datetime import date

from django.utils.translation import gettext

from openpes.engine.sheets import Cell, Column, Sheet, template_workbook
from openpes.intake.choices import kind_of
from openpes.intake.queries import language
from openpes.surveys.models import SurveyHousehold, SurveyVillage
from openpes.surveys.queries.sheets import HouseholdSheet, answer_words, hidden_from, sheets_of

KIND = "survey_visits"


def village_workbook(*, scope: str, hands: Set[int], village: SurveyVillage, on: date) -> bytes:
    """The households of a village as an .xlsx, a row a member, with what the register knows; identity and telephone
    numbers are not in it, nor are households that one of the accounts may still ask again for a spot-check."""
    rows = SurveyHousehold.objects.visible_to(scope).filter(village=village)
    found = list(rows.select_related("village__campaign", "household", "answer").order_by("number"))
    hidden = hidden_from(hands, found)
    listed = [row for row in found if row.pk not in hidden]
    sheet = kind_of(KIND).sheet(area=scope, on=on)
    cells = [line for one in sheets_of(listed, scope=scope, on=on) for line in _lines(one, sheet)]
    return template_workbook(sheet, language(), gettext, cells)


def _lines(one: HouseholdSheet, sheet: Sheet) -> Iterator[dict[str, Cell]]:
    tongue, asked = language(), {question.key for question in one.asked.questions}
    columns: dict[str, Column] = {column.key: column for column in sheet.columns if column.key in asked}
    of_visit = {"household_no": str(one.row.pk), "seen": str(one.row.answer_id or 0)}
    for place, member in enumerate(one.members):
        known = member.known | (one.known if place == 0 else {})
        given = [key for key in columns if known.get(key) not in (None, "")]
        words = {key: answer_words(columns[key], known[key], tongue) for key in given}
        yield of_visit | {"member_no": str(member.person.pk)} | words
    if not one.members:
        yield of_visit
