"""Every role of the service with all its permissions, on one page."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission, Role

VIEW_METRICS = Permission("config.view_metrics", _("See the platform's technical measurements"))


def _declared() -> dict[str, Permission]:
    found = {VIEW_METRICS.code: VIEW_METRICS}
    for room in settings.ROOMS:
        if find_spec(f"openpes.{room}") and find_spec(f"openpes.{room}.permissions"):
            module = import_module(f"openpes.{room}.permissions")
            found |= {p.code: p for p in vars(module).values() if isinstance(p, Permission)}
    return found


DECLARED = _declared()
UNKNOWN: list[str] = []


def _of(*patterns: str) -> frozenset[Permission]:
    """Permissions by code; `room.*` stands for all of a room."""
    chosen = set()
    for pattern in patterns:
        room = pattern.removesuffix("*") if pattern.endswith(".*") else None
        hits = {p for code, p in DECLARED.items() if (code.startswith(room) if room else code == pattern)}
        if not hits:
            UNKNOWN.append(pattern)
        chosen |= hits
    return frozenset(chosen)


DESK = (
    "counter.*", "people.*", "registration.view", "registration.unemployment", "registration.employment",
    "registration.wish", "registration.export", "registration.handbook", "registration.certificate",
    "employers.view_employers", "reporting.view", "reporting.inform",
    "vacancies.view_vacancies",
    "referrals.view_referrals", "referrals.refer", "referrals.record_answers", "referrals.record_hires",
    "referrals.follow_up_hires",
    "matching.view_suggestions", "matching.view_weights", "intake.import_files", "statistics.view_reports",
    "statistics.registers", "network.view_network",
    "network.describe_point", "surveys.view_surveys", "surveys.answer_surveys", "matters.answer", "appointments.keep",
)  # fmt: skip
MARKET = (
    "messages.view", "messages.decide", "screens.print_bulletins",
    "statistics.set_targets", "statistics.publish_reports", "statistics.keep_thresholds",
    "statistics.view_recipients",
    "network.assess", "network.pilots", "surveys.order_surveys", "surveys.check_surveys",
    "matters.reassign", "registration.issue", "registration.decide", "employers.edit_employers",
    "employers.blacklist", "reporting.keep",
    "vacancies.edit_vacancies", "vacancies.publish_vacancies",
)  # fmt: skip
# What a second officer decides: the town, the county or the city, never the village alone.
SECOND_LOOK = ("people.confirm", "people.recognise", "people.correct")
RECRUITING = ("vacancies.manage_own", "referrals.answer_own", "reporting.report_own")
OWN = ("employers.manage_own", "employers.keep_own_people", *RECRUITING, "registration.file_own")

_clerk = _of(*DESK, *MARKET)
_of_two_files = _of("people.merge")  # whether two files are one person's is settled from the county up

ROLES: list[Role] = [
    Role(
        "city_clerk",
        _("City clerk"),
        _("Serves people and employers at the city's market and sees the whole city."),
        _clerk,
        level="city",
    ),
    Role(
        "county_clerk",
        _("County clerk"),
        _("Serves people and employers at a county market and sees that county."),
        _clerk,
        level="county",
    ),
    Role(
        "township_clerk",
        _("Township clerk"),
        _("Serves people and employers at a town or street office and sees that town."),
        _clerk - _of_two_files,
        level="town",
    ),
    Role(
        "village_officer",
        _("Village officer"),
        _("Keeps the ledger of a village or community and introduces its people to vacancies."),
        _of(*DESK) - _of(*SECOND_LOOK) - _of_two_files,
        level="village",
    ),
    Role(
        "supervisor",
        _("Supervisor"),
        _("Sees how the offices of an area work and reads everything there; checks surveys and has figures watched."),
        _of(
            "counter.use_desk", "people.view", "registration.view", "employers.view_employers", "reporting.view",
            "vacancies.view_vacancies", "referrals.view_referrals", "matching.*", "statistics.view_reports",
            "statistics.registers",
            "statistics.keep_thresholds", "statistics.view_recipients",
            "network.view_network", "access.view_roles", "surveys.view_surveys", "surveys.check_surveys",
        ),
    ),
    Role(
        "statistician",
        _("Statistician"),
        _("Makes the reports and opens figures to the rows behind them."),
        _of(
            "statistics.publish_reports", "statistics.view_reports", "statistics.set_targets", "statistics.registers",
            "statistics.keep_thresholds", "statistics.view_recipients",
            "network.view_network", "matching.view_fairness",
            "matching.view_weights", "vacancies.view_vacancies", "reporting.view",
        ),
    ),
    Role(
        "auditor",
        _("Auditor"),
        _("Reads the journal and checks its seals."),
        _of("audit.*", "network.view_network", "access.view_roles"),
    ),
    Role(
        "administrator",
        _("Administrator"),
        _("Opens accounts, grants roles and lays out the network; sees no personal files."),
        _of("access.*", "network.*", "matching.view_weights", "config.view_metrics", "messages.view",
            "exchange.keep_keys"),
    ),
    Role(
        "seeker",
        _("Job seeker"),
        _("Sees the own file, who read it, and suggested jobs."),
        _of("portal.own_page", "registration.own", "matters.own", "appointments.own", "referrals.own", "resumes.own"),
        self_service=True,
    ),
    Role(
        "employer",
        _("Employer"),
        _("Reports vacancies of the own unit and answers introductions."),
        _of("portal.employer_page", *OWN),
        self_service=True,
    ),
    Role(
        "employer_recruiter",
        _("Recruiter of an employer"),
        _("Reports vacancies of the own unit and answers introductions, but keeps neither its facts nor its accounts."),
        _of("portal.employer_page", *RECRUITING),
        self_service=True,
    ),
    Role(
        "employer_reader",
        _("Reader at an employer"),
        _("Reads the vacancies and introductions of the own unit, and changes nothing."),
        _of("portal.employer_page", *RECRUITING),
        self_service=True,
        reads_only=True,
    ),
]
