"""Requests for correction: asked, answered by another officer through the ordinary action, appealed against."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openpes.audit.models import JournalEntry
from openpes.engine.calendars import working_days_after
from openpes.kernel import Actor, Refused, within
from openpes.people.actions import (
    Answer,
    EducationFacts,
    Paper,
    PersonChanges,
    answer_correction,
    appeal_correction,
    ask_correction,
    change_name,
    change_person,
    move_residence,
    open_file,
    record_education,
    rule_correction,
)
from openpes.people.choices import ONE_VALUE, Fact
from openpes.people.models import CorrectionAppeal, CorrectionRequest, Person
from openpes.people.queries import matters_waiting
from openpes.people.queries.acts import _changing, acts_since
from openpes.people.queries.corrections import correction, own_corrections
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.people.factories import a_person

NO, YES = Answer(answer="refused", note="户口簿上的记载不同"), Answer(answer="accepted")


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def second(cast):
    return cast.township_clerk.actor


@pytest.fixture
def seeker(clerk, at):
    """A person with an account of their own."""
    person = a_person(by=clerk, at=at)
    return person, self_service(username="seeker", person=person.pk, at=at).actor


def asked(person, by, at, fact="phone", wanted="139 1111 2222", evidence="本人号码，可当场拨打") -> CorrectionRequest:
    return ask_correction(person=person.pk, fact=fact, wanted=wanted, evidence=evidence, by=by, at=at)


def file_of(person) -> Person:
    with within(COUNTY):
        return Person.objects.get(pk=person.pk)


def test_an_accepted_fact_of_one_value_is_changed_by_the_ordinary_action(seeker, clerk, at):
    person, own = seeker
    row = asked(person, own, at)
    assert row.due_on == working_days_after(at.date(), 15)
    done = answer_correction(request=row.pk, answer=YES, by=clerk, at=at)
    assert file_of(person).phone().reveal() == "13911112222"
    with own.standing():
        (view,) = own_corrections(actor=own, on=at.date())
    assert (view.request.answer, view.wanted) == ("accepted", "13911112222")
    assert view.changed_by == "Facts of a person's file were changed"
    assert done.changed_by_line is not None


def test_what_a_person_writes_is_sealed(seeker, at):
    person, own = seeker
    row = asked(person, own, at)
    with within(COUNTY), connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM people_correctionrequest c WHERE id = %s", [row.pk])
        text = cursor.fetchone()[0]
        cursor.execute("SELECT payload::text FROM audit_journalentry WHERE person = %s", [person.pk])
        lines = " ".join(payload for (payload,) in cursor.fetchall())
    assert "13911112222" not in text + lines and b"13911112222".hex() not in text


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"fact": "weight"}, "Choose which fact", "fact"),
        ({"wanted": " "}, "Write what is right", "wanted"),
        ({"evidence": ""}, "Name the paper", "evidence"),
        ({"fact": "hukou", "wanted": "城里"}, "from the list", "wanted"),
        ({"wanted": "12"}, "12", "wanted"),
    ],
)
def test_a_request_that_says_too_little_is_refused_at_its_field(seeker, at, changes, words, field):
    person, own = seeker
    with pytest.raises(Refused, match=words) as refused:
        asked(person, own, at, **changes)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_one_request_of_a_fact_waits_at_a_time(seeker, clerk, at):
    person, own = seeker
    row = asked(person, own, at)
    with pytest.raises(Refused, match="waits for its answer already"):
        asked(person, own, at)
    answer_correction(request=row.pk, answer=NO, by=clerk, at=at)
    assert asked(person, own, at).pk != row.pk


def test_nobody_answers_a_request_of_their_own(seeker, clerk, second, cast, at):
    person, _own = seeker
    row = asked(person, clerk, at)
    for by in (clerk, Actor(id=second.id, scope=second.scope, behalf=clerk.id)):
        with pytest.raises(Refused, match="Nobody answers a request of their own"):
            answer_correction(request=row.pk, answer=NO, by=by, at=at)
    with within(COUNTY), pytest.raises(IntegrityError, match="correction_by_another"), transaction.atomic():
        CorrectionRequest.objects.filter(pk=row.pk).update(
            answer="refused", answer_note="x", answered_by=1, answered_hands={1, clerk.id}, answered_at=at
        )
    assert answer_correction(request=row.pk, answer=NO, by=second, at=at).answered_office != ""


def test_neither_hand_of_a_request_answers_it_and_neither_hand_of_a_refusal_rules_it(clerk, second, cast, at):
    person, third = a_person(by=clerk, at=at), cast.city_clerk.actor
    row = asked(person, replace(second, behalf=clerk.id), at)
    for by in (clerk, second, replace(third, behalf=clerk.id)):
        with pytest.raises(Refused, match="Nobody answers a request of their own"):
            answer_correction(request=row.pk, answer=NO, by=by, at=at)
    judge = replace(third, behalf=cast.administrator.actor.id)
    answer_correction(request=row.pk, answer=NO, by=judge, at=at)
    appeal = appeal_correction(request=row.pk, grounds="不服", by=second, at=at)
    words = Answer(answer="dismissed", note="理由")
    for by in (third, replace(cast.administrator.actor, scope=COUNTY)):
        with pytest.raises(Refused, match="Who refused first does not rule"):
            rule_correction(appeal=appeal.pk, answer=words, by=by, at=at)
    with pytest.raises(Refused, match="Nobody answers a request of their own"):
        rule_correction(appeal=appeal.pk, answer=words, by=clerk, at=at)
    fourth = Actor(id=third.id + second.id + clerk.id, scope=COUNTY)
    assert rule_correction(appeal=appeal.pk, answer=words, by=fourth, at=at).ruled_hands == fourth.hands


def test_an_officer_does_not_answer_about_the_own_file(seeker, clerk, cast, at):
    person, own = seeker
    row = asked(person, clerk, at)
    both = Actor(id=own.id, scope=COUNTY)  # the account of the person, with a right of staff
    with pytest.raises(Refused, match="Nobody answers a request of their own"):
        answer_correction(request=row.pk, answer=NO, by=both, at=at)


def test_what_has_its_own_page_is_changed_there_first_and_the_answer_names_that_act(seeker, clerk, second, at):
    person, own = seeker
    row = asked(person, own, at, fact="education", wanted="大专，2012 年毕业", evidence="毕业证书")
    open_file(person=person.pk, purpose="counter service", by=clerk, at=at)
    with pytest.raises(Refused, match="Nothing that could have put this right"):
        answer_correction(request=row.pk, answer=YES, by=clerk, at=at)
    facts = EducationFacts(
        level="30", school="南宁职业技术学院", graduated_on=date(2012, 6, 30), proof="diploma", number="112221201206"
    )
    record_education(person=person.pk, facts=facts, by=second, at=at)
    titles = {act.title: act.line for act in acts_since(request=row)}
    assert "An education was recorded from its papers" in titles and not any("read" in title for title in titles)
    line = titles["An education was recorded from its papers"]
    with pytest.raises(Refused, match="Nothing that could have put this right"):
        answer_correction(request=row.pk, answer=Answer(answer="accepted", line=line - 1000), by=clerk, at=at)
    done = answer_correction(request=row.pk, answer=Answer(answer="accepted", line=line), by=clerk, at=at)
    assert done.changed_by_line == line
    with within(COUNTY):
        view = correction(scope=COUNTY, pk=row.pk, on=at.date())
    assert view.changed_by == "An education was recorded from its papers"


def test_an_answer_names_an_act_that_changed_the_very_fact(seeker, clerk, second, at):
    person, own = seeker
    row = asked(person, own, at, fact="education", wanted="大专，2012 年毕业", evidence="毕业证书")
    paper = Paper(evidence="booklet")
    change_name(person=person.pk, name="韦小红", kind="changed", on=at.date(), paper=paper, by=second, at=at)
    typed = {"person": person.pk, "by": second, "at": at}
    changed = change_person(version=file_of(person).version, changes=PersonChanges(ethnic_group="02"), **typed)
    assert acts_since(request=row) == []
    with within(COUNTY):
        other = JournalEntry.objects.filter(person=person.pk, event="people.PersonChanged").latest("id").pk
    with pytest.raises(Refused, match="Nothing that could have put this right"):
        answer_correction(request=row.pk, answer=Answer(answer="accepted", line=other), by=clerk, at=at)
    change_person(version=changed.version, changes=PersonChanges(education="30"), **typed)
    (act,) = acts_since(request=row)
    assert act.line > other
    row.fact = "other"
    assert len(acts_since(request=row)) == 3, "what is no fact of its own may have been put right by any change"
    row.fact = "name"
    assert [one.title for one in acts_since(request=row)] == ["A person's file carries another name"]


def test_every_fact_that_is_not_one_value_has_acts_that_change_it():
    assert {fact for fact in Fact if fact not in ONE_VALUE} == set(_changing)
    assert all(_changing.values())


def test_a_refusal_gives_its_reason_and_can_be_appealed_against(seeker, clerk, second, at):
    person, own = seeker
    row = asked(person, own, at)
    with pytest.raises(Refused, match="Write the reason") as refused:
        answer_correction(request=row.pk, answer=Answer(answer="refused", note=" "), by=clerk, at=at)
    assert "art. 50" in str(refused.value.reasons[0].clause)
    with pytest.raises(Refused, match="Only a refusal"):
        appeal_correction(request=row.pk, grounds="不服", by=own, at=at)
    answer_correction(request=row.pk, answer=NO, by=clerk, at=at)
    appeal = appeal_correction(request=row.pk, grounds="号码是本人实名办理的", by=own, at=at)
    assert appeal.due_on == working_days_after(at.date(), 10)
    with pytest.raises(Refused, match="filed already"):
        appeal_correction(request=row.pk, grounds="再次", by=own, at=at)
    yes = Answer(answer="allowed", note="已查验运营商实名记录")
    with pytest.raises(Refused, match="Who refused first does not rule"):
        rule_correction(appeal=appeal.pk, answer=yes, by=clerk, at=at)
    with within(COUNTY):
        CorrectionRequest.objects.filter(pk=row.pk).update(asked_hands=second.hands)
    with pytest.raises(Refused):  # who wrote the request at the counter does not rule what became of it
        rule_correction(appeal=appeal.pk, answer=yes, by=second, at=at)
    with within(COUNTY):
        CorrectionRequest.objects.filter(pk=row.pk).update(asked_hands=own.hands)
    with pytest.raises(Refused, match="Write the reason"):
        rule_correction(appeal=appeal.pk, answer=Answer(answer="allowed"), by=second, at=at)
    rule_correction(appeal=appeal.pk, answer=yes, by=second, at=at)
    assert file_of(person).phone().reveal() == "13911112222"
    with pytest.raises(Refused, match="answered already"):
        rule_correction(appeal=appeal.pk, answer=yes, by=second, at=at)


def test_a_dismissed_appeal_changes_nothing(seeker, clerk, second, at):
    person, own = seeker
    row = asked(person, own, at)
    answer_correction(request=row.pk, answer=NO, by=clerk, at=at)
    appeal = appeal_correction(request=row.pk, grounds="不服", by=own, at=at)
    rule_correction(appeal=appeal.pk, answer=Answer(answer="dismissed", note="号码登记在他人名下"), by=second, at=at)
    assert file_of(person).phone_mask == person.phone_mask
    with within(COUNTY), pytest.raises(IntegrityError, match="correction_appeal_by_another"), transaction.atomic():
        CorrectionAppeal.objects.filter(pk=appeal.pk).update(ruled_hands=clerk.hands)


def test_what_waits_is_listed_by_its_clock_with_the_working_days_left(seeker, clerk, at):
    person, own = seeker
    asked(person, own, at, fact="marital", wanted="20")
    late = at + timedelta(days=28)
    with within(COUNTY):
        (first,) = matters_waiting(scope=COUNTY, on=at.date())
        assert (first.clock.days_left, first.clock.days_late, first.clock.tone) == (15, 0, "plain")
        (last,) = matters_waiting(scope=COUNTY, on=late.date())
        assert (last.clock.days_left, last.clock.days_late, last.clock.tone) == (-5, 5, "bad")
        assert matters_waiting(scope=NEIGHBOUR, on=at.date()) == []


def test_the_requests_of_a_person_are_read_by_as_many_statements_whatever_their_number(seeker, clerk, at):
    person, own = seeker
    counts = []
    for fact, wanted in (("phone", "139 1111 2222"), ("marital", "20"), ("ethnic_group", "02")):
        row = asked(person, own, at, fact=fact, wanted=wanted)
        answer_correction(request=row.pk, answer=YES, by=clerk, at=at)
        with own.standing(), CaptureQueriesContext(connection) as asked_for:
            assert all(view.changed_by for view in own_corrections(actor=own, on=at.date()))
        counts.append(len(asked_for))
    assert len(set(counts)) == 1


def test_a_request_goes_with_the_file_to_the_new_office(seeker, clerk, cast, at):
    person, own = seeker
    row = asked(person, own, at)
    move_residence(person=person.pk, area=f"{NEIGHBOUR}001001", address="", on=at.date(), by=clerk, at=at)
    with pytest.raises(CorrectionRequest.DoesNotExist):
        answer_correction(request=row.pk, answer=NO, by=clerk, at=at)
    assert answer_correction(request=row.pk, answer=NO, by=cast.neighbour_clerk.actor, at=at).answer == "refused"


def test_a_person_sees_and_asks_only_about_the_own_file(seeker, clerk, at):
    _person, own = seeker
    other = a_person(by=clerk, at=at, name="黄大山")
    theirs = asked(other, clerk, at)
    with pytest.raises(Person.DoesNotExist):
        asked(other, own, at)
    with pytest.raises(CorrectionRequest.DoesNotExist):
        appeal_correction(request=theirs.pk, grounds="不服", by=own, at=at)
    with own.standing():
        assert not CorrectionRequest.objects.exists()
