"""Names and identity numbers of before: kept, found, refused to anybody else, changed by two officers."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, seal
from openpes.people import queries
from openpes.people.actions import (
    NumberFacts,
    Paper,
    answer_number,
    ask_number,
    change_name,
    move_residence,
    record_upgrade,
)
from openpes.people.models import FormerName, FormerNumber, NumberChange, Person
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person, id_number

BORN = date(1990, 5, 17)
CARD = Paper(evidence="card", number="450103199005170011")
BOOKLET = Paper(evidence="booklet", number="第3页")


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


@pytest.fixture
def chief(cast) -> Actor:
    return cast.city_clerk.actor


def renamed(person, name, *, by, at, on=date(2026, 11, 2), kind="changed", paper=BOOKLET):
    return change_name(person=person.pk, name=name, kind=kind, on=on, paper=paper, by=by, at=at)


def corrected(person, number, *, by, second, at):
    asked = ask_number(person=person.pk, facts=NumberFacts(id_number=number, on=at.date(), paper=CARD), by=by, at=at)
    told = {"change": asked.pk, "answer": "confirmed", "content_hash": asked.content_hash, "typed": number}
    return answer_number(**told, by=second, at=at)


def found(text, scope=COUNTY):
    with within(scope):
        return [person.pk for person in queries.find_persons(scope=scope, text=text)]


def fields(refused) -> list[str]:
    return [reason.field for reason in refused.value.reasons]


def test_a_person_is_found_under_the_old_name_and_shown_as_formerly(clerk, at):
    person = a_person(by=clerk, at=at, name="覃小梅")
    renamed(person, "覃晓梅", by=clerk, at=at)
    assert found("覃小梅") == found("覃晓梅") == found("qxm") == [person.pk]
    with within(COUNTY):
        assert queries.former_names_of(scope=COUNTY, persons=[person.pk]) == {person.pk: ["覃小梅"]}
        card = queries.person_card(scope=COUNTY, person=person.pk, on=at.date())
        kept = FormerName.objects.get(person=person)
    assert (card.name, card.formerly) == ("覃晓梅", "覃小梅")
    assert (kept.from_on, kept.until_on) == (BORN, date(2026, 11, 2))
    assert (kept.evidence, kept.evidence_mask) == ("booklet", "**页")


def test_names_follow_each_other_without_a_gap(clerk, at):
    person = a_person(by=clerk, at=at, name="覃一")
    renamed(person, "覃二", by=clerk, at=at, on=date(2010, 3, 1))
    renamed(person, "覃三", by=clerk, at=at, on=date(2020, 3, 1))
    with within(COUNTY):
        rows = FormerName.objects.filter(person=person).order_by("from_on").values_list("name", "from_on", "until_on")
        assert list(rows) == [("覃一", BORN, date(2010, 3, 1)), ("覃二", date(2010, 3, 1), date(2020, 3, 1))]
    with pytest.raises(Refused) as refused:
        renamed(person, "覃四", by=clerk, at=at, on=date(2015, 1, 1))
    assert fields(refused) == ["on"]


@pytest.mark.parametrize(
    ("name", "on", "paper", "wrong"),
    [
        ("覃小梅", date(2026, 11, 2), BOOKLET, ["name"]),
        ("覃晓梅", date(2026, 12, 2), BOOKLET, ["on"]),
        ("覃晓梅", date(2026, 11, 2), Paper(evidence="medical"), ["evidence"]),
        ("覃小梅", date(2026, 12, 2), Paper(evidence=""), ["evidence", "name", "on"]),
    ],
)
def test_every_reason_against_a_name_is_told_at_once(clerk, at, name, on, paper, wrong):
    person = a_person(by=clerk, at=at, name="覃小梅")
    with pytest.raises(Refused) as refused:
        renamed(person, name, by=clerk, at=at, on=on, paper=paper)
    assert fields(refused) == wrong


def test_the_old_name_goes_with_the_file_and_is_not_the_neighbours_before(clerk, at):
    person = a_person(by=clerk, at=at, name="覃小梅", resides_from_on=date(2020, 1, 1))
    renamed(person, "覃晓梅", by=clerk, at=at)
    assert found("覃小梅", NEIGHBOUR) == []
    move_residence(person=person.pk, area="450105001", address="", on=at.date(), by=clerk, at=at)
    assert (found("覃小梅", NEIGHBOUR), found("覃小梅")) == ([person.pk], [])


def test_the_database_keeps_two_former_names_apart(clerk, at):
    person = a_person(by=clerk, at=at, name="覃一")
    kept = renamed(person, "覃二", by=clerk, at=at)
    told = {f.attname: getattr(kept, f.attname) for f in kept._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError, match="one_former_name_at_a_time"), within(COUNTY), transaction.atomic():
        FormerName.objects.create(**told)


def test_a_number_counts_when_a_second_officer_has_confirmed_it(clerk, chief, at):
    old, new = id_number(BORN, "2", 301), id_number(date(1991, 5, 17), "1", 302)
    person = a_person(by=clerk, at=at, id_number=old)
    facts = NumberFacts(id_number=new, on=at.date(), paper=CARD)
    asked = ask_number(person=person.pk, facts=facts, by=clerk, at=at)
    assert found(new) == [] and found(old) == [person.pk]
    told = {"change": asked.pk, "answer": "confirmed", "content_hash": asked.content_hash}
    for other in ("", old, id_number()):  # the second officer reads the paper, not the screen
        with pytest.raises(Refused, match="not the number that was written in"):
            answer_number(**told, typed=other, by=chief, at=at)
    answer_number(**told, typed=f" {new.lower()} ", by=chief, at=at)
    with within(COUNTY):
        stored = Person.objects.get(pk=person.pk)
        former = FormerNumber.objects.get(person=person)
    assert (stored.id_number().reveal(), stored.born_on, stored.sex) == (new, date(1991, 5, 17), "1")
    assert former.mask == old[:3] + "*" * 13 + old[-2:]
    assert found(new) == found(old) == found(old[-4:]) == found(new[-4:]) == [person.pk]


@pytest.mark.parametrize("hands", [{"id": 0}, {"id": 77, "behalf": 0}])
def test_who_wrote_the_number_in_does_not_confirm_it(clerk, at, hands):
    person = a_person(by=clerk, at=at)
    asked = ask_number(
        person=person.pk, facts=NumberFacts(id_number=id_number(), on=at.date(), paper=CARD), by=clerk, at=at
    )
    second = Actor(id=hands["id"] or clerk.id, scope=COUNTY, behalf=clerk.id if hands["id"] else 0)
    with pytest.raises(Refused, match="nor anybody acting for them"):
        answer_number(change=asked.pk, answer="confirmed", content_hash=asked.content_hash, by=second, at=at)
    with pytest.raises(IntegrityError, match="number_by_two_officers"), within(COUNTY), transaction.atomic():
        NumberChange.objects.update(
            answer="confirmed", answered_at=at, answered_by=second.id, answered_hands=sorted(second.hands)
        )


def test_a_confirmation_is_bound_to_what_was_seen_and_is_given_once(clerk, chief, at):
    person = a_person(by=clerk, at=at)
    facts = NumberFacts(id_number=id_number(), on=at.date(), paper=CARD)
    asked = ask_number(person=person.pk, facts=facts, by=clerk, at=at)
    with pytest.raises(Refused, match="not what you were shown"):
        answer_number(change=asked.pk, answer="confirmed", content_hash="0" * 64, by=chief, at=at)
    with pytest.raises(Refused, match="Write why it is declined"):
        answer_number(change=asked.pk, answer="declined", content_hash=asked.content_hash, by=chief, at=at)
    answer_number(change=asked.pk, answer="declined", note="卡号看错", content_hash=asked.content_hash, by=chief, at=at)
    with pytest.raises(Refused, match="answered already"):
        answer_number(change=asked.pk, answer="confirmed", content_hash=asked.content_hash, by=chief, at=at)
    with within(COUNTY):
        assert Person.objects.get(pk=person.pk).version == 1


def test_a_number_of_another_points_to_the_duplicates(clerk, cast, at):
    mine, taken, far = a_person(by=clerk, at=at), id_number(), id_number()
    a_person(by=clerk, at=at, id_number=taken)
    a_person(by=cast.neighbour_clerk.actor, at=at, id_number=far, area=NEIGHBOUR, name="韦秘密")
    for number, words in ((taken, "on the page “Duplicates”"), (far, "another office of the city")):
        with pytest.raises(Refused) as refused:
            ask_number(person=mine.pk, facts=NumberFacts(id_number=number, on=at.date(), paper=CARD), by=clerk, at=at)
        reason = refused.value.reasons[0]
        assert words in f"{reason.text} {reason.next_step}" and "韦" not in f"{reason.text} {reason.next_step}"


def test_nobody_is_registered_under_a_number_that_was_somebody_elses(clerk, chief, cast, at):
    old = id_number()
    person = a_person(by=clerk, at=at, id_number=old)
    corrected(person, id_number(), by=clerk, second=chief, at=at)
    with pytest.raises(Refused, match="corrected since"):
        a_person(by=clerk, at=at, id_number=old)
    with pytest.raises(Refused, match="another office of the city"):
        a_person(by=cast.neighbour_clerk.actor, at=at, id_number=old, area=NEIGHBOUR)
    other = a_person(by=clerk, at=at)
    with pytest.raises(Refused, match="was another person's before"):
        ask_number(person=other.pk, facts=NumberFacts(id_number=old, on=at.date(), paper=CARD), by=clerk, at=at)
    with pytest.raises(IntegrityError, match="former_number_of_another"), within(COUNTY), transaction.atomic():
        index = FormerNumber.objects.get(person=person).number_index
        Person.objects.filter(pk=other.pk).update(id_number_index=bytes(index))


def bare_person(number: str) -> Person:
    """A person without any rule, as planted code might store one."""
    index = blind_index(number, context="person.id_number")
    sealed = seal(number, context="person.id_number")
    return Person.objects.create(
        area=NEIGHBOUR, name="某", id_number_sealed=sealed, id_number_index=index, id_tail_index=index, id_mask="*",
        sex="1", born_on=BORN, created_at=datetime(2026, 11, 23, 9, tzinfo=BUSINESS_ZONE),
    )  # fmt: skip


def test_the_database_looks_at_the_whole_city_and_leaves_the_area_as_it_was(clerk, chief, cast, at):
    person = a_person(by=clerk, at=at, id_number=(old := id_number()))
    corrected(person, id_number(), by=clerk, second=chief, at=at)
    with within(NEIGHBOUR), connection.cursor() as cursor:
        assert not FormerNumber.objects.exists()  # the neighbour sees none, and yet
        with pytest.raises(IntegrityError, match="former_number_of_another"), transaction.atomic():
            bare_person(old)
        bare_person(id_number())
        cursor.execute("SELECT current_setting('app.scope')")
        assert cursor.fetchone() == (NEIGHBOUR,)


def test_a_number_that_comes_back_is_the_present_one_again(clerk, chief, at):
    first, second = id_number(), id_number()
    person = a_person(by=clerk, at=at, id_number=first)
    corrected(person, second, by=clerk, second=chief, at=at)
    corrected(person, first, by=clerk, second=chief, at=at + timedelta(days=1))
    with within(COUNTY):
        assert Person.objects.get(pk=person.pk).id_number().reveal() == first
        assert [bytes(row.number_index) for row in FormerNumber.objects.all()] != [bytes(person.id_number_index)]
    assert found(first) == found(second) == [person.pk]


def test_fifteen_digits_become_eighteen_by_one_officer_and_stay_known(clerk, at):
    number = compose_resident_id(INVENTED_COUNTY, date(1976, 3, 4), 977)
    person = a_person(by=clerk, at=at, id_number=number)
    record_upgrade(person=person.pk, on=date(2006, 5, 1), paper=CARD, by=clerk, at=at)
    old = number[:6] + number[8:17]
    with within(COUNTY):
        row = FormerNumber.objects.get(person=person)
        assert (row.kind, row.until_on) == ("upgraded", date(2006, 5, 1))
        assert Person.objects.get(pk=person.pk).id_number().reveal() == number
    assert found(old) == found(number) == [person.pk]
    with pytest.raises(Refused, match="former number already"):
        record_upgrade(person=person.pk, on=date(2006, 5, 1), paper=CARD, by=clerk, at=at)


def test_nobody_born_in_this_century_had_fifteen_digits(clerk, at):
    person = a_person(by=clerk, at=at, id_number=compose_resident_id(INVENTED_COUNTY, date(2004, 3, 4), 978))
    with pytest.raises(Refused, match="never issued for this year of birth"):
        record_upgrade(person=person.pk, on=at.date(), paper=CARD, by=clerk, at=at)


def test_the_neighbour_neither_asks_nor_answers(clerk, cast, at):
    person, stranger = a_person(by=clerk, at=at), cast.neighbour_clerk.actor
    facts = NumberFacts(id_number=id_number(), on=at.date(), paper=CARD)
    with pytest.raises(Person.DoesNotExist):
        ask_number(person=person.pk, facts=facts, by=stranger, at=at)
    with pytest.raises(Person.DoesNotExist):
        renamed(person, "别人", by=stranger, at=at)
    asked = ask_number(person=person.pk, facts=facts, by=clerk, at=at)
    with pytest.raises(NumberChange.DoesNotExist):
        answer_number(change=asked.pk, answer="confirmed", content_hash=asked.content_hash, by=stranger, at=at)


def test_no_number_of_before_stands_in_the_database_in_the_clear(clerk, chief, at):
    old = id_number()
    person = a_person(by=clerk, at=at, id_number=old)
    corrected(person, id_number(), by=clerk, second=chief, at=at)
    renamed(person, "覃晓梅", by=clerk, at=at, paper=Paper(evidence="card", number=old))
    with within(CITY), connection.cursor() as cursor:
        for table in ("people_formernumber", "people_numberchange", "people_formername"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert not any(old in row or old.encode().hex() in row for (row,) in cursor.fetchall())
