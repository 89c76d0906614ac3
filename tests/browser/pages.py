"""Every address of the platform that answers a GET, filled with the ids of the test town, and who opens it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openpes.access.permissions import Permission, role
from tests.browser.town import Town

VISITOR = ""
ROLES = (
    "county_clerk", "employer", "seeker", "administrator", "auditor", "statistician", "supervisor",
)  # fmt: skip

# What stands for an argument: the name of an id of the town, by the room, or by the page where the room has several.
OF_ROOM = {
    ("network", "pk"): "point", ("intake", "pk"): "batch", ("people", "pk"): "person", ("employers", "pk"): "employer",
    ("vacancies", "pk"): "open", ("referrals", "pk"): "referral", ("access", "pk"): "work", ("portal", "pk"): "open",
    ("surveys", "pk"): "campaign", ("messages", "pk"): "message",
    ("exchange", "pk"): "key", ("screens", "pk"): "bulletin",
}  # fmt: skip
OF_PAGE = {
    "messages:stop": {"token": "message_link"},
    "exchange:sitemap_part": {"number": "sitemap_part"},
    "exchange:open:one_vacancy": {"number": "open"},
    "people:group": {"pk": "membership"},
    "people:pair": {"pk": "pair"},
    "people:apart": {"pk": "pair"},
    "people:merge": {"pk": "merge"},
    "people:merge_confirm": {"pk": "waiting_merge"},
    "people:merge_decline": {"pk": "waiting_merge"},
    "people:merge_undo": {"pk": "merge"},
    "people:merge_undone": {"pk": "undoing"},
    "people:merged": {"pk": "merged_file"},
    "people:group_end": {"pk": "group_in_force"},
    "people:education_withdraw": {"pk": "education"},
    "people:qualification_withdraw": {"pk": "qualification"},
    "people:correction_answer": {"pk": "request"},
    "people:correction_appeal": {"pk": "refused_request"},
    "portal:correction_appeal": {"pk": "refused_request"},
    **{f"statistics:target{act}": {"pk": "target"} for act in ("", "_decide", "_hand_down")},
    **{f"statistics:target_months_{kind}": {"pk": "target"} for kind in ("csv", "xlsx")},
    **{f"statistics:{page}": {"pk": "subscription"} for page in ("subscription", "change_subscription")},
    **{f"statistics:threshold{act}": {"pk": "threshold"} for act in ("", "_end")},
    "statistics:issue": {"pk": "subscription_issue"},
    "statistics:alert_acknowledge": {"pk": "figure_alert"},
    **{f"statistics:draft{act}": {"pk": "report_draft"} for act in ("", "_edit", "_lay_aside", "_publish")},
    **{
        f"statistics:{page}": {"pk": "report_edition"}
        for page in (
            "edition", "edition_check", "published_report", "published_pdf", "published_csv", "published_xlsx",
            "published_json",
        )
    },
    "portal:saved": {"key": "saved_search"},
    "portal:saved_change": {"key": "saved_search"},
    "portal:saved_confirm": {"key": "unconfirmed_search"},
    "portal:saved_feed": {"key": "saved_feed"},
    "registration:unemployment_new": {"pk": "newcomer"},
    "registration:employment_new": {"pk": "newcomer"},
    "registration:wish_new": {"pk": "newcomer"},
    "registration:unemployment_end": {"pk": "unemployment"},
    "registration:employment_end": {"pk": "employment"},
    "registration:receipt": {"pk": "unemployment"},
    "registration:proofs": {"pk": "unemployment"},
    "registration:withdraw": {"pk": "unemployment"},
    "registration:file": {"pk": "person"},
    "registration:contact_new": {"pk": "person"},
    "registration:why": {"pk": "person"},
    "registration:fact_correct": {"pk": "decision"},
    "registration:unemployment_refuse": {"pk": "newcomer"},
    "registration:appeal_new": {"pk": "decision"},
    "registration:appeal_rule": {"pk": "appeal"},
    "registration:transfer_answer": {"pk": "transfer"},
    "registration:transfer_again": {"pk": "transfer"},
    "registration:own_appeal": {"pk": "own_decision"},
    "registration:filing_end": {"pk": "own_employment"},
    "registration:certificate_new": {"pk": "person"},
    "registration:certificate": {"pk": "certificate"},
    "registration:certificate_review": {"pk": "certificate"},
    "registration:certificate_objection": {"pk": "certificate"},
    "registration:certificate_decide": {"pk": "certificate"},
    "registration:certificate_use": {"pk": "certificate"},
    "registration:certificate_check": {"pk": "certificate"},
    "registration:certificate_revoke": {"pk": "certificate"},
    "registration:objection_answer": {"pk": "objection"},
    "registration:transfer_out": {"pk": "person"},
    "registration:transfer_in": {"pk": "newcomer"},
    "registration:transfer_out_paper": {"pk": "transfer_out"},
    "registration:transfer_out_take_back": {"pk": "transfer_out"},
    "registration:handbook": {"pk": "person"},
    "registration:handbook_request": {"pk": "newcomer"},
    "registration:handbook_hand_over": {"pk": "person"},
    "registration:handbook_issue": {"pk": "booklet"},
    "registration:handbook_replace": {"pk": "booklet"},
    "registration:handbook_pages": {"pk": "booklet"},
    "registration:handbook_give_back": {"pk": "handbook"},
    "registration:paper_scan": {"token": "booklet_token"},
    "registration:wish_edit": {"pk": "wish"},
    "registration:wish_end": {"pk": "wish"},
    "employers:site": {"pk": "site"},
    "reporting:of_employer": {"pk": "employer"},
    "reporting:duty": {"pk": "employer"},
    "reporting:visit_new": {"pk": "employer"},
    "reporting:settle": {"pk": "told_change"},
    "reporting:call_tell": {"pk": "call"},
    "reporting:call_back": {"pk": "call"},
    "reporting:visit": {"pk": "visit"},
    "reporting:lead": {"pk": "lead"},
    "reporting:answer": {"token": "report_link"},
    "employers:entry": {"pk": "entry"},
    "employers:own_appeal": {"pk": "own_entry"},
    "vacancies:of_employer": {"pk": "employer"},
    "vacancies:publish": {"pk": "asked"},
    "vacancies:edit_mine": {"pk": "draft"},
    "vacancies:ask": {"pk": "draft"},
    "referrals:of_vacancy": {"pk": "open"},
    "referrals:hires_of_employer": {"pk": "employer"},
    "referrals:confirm": {"pk": "report"},
    "referrals:give_back": {"pk": "report"},
    "referrals:verify": {"token": "letter"},
    "referrals:free_of_person": {"pk": "person"},
    "referrals:check_hire": {"pk": "due_hire"},
    "referrals:own_check": {"pk": "due_hire"},
    "referrals:inbox_check": {"pk": "due_hire"},
    **{f"referrals:{page}": {"pk": "application"} for page in ("own_detail", "own_letter", "own_withdraw")},
    "referrals:apply": {"pk": "fourth_open"},
    **{
        f"referrals:{page}": {"pk": "interview"}
        for page in ("take_slot", "cancel_interview", "held", "calendar", "own_slot", "own_cancel", "inbox_cancel",
                     "inbox_held")
    },
    "referrals:candidates": {"pk": "open"},
    **{f"referrals:{page}": {"pk": "application"} for page in ("own_detail", "own_letter", "own_withdraw")},
    **{
        f"referrals:{page}": {"pk": "interview"}
        for page in ("take_slot", "cancel_interview", "held", "calendar", "own_slot", "own_cancel", "inbox_cancel",
                     "inbox_held")
    },
    "appointments:new": {"pk": "person"},
    "appointments:recall": {"pk": "person"},
    "appointments:cancel": {"pk": "appointment"},
    "appointments:take": {"pk": "appointment"},
    "appointments:leave": {"pk": "recall"},
    "appointments:own_cancel": {"pk": "appointment"},
    "appointments:own_take": {"pk": "appointment"},
    "appointments:own_leave": {"pk": "recall"},
    "counter:arrive": {"pk": "appointment"},
    "counter:receipt_new": {"pk": "person"},
    "counter:receipt": {"pk": "receipt"},
    "counter:receipt_scan": {"token": "receipt_code"},
    "counter:view_drop": {"pk": "view"},
    "matters:new": {"pk": "person"},
    "matters:detail": {"pk": "matter"},
    "matters:hand_over": {"pk": "matter"},
    "matters:close": {"pk": "matter"},
    "matters:answer": {"pk": "offered_matter"},
    "matters:take_back": {"pk": "offered_matter"},
    "counter:person": {"pk": "person"},
    "people:number_answer": {"pk": "number_change"},
    "people:handover_answer": {"pk": "file_handover"},
    "people:take_back": {"pk": "gone"},
    "people:come_back": {"pk": "gone"},
    "counter:candidates": {"pk": "open"},
    "counter:slip": {"pk": "ticket"},
    "counter:call": {"pk": "ticket"},
    "counter:move": {"pk": "ticket"},
    "counter:hall": {"point": "point"},
    "intake:columns": {"pk": "matching"},
    "access:confirm": {"pk": "grant"},
    "access:end_grant": {"pk": "grant"},
    "access:member": {"pk": "account"},
    "access:password": {"pk": "account"},
    "access:renew": {"pk": "account"},
    "access:close": {"pk": "account"},
    **{f"surveys:{page}": {"pk": "survey_village"} for page in ("village", "take_in", "found", "workbook", "draw")},
    "surveys:village_forms": {"pk": "waiting_village"},  # whoever may ask a drawn one again gets no form of it
    "surveys:household": {"pk": "survey_household"},
    "surveys:household_form": {"pk": "survey_household"},
    "surveys:check": {"pk": "spot_check"},
    "surveys:mark": {"pk": "spot_check"},
    "surveys:ask_again": {"pk": "checked_household"},
    "network:picture": {"pk": "picture"},
    "network:acceptance": {"pk": "acceptance"},
    "network:submit_acceptance": {"pk": "acceptance"},
    "network:assess_acceptance": {"pk": "acceptance"},
    "network:drop_acceptance": {"pk": "acceptance"},
    "network:sign_acceptance": {"pk": "acceptance"},
    "network:return_acceptance": {"pk": "acceptance"},
    "network:publish_acceptance": {"pk": "acceptance"},
    "network:pilot": {"pk": "pilot"},
    "network:pilot_step": {"pk": "pilot"},
    "network:staff_file": {"pk": "officer"},
    "network:record_certificate": {"pk": "officer"},
    "network:assess_year": {"pk": "officer"},
    "network:revoke_certificate": {"pk": "certificate"},
    "access:end_delegation": {"pk": "delegation"},
    "access:act_for": {"pk": "delegation"},
    "network:remove_picture": {"pk": "picture"},
    "network:end_posting": {"pk": "posting"},
}
PLAIN = {
    "codes:code_set": ({"set_name": "education_2006"},),
    "look:style_page": tuple({"page": page} for page in ("desk", "search", "refused", "screen")),
    "network:area": ({"area": "450103001"},),
    "network:record_population": ({"area": "450103001"},),
    "network:board": ({}, {"area": "450103"}),
    "intake:start": (
        {"kind": "rural_ledger"}, {"kind": "vacancy_list"}, {"kind": "survey_visits"}, {"kind": "hiring_roster"},
    ),
    "intake:template": ({"kind": "rural_ledger"}, {"kind": "hiring_roster"}),
    "account_confirm_email": ({"key": "a"},),
    "account_reset_password_from_key": ({"uidb36": "a", "key": "a"},),
}
# What an address asks after its question mark; several make several visits.
QUERIES = {
    "referrals:new": ("person={newcomer}&vacancy={open}",),
    "referrals:hire_directly": ("person={newcomer}&vacancy={open}",),
    "statistics:board": ("", "area=450103001&indicator=unemployed&side=demand"),
    "statistics:board_csv": ("chart=map",),
    "statistics:flow_chart": ("", "area=450103001&period=2026-11"),
    "statistics:flow_rows": ("flow=none.unemployed",),
    "statistics:age_rows": ("band=36&sex=2",),
    "statistics:indicator_list": ("", "area=450103001&period=2026-11"),
    "statistics:cross": ("", "what=wish_begun&rows=month&columns=sex&only=age:2", "rows=sex"),
    "statistics:cross_rows": ("what=wishes", "what=places&row=450103"),
    "statistics:indicator_breakdown": ("indicator=unemployed", "indicator=reemployed&by=area&period=2026"),
    "statistics:indicator_breakdown_csv": ("indicator=unemployed&by=age",),
    "statistics:indicator_breakdown_xlsx": ("indicator=unemployed&by=age",),
    "statistics:indicator_rows": ("indicator=unemployed", "indicator=points_online&part=denominator"),
    "statistics:report": ("quarter=2026-4", "quarter=2019-1", "from=2026-11-01&to=2026-11-20"),
    "statistics:agency_form": ("", "year=2026", "area=450103001&from=2026-01-01&to=2026-11-23"),
    "statistics:agency_rows": ("year=2026&row=labour&column=points", "year=2026&row=all&column=seekers"),
    "statistics:register_list": ("", "month=2026-11"),
    "statistics:register": ("register=seekers&month=2026-11", "register=places&month=2026-11"),
    "statistics:figure": ("side=demand&quarter=2026-4", "side=seekers&origin=new&quarter=2026-4"),
    "screens:hall": ("", "group=4050"),
    "screens:media": ("", "group=graduates"),
    "portal:search": ("", "q=包装&place=450103", "q=zzzz", "size=elder"),
    "vacancies:list": ("", "state=draft"),
    "network:near": ("", "area=450103001005", "q=新竹"),
    "network:acceptance_board": ("", "area=450103&checklist=six_unified"),
    "network:acceptance_list": ("checklist=six_in_place",),
    "network:point_list": ("", "kind=training_base"),
    "people:list": ("", "q=秀", "sex=2"),
    "intake:batch": ("", "show=all"),
    "surveys:campaign": ("", "area=450103001"),
    "surveys:household_list": ("", "show=done"),
    "appointments:day": ("", "on=2026-11-24"),
    "matters:list": ("", "show=gone"),
    "registration:why": ("", "on=2026-01-05"),
    "people:correction_new": ("", "fact=hukou"),
    "portal:correction_new": ("fact=phone", "fact=marital", "fact=home"),
    "look:style": ("", "errors=1"),
}
# Pages of which more than one state is worth a look: the page, and the id in place of its usual one.
ALSO = (
    ("vacancies:detail", "draft"), ("vacancies:detail", "closed"), ("intake:batch", "accepted"),
    ("intake:batch", "matching"),
    ("registration:handbook", "newcomer"), ("registration:file", "mover"), ("registration:file", "leaver"),
    ("registration:certificate", "issued_certificate"),
    ("matters:detail", "given_matter"), ("matters:detail", "ended_matter"),
    ("access:job", "finished"), ("counter:person", "newcomer"), ("people:household", "newcomer"),
    ("people:life", "renamed"), ("people:life", "gone"), ("counter:person", "gone"), ("people:life", "mover"),
    ("people:merge", "waiting_merge"), ("people:merge", "undoing"),
    ("referrals:detail", "invited"),
    ("people:records", "newcomer"), ("people:correction_answer", "appealed_request"),
)  # fmt: skip
# Parts that scripts fetch and put into a page: they are looked at inside it.
PARTS = {"intake:progress", "screens:rows", "counter:hall_rows", "counter:pane", "counter:waiting"}
# Who opens a page that is not for the first role that may: the second factor is set up in this account only.
OPENED_BY = {
    "mfa_deactivate_totp": "neighbour_clerk",
    "mfa_view_recovery_codes": "neighbour_clerk",
    "mfa_generate_recovery_codes": "neighbour_clerk",
    "mfa_download_recovery_codes": "neighbour_clerk",
    "account_login": VISITOR,
    "account_inactive": VISITOR,
    "account_logout": "county_clerk",
    "access:closed": VISITOR,
}


@dataclass(frozen=True)
class Visit:
    """One address, who opens it, and the status that it must answer with; `submit` presses that button first."""

    name: str
    path: str
    role: str = VISITOR
    status: int = 200
    submit: str = ""


def visits(town: Town) -> list[Visit]:
    """A visit to every address of the resolver that may answer with a page, and to the pages of mistakes."""
    found = []
    for name, pattern in named_patterns(get_resolver()):
        if name in PARTS:
            continue
        role_of = opener(name, pattern.callback)
        for arguments in arguments_of(name, pattern, town):
            for query in QUERIES.get(name, ("",)):
                asked = query.format(**town.ids)
                found.append(Visit(name, reverse(name, kwargs=arguments) + (f"?{asked}" if asked else ""), role_of))
    found += [Visit(name, reverse(name, args=[town.ids[thing]]), "county_clerk") for name, thing in ALSO]
    return [*dict.fromkeys(found), *_mistakes(town)]


def _mistakes(town: Town) -> list[Visit]:
    """What a wrong address, a missing right and an empty form are answered with."""
    clerk, save = "county_clerk", "main [data-save]"
    new = {"person": town.ids["newcomer"], "vacancy": town.ids["closed"]}
    newcomer = [town.ids["newcomer"]]
    return [
        Visit("404", "/nothing/here/", clerk, 404),
        Visit("404", "/nothing/here/", VISITOR, 404),
        Visit("404", reverse("counter:person", args=[999_999]), clerk, 404),
        Visit("403", reverse("audit:journal"), clerk, 403),
        Visit("410", reverse("portal:vacancy", args=[town.ids["closed"]]), VISITOR, 410),
        Visit("refused", f"{reverse('referrals:new')}?{urlencode(new)}", clerk),
        Visit("empty sign-in", reverse("account_login"), VISITOR, 200, "main form button"),
        Visit("empty person", reverse("people:new"), clerk, 422, save),
        Visit("empty employer", reverse("employers:new"), clerk, 422, save),
        Visit("empty vacancy", reverse("vacancies:new"), clerk, 422, save),
        Visit("empty unemployment", reverse("registration:unemployment_new", args=newcomer), clerk, 422, save),
        Visit("empty wish", reverse("registration:wish_new", args=newcomer), clerk, 422, save),
        Visit("empty answer", reverse("referrals:answer", args=[town.ids["referral"]]), clerk, 422, save),
        Visit("empty account", reverse("access:open"), "administrator", 422, save),
        Visit("empty grant", reverse("access:grant"), "administrator", 422, save),
    ]


def named_patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address, with its namespace; of two with one name and arguments the first answers."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name, entry


def opener(name: str, view: Any) -> str:
    """A role that may open a page: by its mark, else staff for the pages of the sign-in library."""
    if name in OPENED_BY:
        return OPENED_BY[name]
    mark = getattr(view, "permission", "signed_in")
    if not isinstance(mark, Permission):
        return VISITOR if mark == "public" else "county_clerk"
    may = [code for code in ROLES if mark in role(code).permissions]
    assert may, f"No role of {ROLES} may open {name}: add a role with the right {mark.code} to ROLES."
    return may[0]


def arguments_of(name: str, pattern: URLPattern, town: Town) -> list[dict[str, Any]]:
    """The arguments with which a page is opened; a page whose argument nobody explained fails with what to add."""
    wanted = tuple(pattern.pattern.converters) or tuple(getattr(pattern.pattern.regex, "groupindex", ()))
    if name in PLAIN:
        return [dict(given) for given in PLAIN[name] if set(given) == set(wanted)]
    room, known = name.split(":")[0], OF_PAGE.get(name, {})
    things = {argument: known.get(argument) or OF_ROOM.get((room, argument)) for argument in wanted}
    for argument, thing in things.items():
        assert thing in town.ids, (
            f"{name} asks for <{argument}>: add to tests/browser/pages.py, in OF_PAGE, which id of the test town "
            f"stands for it, or in PLAIN its value; when the town has no such thing yet, build it in town.py."
        )
    return [{argument: town.ids[thing] for argument, thing in things.items()}]
