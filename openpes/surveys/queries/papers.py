"""Paper forms: a page a household with what is known, room for answers, and a QR code that opens its form."""

from collections.abc import Callable, Set
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.engine.questionnaires import HOUSEHOLD, MEMBER, WORK, Question
from openpes.engine.sheets import Column
from openpes.kernel import refuse_if
from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, qr_svg, typeset
from openpes.network.queries import area_full_name
from openpes.surveys import rules
from openpes.surveys.models import SurveyHousehold
from openpes.surveys.queries.sheets import (
    HouseholdSheet,
    KnownMember,
    answer_words,
    columns_of,
    hidden_from,
    sheets_of,
)

EMPTY_ROWS = 2


def paper_forms(
    *, scope: str, hands: Set[int], rows: list[SurveyHousehold], link: Callable[[int], str], on: date, at: datetime
) -> bytes:
    """The forms of households of one campaign as a PDF; `link` gives the address that the QR code of one opens.

    Households that one of the accounts may still ask again for a spot-check are left out.

    :raises Refused: none is left
    """
    hidden = hidden_from(hands, rows)
    rows = [row for row in rows if row.pk not in hidden]
    refuse_if([rules.why_blind()] if hidden and not rows else ())
    sheets = sheets_of(rows, scope=scope, on=on)
    columns = columns_of(rows[0].village.campaign.asked, area=rows[0].area, on=on)
    values = {
        "language": get_language() or "zh-hans",
        "city": city_name(),
        "title": rows[0].village.campaign.title,
        "labels": _labels(),
        "forms": [_form(sheet, columns, link(sheet.row.pk)) for sheet in sheets],
    }
    return typeset("surveys/forms.typ", values, at)


def _form(sheet: HouseholdSheet, columns: dict[str, Column], link: str) -> dict[str, Any]:
    campaign, home = sheet.campaign, sheet.row.household
    return {
        "qr": qr_svg(link),
        "number": f"{sheet.row.pk}",
        "facts": [
            [_("Village"), area_full_name(sheet.row.area)],
            [_("No. on the list"), str(sheet.row.number)],
            [_("Household booklet no."), home.booklet_no],
            [_("Address"), home.address],
            [_("The answers hold for"), spoken_day(campaign.reference_on)],
        ],
        "household": [
            [_question(one), answer_words(columns[one.key], sheet.known.get(one.key)), _offers(columns[one.key])]
            for one in sheet.asked.of(HOUSEHOLD)
        ],
        "members": [
            *(_member(sheet, member, columns) for member in sheet.members),
            *(_newcomer(sheet, columns, number) for number in range(1, EMPTY_ROWS + 1)),
        ],
    }


def _member(sheet: HouseholdSheet, member: KnownMember, columns: dict[str, Column]) -> dict[str, Any]:
    person = member.person
    return {
        "name": f"{person.name}  {person.id_mask}",
        "rows": [
            [_question(one), answer_words(columns[one.key], member.known.get(one.key)), _offers(columns[one.key])]
            for one in sheet.questions_of(member)
            if one.key != "name"
        ],
    }


def _newcomer(sheet: HouseholdSheet, columns: dict[str, Column], number: int) -> dict[str, Any]:
    asked = [one for one in sheet.asked.of(MEMBER, WORK) if one.required]
    number_row = [_("Identity number"), "", []]
    rows = [[_question(one), "", _offers(columns[one.key])] for one in asked]
    return {"name": _("New member %(n)s") % {"n": number}, "rows": [*rows, number_row]}


def _question(one: Question) -> str:
    return one.asks(get_language() or "zh")


def _offers(column: Column) -> list[str]:
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [option.label(language) for option in column.choices]


def _labels() -> dict[str, Any]:
    return {
        "page": _("Page"),
        "household": _("The household"),
        "heads": [_("Question"), _("Known so far"), _("Now (write only what is different)")],
        "result": _("Result of the visit"),
        "results": [_("answered"), _("nobody met"), _("refused to answer"), _("moved away")],
        "signature": [_("Day of the visit"), _("Signature of the household"), _("Signature of the officer")],
    }
