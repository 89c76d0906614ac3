"""The navigation of every page: which items a person sees, in which order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from openpes.kernel import Actor
from openpes.network.queries import posting_of


@dataclass(frozen=True)
class Item:
    """A page in the navigation and the right that opens it; an empty right is everybody's."""

    page: str
    label: Any
    right: str = ""
    arguments: tuple = ()

    @property
    def url(self) -> str:
        return reverse(self.page, args=self.arguments)


STAFF = (
    Item("counter:home", _("Counter"), "counter.use_desk"),
    Item("people:list", _("Persons"), "people.view"),
    Item("registration:unemployed_list", _("Unemployed"), "registration.view"),
    Item("vacancies:list", _("Vacancies"), "vacancies.view_vacancies"),
    Item("employers:list", _("Employers"), "employers.view_employers"),
    Item("referrals:follow_up", _("Referrals"), "referrals.view_referrals"),
    Item("intake:list", _("Imports"), "intake.import_files"),
    Item("statistics:report", _("Reports"), "statistics.view_reports"),
    Item("network:board", _("Network"), "network.view_network"),
    Item("matching:weights", _("Weights"), "matching.view_weights"),
    Item("audit:journal", _("Journal"), "audit.view_journal"),
    Item("access:staff", _("Accounts"), "access.grant_roles"),
    Item("access:roles", _("Roles"), "access.view_roles"),
)
SEEKER = (
    Item("portal:search", _("Find a job")),
    Item("portal:me", _("My page"), "portal.own_page"),
    Item("registration:own", _("My registration"), "registration.own"),
)
EMPLOYER = (
    Item("portal:employer", _("My page"), "portal.employer_page"),
    Item("vacancies:mine", _("Our vacancies"), "vacancies.manage_own"),
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
    Item("registration:handbook_check", _("Check a handbook")),
    Item("registration:certificate_notices", _("Public notice")),
    Item("codes:parameter_list", _("Rules and parameters")),
    Item("codes:code_list", _("Code lists")),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation, who is signed in, and where the find box looks."""
    rights = getattr(request, "rights", frozenset())
    items = [entry for item in _items(request) if (entry := _entry(item, request, rights))]
    at_desk = "counter.use_desk" in rights
    return {
        "navigation": items,
        "foot_links": [{"label": item.label, "url": item.url} for item in FOOT],
        "whoami": _whoami(request),
        "account_url": reverse("access:account"),
        "find_url": reverse("counter:find") if at_desk else "",
        "find_method": "post",
        "home_url": reverse("home"),
        "signed_in": bool(getattr(request, "user", None) and request.user.is_authenticated),
    }


def _items(request: HttpRequest) -> tuple[Item, ...]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return VISITOR
    if actor.person:
        return SEEKER
    return EMPLOYER if actor.employer else STAFF


def _entry(item: Item, request: HttpRequest, rights: frozenset[str]) -> dict[str, Any] | None:
    if item.right and item.right not in rights:
        return None
    try:
        url = item.url
    except NoReverseMatch:
        return None
    return {"label": item.label, "url": url, "current": _is_current(item, request)}


def _is_current(item: Item, request: HttpRequest) -> bool:
    """Whether a page belongs to an item: its own, or nobody's own and it is its room's first, best an open one."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if here in {other.page for other in _items(request)}:
        return item.page == here
    room = [other for other in _items(request) if here and other.page.split(":")[0] == here.split(":")[0]]
    return bool(room) and min(room, key=lambda other: bool(other.right)).page == item.page


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
        posting = posting_of(actor.id, on)
    return posting.point.name if posting else ""
