"""The command palette offers every page that stands alone to those whose role opens it, and nothing else."""

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from openpes.access.permissions import Permission
from openpes.config.navigation import STAFF
from openpes.config.palette import MORE, commands_for
from openpes.config.roles import ROLES
from openpes.look.queries import initials_of_signs

OFFERED = {item.page for item in (*STAFF, *MORE)}
# Pages that stand alone and are no way to go: parts that scripts fetch, files, answers to a form, and what an address
# must ask for after its question mark.
NO_WAY = {
    "access:act_for_oneself", "access:area_options", "access:delegate", "account_reauthenticate", "audit:heads",
    "counter:bulk", "counter:bulk_act", "counter:find", "counter:next", "counter:pane", "counter:view_save",
    "counter:waiting", "employers:options", "exchange:issue", "matters:accept_all", "matters:colleagues",
    "matters:lists", "messages:stop_for", "metrics", "people:area_options", "people:ending", "people:identity",
    "referrals:free_rows", "referrals:hire_directly", "referrals:new", "registration:unemployed_export",
    "reporting:coverage_csv", "reporting:coverage_rows", "reporting:planner_csv", "reporting:sheet",
    "statistics:age_rows", "statistics:agency_csv", "statistics:agency_json", "statistics:agency_pdf",
    "statistics:agency_rows", "statistics:agency_xlsx", "statistics:board_csv", "statistics:board_xlsx",
    "statistics:confirm_address", "statistics:cross_csv", "statistics:cross_rows", "statistics:cross_xlsx",
    "statistics:draw_up", "statistics:figure", "statistics:flow_csv", "statistics:flow_rows", "statistics:flow_xlsx",
    "statistics:give_address", "statistics:indicator_breakdown", "statistics:indicator_breakdown_csv",
    "statistics:indicator_breakdown_xlsx", "statistics:indicator_csv", "statistics:indicator_rows",
    "statistics:indicator_xlsx", "statistics:quarters_csv", "statistics:quarters_xlsx", "statistics:register",
    "statistics:register_print", "statistics:register_xlsx", "statistics:report_csv", "statistics:report_pdf",
    "statistics:report_xlsx", "statistics:subscribe", "statistics:take_address_back", "statistics:target_propose",
    "statistics:threshold_set", "statistics:wall", "vacancies:check", "vacancies:csv",
}  # fmt: skip
STAFF_RIGHTS = {right for role in ROLES if not role.self_service for right in role.permissions}


def standing_alone(resolver, space=""):
    """Every address without arguments that staff may open, by name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from standing_alone(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name and not entry.pattern.converters:
            mark = getattr(entry.callback, "permission", None)
            if (isinstance(mark, Permission) and mark in STAFF_RIGHTS) or mark == "signed_in":
                yield space + entry.name


def missing_from_palette(names, offered=OFFERED) -> list[str]:
    return sorted(set(names) - offered - NO_WAY)


def test_every_page_that_stands_alone_is_offered():
    assert missing_from_palette(standing_alone(get_resolver())) == []


def test_a_page_that_nobody_offers_is_found():
    assert missing_from_palette(standing_alone(get_resolver()), OFFERED - {"matters:list"}) == ["matters:list"]


@pytest.mark.parametrize("role", [role for role in ROLES if not role.self_service], ids=lambda role: role.code)
def test_a_role_is_offered_exactly_what_it_opens(role):
    rights = frozenset(right.code for right in role.permissions)
    offered = {command["url"] for command in commands_for(rights, "en")}
    for item in (*STAFF, *MORE):
        assert (reverse(item.page) in offered) == (not item.right or item.right in rights)


def test_no_two_commands_of_a_clerk_have_one_name():
    clerk = next(role for role in ROLES if role.code == "county_clerk")
    rights = frozenset(right.code for right in clerk.permissions)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            labels = [command["label"] for command in commands_for(rights, f"{language} again")]
        assert len(labels) == len(set(labels))


def test_every_reading_of_a_character_counts():
    found = initials_of_signs()
    assert found["登"] == "d" and set("cz") <= set(found["重"]) and set("hx") <= set(found["行"])


def test_the_letters_are_served_to_everybody_and_kept_for_a_day(client, db):
    answer = client.get(reverse("look:initials"))
    assert answer.json()["预"] == "y" and "max-age=86400" in answer["Cache-Control"]


def test_a_page_carries_the_commands_of_its_reader(cast):
    text = cast.county_clerk.client("zh-hans").get(reverse("counter:home")).content.decode()
    assert 'id="palette-pages"' in text and "\\u5168\\u90e8" in text  # 全部, as JSON writes it
    assert reverse("access:grant") not in text
