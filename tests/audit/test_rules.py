"""What a journal line keeps of an event."""

import pytest

from openpes.audit.rules import journal_payload


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("called 13877112233 twice", "called *** twice"),
        ("身份证450103199001011234。", "身份证***。"),
        ("45010319900101123X", "***"),
        ("old card 450103900101123", "old card ***"),
        ("450103001005", "450103001005"),
        ("14450103000012345", "14450103000012345"),
        ("paid 3000 yuan on 2026-11-23", "paid 3000 yuan on 2026-11-23"),
    ],
)
def test_identity_numbers_and_phones_that_somebody_typed_are_masked(typed, kept):
    assert journal_payload({"note": typed, "list": [typed], "more": {"x": typed}}) == {
        "note": kept, "list": [kept], "more": {"x": kept},
    }  # fmt: skip


def test_what_has_a_column_of_its_own_is_not_kept_twice():
    event = {"by": 1, "at": "2026-11-23", "area": "4501", "person": 3, "purpose": "counter"}
    assert journal_payload(event) == {"purpose": "counter"}
