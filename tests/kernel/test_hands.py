"""Where two persons are needed, neither account of the first act does the second, in Python and in the database."""

import pytest
from django.db import connection
from django.db.models import F, Q

from openpes.kernel import Actor, HandsField, by_another, has_hand_in
from openpes.kernel.policies import hands_of_old_rows

A, B, C = 11, 12, 13
A_FOR_B = Actor(id=A, behalf=B)


@pytest.mark.parametrize(
    "second", [Actor(id=A), Actor(id=B), Actor(id=A, behalf=C), Actor(id=B, behalf=C), Actor(id=C, behalf=B)]
)
def test_neither_who_acted_nor_on_whose_behalf_is_the_second(second):
    assert has_hand_in(second, A_FOR_B.hands)
    assert has_hand_in(second, sorted(A_FOR_B.hands))


def test_a_third_person_is_the_second():
    assert not has_hand_in(Actor(id=C), A_FOR_B.hands)
    assert not has_hand_in(Actor(id=C), A_FOR_B.hands, None), "an act that nobody did yet has no hands"


def test_one_of_several_first_acts_is_enough():
    assert has_hand_in(Actor(id=C), A_FOR_B.hands, None, {C})


def test_what_keeps_only_who_clicked_lets_the_other_hand_be_the_second():
    only_the_id = {A_FOR_B.id}
    assert not has_hand_in(Actor(id=B), only_the_id), "the mistake that keeping both hands mends"


def test_hands_are_stored_in_one_order_and_read_as_a_set():
    field = HandsField(null=True)
    assert field.get_db_prep_value(frozenset({B, A, C}), connection) == [A, B, C]
    assert field.get_db_prep_value(None, connection) is None
    assert field.from_db_value([A, B], None, connection) == {A, B}
    assert field.from_db_value(None, None, connection) is None


def test_a_migration_names_the_field_without_what_never_differs():
    _name, path, args, kwargs = HandsField(null=True).deconstruct()
    assert (path, args, kwargs) == ("openpes.kernel.hands.HandsField", [], {"null": True})
    assert HandsField(**kwargs).db_type(connection) == "bigint[]"


def test_the_rule_of_the_database_names_every_first_act_and_where_it_holds():
    made = by_another("decided_hands", "applied_hands", "reviewed_hands", name="four_eyes", where=Q(wants_two=True))
    apart = ~Q(decided_hands__overlap=F("applied_hands")) & ~Q(decided_hands__overlap=F("reviewed_hands"))
    assert made.condition == Q(decided_hands__isnull=True) | ~Q(wants_two=True) | apart
    assert made.name == "four_eyes"


def test_old_rows_are_filled_past_policies_and_triggers_by_one_writing_of_the_table():
    sql = hands_of_old_rows("room_paper", "applied", "issued").sql
    assert sql.count("ALTER TABLE") == 1 and "UPDATE" not in sql
    assert "issued_hands TYPE bigint[] USING CASE WHEN issued_by IS NOT NULL THEN ARRAY[issued_by] END" in sql


def test_old_rows_are_filled_although_policies_show_none_of_them_to_the_owner(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE paper (applied_by bigint NOT NULL, issued_by bigint)")
        cursor.execute("INSERT INTO paper VALUES (11, 12), (13, NULL)")
        cursor.execute("ALTER TABLE paper ADD applied_hands bigint[], ADD issued_hands bigint[]")
        cursor.execute("ALTER TABLE paper ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE paper SET applied_hands = ARRAY[applied_by]")
        assert cursor.rowcount == 0, "the plain way fills nothing"
        cursor.execute(hands_of_old_rows("paper", "applied", "issued").sql)
        cursor.execute("ALTER TABLE paper DISABLE ROW LEVEL SECURITY")
        cursor.execute("SELECT applied_hands, issued_hands FROM paper ORDER BY applied_by")
        assert cursor.fetchall() == [([11], [12]), ([13], None)]
