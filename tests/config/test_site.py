"""A city does not start when links in its messages would lead nowhere."""

import click
import pytest
from click.testing import CliRunner
from django.core.checks import registry

from openpes.config import cli, site

SMS, MAIL, SITE = {"OPENPES_SMS_URL": "https://sms.example.org"}, {"OPENPES_SMTP_HOST": "mail"}, "OPENPES_SITE"


@pytest.mark.parametrize("environment", [{}, {SITE: ""}, {SITE: "https://jobs.example.org"}, SMS | {SITE: "https://a.b"},
                                         SMS | MAIL | {SITE: "http://127.0.0.1:8000/"}])  # fmt: skip
def test_nothing_is_said_when_no_link_leads_nowhere(environment):
    assert not [*site.site_faults(environment), *site.site_warnings(environment)]
    assert site.check_site(environment) == []


@pytest.mark.parametrize(
    ("environment", "said"), [(SMS, "SMS would go out"), (SMS | MAIL, "SMS and mail would go out")]
)
def test_a_gateway_without_an_address_of_the_site_stops_the_start_and_says_what_to_set(environment, said):
    with pytest.raises(click.ClickException) as refused:
        site.refuse_without_site(environment)
    assert said in refused.value.message and "Set OPENPES_SITE" in refused.value.message
    assert [one.id for one in site.check_site(environment)] == ["openpes.E001"]


@pytest.mark.parametrize(
    "address", ["jobs.example.org", "ftp://a.b", "https://", "https://a.b:x", "https://a.b?x=1", "https://me@a.b", "/",
                "https://a.b/\n"]
)  # fmt: skip
def test_what_is_no_address_is_refused_with_the_text_that_was_given(address):
    (fault,) = site.site_faults({SITE: address})
    assert address in fault and "https://" in fault


def test_an_address_without_encryption_is_warned_of():
    (one,) = site.check_site({SITE: "http://jobs.example.org"})
    assert one.id == "openpes.W001" and "secret keys" in one.msg


@pytest.mark.parametrize("command", ["serve", "work"])
def test_the_commands_that_send_refuse_before_they_touch_a_database(command, monkeypatch):
    for name, value in SMS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(SITE, raising=False)
    answer = CliRunner().invoke(cli.main, [command], prog_name=cli.PROGRAM)
    assert answer.exit_code == 1 and "OPENPES_SITE" in answer.output


def test_the_framework_asks_it_among_its_checks():
    assert "messages" in registry.registry.tags_available()
