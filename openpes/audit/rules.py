"""What may stand in the journal: numbers and codes, never what identifies a person."""

import re
from typing import Any

OWN_COLUMNS = frozenset({"by", "at", "area", "person"})
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
OLD_IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
MOBILE_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
SHORTEST = 11  # digits of the shortest number that is masked
MASK = "***"
BEHALF = "on_behalf_of"  # the account whose rights had been handed to the one that acted


def journal_payload(payload: dict[str, Any]) -> dict[str, Any]:
    """The fields of an event that its journal line keeps beside its columns, identity numbers and phones masked.

    Events carry ids and plain values only; the mask is the second guard for a reason or note that somebody typed.
    """
    return {key: _masked(value) for key, value in payload.items() if key not in OWN_COLUMNS}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        if len(value) < SHORTEST:
            return value
        for shape in (IDENTITY_NUMBER, OLD_IDENTITY_NUMBER, MOBILE_PHONE):
            value = shape.sub(MASK, value)
        return value
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list) else value
