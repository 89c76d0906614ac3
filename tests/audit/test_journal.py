"""Every event has its line, nobody changes one, and everybody sees only what is theirs to see."""

from dataclasses import dataclass, fields
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils.translation import override

from openpes.access.events import RoleGranted
from openpes.audit import queries
from openpes.audit.choices import FIELDS
from openpes.audit.models import JournalEntry
from openpes.audit.queries import JournalFilter
from openpes.audit.rules import OWN_COLUMNS
from openpes.kernel import Event, Refused, Sensitive, publish, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.events import event_kinds
from openpes.network.actions import open_service_point, post_staff
from tests.audit.factories import FileOpened, NoteWritten, tell
from tests.cast import COUNTY, NEIGHBOUR, TOWN, self_service
from tests.network.factories import a_point


def lines(scope: str = "4501") -> list[JournalEntry]:
    with within(scope):
        return list(JournalEntry.objects.order_by("id"))


def opened(cast, at, area=TOWN, person=7, by=None) -> None:
    actor = (by or cast.township_clerk).actor
    tell(FileOpened(person=person, area=area, purpose="registration", by=actor.id, at=at), by=actor)


def test_an_action_leaves_one_line_in_its_own_transaction(cast, at):
    before = len(lines())
    a_point(COUNTY, at, by=cast.county_clerk.actor)
    line = lines()[-1]
    assert len(lines()) == before + 1
    assert (line.event, line.area, line.by, line.at) == (
        "network.ServicePointOpened", COUNTY, cast.county_clerk.actor.id, at,
    )  # fmt: skip
    assert list(line.payload) == ["point"]


def test_a_refused_action_leaves_no_line(cast, at):
    before = len(lines())
    with pytest.raises(Refused):
        open_service_point(
            area=NEIGHBOUR, level=3, name="x", opened_on=at.date(), by=cast.county_clerk.actor, at=at
        )
    assert len(lines()) == before


def test_an_event_without_an_area_belongs_to_the_city(db, at):
    tell(RoleGranted(account=1, role="auditor", scope="4501", by=0, at=at))
    assert lines()[-1].area == "4501"


def test_a_sensitive_value_in_an_event_is_an_error_and_not_a_line(db, at):
    before = len(lines())
    with pytest.raises(TypeError):
        tell(NoteWritten(note=Sensitive("450103199001011234", "4501**"), by=0, at=at))
    assert len(lines()) == before


def test_whoever_serves_themselves_writes_a_line_that_they_may_not_read(cast, at):
    seeker = self_service(username="seeker", person=7, at=at)
    tell(FileOpened(person=8, area=COUNTY, purpose="mistake", by=seeker.actor.id, at=at), by=seeker.actor)
    tell(FileOpened(person=7, area=COUNTY, purpose="own page", by=seeker.actor.id, at=at), by=seeker.actor)
    with seeker.actor.standing():
        assert [entry.person for entry in JournalEntry.objects.all()] == [7]


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE audit_journalentry SET payload = '{}'",
        "DELETE FROM audit_journalentry",
        "TRUNCATE audit_journalentry",
        "INSERT INTO audit_journalentry (at, by, event, area, payload, tx) VALUES (now(), 0, 'x', '4501', '{}', 3)",
        "INSERT INTO audit_journalentry (at, by, event, area, payload, id) VALUES (now(), 0, 'x', '4501', '{}', 3)",
        "INSERT INTO audit_seal (upto_tx, first_entry, last_entry, entries, previous, head, lines, sealed_at)"
        " VALUES (1, 1, 1, 1, 'a', 'b', '', now())",
        "UPDATE audit_seal SET head = 'x'",
    ],
)
def test_who_serves_the_city_can_neither_change_nor_backdate_nor_seal(db, at, sentence):
    tell(NoteWritten(by=0, at=at))
    with pytest.raises(ProgrammingError, match="permission denied"), within("4501"), connection.cursor() as cursor:
        cursor.execute(sentence)


def test_the_public_writes_no_lines(db):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        within(role="openpes_public"),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO audit_journalentry (at, by, event, payload) VALUES (now(), 0, 'x', '{}')")


def test_the_journal_of_a_person_stays_inside_the_area(cast, at):
    opened(cast, at)
    opened(cast, at, area=NEIGHBOUR, by=cast.neighbour_clerk)
    for scope, areas in (("4501", [NEIGHBOUR, TOWN]), (COUNTY, [TOWN]), (NEIGHBOUR, [NEIGHBOUR]), ("", [])):
        with within(scope):
            assert [line.area for line in queries.journal_of_person(scope=scope, person=7)] == areas
    with within("4501"):  # the policy switched wide open: the queryset alone still holds
        assert [line.area for line in queries.journal_of_person(scope=COUNTY, person=7)] == [TOWN]
    with within(COUNTY):  # and the other way round
        assert [line.area for line in queries.journal_of_person(scope="4501", person=7)] == [TOWN]


def test_a_person_sees_who_read_the_file_from_which_unit_and_why(cast, at):
    point = a_point(TOWN, at, name="新竹街道劳动保障事务所")
    post_staff(account=cast.township_clerk.account.pk, point=point.pk, by=PLATFORM, at=at)
    opened(cast, at + timedelta(hours=1))
    opened(cast, at, person=8)
    opened(cast, at, area=COUNTY, by=cast.county_clerk)
    tell(NoteWritten(by=0, at=at))
    seeker = self_service(username="seeker", person=7, at=at)
    with seeker.actor.standing():
        readings = queries.readers_of(7)
        assert queries.readers_of(8) == []
    assert [(reading.who, reading.unit, reading.purpose) for reading in readings] == [
        ("county clerk", "青秀区", "registration"),
        ("township clerk", "南宁市青秀区新竹街道 新竹街道劳动保障事务所", "registration"),
    ]


def test_the_journal_is_filtered_by_every_field(cast, at):
    opened(cast, at)
    opened(cast, at - timedelta(days=2), area=COUNTY, by=cast.county_clerk)
    name = FileOpened.name()

    def found(**wanted) -> list[str]:
        with within("4501"):
            shown = queries.journal(scope="4501", wanted=JournalFilter(**wanted), limit=50)
        return [line.area for line in shown if line.event == name]

    assert found() == [COUNTY, TOWN]
    assert found(from_on=at.date()) == [TOWN]
    assert found(until_on=at.date() - timedelta(days=2)) == [COUNTY]
    assert found(username="county_clerk") == [COUNTY]
    assert found(area=TOWN) == [TOWN]
    assert found(person=8) == []
    assert found(event="access.RoleGranted") == []
    assert found(before=lines()[-1].pk) == [TOWN]


def test_event_titles_are_sentences_and_an_unknown_event_keeps_its_name():
    assert queries.event_title("access.RoleGranted") == "An account got a role for an area"
    assert queries.event_title("old.Gone") == "old.Gone"


def test_a_line_is_rolled_back_with_its_act(db, at):
    before = len(lines())
    with pytest.raises(ZeroDivisionError), within("4501"):
        publish(NoteWritten(by=0, at=at))
        1 / 0  # noqa: B018
    assert len(lines()) == before


def test_every_event_has_a_title_in_chinese():
    """A new event needs an entry with the context `event` in locale/zh_Hans/audit.po."""
    with override("zh-hans"):
        untranslated = [name for name, title in queries.journal_events() if title.isascii()]
    assert untranslated == []


def wordless(kinds) -> dict[str, set[str]]:
    """Which fields of these events the journal would show by their bare names, by event."""
    told = {kind.name(): {field.name for field in fields(kind)} - OWN_COLUMNS - FIELDS.keys() for kind in kinds}
    return {name: bare for name, bare in told.items() if bare}


def test_every_field_of_every_event_has_a_word_in_both_languages():
    """A new field needs a word in `audit.choices.FIELDS` and its Chinese in locale/zh_Hans/audit.po."""
    assert wordless(event_kinds()) == {}
    with override("zh-hans"):
        assert [name for name, word in FIELDS.items() if str(word).isascii()] == []
    carried = {field.name for kind in event_kinds() for field in fields(kind)}
    assert FIELDS.keys() - carried == set(), "words that no event carries any more"


def test_a_field_without_a_word_is_found():
    """The planted mistake."""

    @dataclass(frozen=True, kw_only=True)
    class Planted(Event):
        person: int
        unheard_of: str

    assert wordless([Planted]) == {Planted.name(): {"unheard_of"}}
