"""What an advertisement says that it must not: words, fees, lures, contacts, pay that is not real, and copies."""

from openpes.engine.adverts import discrimination
from openpes.engine.adverts.contacts import CODE, CONTACT, code_in, contacts_in
from openpes.engine.adverts.discrimination import (
    AGE,
    ETHNICITY,
    MARRIAGE,
    RACE,
    REGISTRATION,
    RELIGION,
    SEX,
    discrimination_in,
    limits_in,
)
from openpes.engine.adverts.fees import FEE, PAPERS, SECURITY, fees_in
from openpes.engine.adverts.lures import LURE, lures_in
from openpes.engine.adverts.plain import Finding, Weight, plain

__all__ = [
    "AGE",
    "CODE",
    "CONTACT",
    "ETHNICITY",
    "FEE",
    "GROUNDS",
    "LURE",
    "MARRIAGE",
    "PAPERS",
    "RACE",
    "REGISTRATION",
    "RELIGION",
    "SECURITY",
    "SEX",
    "Finding",
    "Weight",
    "discrimination",
    "discrimination_in",
    "fees_in",
    "findings_in",
    "limits_in",
    "plain",
]
GROUNDS = (
    SEX, ETHNICITY, RACE, RELIGION, FEE, PAPERS, SECURITY, LURE, CODE, CONTACT, AGE, MARRIAGE, REGISTRATION,
)  # fmt: skip


def findings_in(text: str) -> list[Finding]:
    """Everything that the text checks find, each ground once, in the order of `GROUNDS`; linear in the text."""
    found = [
        *discrimination_in(text),
        *fees_in(text),
        *lures_in(text),
        *code_in(text),
        *contacts_in(text),
        *limits_in(text),
    ]
    return sorted(found, key=lambda one: GROUNDS.index(one.ground))
