"""Why: decisions answer the same when they are asked again, whatever the law became; corrected facts show both."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner

from openpes.engine.parameters import DatedValue, Parameter, parameters
from openpes.kernel import Refused, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.people.models import Person
from openpes.registration.actions import correct_fact, end_status, refuse_registration, withdraw_registration
from openpes.registration.models import Decision, FactCorrection
from openpes.registration.queries import why, would_be
from openpes.registration.rules import replay
from tests.cast import COUNTY
from tests.people.factories import a_person, id_number
from tests.registration.factories import employed, unemployed, unemployment

TODAY = date(2026, 11, 23)
CHANGED = date(2027, 1, 1)


@pytest.fixture
def youth(clerk, at):
    """Seventeen years old on the day of the tests."""
    return a_person(by=clerk.actor, at=at, id_number=id_number(date(2009, 3, 1)), resides_from_on=date(2015, 1, 1)).pk


@pytest.fixture
def law_of_2027(monkeypatch):
    """From 2027 on working age begins at 18: one more value of the parameter, none edited."""
    old = parameters().parameter("working_age_min")
    values = (*old.values, DatedValue(CHANGED, 18, "a law of the test", "law"))
    new = Parameter(old.name, old.title_en, old.title_zh, old.unit, old.kind, old.group, values)
    monkeypatch.setitem(parameters()._parameters, "working_age_min", new)


def told(person, on=TODAY):
    with within(COUNTY):
        return why(scope=COUNTY, person=person, on=on)


def test_facts_go_into_the_store_and_come_back_the_same(clerk, youth, at):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY, proofs=("3", "7"))
    with within(COUNTY):
        facts = Decision.objects.get(person=youth).facts
    case = replay.circumstances_from(facts)
    assert replay.plain_facts(case) == facts and case.proofs == {"3", "7"} and case.on == TODAY


def test_a_later_law_does_not_change_the_answer_of_an_earlier_decision(clerk, youth, at, law_of_2027):
    period = unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    row = told(youth, date(2027, 2, 1))[0]
    assert (row.decision.number, row.decision.outcome, row.agrees) == (period.number, "granted", True)
    age = next(rule for rule in row.rules if rule.result.code == "age")
    assert age.result.state == "ok" and next(one.value for one in age.asked) == "16"
    later = datetime(2027, 1, 4, 9, tzinfo=BUSINESS_ZONE)
    end_status(period=period.pk, reason="30", on=later.date(), by=clerk.actor, at=later)
    with pytest.raises(Refused, match="working age begins at 18"):
        unemployed(youth, by=clerk.actor, at=later, reason="10", from_on=later.date())


def test_asked_by_the_wrong_law_the_rules_would_answer_otherwise(clerk, youth, at, law_of_2027):
    """The planted mistake: the day of the decision is forgotten, and today's law is asked."""
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with within(COUNTY):
        decision = Decision.objects.get(person=youth)
    by_its_law = replay.plain_results(replay.replayed(decision.facts))
    by_todays = replay.plain_results(replay.replayed(decision.facts, on=CHANGED))
    assert by_its_law == decision.results != by_todays


def test_a_decision_that_the_rules_no_longer_give_is_named(clerk, youth, at):
    """The planted mistake: somebody with all rights wrote another result into the store."""
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with within(COUNTY):
        row = Decision.objects.get(person=youth)
        wrong = [{**result, "state": "no"} if result["code"] == "age" else result for result in row.results]
        forged = Decision.objects.create(
            area=row.area, person_id=youth, subject=row.subject, on=row.on, outcome="refused", facts=row.facts,
            results=wrong, decided_at=at, decided_by=1, decided_hands={1},
        )  # fmt: skip
    assert [(one.decision.pk, one.agrees) for one in told(youth)] == [(forged.pk, False), (row.pk, True)]


def test_nobody_changes_a_decision(clerk, youth, at):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with pytest.raises(Exception, match="permission denied"), within(COUNTY):
        Decision.objects.update(outcome="refused")


def test_each_day_has_the_decisions_of_its_time(clerk, youth, at):
    child = a_person(by=clerk.actor, at=at, id_number=id_number(date(2012, 1, 1))).pk
    refuse_registration(person=child, facts=unemployment(), by=clerk.actor, at=at)
    assert told(child, TODAY - timedelta(days=1)) == []
    row = told(child)[0]
    assert row.decision.outcome == "refused" and [r.result.code for r in row.rules if r.result.state == "no"] == ["age"]
    period = unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    later = at + timedelta(days=10)
    end_status(period=period.pk, reason="30", on=later.date(), by=clerk.actor, at=later)
    assert [one.decision.subject for one in told(youth)] == ["unemployment"]
    assert [one.decision.subject for one in told(youth, later.date())] == ["ending", "unemployment"]


def test_without_a_decision_the_rules_are_shown_for_that_day(clerk, youth, at):
    with within(COUNTY):
        rules = {rule.result.code: rule.result.state for rule in would_be(scope=COUNTY, person=youth, on=TODAY)}
        before = would_be(scope=COUNTY, person=youth, on=date(2024, 1, 1))
        early = {rule.result.code: rule.result.state for rule in before}
    assert rules["age"] == "ok" and early["age"] == "no"


def test_what_was_taken_back_decides_nothing(clerk, youth, at):
    period = unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    work = employed(youth, by=clerk.actor, at=at, from_on=TODAY)
    assert [one.decision.subject for one in told(youth)] == ["ending", "unemployment"]
    withdraw_registration(period=work.pk, by=clerk.actor, at=at)
    assert [one.decision.subject for one in told(youth)] == ["unemployment"]
    withdraw_registration(period=period.pk, by=clerk.actor, at=at)
    assert told(youth) == []


def test_corrected_facts_show_both_and_leave_the_decision(clerk, youth, at):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with within(COUNTY):
        pk = Decision.objects.get(person=youth).pk
    correct_fact(decision=pk, fact="born_on", now="2012-03-01", why="户口簿", by=clerk.actor, at=at)
    row = told(youth)[0]
    assert row.agrees and row.decision.outcome == "granted"
    assert [(one.was, one.now, one.why) for one in row.corrections] == [("1 Mar 2009", "1 Mar 2012", "户口簿")]
    assert row.corrected_outcome == "Refused"
    assert {rule.result.code: rule.result.state for rule in row.corrected}["age"] == "no"
    assert {rule.result.code: rule.result.state for rule in row.rules}["age"] == "ok"


@pytest.mark.parametrize(
    ("fact", "now", "reason", "field"),
    [
        ("born_on", "2009-03-01", "户口簿", "now"),
        ("height", "180", "量过", "fact"),
        ("sex", "2", " ", "why"),
        ("born_on", None, "户口簿", "now"),
        ("born_on", "2027-01-01", "户口簿", "now"),
        ("born_on", "someday", "户口簿", "now"),
        ("sex", "", "户口簿", "now"),
        ("sex", "3", "户口簿", "now"),
        ("hukou", "99", "户口簿", "now"),
        ("reason", "777", "证明", "now"),
        ("reason", "", "证明", "now"),
        ("proofs", ["9"], "证明", "now"),
        ("proofs", "3", "证明", "now"),
        ("willing", "perhaps", "声明", "now"),
        ("resident_from_on", "2026-13-01", "居住证", "now"),
    ],
)
def test_a_correction_needs_a_fact_another_value_and_a_reason(clerk, youth, at, fact, now, reason, field):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with within(COUNTY):
        pk = Decision.objects.get(person=youth).pk
    with pytest.raises(Refused) as refused:
        correct_fact(decision=pk, fact=fact, now=now, why=reason, by=clerk.actor, at=at)
    assert [one.field for one in refused.value.reasons] == [field]
    assert told(youth)[0].corrected_outcome is None  # and the page still tells what was decided


@pytest.mark.parametrize(
    ("fact", "now"),
    [("hukou", ""), ("resident_from_on", None), ("proofs", []), ("former_employer", ""), ("willing", False)],
)
def test_a_fact_that_need_not_be_known_may_become_empty(clerk, youth, at, fact, now):
    told_of = {"former_employer": "某厂", "proofs": ("3",)}
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY, **told_of)
    with within(COUNTY):
        pk = Decision.objects.get(person=youth).pk
    correct_fact(decision=pk, fact=fact, now=now, why="核实", by=clerk.actor, at=at)
    assert len(told(youth)[0].corrections) == 1


@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("sex", "女", "2"),
        ("sex", "Female", "2"),
        ("hukou", "20", "20"),
        ("proofs", "5、7", ["5", "7"]),
        ("willing", "否", False),
    ],
)
def test_a_fact_is_corrected_by_its_code_or_its_name(clerk, youth, at, fact, typed, stored):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    with within(COUNTY):
        pk = Decision.objects.get(person=youth).pk
    sent = {"fact": fact, "now": typed, "why": "核实"}
    client = clerk.client("zh-hans" if fact == "sex" and typed == "女" else "en")
    assert send(client, f"/registration/decisions/{pk}/correct", **sent).status_code == 302
    with within(COUNTY):
        assert FactCorrection.objects.get(decision=pk).now == stored
    wrong = send(client, f"/registration/decisions/{pk}/correct", **sent | {"now": "？"})
    assert wrong.status_code == (302 if fact == "former_employer" else 422)


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def test_why_is_asked_and_a_fact_corrected_on_the_page(clerk, cast, youth, at):
    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    client, url = clerk.client(), f"/registration/persons/{youth}/why"
    page = client.get(f"{url}?on=20261123").content.decode()
    assert "the rules answer the same" in page and "Labour Law, art. 15" in page and "16 (since" in page
    assert "Nothing was decided" in client.get(f"{url}?on=2026-11-01").content.decode()
    assert client.get(f"{url}?on=nonsense").status_code == 422
    with within(COUNTY):
        pk = Decision.objects.get(person=youth).pk
    typed = {"fact": "born_on", "now": "someday", "why": "户口簿"}
    assert send(client, f"/registration/decisions/{pk}/correct", **typed).status_code == 422
    assert send(client, f"/registration/decisions/{pk}/correct", **typed | {"now": "20120301"}).status_code == 302
    assert "With the corrected facts the answer would be: Refused" in client.get(url).content.decode()
    other = cast.neighbour_clerk.client()
    assert other.get(url).status_code == 404
    assert send(other, f"/registration/decisions/{pk}/correct", **typed).status_code == 404
    with pytest.raises(Person.DoesNotExist), within("450105"):
        why(scope="450105", person=youth, on=TODAY)


def test_why_is_asked_from_a_terminal(clerk, youth, at, monkeypatch):
    from openpes.config import cli

    unemployed(youth, by=clerk.actor, at=at, reason="10", from_on=TODAY)
    monkeypatch.setattr(cli, "prepare", dict)
    done = CliRunner().invoke(cli.main, ["why", str(youth), "2026-11-23", "--english"])
    assert done.exit_code == 0, done.output
    assert "Granted" in done.output and "覃小梅" not in done.output and "working age" in done.output.lower()
    assert CliRunner().invoke(cli.main, ["why", "999999", "2026-11-23"]).exit_code == 1
    assert CliRunner().invoke(cli.main, ["why", str(youth), "yesterday"]).exit_code == 2
