"""Where the links of messages lead: the public address of the site, checked before a city starts."""

import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import click
from django.core.checks import CheckMessage, Error, Warning, register

NAME = "OPENPES_SITE"
GATEWAYS = {"OPENPES_SMS_URL": "SMS", "OPENPES_SMTP_HOST": "mail"}
NEXT = f"Set {NAME} to the public address, such as https://jobs.example.org (docs/how-to/connect-gateways.md)."
LOCAL = {"127.0.0.1", "localhost", "::1"}


def site_faults(environment: Mapping[str, str]) -> Iterator[str]:
    """Why links in messages would lead nowhere. Without a gateway nothing goes out, so nothing need be set."""
    sends = [word for name, word in GATEWAYS.items() if environment.get(name)]
    site = environment.get(NAME, "")
    if not site and sends:
        yield f"{' and '.join(sends)} would go out, and {NAME} does not say where their links lead."
    if site and not _is_address(site):
        yield f"{NAME} is “{site}”: it must be https:// or http://, a host and, where needed, a port and a folder."


def site_warnings(environment: Mapping[str, str]) -> Iterator[str]:
    """What is unwise about the address, and works."""
    parts = urlsplit(environment.get(NAME, ""))
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        yield f"{NAME} begins with http://: links in messages carry secret keys, which everybody on the line can read."


def refuse_without_site(environment: Mapping[str, str]) -> None:
    """Stop a start that would send links to nowhere, and say what is unwise.

    :raises click.ClickException: the address is missing or is none
    """
    if found := [*site_faults(environment)]:
        raise click.ClickException(" ".join([*found, NEXT]))
    for words in site_warnings(environment):
        click.echo(words, err=True)


def check_site(environment: Mapping[str, str]) -> list[CheckMessage]:
    """The same for the checks of the framework."""
    return [
        *(Error(words, hint=NEXT, id="openpes.E001") for words in site_faults(environment)),
        *(Warning(words, hint=NEXT, id="openpes.W001") for words in site_warnings(environment)),
    ]


@register("messages")
def _check(**_told: Any) -> list[CheckMessage]:
    return check_site(os.environ)


def _is_address(site: str) -> bool:
    try:
        parts = urlsplit(site)
        _port = parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and site.isprintable()
