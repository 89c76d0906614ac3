"""A question that is composed once finds what the queryset finds, and refuses what it cannot keep."""


import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Min, Value
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from openpes.access.models import Account, Grant
from openpes.access.queries import grants_in_force
from openpes.audit.models import JournalEntry
from openpes.kernel import within
from openpes.kernel.composed import Composed, ComposedColumns, insert
from openpes.kernel.models import OutboxRow
from openpes.network.choices import Level
from openpes.network.models import ServicePoint
from openpes.people.models import Person
from tests.cast import VILLAGE
from tests.people.factories import a_person


def test_it_finds_what_the_queryset_finds(cast, at):
    composed = Composed(lambda scope: Grant.objects.filter(scope=scope).order_by("-pk"), {"scope": "sample"})
    for scope in {*Grant.objects.values_list("scope", flat=True), "nowhere"}:
        assert composed(scope=scope) == list(Grant.objects.filter(scope=scope).order_by("-pk"))


def test_the_rows_are_whole_and_can_be_saved(cast):
    composed = Composed(lambda pk: Account.objects.filter(pk=pk), {"pk": -1})
    expected = Account.objects.get(username=cast.county_clerk.account.username)
    (found,) = composed(pk=expected.pk)
    assert {f.attname: getattr(found, f.attname) for f in Account._meta.concrete_fields} == {
        f.attname: getattr(expected, f.attname) for f in Account._meta.concrete_fields
    }
    found.name = "另一个名字"
    found.save(update_fields=["name"])
    assert Account.objects.get(pk=expected.pk).name == "另一个名字"


def test_the_grants_of_a_request_are_one_statement_each_time(cast, at):
    account = cast.county_clerk.account
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            (grant,) = grants_in_force(account_id=account.pk, on=at.date())
        assert len(captured) == 1 and grant.scope == "450103"


@pytest.mark.parametrize(
    ("build", "samples"),
    [
        (lambda username: Account.objects.filter(username__icontains=username), {"username": "sample"}),
        (lambda pk: Grant.objects.select_related("account").filter(pk=pk), {"pk": -1}),
    ],
    ids=["a sample that is sent in another form", "rows of two models"],
)
def test_what_cannot_be_kept_is_refused(db, build, samples):
    with pytest.raises(AssertionError):
        Composed(build, samples)(**samples)


def test_columns_that_the_orm_reads_in_its_own_way_are_read_so(db, at):
    told = {"event_id": "00000000-0000-0000-0000-000000000000", "event": "x", "listener": "l", "posted_at": at}
    row = OutboxRow.objects.create(payload={"名": ["50%"]}, **told)
    (found,) = Composed(lambda pk: OutboxRow.objects.filter(pk=pk), {"pk": -1})(pk=row.pk)
    assert found.payload == {"名": ["50%"]} and found.event_id == OutboxRow.objects.get(pk=row.pk).event_id


def _counted(sexes, *, scope):
    rows = Person.objects.visible_to(scope)
    parts = [
        rows.filter(sex=sex).order_by().annotate(place=Value(sex)).values("place").annotate(
            rows=Count("*"), first=Min("born_on")
        )
        for sex in sexes
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True).order_by("place")


SCOPES, ELSEWHERE = {"scope": "123"}, "450105001001"


@pytest.fixture
def two_areas(cast, at):
    for player, area in ((cast.county_clerk, VILLAGE), (cast.county_clerk, VILLAGE), (cast.neighbour_clerk, ELSEWHERE)):
        a_person(by=player.actor, at=at, area=area)


def test_columns_are_those_that_the_queryset_finds(two_areas):
    counted = ComposedColumns(_counted, SCOPES)
    with within("4501"):
        for sexes in ((1, 2), (2,), (1, 2)):
            for scope in ("4501", "450103", "450105", "45", "", "999"):
                assert counted(sexes, scope=scope) == list(_counted(sexes, scope=scope))
    assert len(counted._kept.kept) == 2


@pytest.mark.parametrize(
    "build",
    [
        lambda *, scope: Person.objects.filter(area=scope[:2]).values("pk"),
        lambda *, scope: Person.objects.filter(area__startswith=scope).values("pk"),
        lambda *, scope: Person.objects.filter(sex=len(scope)).values("pk"),
        lambda *, scope: Person.objects.values("pk")[: len(scope)],
    ],
    ids=["a part of a value", "a pattern of it", "a number of it", "a shape by it"],
)
def test_a_value_that_stands_in_a_statement_otherwise_is_refused(db, build):
    with pytest.raises(AssertionError):
        ComposedColumns(build, SCOPES)(scope="4501")


def test_what_keeps_the_area_of_another_reader_is_noticed(two_areas):
    """The planted mistake: a composed question into which the area of one reader went, and the comparison tells."""
    fixed = ComposedColumns(lambda sexes, *, scope: _counted(sexes, scope="450105"), SCOPES)
    with within("4501"):
        assert fixed((1, 2), scope="450103") != list(_counted((1, 2), scope="450103"))


def test_an_inserted_row_is_the_one_that_save_would_write(db, at):
    told = {
        "event_id": "00000000-0000-0000-0000-000000000000",
        "event": "x",
        "payload": {"名": ["50%"]},
        "posted_at": at,
    }
    saved = OutboxRow(listener="saved", **told)
    saved.save(force_insert=True)
    inserted = insert(OutboxRow(listener="inserted", **told))
    assert not inserted._state.adding and inserted.pk != saved.pk
    left_out = ("id", "listener")
    one, other = (OutboxRow.objects.filter(pk=row.pk).values().get() for row in (saved, inserted))
    assert {k: v for k, v in one.items() if k not in left_out} == {k: v for k, v in other.items() if k not in left_out}
    inserted.error = "later"
    inserted.save(update_fields=["error"])
    assert OutboxRow.objects.get(pk=inserted.pk).error == "later"


def test_constraints_and_policies_stand_before_an_inserted_row(cast, at):
    told = {"account": cast.village_officer.account, "role": "auditor", "scope": "450105", "from_on": at.date()}
    insert(Grant(**told, granted_by=0))
    with pytest.raises(IntegrityError, match="grant_held_once"), transaction.atomic():
        insert(Grant(**told, granted_by=0))
    with pytest.raises(IntegrityError, match="grant_by_two_people"), transaction.atomic():
        insert(Grant(**told | {"role": "city_clerk"}, granted_by=1, confirmed_by=1))
    with pytest.raises(ProgrammingError, match="row-level security"), within("450103"):
        insert(ServicePoint(area="450105", level=Level.COUNTY, name="elsewhere", opened_on=at.date()))


def test_a_table_whose_columns_the_database_fills_is_not_inserted_this_way(db, at):
    with pytest.raises(AssertionError):
        insert(JournalEntry(at=at, by=0, event="x", payload={}))
