"""Which tables hold something about a person, under which title, from which source; and which are left out, and why.

Every table of the city stands here once (`tests/portal/test_holdings.py`): a new table is shown to the person whom it
is about, or somebody writes down why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
Opened = Mapping[str, tuple[str, str]]  # sealed column: what it is called in the clear, and what it was sealed for


class Section(StrEnum):
    """The groups in which the own data are shown."""

    WHO = "who"
    HOME = "home"
    LEARNED = "learned"
    REGISTER = "register"
    WORK = "work"
    REQUESTS = "requests"
    ACCOUNT = "account"
    JOURNAL = "journal"


SECTION_TITLES: dict[Section, Words] = {
    Section.WHO: pgettext_lazy("own data", "Who I am"),
    Section.HOME: pgettext_lazy("own data", "Home and household"),
    Section.LEARNED: pgettext_lazy("own data", "Education, skills and groups"),
    Section.REGISTER: pgettext_lazy("own data", "Registrations, handbook and certificates"),
    Section.WORK: pgettext_lazy("own data", "Introductions and hires"),
    Section.REQUESTS: pgettext_lazy("own data", "What I asked for"),
    Section.ACCOUNT: pgettext_lazy("own data", "My account"),
    Section.JOURNAL: pgettext_lazy("own data", "What happened in my file"),
}

COUNTER = _("Told or shown at the counter, written by the office")
OFFICE = _("Written by the office that decided")
MYSELF = _("Written by myself, or by an office for me")
EMPLOYER = _("Told by the employer")
SURVEY = _("Told in a survey, written by the officer who came")
PLATFORM = _("Written by the platform by itself")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A table with rows about a person: `whose` is the column with the person's number, or the account's for `account`.

    `since` is the column that says since when a row stands. `codes` are columns with a code of a national set,
    `opened` sealed columns that the person may read, `through` a table in between (table, its column, own column);
    `beyond` says that the database shows the rows to staff only, so that they are read by the person's own numbers.
    """

    table: str
    section: Section
    title: Words
    source: Words
    since: str = ""
    whose: str = "person_id"
    codes: Mapping[str, str] = field(default_factory=dict)
    opened: Opened = field(default_factory=dict)
    through: tuple[str, str, str] | None = None
    beyond: bool = False


PERSON_CODES = {
    "ethnic_group": "ethnic", "education": "education_2006", "hukou": "hukou", "marital": "marital_gb",
    "skill_level": "skill_level",
}  # fmt: skip
LEDGER_CODES = {
    "status": "rural_status", "work_area": "rural_work_area", "work_way": "rural_work_way",
    "intention": "rural_intent", "hardship": "rural_household_type",
}  # fmt: skip
REGISTER_CODES = {
    "reason": "unemployment_reason", "category": "employment_category", "proofs": "registration_proof",
}  # fmt: skip
IDENTIFIERS = {"id_number_sealed": ("id_number", "person.id_number"), "phone_sealed": ("phone", "person.phone")}
NUMBER = {"number_sealed": ("id_number", "person.id_number")}
EVIDENCE = {"evidence_sealed": ("evidence_no", "paper.number")}
PAPER = {"number_sealed": ("number", "paper.number")}
REQUEST = {
    "wanted_sealed": ("wanted", "correction.request"), "evidence_sealed": ("evidence", "correction.request"),
}  # fmt: skip
MEMBER = ("people_householdmember", "household_id", "id")
REASONS = {"reason": "placement_reasons"}
LETTER = ("referrals_referral", "id", "referral_id")
S = Section


def own(title: str) -> Words:
    """A title of the own data in the language of the reader."""
    return pgettext_lazy("own data", title)


CATALOGUE: tuple[Kept, ...] = (
    Kept(table="people_person", section=S.WHO, title=own("My file"), source=COUNTER, since="created_at", whose="id",
         codes=PERSON_CODES, opened=IDENTIFIERS),
    Kept(table="people_personevent", section=S.WHO, title=own("Earlier versions of my file"), source=PLATFORM,
         since="pgh_created_at", whose="id", codes=PERSON_CODES, opened=IDENTIFIERS),
    Kept(table="people_formername", section=S.WHO, title=_("Names that I had before"), source=COUNTER,
         since="from_on", opened=EVIDENCE),
    Kept(table="people_formernumber", section=S.WHO, title=_("Identity numbers that I had before"), source=COUNTER,
         since="recorded_at", opened=NUMBER | EVIDENCE),
    Kept(table="people_numberchange", section=S.WHO, title=_("Changes of my identity number"), source=COUNTER,
         since="asked_at", opened=NUMBER | EVIDENCE),
    Kept(table="people_departure", section=S.WHO, title=_("Deaths and departures that were reported"), source=COUNTER,
         since="on", opened=EVIDENCE),
    Kept(table="people_filehandover", section=S.WHO, title=_("Hand-overs of my file"), source=OFFICE,
         since="offered_at"),
    Kept(table="people_hukouperiod", section=S.HOME, title=_("My household registrations"), source=COUNTER,
         since="from_on", codes={"kind": "hukou"}, opened=EVIDENCE),
    Kept(table="people_merge", section=S.WHO, title=own("Merged files"), source=OFFICE, since="proposed_at",
         whose="stays", beyond=True),
    Kept(table="people_residence", section=S.HOME, title=own("Where I lived"), source=COUNTER, since="from_on"),
    Kept(table="people_householdmember", section=S.HOME, title=own("My place in households"), source=COUNTER,
         since="from_on"),
    Kept(table="people_household", section=S.HOME, title=own("My households"), source=COUNTER, since="created_at",
         codes={"kind": "rural_household_type"}, through=MEMBER),
    Kept(table="people_ledgerentry", section=S.HOME, title=own("What ledgers say"), source=SURVEY, since="surveyed_on",
         codes=LEDGER_CODES),
    Kept(table="surveys_memberanswer", section=S.HOME, title=own("What was told in surveys"), source=SURVEY,
         opened={"told_sealed": ("told", "survey.answer")}, beyond=True),
    Kept(table="people_groupmembership", section=S.LEARNED, title=own("Groups"), source=COUNTER, since="from_on",
         opened={"evidence_no_sealed": ("evidence_no", "paper.number")}),
    Kept(table="people_educationrecord", section=S.LEARNED, title=own("Education"), source=COUNTER, since="recorded_at",
         codes={"level": "education_2006"}, opened=PAPER),
    Kept(table="people_qualification", section=S.LEARNED, title=own("Skill grades and licences"), source=COUNTER,
         since="recorded_at", codes={"grade": "skill_level"}, opened=PAPER),
    Kept(table="registration_statusperiod", section=S.REGISTER, title=own("Registrations"), source=COUNTER,
         since="from_on", codes=REGISTER_CODES),
    Kept(table="registration_withdrawnregistration", section=S.REGISTER, title=own("Registrations taken back"),
         source=COUNTER, since="withdrawn_at"),
    Kept(table="registration_jobwish", section=S.REGISTER, title=own("Job wishes"), source=COUNTER, since="from_on",
         codes={"category": "seeker_category"}),
    Kept(table="registration_contact", section=S.REGISTER, title=own("Confirmations"), source=COUNTER, since="on"),
    Kept(table="registration_decision", section=S.REGISTER, title=own("Decisions"), source=OFFICE, since="on"),
    Kept(table="registration_factcorrection", section=S.REGISTER, title=own("Corrected facts of decisions"),
         source=OFFICE, since="corrected_at"),
    Kept(table="registration_appeal", section=S.REGISTER, title=own("Appeals"), source=MYSELF, since="filed_on"),
    Kept(table="registration_transfer", section=S.REGISTER, title=own("Hand-overs between offices"), source=OFFICE,
         since="offered_at"),
    Kept(table="registration_transferout", section=S.REGISTER, title=own("Transfers to another city"), source=OFFICE,
         since="issued_at"),
    Kept(table="registration_transferin", section=S.REGISTER, title=own("Transfers from another city"), source=COUNTER,
         since="received_at"),
    Kept(table="registration_rosterentry", section=S.REGISTER, title=own("Hiring rosters"), source=EMPLOYER,
         since="recorded_on", codes={"skill_level": "skill_level"}),
    Kept(table="registration_filing", section=S.REGISTER, title=own("Filings of employers"), source=EMPLOYER,
         since="filed_on"),
    Kept(table="registration_handbook", section=S.REGISTER, title=own("Handbook"), source=OFFICE, since="opened_at"),
    Kept(table="registration_handbookcopy", section=S.REGISTER, title=own("Booklets"), source=OFFICE,
         since="applied_on"),
    Kept(table="registration_handbookentry", section=S.REGISTER, title=own("Lines of the handbook"), source=OFFICE,
         since="on"),
    Kept(table="registration_handbookholding", section=S.REGISTER, title=own("Who held the handbook"), source=OFFICE,
         since="from_on"),
    Kept(table="registration_preferencecertificate", section=S.REGISTER, title=own("Preference certificates"),
         source=OFFICE, since="applied_on"),
    Kept(table="registration_certificatecheck", section=S.REGISTER, title=own("Yearly checks"), source=OFFICE,
         since="checked_on"),
    Kept(table="registration_certificateuse", section=S.REGISTER, title=own("Policies used"), source=OFFICE,
         since="from_on"),
    Kept(table="referrals_referral", section=S.WORK, title=own("Introductions and applications"), source=COUNTER,
         since="made_on", codes=REASONS),
    Kept(table="referrals_step", section=S.WORK, title=own("What happened to introductions and applications"),
         source=PLATFORM, since="at", codes=REASONS),
    Kept(table="referrals_interview", section=S.WORK, title=own("Interviews"), source=EMPLOYER, since="proposed_at"),
    Kept(table="referrals_hirereport", section=S.WORK, title=own("Hires that employers reported"), source=EMPLOYER,
         since="reported_at", through=LETTER, beyond=True),
    Kept(table="referrals_hire", section=S.WORK, title=own("Hires"), source=COUNTER, since="begins_on"),
    Kept(table="resumes_resume", section=S.WORK, title=own("Versions of my CV"), source=MYSELF, since="written_at"),
    Kept(table="resumes_sharing", section=S.WORK, title=own("Who may read my CV"), source=MYSELF, since="agreed_at"),
    Kept(table="referrals_retentioncheck", section=S.WORK, title=own("Whether I was still at work"), source=COUNTER,
         since="due_on", codes=REASONS),
    Kept(table="referrals_reach", section=S.WORK, title=own("How I want to be told"), source=MYSELF,
         since="agreed_at", opened={"mail_sealed": ("mail", "reach.mail")}),
    Kept(table="matching_joblist", section=S.WORK, title=own("Vacancies that the last night found for me"),
         source=PLATFORM, since="made_at"),
    Kept(table="vacancies_fill", section=S.WORK, title=own("Places I took"), source=PLATFORM, since="filled_on"),
    Kept(table="people_correctionrequest", section=S.REQUESTS, title=own("Requests for correction"), source=MYSELF,
         since="asked_on", opened=REQUEST),
    Kept(table="people_correctionappeal", section=S.REQUESTS, title=own("Appeals against refused corrections"),
         source=MYSELF, since="filed_on", opened={"grounds_sealed": ("grounds", "correction.appeal")}),
    Kept(table="matters_matter", section=S.REQUESTS, title=own("What I asked at a counter"), source=COUNTER,
         since="asked_at"),
    Kept(table="matters_responsibility", section=S.REQUESTS, title=own("Who answers for it"), source=PLATFORM,
         since="from_at"),
    Kept(table="matters_handover", section=S.REQUESTS, title=own("To whom it was handed on"), source=OFFICE,
         since="proposed_at"),
    Kept(table="appointments_appointment", section=S.REQUESTS, title=own("Appointments"), source=MYSELF,
         since="made_at"),
    Kept(table="appointments_recall", section=S.REQUESTS, title=own("Free times I wait for"), source=MYSELF,
         since="asked_at"),
    Kept(table="messages_message", section=S.REQUESTS, title=own("Messages to me"), source=PLATFORM, since="written_at",
         opened={"to_sealed": ("to", "message.to")}),
    Kept(table="counter_receipt", section=S.REQUESTS, title=own("Receipts"), source=OFFICE, since="made_at"),
    Kept(table="access_account", section=S.ACCOUNT, title=own("Account"), source=MYSELF, since="created_at"),
    Kept(table="account_emailaddress", section=S.ACCOUNT, title=own("E-mail addresses"), source=MYSELF,
         whose="user_id"),
    Kept(table="mfa_authenticator", section=S.ACCOUNT, title=own("Second factors of sign-in"), source=MYSELF,
         since="created_at", whose="user_id"),
    Kept(table="axes_accesslog", section=S.ACCOUNT, title=own("Sign-ins"), source=PLATFORM, since="attempt_time",
         whose="username"),
    Kept(table="axes_accessattempt", section=S.ACCOUNT, title=own("Failed sign-ins"), source=PLATFORM,
         since="attempt_time", whose="username"),
    Kept(table="axes_accessfailurelog", section=S.ACCOUNT, title=own("Log of failed sign-ins"), source=PLATFORM,
         since="attempt_time", whose="username"),
    Kept(table="audit_journalentry", section=S.JOURNAL, title=own("Journal"), source=PLATFORM, since="at",
         whose="person"),
)  # fmt: skip
BY_ACCOUNT = frozenset({"user_id", "username"})

# Columns that say nothing to the person: keys of search, secrets, marks of the database.
TECHNICAL = frozenset({
    "to_index", "text_sealed", "to_mask",  # what a code said is nobody's to read again
    "content_hash", "tail_index", "undo_hash",
    "initials", "id_number_index", "id_tail_index", "phone_index", "number_index", "password", "tx", "pgh_id",
    "pgh_context_id", "pgh_obj_id", "pgh_label", "token", "code", "get_data", "post_data", "session_hash",
})  # fmt: skip
SECRETS = {"mfa_authenticator": frozenset({"data"})}  # whoever had it could sign in

NOBODY = _("holds nothing about a job seeker")
STAFF = _("about staff and their work")
COPY = _("a copy for the public or the search of what stands here already")
MACHINERY = _("the platform's own machinery, emptied after a time")

LEFT_OUT: dict[str, Words] = {
    **dict.fromkeys(
        ("network_area", "network_areaterm", "network_areapopulation", "network_servicepoint", "network_servicewindow",
         "network_openinghours", "network_pointequipment", "network_pointpicture", "network_workingday",
         "network_acceptance", "network_acceptanceitem", "network_pilotapplication", "network_pilotstep",
         "employers_employer", "employers_employerevent", "employers_site", "employers_formername",
         "employers_licencedocument", "employers_contact", "employers_blacklistentry",
         "vacancies_vacancy", "vacancies_vacancyevent", "vacancies_publishedvacancy", "vacancies_hold",
         "vacancies_signoflife", "vacancies_holdappeal", "vacancies_nearcopy",
         "reporting_duty", "reporting_report", "reporting_reportline", "reporting_reminder", "reporting_visit",
         "reporting_call", "reporting_lead", "reporting_wonvacancy",
         "surveys_campaign", "surveys_surveyvillage", "surveys_spotcheck",
         "intake_tablemapping", "counter_ticketseries", "counter_ticket", "registration_handbookserial",
         "auth_permission", "auth_group_permissions", "auth_group", "django_content_type", "django_migrations",
         "matching_matchfigure", "audit_seal", "exchange_apikey", "screens_bulletin",
         "statistics_factopening", "statistics_publicboard", "statistics_target", "statistics_reportdraft",
         "statistics_reportedition", "statistics_editioncheck", "statistics_figurealert",
         "statistics_subscriptionissue", "statistics_keptfigure", "statistics_keptcount"),
        NOBODY,
    ),
    **dict.fromkeys(
        ("surveys_assignment", "counter_savedview", "access_grant", "access_delegation", "network_posting",
         "network_staffcertificate", "network_yearassessment", "network_subsidyentitlement",
         "statistics_subscription", "statistics_threshold", "statistics_alertentry"),
        STAFF,
    ),
    **dict.fromkeys(
        ("referrals_letterproof", "registration_paperproof", "registration_certificatenotice", "counter_receiptproof",
         "exchange_feedentry"),
        COPY,
    ),
    **dict.fromkeys(
        ("kernel_outboxrow", "kernel_asking", "kernel_answeredrequest", "kernel_longwork", "kernel_rowchange",
         "django_session", "access_phonecode", "statistics_duesubject",
         "pghistory_context",
         "account_emailconfirmation", "axes_accessattemptexpiration", "procrastinate_jobs", "procrastinate_events",
         "procrastinate_workers", "procrastinate_periodic_defers"),
        MACHINERY,
    ),
    **dict.fromkeys(
        ("surveys_surveyhousehold", "surveys_surveyanswer", "surveys_checkedhousehold"),
        _("answers of a whole household; those about the person stand here"),
    ),
    **dict.fromkeys(
        ("people_likelypair", "people_movedrow", "people_mergedperson"),
        _("how files were compared and joined; what came of it stands here"),
    ),
    "matching_candidatelist": _("the same matching seen from vacancies; the list of the person stands here"),
    "statistics_fact": _("what was counted on a day, without a name; the rows that were counted stand here"),
    "messages_stoppedrecipient": _("numbers and addresses that want no messages, sealed and without a name"),
    "vacancies_advertreport": _("reports of advertisements, without a name, the telephone number sealed"),
    "alerts_savedsearch": _("saved searches without a name; the address stands sealed in its agreement"),
    "alerts_toldvacancy": _("numbers of vacancies that a saved search told of"),
    "screens_digestentry": _("which days an agreement was written, without a name"),
    "messages_consent": _("agreements of an address, sealed and without a name"),
    "registration_certificateobjection": _("words of others, whose names are protected; the decision answers them"),
    "intake_batch": _("files of offices; what became of their rows stands here"),
    "intake_batchrow": _("sealed rows of files of offices, emptied after a time; what became of them stands here"),
}  # fmt: skip


def exported_columns(table: str, columns: Any) -> tuple[str, ...]:
    """The columns of a table that the person reads, in the order of the table."""
    hidden = TECHNICAL | SECRETS.get(table, frozenset())
    return tuple(column for column in columns if column not in hidden)
