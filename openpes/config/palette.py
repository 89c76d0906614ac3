"""The command palette: every page that stands alone, by name, for those whose role opens it."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.config.navigation import STAFF, Item

MORE = (
    Item("counter:queue", _("Queue"), "counter.work_queue"),
    Item("counter:take", _("Give a number"), "counter.work_queue"),
    Item("counter:reader", _("Card reader"), "counter.use_desk"),
    Item("counter:wishes", _("Job wishes in force"), "registration.view"),
    Item("people:new", _("Register a person"), "people.register"),
    Item("people:duplicates", _("Duplicates"), "people.merge"),
    Item("people:correction_list", _("Requests for correction"), "people.correct"),
    Item("people:number_list", _("Numbers to confirm"), "people.confirm"),
    Item("people:handover_list", _("Files between counties"), "people.view"),
    Item("registration:contact_list", _("Confirmations due"), "registration.view"),
    Item("registration:handbook_list", _("Handbooks to be issued"), "registration.view"),
    Item("registration:appeal_list", _("Appeals"), "registration.view"),
    Item("registration:transfer_list", _("Transfers"), "registration.view"),
    Item("registration:filing_list", _("Late filings"), "registration.view"),
    Item("registration:certificate_list", _("Preference certificates"), "registration.view"),
    Item("referrals:retention_list", _("Still at work?"), "referrals.view_referrals"),
    Item("referrals:free_list", _("Free of charge"), "referrals.view_referrals"),
    Item("employers:new", _("Register an employer"), "employers.edit_employers"),
    Item("matching:fairness", _("Who is suggested"), "matching.view_fairness"),
    Item("employers:blacklist", _("Blacklist of employers"), "employers.view_employers"),
    Item("employers:document_list", _("Documents that run out"), "employers.view_employers"),
    Item("reporting:board", _("Vacancy reports"), "reporting.view"),
    Item("reporting:call", _("Call employers"), "reporting.keep"),
    Item("reporting:planner", _("Plan visits"), "reporting.keep"),
    Item("reporting:visit_list", _("Visits to employers"), "reporting.view"),
    Item("reporting:lead_list", _("What villages tell"), "reporting.view"),
    Item("reporting:lead_new", _("Tell the office of a firm or a vacancy"), "reporting.inform"),
    Item("reporting:coverage", _("Coverage of vacancy reports"), "reporting.view"),
    Item("statistics:board", _("Board of figures"), "statistics.view_reports"),
    Item("statistics:agency_form", _("Annual form 7"), "statistics.view_reports"),
    Item("statistics:register_list", _("Monthly registers"), "statistics.registers"),
    Item("statistics:edition_list", _("Published reports"), "statistics.view_reports"),
    Item("statistics:indicator_list", _("Indicators"), "statistics.view_reports"),
    Item("statistics:target_list", _("Targets"), "statistics.view_reports"),
    Item("statistics:cross", _("Figures by any grouping"), "statistics.view_reports"),
    Item("statistics:flow_chart", _("From status to status"), "statistics.view_reports"),
    Item("statistics:threshold_list", _("Thresholds and alerts"), "statistics.view_reports"),
    Item("statistics:following", _("What I follow"), "statistics.view_reports"),
    Item("statistics:recipients", _("Who gets what"), "statistics.view_recipients"),
    Item("vacancies:new", _("New vacancy"), "vacancies.edit_vacancies"),
    Item("vacancies:looking", _("Vacancies to look at"), "vacancies.publish_vacancies"),
    Item("matters:mine", _("My matters"), "matters.answer"),
    Item("appointments:day", _("Appointments"), "appointments.keep"),
    Item("matters:list", _("All open matters"), "matters.answer"),
    Item("matters:hand_list", _("Hand my list over"), "matters.answer"),
    Item("matters:hand_list_of", _("Hand over the list of a colleague"), "matters.reassign"),
    Item("surveys:mine", _("My villages"), "surveys.answer_surveys"),
    Item("surveys:plan", _("Plan a labour survey"), "surveys.order_surveys"),
    Item("network:point_list", _("Service points"), "network.view_network"),
    Item("network:open_point", _("Open a service point"), "network.open_point"),
    Item("network:staff_list", _("Staff"), "network.view_network"),
    Item("network:subsidies", _("Subsidies of village officers"), "network.keep_staff"),
    Item("network:acceptance_board", _("Acceptance by area"), "network.view_network"),
    Item("network:acceptance_list", _("Acceptance of points"), "network.view_network"),
    Item("network:pilot_list", _("Pilot applications"), "network.view_network"),
    Item("network:apply_pilot", _("Apply for a pilot"), "network.pilots"),
    Item("screens:bulletin_new", _("Print a bulletin"), "screens.print_bulletins"),
    Item("screens:bulletins", _("Bulletins")),
    Item("screens:media", _("For newspapers and radio")),
    Item("exchange:keys", _("Keys of the open interfaces"), "exchange.keep_keys"),
    Item("messages:list", _("Messages"), "messages.view"),
    Item("portal:saved_list", _("Saved searches")),
    Item("audit:seals", _("Seals"), "audit.view_seals"),
    Item("access:open", _("Open an account"), "access.keep_accounts"),
    Item("access:grant", _("Grant a role"), "access.grant_roles"),
    Item("access:account", _("My account")),
    Item("access:delegations", _("Acting for a colleague")),
    Item("access:job_list", _("Long work")),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the pages that the palette offers; found only where it is drawn."""
    rights = frozenset(getattr(request, "rights", ()))
    return {"commands": lambda: list(commands_for(rights, get_language() or ""))}


@lru_cache(maxsize=256)
def commands_for(rights: frozenset[str], _language: str) -> tuple[dict[str, str], ...]:
    """Each page that these rights open, in the words of a language: its label and address."""
    listed = [item for item in (*STAFF, *MORE) if not item.right or item.right in rights]
    return tuple({"label": str(item.label), "url": reverse(item.page, args=item.arguments)} for item in listed)
