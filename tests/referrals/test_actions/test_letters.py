"""The letter and what the public may know of it."""

from datetime import date

import pytest

from openpes.kernel import within
from openpes.kernel.clock import day_of
from openpes.referrals.actions import (
    record_answer,
)
from openpes.referrals.models import Hire, HireReport, LetterProof, Referral
from openpes.referrals.queries import in_words, letter_by_token
from tests.cast import COUNTY, NEIGHBOUR
from tests.referrals.factories import (
    CLERK,
    OTHER,
    introduced,
)
from tests.referrals.test_actions.state import stored
from tests.vacancies.factories import make_open


def test_the_public_check_knows_a_letter_by_its_code_and_names_no_person(db, at):
    referral = introduced(at)
    with within(role="openpes_public"):
        checked = letter_by_token(token=referral.token, on=day_of(at))
        assert (checked.letter_no, checked.state) == (referral.letter_no, "valid")
        assert letter_by_token(token=referral.token, on=date(2026, 12, 1)).state == "expired"
        assert letter_by_token(token=referral.token[:-1], on=day_of(at)) is None
        assert letter_by_token(token="", on=day_of(at)) is None
    assert "覃小梅" not in repr(checked)


def test_an_answered_letter_is_no_longer_valid(db, at):
    referral = introduced(at)
    record_answer(referral=referral.pk, answer="declined", by=CLERK, at=at)
    with within(role="openpes_public"):
        assert letter_by_token(token=referral.token, on=day_of(at)).state == "answered"


def test_the_public_reads_proofs_and_nothing_else_of_referrals(db, at):
    from django.db import ProgrammingError, transaction

    referral = introduced(at)
    with within(role="openpes_public"):
        rows = [tuple(row) for row in LetterProof.objects.values_list()]
        for model in (Referral, Hire, HireReport):
            with pytest.raises(ProgrammingError), transaction.atomic():
                model.objects.count()
    assert referral.token not in repr(rows) and "覃小梅" not in repr(rows)


def test_lists_name_vacancies_of_other_areas(db, at):
    referral = introduced(at, vacancy=make_open(OTHER, at, area=NEIGHBOUR, title="码头搬运工").pk)
    with within(COUNTY):
        row = in_words([stored(referral)], on=date(2026, 12, 2))[0]
    assert (row.vacancy_title, row.person_name, row.days_waiting, row.letter_over) == (
        "码头搬运工", "覃小梅", 9, True,
    )  # fmt: skip
