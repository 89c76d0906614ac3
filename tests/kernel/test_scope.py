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
            ServicePoint.objects.create(area=area, level=Level.COUNTY, name=area, opened_on=at.date())


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
        ServicePoint.objects.create(area="450105", level=Level.COUNTY, name="elsewhere", opened_on=at.date())


def test_the_public_role_reads_no_service_points(points):
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
        seen()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("openpes_app",)
