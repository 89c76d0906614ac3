"""The rows of a monthly register in words, and the register on paper and as an Excel workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, occupation_label
from openpes.engine.sheets.writing import PlainPage, plain_workbook
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, typeset
from openpes.network.queries import area_heading, area_label
from openpes.people.queries import masks_of
from openpes.registration.choices import CATEGORY_SET, REASON_SET, SEEKER_SET
from openpes.statistics.choices import RegisterKind
from openpes.statistics.queries.named import month_words
from openpes.statistics.queries.registers import Foot, RegisterAsked
from openpes.vacancies.queries import titles_of


@dataclass(frozen=True)
class RegisterLine:
    """A row of a register in words: its number, what it is, and what it adds to the sums; persons are masked."""

    number: int
    name: str
    mark: str
    more: str
    place: str
    begun_on: date
    ends_on: date | None
    opening: int
    came: int
    went: int
    closing: int


def register_lines(asked: RegisterAsked, rows: Sequence[Any], *, first: int) -> list[RegisterLine]:
    """The rows in words, numbered from `first` on."""
    words = _WORDS[asked.kind](rows) if rows else []
    return [
        RegisterLine(
            number, *told, area_label(row.area), row.begun_on, row.ends_on, row.opening, row.came, row.went, row.closing
        )
        for number, (row, told) in enumerate(zip(rows, words, strict=True), first)
    ]


def register_heads(kind: str) -> list[str]:
    """What stands over the columns of a register."""
    is_places = kind == RegisterKind.PLACES
    return [
        pgettext("register", "No."),
        _("Vacancy") if is_places else _("Person"),
        _("Employer") if is_places else _("Identity number"),
        pgettext("register", "About"),
        _("Area"),
        pgettext("register", "From"),
        pgettext("register", "Until"),
        *foot_heads(kind),
    ]


def foot_heads(kind: str) -> list[str]:
    """What the four sums of a register are called."""
    opening, closing = _("Stock at the start"), _("Stock at the end")
    if kind == RegisterKind.HIRES:
        opening, closing = _("Brought forward in the year"), _("Since the start of the year")
    return [opening, pgettext("register", "In"), pgettext("register", "Out"), closing]


def foot_words(kind: str, foot: Foot) -> str:
    """Whether a register reconciles, and what is told of some of its rows."""
    values = {"opening": foot.opening, "came": foot.came, "went": foot.went, "closing": foot.closing}
    text = _("%(opening)s + %(came)s − %(went)s = %(closing)s: the register reconciles.")
    if not foot.is_reconciled:
        text = _("%(opening)s + %(came)s − %(went)s is not %(closing)s: the register does not reconcile.")
    found = [text % {key: f"{value:,}" for key, value in values.items()}]
    if foot.of_which is not None and kind == RegisterKind.PLACES:
        found.append(_("Of the places that went out %(n)s were filled.") % {"n": f"{foot.of_which:,}"})
    if foot.of_which is not None and kind == RegisterKind.HIRES:
        found.append(_("Of the hires of the month %(n)s were by introduction.") % {"n": f"{foot.of_which:,}"})
    return " ".join(found)


def register_pdf(asked: RegisterAsked, lines: Sequence[RegisterLine], foot: Foot, *, by: str, at: datetime) -> bytes:
    """The register as a PDF in the language in force, with who printed it."""
    values = {
        "language": get_language() or "zh-hans",
        "city": city_name(),
        "area": area_heading(asked.area),
        "title": str(asked.kind.label),
        "period": month_words(asked.month.from_on),
        "days": _days(asked),
        "printed": _("Printed %(day)s by %(name)s") % {"day": spoken_day(day_of(at)), "name": by},
        "heads": register_heads(asked.kind),
        "rows": [[_text(cell) for cell in _cells(line)] for line in lines],
        "sums": [f"{n:,}" for n in (foot.opening, foot.came, foot.went, foot.closing)],
        "sum": _("Sum of all rows"),
        "foot": foot_words(asked.kind, foot),
        "masked": _("Persons are masked."),
    }
    return typeset("statistics/register.typ", values, at)


def register_workbook(asked: RegisterAsked, lines: Sequence[RegisterLine], foot: Foot) -> bytes:
    """The register as an Excel workbook: its rows, and its sums on a second sheet."""
    told = [
        (_("Area"), area_heading(asked.area)),
        (pgettext("register", "Month"), f"{month_words(asked.month.from_on)} ({_days(asked)})"),
        *zip(foot_heads(asked.kind), (foot.opening, foot.came, foot.went, foot.closing), strict=True),
        (pgettext("register", "Reconciled"), foot_words(asked.kind, foot)),
    ]
    sheets = [
        PlainPage(str(asked.kind.label), register_heads(asked.kind), [_cells(line) for line in lines]),
        PlainPage(pgettext("register", "Sums"), [_("Item"), str(asked.kind.label)], told),
    ]
    return plain_workbook(sheets)


def _days(asked: RegisterAsked) -> str:
    last = asked.month.last_on or asked.month.from_on
    return _("%(first)s to %(last)s") % {"first": spoken_day(asked.month.from_on), "last": spoken_day(last)}


def _cells(line: RegisterLine) -> tuple[Any, ...]:
    return (
        line.number, line.name, line.mark, line.more, line.place, line.begun_on, line.ends_on, line.opening,
        line.came, line.went, line.closing,
    )  # fmt: skip


def _text(cell: Any) -> str:
    if cell is None:
        return "–"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _persons(rows: Sequence[Any], more: Callable[[Any], Sequence[str]]) -> list[tuple[str, str, str]]:
    masks = masks_of(pks={row.person_id for row in rows})
    return [
        (masks[row.person_id].name, masks[row.person_id].id_mask, " · ".join(part for part in more(row) if part))
        for row in rows
    ]


def _of_places(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    titles = titles_of(pks={row.pk for row in rows})
    return [(row.title, titles[row.pk][1], occupation_label(row.occupation)) for row in rows]


def _of_seekers(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    def more(row: Any) -> tuple[str, str]:
        wish = occupation_label(row.occupations[0]) if row.occupations else _("No requirement")
        return wish, code_label(SEEKER_SET, row.category)

    return _persons(rows, more)


def _of_vacancies(rows: Sequence[Any], more: Callable[[Any], Sequence[str]]) -> list[tuple[str, str, str]]:
    titles = titles_of(pks={row.vacancy_id for row in rows})
    return _persons(rows, lambda row: (*titles.get(row.vacancy_id, ()), *more(row)))


def _of_introductions(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    return _of_vacancies(rows, lambda row: (row.letter_no, row.get_answer_display() if row.answer else ""))


def _of_hires(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    return _of_vacancies(rows, lambda row: ())


def _of_unemployed(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    return _persons(rows, lambda row: (row.number, code_label(REASON_SET, row.reason) if row.reason else ""))


def _of_employed(rows: Sequence[Any]) -> list[tuple[str, str, str]]:
    def more(row: Any) -> tuple[str, str, str]:
        work = occupation_label(row.occupation) if row.occupation else ""
        return row.number, code_label(CATEGORY_SET, row.category) if row.category else "", work

    return _persons(rows, more)


_WORDS: dict[str, Callable[[Sequence[Any]], list[tuple[str, str, str]]]] = {
    RegisterKind.PLACES: _of_places,
    RegisterKind.SEEKERS: _of_seekers,
    RegisterKind.INTRODUCTIONS: _of_introductions,
    RegisterKind.HIRES: _of_hires,
    RegisterKind.UNEMPLOYED: _of_unemployed,
    RegisterKind.EMPLOYED: _of_employed,
}
