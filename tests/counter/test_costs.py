"""What the pages of the desk ask of the database."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openpes.kernel import within
from openpes.matching.queries import changes_for_person, outlook_of_person, suggestions_for_person
from openpes.people.queries import person_card
from openpes.referrals.actions import refer
from openpes.registration.queries import eligibility, status_of, timeline_of, wish_of
from tests.matching.test_queries import clerk, market, seeker  # noqa: F401
from tests.people.factories import ledger_told

MOST_FOR_A_PERSON, MOST_FOR_THE_DESK = 12, 9


def asked_by(client, page: str) -> int:
    """How many statements a page takes for somebody who has just seen it."""
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_page_of_a_person_takes_few_statements(seeker, market, cast):  # noqa: F811
    page = reverse("counter:person", args=[seeker.pk])
    assert asked_by(cast.county_clerk.client(), page) <= MOST_FOR_A_PERSON


def test_nor_does_that_of_a_person_who_was_introduced_twice(seeker, market, cast, clerk, at):  # noqa: F811
    for title in ("食品包装工", "包装班长"):
        refer(person=seeker.pk, vacancy=market[title].pk, by=clerk, at=at)
    page = reverse("counter:person", args=[seeker.pk])
    assert asked_by(cast.county_clerk.client(), page) <= MOST_FOR_A_PERSON


def test_the_desk_takes_few_statements(seeker, market, cast):  # noqa: F811
    assert asked_by(cast.county_clerk.client(), reverse("counter:home")) <= MOST_FOR_THE_DESK


def test_a_file_read_at_once_says_the_same_as_one_read_in_parts(seeker, market, clerk, at):  # noqa: F811
    from openpes.counter.queries import person_file

    on, scope = at.date(), clerk.scope
    with within(scope):
        file = person_file(seeker, scope=scope)
        assert file.card_on(on) == person_card(scope=scope, person=seeker.pk, on=on)
        assert file.rules_on(on) == eligibility(scope=scope, person=seeker.pk, on=on)
        assert file.register.timeline == timeline_of(scope=scope, person=seeker.pk)
        assert len(file.register.timeline) == 3
        assert file.ledger == ledger_told(scope=scope, person=seeker.pk)
        status, wish = file.register.status_on(on, scope), file.register.wish_on(on, scope)
        for read, kept in ((status_of, status), (wish_of, wish)):
            apart = read(scope=scope, person=seeker.pk, on=on)
            assert vars(apart) | {"_state": None} == vars(kept) | {"_state": None}
        outlook = outlook_of_person(person=seeker, wish=wish, on=on)
        assert outlook.suggestions == suggestions_for_person(person=seeker.pk, on=on)
        assert outlook.changes == changes_for_person(person=seeker.pk, on=on)
        assert file.register.wish_on(on, "450199") is None
        assert file.register.status_on(on - timedelta(days=9000), scope) is None
