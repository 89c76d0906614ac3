"""Events reach their listeners: at once in the same transaction, later once each from the outbox."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.db import connection

from openpes.kernel import Event, listen, listen_later, outbox, publish, within
from openpes.kernel import events as kernel_events
from openpes.kernel.events import event_kinds, heard_by, listener_name, restore
from openpes.kernel.models import OutboxRow
from openpes.people.events import PersonFileOpened, PersonRegistered
from tests.cast import COUNTY

KINDS = event_kinds()
SAMPLES: dict[Any, Any] = {
    int: 450103, str: "覃小梅", bool: True, float: 0.5, Decimal: Decimal("3.50"),
    date: date(2026, 2, 28), datetime: datetime.fromisoformat("2026-11-23T09:30:00.000123+08:00"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _listeners_of_this_test_only() -> Iterator[None]:
    """Put the registered listeners back as they were."""
    at_once = {kind: list(found) for kind, found in kernel_events._listeners.items()}
    later = {kind: dict(found) for kind, found in kernel_events._later.items()}
    yield
    for registered, kept in ((kernel_events._listeners, at_once), (kernel_events._later, later)):
        registered.clear()
        registered.update(kept)


def registered(at: datetime, person: int = 7) -> PersonRegistered:
    return PersonRegistered(person=person, area=COUNTY, by=1, at=at)


def tell(event: Event) -> None:
    with within("4501"):
        publish(event)


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        sentence = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
        cursor.execute(sentence, ["kernel.deliver_outbox"])
        return cursor.fetchone()[0]


# At once


def test_a_listener_hears_in_the_transaction_that_published(db, at):
    heard = []

    @listen(PersonRegistered)
    def note(event: PersonRegistered) -> None:
        heard.append((event.person, connection.in_atomic_block))

    tell(registered(at))
    assert heard == [(7, True)]


def test_a_listener_that_fails_undoes_the_act(db, at):
    @listen(PersonRegistered)
    def refuse(event: PersonRegistered) -> None:
        raise ZeroDivisionError

    @listen_later(PersonRegistered)
    def report(event: PersonRegistered) -> None:
        pytest.fail("The transaction was rolled back.")

    with pytest.raises(ZeroDivisionError):
        tell(registered(at))
    assert not OutboxRow.objects.exists()


def test_a_listener_of_a_parent_hears_its_children_and_nobody_hears_twice(db, at):
    heard = []

    @listen(Event, PersonRegistered)
    @listen(PersonRegistered)
    def note(event: Event) -> None:
        heard.append(event.name())

    tell(registered(at))
    tell(PersonFileOpened(person=7, area=COUNTY, purpose="counter", by=1, at=at))
    assert heard == ["people.PersonRegistered", "people.PersonFileOpened"]


def test_the_journal_hears_every_kind_of_event():
    names = {kind.name() for kind in KINDS if "audit.subscriptions" not in {x.__module__[8:] for x in heard_by(kind)}}
    assert names == set()


# Later


def test_a_later_listener_hears_once_after_the_commit(db, at):
    heard = []

    @listen_later(Event, PersonRegistered)
    def report(event: Event) -> None:
        heard.append(event)

    tell(registered(at))
    assert heard == [] and OutboxRow.objects.count() == 1 and waiting_jobs() == 1
    assert [outbox.deliver(at=at) for _round in range(3)] == [1, 0, 0]
    assert heard == [registered(at)]


def test_many_events_wake_the_worker_once(db, at):
    listen_later(PersonRegistered)(print)
    for person in range(5):
        tell(registered(at, person))
    assert OutboxRow.objects.count() == 5 and waiting_jobs() == 1


def test_an_outbox_row_goes_with_its_transaction(db, at):
    listen_later(PersonRegistered)(print)
    with pytest.raises(ZeroDivisionError), within("4501"):
        publish(registered(at))
        assert OutboxRow.objects.count() == 1
        raise ZeroDivisionError
    assert not OutboxRow.objects.exists() and waiting_jobs() == 0


def test_writing_the_row_outside_the_transaction_would_tell_what_never_happened(db, at):
    """The planted mistake: telling the outside at once instead of through the outbox."""
    told = []
    listen(PersonRegistered)(told.append)
    with pytest.raises(ZeroDivisionError), within("4501"):
        publish(registered(at))
        raise ZeroDivisionError
    assert told == [registered(at)]


def test_a_failing_listener_holds_nobody_up_and_is_tried_again(db, at):
    heard = []

    @listen_later(PersonRegistered)
    def broken(event: PersonRegistered) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM a_table_that_is_not_there")

    @listen_later(PersonRegistered)
    def report(event: PersonRegistered) -> None:
        heard.append(event.person)

    for person in (1, 2):
        tell(registered(at, person))
    assert outbox.deliver(at=at) == 2
    assert heard == [1, 2]
    row = OutboxRow.objects.filter(listener=listener_name(broken)).first()
    assert row.attempts == 1 and row.delivered_at is None and row.error.startswith("ProgrammingError")
    assert outbox.deliver(at=at + timedelta(seconds=20)) == 0
    assert set(OutboxRow.objects.filter(listener=listener_name(broken)).values_list("attempts", flat=True)) == {2}


def test_what_a_failing_listener_wrote_is_undone(db, at):
    @listen_later(PersonRegistered)
    def half(event: PersonRegistered) -> None:
        OutboxRow.objects.update(error="half")
        raise ZeroDivisionError("stopped in the middle")

    tell(registered(at))
    outbox.deliver(at=at)
    assert OutboxRow.objects.get().error == "ZeroDivisionError: stopped in the middle"


def test_a_listener_that_recovers_hears_the_event(db, at):
    heard, works = [], []

    @listen_later(PersonRegistered)
    def report(event: PersonRegistered) -> None:
        if not works:
            raise ConnectionError("no line")
        heard.append(event)

    tell(registered(at))
    outbox.deliver(at=at)
    works.append(True)
    assert outbox.deliver(at=at + timedelta(seconds=20)) == 1
    assert heard == [registered(at)]


def test_a_row_is_given_up_after_eight_attempts_and_the_health_page_says_so(db, at, client):
    @listen_later(PersonRegistered)
    def broken(event: PersonRegistered) -> None:
        raise ConnectionError("no line")

    tell(registered(at))
    for attempt in range(12):
        outbox.deliver(at=at + timedelta(minutes=attempt))
    row = OutboxRow.objects.get()
    assert row.attempts == outbox.ATTEMPTS == 8 and row.delivered_at is None
    answer = client.get("/health")
    assert answer.status_code == 503 and answer.json()["parts"]["outbox"]["ok"] is False


def test_a_listener_that_is_gone_is_named_in_the_row(db, at):
    listen_later(PersonRegistered)(print)
    tell(registered(at))
    kernel_events._later.clear()
    outbox.deliver(at=at)
    assert OutboxRow.objects.get().error.startswith("KeyError")


@pytest.mark.city
def test_two_workers_at_once_deliver_each_row_once(city, at):
    from collections import Counter
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    heard, gate = [], Barrier(4, timeout=20)

    @listen_later(PersonRegistered)
    def report(event: PersonRegistered) -> None:
        heard.append(event.person)

    for person in range(40):
        tell(registered(at, person))

    def work(_number: int) -> int:
        try:
            gate.wait()
            return outbox.deliver(at=at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 40
    assert Counter(heard) == Counter(range(40))


# There and back


def samples(annotation: Any) -> list[Any]:
    """Values of a type, as they stand in events; for an optional one also nothing."""
    if get_origin(annotation) in (UnionType, Union):
        return [value for part in get_args(annotation) for value in samples(part)]
    if get_origin(annotation) is tuple:
        return [(), tuple(samples(get_args(annotation)[0]) * 2)]
    if annotation is type(None):
        return [None]
    assert annotation in SAMPLES, f"An event has a field of type {annotation}: give an example of it in SAMPLES."
    return [SAMPLES[annotation]]


def examples(kind: type[Event]) -> list[Event]:
    """An event of a kind with every field filled, and one for each other value that a field may have."""
    hints = get_type_hints(kind)
    told = {field.name: samples(hints[field.name]) for field in fields(kind)}
    first = kind(**{name: values[-1] if values[0] is None else values[0] for name, values in told.items()})
    return [first] + [replace(first, **{name: value}) for name, values in told.items() for value in values]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name() for kind in KINDS])
def test_every_event_comes_out_of_the_outbox_as_it_went_in(kind):
    for event in examples(kind):
        assert restore(kind.name(), json.loads(json.dumps(event.payload()))) == event


def test_an_event_that_the_outbox_cannot_hold_is_found():
    """The planted mistake: a field that JSON does not know."""

    @dataclass(frozen=True, kw_only=True)
    class Weighed(Event):
        """An event of this test."""

        weight: bytes

    with pytest.raises(AssertionError, match="give an example"):
        examples(Weighed)
    with pytest.raises(TypeError):
        json.dumps(Weighed(weight=b"1", by=1, at=SAMPLES[datetime]).payload())


def test_an_event_of_yesterday_without_todays_field_is_restored_with_its_default(at):
    payload = registered(at).payload() | {"a_field_that_is_gone": 1}
    assert restore("people.PersonRegistered", payload) == registered(at)


