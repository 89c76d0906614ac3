"""The navigation of every page: which items a person sees, in which order."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from openpes.kernel import Actor
from openpes.network.queries import workplace_name


@dataclass(frozen=True)
class Item:
    """A page in the navigation and the right that opens it; an empty right is everybody's. Who has the right `unless`
    finds it in the palette only: the row of a desk is full.
    """

    page: str
    label: Any
    right: str = ""
    arguments: tuple = ()
    unless: str = ""

    @property
    def url(self) -> str:
        return _address(self.page, self.arguments, get_script_prefix())


@cache
def _address(page: str, arguments: tuple, _prefix: str) -> str:
    """Every page asks for the same few dozen."""
    return reverse(page, args=arguments)


STAFF = (
    Item("counter:home", _("Counter"), "counter.use_desk"),
    Item("people:list", _("Persons"), "people.view"),
    Item("registration:unemployed_list", _("Unemployed"), "registration.view"),
    Item("vacancies:list", _("Vacancies"), "vacancies.view_vacancies"),
    Item("employers:list", _("Employers"), "employers.view_employers"),
    Item("referrals:follow_up", _("Referrals"), "referrals.view_referrals"),
    Item("surveys:list", _("Surveys"), "surveys.view_surveys"),
    Item("intake:list", _("Imports"), "intake.import_files"),
    Item("statistics:report", _("Reports"), "statistics.view_reports"),
    Item("network:board", _("Network"), "network.view_network"),
    Item("matching:weights", _("Weights"), "matching.view_weights", unless="counter.use_desk"),
    Item("audit:journal", _("Journal"), "audit.view_journal"),
    Item("access:staff", _("Accounts"), "access.grant_roles"),
    Item("access:roles", _("Roles"), "access.view_roles"),
)
# The pages of a room whose entry above leads to one of them only: a row of its own on each of its desk pages.
ROOMS = {
    "statistics": (
        Item("statistics:report", _("Reports"), "statistics.view_reports"),
        Item("statistics:edition_list", _("Published reports"), "statistics.view_reports"),
        Item("statistics:board", _("Board of figures"), "statistics.view_reports"),
        Item("statistics:indicator_list", _("Indicators"), "statistics.view_reports"),
        Item("statistics:target_list", _("Targets"), "statistics.view_reports"),
        Item("statistics:cross", _("Figures by any grouping"), "statistics.view_reports"),
        Item("statistics:flow_chart", _("From status to status"), "statistics.view_reports"),
        Item("statistics:agency_form", _("Annual form 7"), "statistics.view_reports"),
        Item("statistics:register_list", _("Monthly registers"), "statistics.registers"),
        Item("statistics:threshold_list", _("Thresholds and alerts"), "statistics.view_reports"),
        Item("statistics:following", _("What I follow"), "statistics.view_reports"),
    ),
}
SEEKER = (
    Item("portal:search", _("Find a job")),
    Item("portal:me", _("My page"), "portal.own_page"),
    Item("referrals:own", _("My applications"), "referrals.own"),
    Item("portal:saved_list", _("My saved searches"), "portal.own_page"),
    Item("resumes:own", _("My CV"), "resumes.own"),
    Item("portal:holdings", _("My data"), "portal.own_page"),
    Item("registration:own", _("My registration"), "registration.own"),
    Item("appointments:own", _("My appointments"), "appointments.own"),
    Item("matters:own", _("My questions"), "matters.own"),
)
EMPLOYER = (
    Item("portal:employer", _("My page"), "portal.employer_page"),
    Item("vacancies:mine", _("Our vacancies"), "vacancies.manage_own"),
    Item("reporting:own", _("Vacancy report"), "reporting.report_own"),
    Item("referrals:inbox", _("Introductions"), "referrals.answer_own"),
    Item("registration:filings", _("Our staff"), "registration.file_own"),
    Item("portal:search", _("Find a job")),
)
VISITOR = (
    Item("portal:search", _("Find a job")),
    Item("network:near", _("Service points")),
    Item("screens:hall", _("Hall screen")),
    Item("codes:parameter_list", _("Rules and parameters")),
)

# What stands at the foot of every public page, whoever is signed in.
FOOT = (
    Item("portal:search", _("Find a job")),
    Item("network:near", _("Which office serves me")),
    Item("screens:list", _("Hall screens")),
    Item("screens:bulletins", _("Bulletins")),
    Item("screens:subscribe", _("Weekly digest")),
    Item("registration:paper_check", _("Check a paper")),
    Item("registration:certificate_notices", _("Public notice")),
    Item("statistics:public_board", _("Figures for everybody")),
    Item("statistics:published", _("Published reports")),
    Item("codes:parameter_list", _("Rules and parameters")),
    Item("codes:code_list", _("Code lists")),
    Item("exchange:developers", _("Open interfaces")),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation, who is signed in, and where the find box looks."""
    rights = getattr(request, "rights", frozenset())
    current = _current(request)
    items = [entry for item in _items(request) if (entry := _entry(item, rights, item.page == current))]
    at_desk = "counter.use_desk" in rights
    return {
        "navigation": items,
        "room_pages": _room_pages(request, rights),
        "foot_links": FOOT,
        "whoami": _whoami(request),
        "account_url": reverse("access:account"),
        "find_url": reverse("counter:find") if at_desk else "",
        "find_method": "post",
        "home_url": reverse("home"),
        "signed_in": bool(getattr(request, "user", None) and request.user.is_authenticated),
    }


def _room_pages(request: HttpRequest, rights: frozenset[str]) -> list[dict[str, Any]]:
    """The pages of the room that is open, where it has a row of its own."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    entries = (_entry(item, rights, item.page == here) for item in ROOMS.get(here.split(":")[0], ()))
    return [entry for entry in entries if entry]


def _items(request: HttpRequest) -> tuple[Item, ...]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return VISITOR
    if actor.person:
        return SEEKER
    return EMPLOYER if actor.employer else STAFF


def _entry(item: Item, rights: frozenset[str], current: bool) -> dict[str, Any] | None:
    if (item.right and item.right not in rights) or item.unless in rights:
        return None
    try:
        url = item.url
    except NoReverseMatch:
        return None
    return {"label": item.label, "url": url, "current": current}


def _current(request: HttpRequest) -> str:
    """The page of the item that a page belongs to: its own, or its room's first, best one open to everybody."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    items = _items(request)
    if not here or here in {item.page for item in items}:
        return here
    room = [item for item in items if item.page.split(":")[0] == here.split(":")[0]]
    return min(room, key=lambda item: bool(item.right)).page if room else ""


def _whoami(request: HttpRequest) -> str:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return ""
    return " · ".join(part for part in (_place_of(request), actor.name) if part)


def _place_of(request: HttpRequest) -> str:
    """The name of the service point where a member of staff works today; parts of pages do not show it."""
    if not hasattr(request, "place"):
        request.place = "" if request.htmx else _place(request.actor, request.on)
    return request.place


def _place(actor: Actor, on: date) -> str:
    if not actor.scope:
        return ""
    with actor.standing():
        return workplace_name(account=actor.id, on=on)
