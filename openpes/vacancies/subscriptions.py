"""What vacancies hear from below, an employer's new name, and what they offer: the vacancy list as a table."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import code_items, skill_options
from openpes.employers.events import (
    BlacklistEnded,
    EmployerBlacklisted,
    EmployerChanged,
    SiteAdded,
    SiteChanged,
    SiteGivenUp,
)
from openpes.employers.queries import EmployerCard, employer_cards_by_code
from openpes.engine.sheets import Sheet
from openpes.intake.actions import offer
from openpes.intake.choices import Accepted, Incoming, Reference, Remark, Values
from openpes.intake.queries import place_parser
from openpes.kernel import Actor, Refused, listen
from openpes.kernel.clock import day_of
from openpes.kernel.pages import OfferedPage, offer_page
from openpes.network.choices import Level
from openpes.network.queries import UnknownArea, area_choices, path_of_code
from openpes.people.models import Tie, hold_ties
from openpes.vacancies.actions import renew_publications_of
from openpes.vacancies.actions.listed import enter_list, facts_from, withdraw_list
from openpes.vacancies.models import Fill
from openpes.vacancies.permissions import PUBLISH_VACANCIES, VIEW_VACANCIES
from openpes.vacancies.queries import open_offers, vacancies_of
from openpes.vacancies.rules import EmployerBasics, why_not_publish
from openpes.vacancies.rules.sheet import PUBLISH, Lists, vacancy_sheet

SHOWN = frozenset({"name", "industry"})


@listen(EmployerChanged)
def renew_public_rows(event: EmployerChanged) -> None:
    """Renew what the public reads of the employer, in the transaction of the change."""
    if SHOWN.intersection(event.changed):
        renew_publications_of(employer=event.employer, on=day_of(event.at))


@listen(EmployerBlacklisted, BlacklistEnded)
def renew_rows_of_the_blacklisted(event: EmployerBlacklisted | BlacklistEnded) -> None:
    """Take what the public reads of the employer away, or give it back, in the transaction of the decision."""
    renew_publications_of(employer=event.employer, on=day_of(event.at))


@listen(SiteAdded, SiteChanged, SiteGivenUp)
def renew_spots(event: SiteAdded | SiteChanged | SiteGivenUp) -> None:
    """Tell the search where the employer's work is now, in the transaction of the change."""
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
    employers = employer_cards_by_code(credit_codes=codes)
    offered = open_offers(employers=[card.id for card in employers.values()])
    for row in rows:
        if row.values["credit_code"] and all(row.values[column] for column in STATED):
            found = _remarks(row.values, employers.get(row.values["credit_code"]), offered, at)
            yield from ((row.row_no, remark) for remark in found)


def accept_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> list[Accepted | Refused]:
    """Enter the vacancies of rows, with employers that are new."""
    outcomes = enter_list(rows=[row.values for row in rows], by=by, at=at)
    return [one if isinstance(one, Refused) else Accepted(one) for one in outcomes]


def undo_rows(rows: Sequence[Sequence[Reference]], *, by: Actor, at: datetime) -> None:
    """Take back the vacancies of rows, all of them or none.

    :raises Refused: something else depends on one of them by now
    """
    withdraw_list(rows=rows, by=by, at=at)


def _skills() -> list[tuple[str, str, str, tuple[str, ...]]]:
    with translation.override("zh-hans"):
        chinese = skill_options()
    with translation.override("en"):
        english = dict(skill_options())
    return [(code, name, english[code], ()) for code, name in chinese]


def _remarks(
    values: Values, employer: EmployerCard | None, offered: set[tuple[int, str, str]], at: datetime
) -> Iterable[Remark]:
    if employer and values["employer_name"] and employer.name != values["employer_name"]:
        yield Remark("employer_name", OTHER_NAME, is_note=True)
    if employer and (employer.id, values["title"], values["area"]) in offered:
        yield Remark("title", THERE_ALREADY, is_note=True)
    if values["action"] != PUBLISH or values["closes_on"] is None:
        return
    basics = EmployerBasics(
        name=employer.name if employer else values["employer_name"] or "",
        credit_code=values["credit_code"],
        address=employer.address if employer else values["employer_address"] or "",
        has_contact=employer.has_contact if employer else bool(values["contact_phone"]),
        unserved=employer.unserved if employer else (),
    )
    for why in why_not_publish(facts_from(values, 0), basics, closes_on=values["closes_on"], on=day_of(at)):
        words = " ".join(str(part) for part in (why.text, why.clause, why.next_step) if part)
        yield Remark("credit_code" if why.field == "employer" else why.field, words)


VACANCY_LIST = offer(
    kind="vacancy_list",
    title=gettext_lazy("Vacancy list"),
    sheet=list_sheet,
    permission=PUBLISH_VACANCIES,
    accept_rows=accept_rows,
    undo_rows=undo_rows,
    label=lambda values: " · ".join(filter(None, [values["title"] or "", values["employer_name"] or ""])),
    check_rows=check_rows,
)


def _vacancies_of_employer(actor: Actor, pk: int) -> int:
    return vacancies_of(employer=pk, actor=actor).count()


offer_page(
    "employer",
    OfferedPage(_("Vacancies"), "vacancies:of_employer", VIEW_VACANCIES.code, _vacancies_of_employer),
)

hold_ties(Tie(model=Fill, title=_("Filled places")))
