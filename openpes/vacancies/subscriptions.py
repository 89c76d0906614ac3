"""What vacancies hear from below, an employer's new name, and what they offer: the vacancy list as a table."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import code_items, skill_options
from openpes.employers.events import EmployerChanged
from openpes.employers.queries import EmployerCard
from openpes.engine.sheets import Sheet
from openpes.intake.actions import offer, one_by_one, undo_one_by_one
from openpes.intake.choices import Accepted, Incoming, Reference, Remark, Values
from openpes.intake.queries import place_parser
from openpes.kernel import Actor, listen
from openpes.kernel.clock import day_of
from openpes.kernel.pages import OfferedPage, offer_page
from openpes.network.choices import Level
from openpes.network.queries import UnknownArea, area_choices, path_of_code
from openpes.vacancies.actions import renew_publications_of
from openpes.vacancies.actions.listed import enter_listed, facts_from, known_employer, withdraw_listed
from openpes.vacancies.models import Vacancy
from openpes.vacancies.permissions import PUBLISH_VACANCIES, VIEW_VACANCIES
from openpes.vacancies.queries import vacancies_of
from openpes.vacancies.rules import EmployerBasics, why_not_publish
from openpes.vacancies.rules.sheet import PUBLISH, Lists, vacancy_sheet

SHOWN = frozenset({"name", "industry"})


@listen(EmployerChanged)
def renew_public_rows(event: EmployerChanged) -> None:
    """Renew what the public reads of the employer, in the transaction of the change."""
    if SHOWN.intersection(event.changed):
        renew_publications_of(employer=event.employer, on=day_of(event.at))


OTHER_NAME = gettext_noop(
    "The employer with this credit code is registered under another name, which was kept."
)
THERE_ALREADY = gettext_noop(
    "This employer has an open vacancy or a draft with this title at this place already."
)
STATED = ("title", "occupation", "area", "openings")


@lru_cache(maxsize=64)
def list_sheet(*, area: str, on: date) -> Sheet:
    """The vacancy list for the counties and towns of an area."""
    places = [
        *area_choices(area, Level.COUNTY),
        *area_choices(area, Level.TOWN),
        *area_choices(area, Level.VILLAGE),
    ]

    def path_of(code: str) -> str:
        try:
            return path_of_code(code, on)
        except UnknownArea:
            return ""

    lists = Lists(
        places=[(path, names) for path, names in places if len(path) < 12 or len(area) == 12],
        place=place_parser(places, path_of_code=path_of),
        education=[(item.code, item.name_zh, item.name_en, ()) for item in code_items("education_2006")],
        skills=_skills(),
    )
    return vacancy_sheet(lists, on)


def check_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> Iterable[tuple[int, Remark]]:
    """Tell before acceptance why a row could not be published, and what is known of its employer already."""
    codes = {row.values["credit_code"] for row in rows if row.values["credit_code"]}
    employers = {code: known_employer(code) for code in sorted(codes)}
    for row in rows:
        if row.values["credit_code"] and all(row.values[column] for column in STATED):
            found = _remarks(row.values, employers[row.values["credit_code"]], at)
            yield from ((row.row_no, remark) for remark in found)


def accept_row(values: Values, *, area: str, by: Actor, at: datetime) -> Accepted:
    """Enter the vacancy of a row.

    :raises Refused: with reasons at the columns
    """
    return Accepted(tuple(enter_listed(values=values, by=by, at=at)))


def undo_row(became: Sequence[Reference], *, by: Actor, at: datetime) -> None:
    """Take back the vacancy of a row.

    :raises Refused: something else depends on it by now
    """
    withdraw_listed(became=became, by=by, at=at)


def _skills() -> list[tuple[str, str, str, tuple[str, ...]]]:
    with translation.override("zh-hans"):
        chinese = skill_options()
    with translation.override("en"):
        english = dict(skill_options())
    return [(code, name, english[code], ()) for code, name in chinese]


def _remarks(values: Values, employer: EmployerCard | None, at: datetime) -> Iterable[Remark]:
    if employer and values["employer_name"] and employer.name != values["employer_name"]:
        yield Remark("employer_name", OTHER_NAME, is_note=True)
    if employer and _there_already(employer.id, values):
        yield Remark("title", THERE_ALREADY, is_note=True)
    if values["action"] != PUBLISH or values["closes_on"] is None:
        return
    basics = EmployerBasics(
        name=employer.name if employer else values["employer_name"] or "",
        credit_code=values["credit_code"],
        address=employer.address if employer else values["employer_address"] or "",
        has_contact=employer.has_contact if employer else bool(values["contact_phone"]),
    )
    for why in why_not_publish(facts_from(values, 0), basics, closes_on=values["closes_on"], on=day_of(at)):
        words = " ".join(str(part) for part in (why.text, why.clause, why.next_step) if part)
        yield Remark("credit_code" if why.field == "employer" else why.field, words)


def _there_already(employer: int, values: Values) -> bool:
    same = Vacancy.objects.filter(
        employer_id=employer, title=values["title"], area=values["area"], ended_on=None
    )
    return same.exists()


VACANCY_LIST = offer(
    kind="vacancy_list",
    title=gettext_lazy("Vacancy list"),
    sheet=list_sheet,
    permission=PUBLISH_VACANCIES,
    accept_rows=one_by_one(accept_row),
    undo_rows=undo_one_by_one(undo_row),
    label=lambda values: " · ".join(filter(None, [values["title"] or "", values["employer_name"] or ""])),
    check_rows=check_rows,
)


def _vacancies_of_employer(actor: Actor, pk: int) -> int:
    return vacancies_of(employer=pk, actor=actor).count()


offer_page(
    "employer",
    OfferedPage(_("Vacancies"), "vacancies:of_employer", VIEW_VACANCIES.code, _vacancies_of_employer),
)
