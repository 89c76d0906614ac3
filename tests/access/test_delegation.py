"""Rights handed to a colleague: never more than one's own, never for long, and both names stay on what is done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from openpes.access.actions import DelegationFacts, delegate_rights, end_delegation, end_role
from openpes.access.models import Delegation, Grant
from openpes.access.queries import standing_of
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.network.actions import open_service_point
from tests.cast import COUNTY, NEIGHBOUR, TOWN, self_service
from tests.reading import text_of

OF_A_CLERK = ("people.view", "vacancies.view_vacancies")


def handed(cast, at, **changes) -> Delegation:
    told = {
        "taker": cast.neighbour_clerk.account.pk, "scope": COUNTY, "rights": OF_A_CLERK,
        "until_on": at.date() + timedelta(days=5), "reason": "休假",
    }  # fmt: skip
    by = changes.pop("by", cast.county_clerk.actor)
    return delegate_rights(facts=DelegationFacts(**told | changes), by=by, at=at)


def fields_of(refused) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


def test_whoever_acts_for_a_colleague_has_these_rights_there_and_no_others(cast, at):
    delegation = handed(cast, at)
    taker = cast.neighbour_clerk.account
    actor, rights, grant = standing_of(account=taker, on=at.date(), delegation=delegation.pk)
    assert (actor.id, actor.scope, actor.behalf) == (taker.pk, COUNTY, cast.county_clerk.account.pk)
    assert rights == frozenset(OF_A_CLERK)
    assert grant.account_id == cast.county_clerk.account.pk
    own, all_rights, _grant = standing_of(account=taker, on=at.date())
    assert (own.scope, own.behalf) == (NEIGHBOUR, 0)
    assert "vacancies.publish_vacancies" in all_rights


def test_a_delegation_ends_by_itself_and_with_the_role_of_its_giver(cast, at):
    delegation, taker = handed(cast, at), cast.neighbour_clerk.account

    def scope_on(days: int) -> str:
        return standing_of(account=taker, on=at.date() + timedelta(days=days), delegation=delegation.pk)[0].scope

    assert (scope_on(4), scope_on(5)) == (COUNTY, NEIGHBOUR)
    grant = Grant.objects.get(account=cast.county_clerk.account)
    end_role(grant=grant.pk, by=cast.administrator.actor, at=at + timedelta(days=2))
    assert (scope_on(1), scope_on(2)) == (COUNTY, NEIGHBOUR)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"rights": ("access.grant_roles",)}, {"rights"}),
        ({"rights": ()}, {"rights"}),
        ({"scope": "4501"}, {"scope"}),
        ({"scope": NEIGHBOUR}, {"scope"}),
        ({"scope": "450103999"}, {"scope"}),
    ],
)
def test_nobody_hands_on_more_than_they_have(cast, at, changes, fields):
    with pytest.raises(Refused) as refused:
        handed(cast, at, **changes)
    assert fields_of(refused) == fields


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (30, True), (31, False)])
def test_rights_are_handed_on_for_one_to_thirty_days(cast, at, days, allowed):
    until_on = at.date() + timedelta(days=days)
    if allowed:
        assert handed(cast, at, until_on=until_on).until_on == until_on
        return
    with pytest.raises(Refused) as refused:
        handed(cast, at, until_on=until_on)
    assert fields_of(refused) == {"until_on"}


def test_the_table_itself_refuses_thirty_one_days_oneself_and_nothing(cast, at):
    """The planted mistakes: what the rules would have to miss."""
    given = handed(cast, at)
    wrong = {
        "delegation_of_thirty_days": {"until_on": at.date() + timedelta(days=31)},
        "delegation_to_somebody_else": {"taker": given.giver_id},
        "delegation_of_something": {"rights": []},
    }
    for constraint, change in wrong.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Delegation.objects.filter(pk=given.pk).update(**change)


def test_a_seeker_oneself_and_whoever_acts_for_another_get_or_give_nothing(cast, at):
    seeker = self_service(username="seeker", person=7, at=at)
    for taker in (seeker.account.pk, cast.county_clerk.account.pk, 10**9):
        with pytest.raises(Refused) as refused:
            handed(cast, at, taker=taker)
        assert fields_of(refused) == {"taker"}
    chained = Actor(id=cast.county_clerk.account.pk, scope=COUNTY, behalf=cast.administrator.account.pk)
    with pytest.raises(Refused, match="are not handed on"):
        handed(cast, at, by=chained)


def test_giver_or_taker_end_it_early_and_nobody_else(cast, at):
    given = handed(cast, at)
    with pytest.raises(Delegation.DoesNotExist):
        end_delegation(delegation=given.pk, by=cast.administrator.actor, at=at)
    end_delegation(delegation=given.pk, by=cast.neighbour_clerk.actor, at=at)
    assert standing_of(account=cast.neighbour_clerk.account, on=at.date(), delegation=given.pk)[0].behalf == 0
    with pytest.raises(Refused, match="over already"):
        end_delegation(delegation=given.pk, by=cast.county_clerk.actor, at=at)


def test_what_is_done_on_behalf_of_somebody_is_journalled_with_both(cast, at):
    given = handed(cast, at)
    actor, _rights, _grant = standing_of(account=cast.neighbour_clerk.account, on=at.date(), delegation=given.pk)
    told = {"level": 4, "name": "分所", "opened_on": at.date()}
    open_service_point(area=TOWN, **told, by=actor, at=at)
    open_service_point(area="450105001", **told, by=cast.neighbour_clerk.actor, at=at)
    with within("4501"):
        lines = list(JournalEntry.objects.filter(event="network.ServicePointOpened").order_by("id"))
    assert [line.by for line in lines] == [cast.neighbour_clerk.account.pk] * 2
    assert [line.payload.get("on_behalf_of") for line in lines] == [cast.county_clerk.account.pk, None]
    page = text_of(cast.auditor.client().get("/audit/?event=network.ServicePointOpened"))
    assert "neighbour clerk on behalf of county clerk" in page


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def test_a_clerk_hands_on_the_colleague_acts_and_stops(cast, at):
    form = sent(
        taker="neighbour_clerk", scope="青秀区", until_on="2026-11-30", reason="出差", rights=["network.view_network"]
    )
    giver, taker = cast.county_clerk.client(), cast.neighbour_clerk.client()
    assert giver.post("/access/delegations/new", form).status_code == 302
    given = Delegation.objects.get()
    assert taker.get("/network/450103").status_code == 404
    assert taker.post(f"/access/delegations/{given.pk}/act", sent()).status_code == 302
    page = taker.get("/network/450103")
    assert page.status_code == 200
    assert "neighbour clerk on behalf of county clerk" in text_of(page)
    assert taker.get("/counter/").status_code == 403
    assert taker.get("/network/450105").status_code == 404
    assert taker.post("/access/delegations/own", sent()).status_code == 302
    assert taker.get("/network/450105").status_code == 200


def test_a_delegation_to_others_cannot_be_taken_and_a_wrong_form_names_its_fields(cast, at):
    given = handed(cast, at)
    assert cast.township_clerk.client().post(f"/access/delegations/{given.pk}/act", sent()).status_code == 404
    response = cast.county_clerk.client().post("/access/delegations/new", sent(taker="nobody", scope=COUNTY))
    assert response.status_code == 422
    assert "There is no account “nobody”" in text_of(response)


def test_acting_for_a_colleague_costs_no_statement_more(cast, at, django_assert_num_queries):
    given, taker = handed(cast, at), cast.neighbour_clerk.account
    standing_of(account=taker, on=at.date())
    with django_assert_num_queries(1):
        standing_of(account=taker, on=at.date())
    with django_assert_num_queries(1):
        standing_of(account=taker, on=at.date(), delegation=given.pk)
