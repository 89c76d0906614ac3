"""The scope reaches the database and leaves with its transaction."""

import pytest
from django.db import connection

from openpes.kernel import within
from openpes.network.choices import Level
from openpes.network.models import ServicePoint


def seen() -> list[str]:
    return sorted(ServicePoint.objects.values_list("area", flat=True))


@pytest.fixture
def points(db, at):
    with within("4501"):
        for area in ("450103", "450103001", "450105"):
            ServicePoint.objects.create(
                area=area, level=Level.COUNTY, kind="county_market", name=area, opened_on=at.date()
            )


def test_without_scope_the_database_shows_nothing(points):
    assert seen() == []


def test_a_scope_shows_its_area_and_what_is_below(points):
    with within("450103"):
        assert seen() == ["450103", "450103001"]
    assert seen() == []


def test_an_inner_scope_gives_the_outer_one_back(points):
    with within("450103"):
        with within("450105"):
            assert seen() == ["450105"]
        assert seen() == ["450103", "450103001"]


def test_writing_outside_the_scope_is_refused_by_the_database(points, at):
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="row-level security"), within("450103"):
        ServicePoint.objects.create(
            area="450105", level=Level.COUNTY, kind="county_market", name="elsewhere", opened_on=at.date()
        )


def test_the_public_role_reads_points_but_not_who_works_there(points):
    from django.db.utils import ProgrammingError

    from openpes.network.models import Posting

    with within(role="openpes_public"):
        assert seen() == ["450103", "450103001", "450105"]
    with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
        Posting.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("openpes_app",)


def settings_now() -> tuple:
    with connection.cursor() as cursor:
        names = ("scope", "person", "employer")
        columns = ", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in names)
        cursor.execute(f"SELECT {columns}, current_user")
        return cursor.fetchone()


NOBODY = ("", "", "", "openpes_app")


@pytest.mark.parametrize("inner", [{"scope": "450105"}, {"role": "openpes_self", "person": 7}, {"employer": 9}, {}])
def test_an_inner_standing_that_breaks_gives_the_outer_one_back(points, inner):
    with within("450103"):
        with pytest.raises(ZeroDivisionError), within(**inner):
            raise ZeroDivisionError
        assert settings_now() == ("450103", "", "", "openpes_app")
    assert settings_now() == NOBODY


def test_an_inner_standing_that_breaks_in_the_database_gives_the_outer_one_back(points):
    from django.db.utils import ProgrammingError

    with within("450103"):
        with pytest.raises(ProgrammingError), within("450105", role="openpes_public"), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM a_table_that_is_not_there")
        assert seen() == ["450103", "450103001"]


def test_an_inner_standing_that_is_rolled_back_gives_the_outer_one_back(points):
    from django.db import transaction

    with within("450103"):
        with within("450105"):
            transaction.set_rollback(True)
        assert seen() == ["450103", "450103001"]


def test_five_standings_inside_each_other_unwind_in_order(points):
    scopes = ["4501", "450103", "450103001", "450105", "4501"]

    def descend(rest: list[str]) -> None:
        with within(rest[0]):
            before = seen()
            if rest[1:]:
                descend(rest[1:])
            assert seen() == before and settings_now()[0] == rest[0]

    descend(scopes)
    assert settings_now() == NOBODY


@pytest.mark.city
@pytest.mark.parametrize("ends_badly", [False, True])
def test_nothing_stays_on_a_reused_connection(city, ends_badly):
    from contextlib import suppress

    with suppress(ZeroDivisionError), within("450103", role="openpes_self", person=7, employer=9):
        assert settings_now() == ("450103", "7", "9", "openpes_self")
        if ends_badly:
            raise ZeroDivisionError
    assert settings_now() == NOBODY


def test_only_a_visitors_question_has_two_seconds_and_the_limit_leaves_with_the_standing(points):
    def limit() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    before = limit()
    assert before != "2s"
    with within("450103"):
        with within(role="openpes_public"):
            assert limit() == "2s"
        assert limit() == before
    assert limit() == before


@pytest.mark.city
def test_settings_that_are_not_local_stay_on_a_reused_connection(city, monkeypatch):
    """The planted mistake: a session's setting instead of a transaction's. The test above would notice."""
    from openpes.kernel import scope

    def apply(standing: scope.Standing) -> None:
        with connection.cursor() as cursor:
            for name, value in standing.settings():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])

    monkeypatch.setattr(scope, "_apply", apply)
    with within("450103", person=7):
        pass
    assert settings_now() != NOBODY


@pytest.mark.city
def test_threads_do_not_see_each_others_scope(city, at):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    areas = ["450102", "450103", "450105", "450107", "450108", "450109", "450110", "450181"]
    with within("4501"):
        for area in areas:
            ServicePoint.objects.create(
                area=area, level=Level.COUNTY, kind="county_market", name=area, opened_on=at.date()
            )
    gate = Barrier(len(areas), timeout=20)

    def look(area: str) -> set[tuple]:
        try:
            found = set()
            for _round in range(20):
                with within(area):
                    gate.wait()
                    found.add(tuple(seen()))
                found.add(tuple(seen()))
            return found
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(areas)) as pool:
        assert list(pool.map(look, areas)) == [{(area,), ()} for area in areas]
