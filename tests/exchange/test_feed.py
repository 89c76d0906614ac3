"""The feed: a snapshot and what changed behind a cursor, complete and without repeats under concurrent writers."""

import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from openpes.exchange.actions import forget_old_entries
from openpes.exchange.models import FeedEntry
from openpes.exchange.queries import changes_behind, snapshot_page
from openpes.exchange.queries.feed import SETTLED, is_of_this_city
from openpes.exchange.rules import Cursor, cursor_of, is_too_old
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import PUBLIC
from openpes.vacancies.actions import close_vacancy
from openpes.vacancies.models import PublishedVacancy
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open


def settle() -> None:
    """Wait until nothing older runs, in whichever database of the server: other tests have theirs beside this one."""
    for _time in range(600):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(tx), 0) < {SETTLED} FROM exchange_feedentry")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("a transaction runs for a minute")


def snapshot(on, limit=2) -> tuple[list[int], Cursor]:
    """Every open vacancy as a reader gets it, and the cursor of the first page."""
    found, after, behind = [], 0, None
    while after is not None:
        with within(role=PUBLIC):
            page = snapshot_page(on=on, after=after, limit=limit)
        found += [row.pk for row in page.rows]
        behind, after = behind or page.behind, page.next_after
    return found, behind


def read_on(cursor, on, limit=2):
    """Everything behind a cursor: numbers that are open, numbers that ended, and the last cursor."""
    changed, ended, has_more = [], [], True
    while has_more:
        with within(role=PUBLIC):
            found = changes_behind(cursor, on=on, limit=limit)
        changed += [row.pk for row in found.rows]
        ended += [pk for pk, _at in found.ended]
        cursor, has_more = found.cursor, found.has_more
    return changed, ended, cursor


@pytest.mark.city
def test_a_snapshot_and_the_changes_behind_it_are_everything(city, at):
    on = at.date()
    made = [make_open(CLERK, at, title=f"岗位{number}").pk for number in range(5)]
    settle()
    found, cursor = snapshot(on)
    assert found == made
    assert read_on(cursor, on)[:2] == ([], [])
    close_vacancy(vacancy=made[1], reason="closed", by=CLERK, at=at)
    new = make_open(CLERK, at, title="新岗位").pk
    settle()
    changed, ended, cursor = read_on(cursor, on)
    assert changed == [new] and ended == [made[1]]
    assert read_on(cursor, on)[:2] == ([], [])


@pytest.mark.city
def test_what_is_committed_late_comes_late_and_is_never_skipped(city, at):
    """The planted mistake of such feeds: a slow writer with a small number, passed by a quick one."""
    on, wrote, go_on = at.date(), Event(), Event()
    slow, quick = (make_open(CLERK, at, title=title).pk for title in ("慢", "快"))
    settle()
    cursor = snapshot(on)[1]

    def write_slowly() -> None:
        with within("4501"), transaction.atomic():
            PublishedVacancy.objects.filter(pk=slow).update(title="慢了")
            wrote.set()
            go_on.wait(30)
        connection.close()

    writer = Thread(target=write_slowly)
    writer.start()
    assert wrote.wait(30)
    with within("4501"):
        PublishedVacancy.objects.filter(pk=quick).update(title="快了")
    changed, _ended, cursor = read_on(cursor, on)
    assert changed == [], "nothing is given out past a transaction that still runs"
    go_on.set()
    writer.join()
    settle()
    assert read_on(cursor, on)[0] == [slow, quick]


@pytest.mark.city
def test_a_reader_among_eight_writers_has_every_row_at_the_end(city, at):
    on = at.date()
    pks = [make_open(CLERK, at, title=f"岗位{number}").pk for number in range(8)]
    settle()
    known, cursor = set(snapshot(on)[0]), snapshot(on)[1]
    titles = {}
    done = Event()

    def write(pk: int) -> None:
        for turn in range(12):
            with within("4501"):
                PublishedVacancy.objects.filter(pk=pk).update(title=f"岗位 {pk} 第 {turn} 版")
        if pk % 2:
            close_vacancy(vacancy=pk, reason="closed", by=CLERK, at=at)
        connection.close()

    writers = [Thread(target=write, args=[pk]) for pk in pks]
    for one in writers:
        one.start()
    told = 0
    while not done.is_set():
        if not any(one.is_alive() for one in writers):
            settle()
            done.set()  # once more after the last has ended
        with within(role=PUBLIC):
            found = changes_behind(cursor, on=on, limit=3)
        told += len(found.rows) + len(found.ended)
        known = (known | {row.pk for row in found.rows}) - {pk for pk, _at in found.ended}
        titles |= {row.pk: row.title for row in found.rows}
        cursor = found.cursor
        if found.has_more:
            done.clear()
    open_now = dict(PublishedVacancy.objects.order_by("pk").values_list("pk", "title"))
    assert known == open_now.keys() == {pk for pk in pks if not pk % 2}
    assert {pk: titles[pk] for pk in known} == open_now
    entries = FeedEntry.objects.filter(tx__gt=0).count()
    assert told <= entries, "nothing is told more often than it happened"


def test_a_row_is_told_in_no_other_order_than_it_was_written(db, at):
    with PLATFORM.standing():
        pk = make_open(CLERK, at).pk
        close_vacancy(vacancy=pk, reason="closed", by=CLERK, at=at)
        assert list(FeedEntry.objects.filter(vacancy_id=pk).values_list("is_gone", flat=True))[-1] is True


@pytest.mark.parametrize(
    "text", ["", "c1", "c1-0-0-0", "c2-1-1-1-1", "c1-A-1-1-1", "c1-1-1-zzzzzzzzzzzzz-1", "c1-1-1-1-zzzzzz", "x" * 64]
)
def test_a_text_that_is_no_cursor_is_none(text):
    assert cursor_of(text) is None


def test_a_cursor_comes_back_as_it_went(at):
    cursor = Cursor(16384, 2**40, 2**63 - 1, at.date())
    assert cursor_of(cursor.text) == cursor
    assert not is_too_old(cursor, at.date() + timedelta(days=88))
    assert is_too_old(cursor, at.date() + timedelta(days=89))


def test_a_cursor_of_another_database_or_of_the_future_is_unknown(db, at):
    with within(role=PUBLIC):
        cursor = snapshot_page(on=at.date()).behind
        assert is_of_this_city(cursor)
        assert not is_of_this_city(Cursor(cursor.base + 1, cursor.tx, 0, at.date()))
        assert not is_of_this_city(Cursor(cursor.base, cursor.tx + 10**9, 0, at.date()))


def test_old_changes_are_forgotten(db, at):
    with PLATFORM.standing():
        make_open(CLERK, at)
        count = FeedEntry.objects.count()
        assert count
        newest = FeedEntry.objects.order_by("-noted_at").first().noted_at
        assert forget_old_entries(by=PLATFORM, at=newest + timedelta(days=89)) == 0
        assert forget_old_entries(by=PLATFORM, at=newest + timedelta(days=91)) == count


def test_the_public_role_reads_the_log_and_writes_nothing(db, at):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), within(role=PUBLIC):
        FeedEntry.objects.all().delete()
