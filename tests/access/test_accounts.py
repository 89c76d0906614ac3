"""Accounts of staff: opened with a password that is shown once, confirmed by a second person, renewed and closed."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from click import ClickException
from django.db import IntegrityError, transaction
from django.test import Client

from openpes.access.actions import (
    close_account,
    confirm_role,
    end_role,
    grant_role,
    open_staff_account,
    renew_password,
)
from openpes.access.models import Account, Grant
from openpes.access.queries import area_options, area_path_of, asked_roles, standing_of
from openpes.audit.models import JournalEntry
from openpes.config.cli import new_password_of
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.models import AnsweredRequest
from tests.access.factories import a_clerk, a_second_administrator
from tests.cast import COUNTY, NEIGHBOUR, PASSWORD, TOWN, VILLAGE, Player, self_service
from tests.reading import text_of

NEW = {"username": "chenlan", "name": "陈兰", "role": "township_clerk", "scope": TOWN}
OWN = "a-password-of-my-own"


def keyed(**form: str) -> dict[str, str]:
    return form | {"idempotency_key": str(uuid4())}


def player(actor: Actor) -> Player:
    return Player(Account.objects.get(pk=actor.id), actor)


def opened(cast, at, **changes) -> tuple[Account, str]:
    return open_staff_account(**(NEW | changes), by=cast.administrator.actor, at=at)


def rights_of(account: Account, at) -> frozenset[str]:
    return standing_of(account=account, on=at.date())[1]


def events() -> list[str]:
    with within("4501"):
        return list(JournalEntry.objects.order_by("pk").values_list("event", flat=True))


# Two people decide about a role


def test_a_role_that_one_administrator_asked_for_gives_no_right_until_a_second_one_confirms(cast, at):
    account, _password = opened(cast, at)
    (asked,) = Grant.objects.filter(account=account)
    assert rights_of(account, at) == frozenset()
    second = a_second_administrator(at)
    (waiting,) = asked_roles(scope=second.scope, on=at.date(), actor=second)
    assert (waiting.account, waiting.asked_by, waiting.mine) == (account, cast.administrator.account.name, False)
    later = at + timedelta(days=2)
    confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=second, at=later)
    assert "counter.use_desk" in rights_of(account, later)
    asked.refresh_from_db()
    assert (asked.from_on, asked.granted_by, asked.confirmed_by) == (
        later.date(), cast.administrator.actor.id, second.id,
    )  # fmt: skip
    assert events()[-1] == "access.RoleGranted"


def test_whoever_asks_does_not_confirm_nor_does_the_holder(cast, at):
    account, _password = opened(cast, at)
    asked = Grant.objects.get(account=account)
    with pytest.raises(Refused, match="does not confirm it as well"):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=cast.administrator.actor, at=at)
    holder = Actor(id=account.pk, scope="4501")
    with pytest.raises(Refused, match="Nobody confirms a role for themselves"):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=holder, at=at)
    assert rights_of(account, at) == frozenset()


def test_the_database_itself_wants_two_people(cast, at):
    """The planted mistake: code that forgets the rule and writes the maker as the checker."""
    account, _password = opened(cast, at)
    asked = Grant.objects.get(account=account)
    asked.confirmed_by = asked.granted_by
    with pytest.raises(IntegrityError, match="grant_by_two_people"), transaction.atomic():
        asked.save()


def test_a_request_that_is_not_the_one_shown_is_not_confirmed(cast, at):
    account, _password = opened(cast, at)
    asked, shown = Grant.objects.get(account=account), Grant.objects.get(account=account).content_hash
    Grant.objects.filter(pk=asked.pk).update(role="administrator", scope="4501")
    with pytest.raises(Refused, match="not the one that was shown"):
        confirm_role(grant=asked.pk, content_hash=shown, by=a_second_administrator(at), at=at)


def test_a_declined_role_stays_declined_and_may_be_asked_for_again(cast, at):
    account, _password = opened(cast, at)
    asked, second = Grant.objects.get(account=account), a_second_administrator(at)
    with pytest.raises(Refused, match="waits for a second administrator"):
        grant_role(account=account.pk, role=NEW["role"], scope=TOWN, by=second, at=at)
    end_role(grant=asked.pk, by=second, at=at)
    assert events()[-1] == "access.RoleDeclined"
    with pytest.raises(Refused, match="decided already"):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=second, at=at)
    again = grant_role(account=account.pk, role=NEW["role"], scope=TOWN, by=second, at=at)
    confirm_role(grant=again.pk, content_hash=again.content_hash, by=cast.administrator.actor, at=at)
    assert rights_of(account, at)


# Walls


def test_an_administrator_of_a_county_stays_inside_it(cast, at):
    county = a_second_administrator(at, COUNTY, "of_county")
    for scope in ("4501", NEIGHBOUR):
        with pytest.raises(Refused, match="outside your own"):
            open_staff_account(**(NEW | {"scope": scope}), by=county, at=at)
    neighbour = cast.neighbour_clerk.account.pk
    for act in (renew_password, close_account):
        with pytest.raises(Account.DoesNotExist):
            act(account=neighbour, by=county, at=at)
    asked = grant_role(account=neighbour, role="supervisor", scope=NEIGHBOUR, by=cast.administrator.actor, at=at)
    with pytest.raises(Grant.DoesNotExist):
        confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=county, at=at)
    client = player(county).client()
    for page in (neighbour, cast.administrator.account.pk, self_service(username="s", person=7, at=at).account.pk):
        assert client.get(f"/access/staff/{page}").status_code == 404
        assert client.get(f"/access/staff/{page}/password").status_code == 404
        for way in ("renew", "close"):
            assert client.post(f"/access/staff/{page}/{way}", keyed()).status_code == 404
    assert "neighbour" not in text_of(client.get("/access/staff"))


def test_nobody_takes_over_an_account_that_reaches_beyond_their_area(cast, at):
    county = a_second_administrator(at, COUNTY, "of_county")
    clerk = a_clerk(at)
    grant_role(account=clerk.pk, role="city_clerk", scope="4501", by=PLATFORM, at=at)
    for act in (renew_password, close_account):
        with pytest.raises(Refused, match="role outside your area"):
            act(account=clerk.pk, by=county, at=at)


def test_nobody_becomes_the_second_administrator_by_renewing_that_ones_password(cast, at):
    second = a_second_administrator(at)
    with pytest.raises(Refused, match="administrator of your own level"):
        renew_password(account=second.id, by=cast.administrator.actor, at=at)
    assert renew_password(account=second.id, by=PLATFORM, at=at)
    county = a_second_administrator(at, COUNTY, "of_county")
    assert renew_password(account=county.id, by=cast.administrator.actor, at=at)


def test_ones_own_account_is_changed_by_others(cast, at):
    own = cast.administrator
    for act in (renew_password, close_account):
        with pytest.raises(Refused, match="your own account"):
            act(account=own.account.pk, by=own.actor, at=at)


@pytest.mark.parametrize("page", ["staff", "staff/open", "staff/grant", "staff/{pk}", "staff/{pk}/password"])
def test_a_role_without_the_right_is_turned_away(cast, at, page):
    address = "/access/" + page.format(pk=cast.township_clerk.account.pk)
    assert cast.county_clerk.client().get(address).status_code == 403
    assert cast.auditor.client().get(address).status_code == 403


@pytest.mark.parametrize("way", ["renew", "close"])
def test_a_clerk_changes_no_account(cast, way):
    address = f"/access/staff/{cast.township_clerk.account.pk}/{way}"
    assert cast.county_clerk.client().post(address, keyed()).status_code == 403


# Opening


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"username": "county_clerk"}, "username", "is taken"),
        ({"username": "陈兰"}, "username", "cannot be used"),
        ({"username": "Chen Lan"}, "username", "cannot be used"),
        ({"username": "ab"}, "username", "cannot be used"),
        ({"role": "seeker"}, "role", "one of the roles of staff"),
        ({"scope": "450199"}, "scope", "The city has no area"),
        ({"role": "county_clerk"}, "scope", "another level"),
        ({"scope": COUNTY}, "scope", "another level"),
        ({"role": "city_clerk"}, "scope", "another level"),
    ],
)
def test_an_account_that_makes_no_sense_is_not_opened(cast, at, changes, field, sentence):
    before = Account.objects.count()
    with pytest.raises(Refused, match=sentence) as refused:
        opened(cast, at, **changes)
    assert [reason.field for reason in refused.value.reasons] == [field]
    assert Account.objects.count() == before


def test_the_initial_password_is_shown_once_and_stored_nowhere(cast, at):
    client, form = cast.administrator.client(), keyed(**NEW)
    answer = client.post("/access/staff/open", form)
    account = Account.objects.get(username="chenlan")
    assert answer.url == f"/access/staff/{account.pk}/password"
    page = client.get(answer.url)
    (password,) = re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>", page.content.decode())
    assert account.check_password(password)
    assert "no-store" in page["Cache-Control"]
    assert "shown once already" in text_of(client.get(answer.url))
    stored = b"".join(bytes(row.body) for row in AnsweredRequest.objects.all()).decode()
    with within("4501"):
        journal = str(list(JournalEntry.objects.values_list("payload", flat=True)))
    assert password not in stored + journal
    repeated = client.post("/access/staff/open", form)
    assert repeated["Idempotency-Replayed"] == "true"
    assert "shown once already" in text_of(client.get(repeated["Location"]))


def test_a_password_of_another_account_does_not_open_on_this_ones_page(cast, at):
    client = cast.administrator.client()
    url = client.post("/access/staff/open", keyed(**NEW)).url
    other = f"/access/staff/{cast.township_clerk.account.pk}/password"
    sealed = client.cookies["shown-once"].value
    client.cookies["shown-once"] = sealed
    assert "shown once already" in text_of(client.get(other))
    client.cookies["shown-once"] = "AAAA" + sealed[4:]
    assert "shown once already" in text_of(client.get(url))


def signed_in(username: str, password: str) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.post("/sign-in/login/", {"login": username, "password": password})
    return client


def test_at_the_first_sign_in_nothing_opens_but_the_change_of_the_password(cast, at):
    account, password = opened(cast, at)
    asked = Grant.objects.get(account=account)
    confirm_role(grant=asked.pk, content_hash=asked.content_hash, by=a_second_administrator(at), at=at)
    client, change = signed_in("chenlan", password), "/sign-in/password/change/"
    for page in ("/counter/", "/access/account", "/people/"):
        assert client.get(page).url == change
    assert client.post("/people/new", keyed()).url == change
    assert "Choose one of your own" in text_of(client.get(change))
    same = client.post(change, {"oldpassword": password, "password1": password, "password2": password})
    assert "This is the present password" in text_of(same)
    assert client.get("/counter/").url == change
    chosen = client.post(change, {"oldpassword": password, "password1": OWN, "password2": OWN})
    assert chosen.url == "/access/account"
    assert client.get("/counter/").status_code == 200
    assert "access.PasswordChosen" in events()


def test_a_seeker_changes_the_password_too(db, at):
    seeker = self_service(username="seeker", person=7, at=at).account
    seeker.set_password(PASSWORD)
    seeker.save()
    client = signed_in("seeker", PASSWORD)
    form = {"oldpassword": PASSWORD, "password1": OWN, "password2": OWN}
    assert client.post("/sign-in/password/change/", form).status_code == 302
    seeker.refresh_from_db()
    assert seeker.check_password(OWN)
    assert client.get("/access/account").status_code == 200


# Renewing and closing


def test_a_renewed_password_ends_the_open_sessions_at_once(cast, at):
    clerk = a_clerk(at)
    client = signed_in(clerk.username, PASSWORD)
    assert client.get("/counter/").status_code == 200
    administrator = cast.administrator.client()
    url = administrator.post(f"/access/staff/{clerk.pk}/renew", keyed()).url
    assert url == f"/access/staff/{clerk.pk}/password"
    (password,) = re.findall(r"<code>([a-z2-9-]{19})</code>", administrator.get(url).content.decode())
    assert client.get("/counter/").url.startswith("/sign-in/login/")
    assert signed_in(clerk.username, password).get("/counter/").url == "/sign-in/password/change/"
    assert "access.PasswordRenewed" in events()


def test_a_closed_account_is_out_at_once_and_its_roles_end(cast, at):
    clerk = a_clerk(at)
    client = signed_in(clerk.username, PASSWORD)
    assert client.get("/counter/").status_code == 200
    administrator = cast.administrator.client()
    assert administrator.post(f"/access/staff/{clerk.pk}/close", keyed()).url == f"/access/staff/{clerk.pk}"
    assert client.get("/counter/").url.startswith("/sign-in/login/")
    assert signed_in(clerk.username, PASSWORD).get("/counter/").url.startswith("/sign-in/login/")
    clerk.refresh_from_db()
    assert not rights_of(clerk, at)
    assert events()[-2:] == ["access.RoleEnded", "access.AccountClosed"]
    page = text_of(administrator.get(f"/access/staff/{clerk.pk}"))
    assert "closed" in page
    assert "Renew the password" not in page
    with pytest.raises(Refused, match="account is closed"):
        renew_password(account=clerk.pk, by=cast.administrator.actor, at=at)


def test_the_list_finds_by_name_and_by_state(cast, at):
    clerk = a_clerk(at)
    opened(cast, at)
    close_account(account=clerk.pk, by=cast.administrator.actor, at=at)
    client = cast.administrator.client()

    def found(**asked: str) -> list[str]:
        page = client.get("/access/staff", asked).context["page"]
        return [account.username for account, _held in page]

    assert found(state="waiting") == ["chenlan"]
    assert found(state="none") == ["weijianhua"]
    assert "county_clerk" in found()
    assert {"chenlan", "weijianhua"}.isdisjoint(found())
    assert found(q="韦建华", state="none") == ["weijianhua"]
    assert found(q="nobody") == []


def test_the_second_administrator_confirms_on_the_page(cast, at):
    account, _password = opened(cast, at)
    asked = Grant.objects.get(account=account)
    maker, checker = cast.administrator.client(), player(a_second_administrator(at)).client()
    assert "another administrator decides" in text_of(maker.get("/access/staff"))
    assert f"/access/staff/grants/{asked.pk}/confirm" not in maker.get(f"/access/staff/{account.pk}").content.decode()
    shown = re.search(r'name="content_hash" value="(\w+)"', checker.get("/access/staff").content.decode()).group(1)
    own = maker.post(f"/access/staff/grants/{asked.pk}/confirm", keyed(content_hash=shown))
    assert own.status_code == 422
    assert "second administrator" in text_of(own)
    answer = checker.post(f"/access/staff/grants/{asked.pk}/confirm", keyed(content_hash=shown))
    assert answer.url == f"/access/staff/{account.pk}"
    assert rights_of(account, at)


def test_at_the_server_a_city_administrator_gets_a_new_password(cast):
    password = new_password_of("administrator")
    holder = Account.objects.get(username="administrator")
    assert holder.check_password(password)
    assert holder.password_given_at is not None
    with pytest.raises(ClickException, match="no open account nobody"):
        new_password_of("nobody")


def test_a_role_is_for_areas_of_its_level_and_others_for_any(cast, at):
    for role, scope in (("county_clerk", COUNTY), ("village_officer", VILLAGE), ("supervisor", TOWN)):
        opened(cast, at, username=f"one_{role}", role=role, scope=scope)


def test_the_area_of_a_role_is_chosen_by_its_name(cast):
    client = cast.administrator.client()
    options = client.get("/access/staff/areas", {"q": "新竹"}).json()
    street = next(option for option in options if len(option["more"]) == 9)
    form = NEW | {"scope": street["value"], "idempotency_key": str(uuid4())}
    page = client.post("/access/staff/open", form)
    assert page.status_code == 302
    assert Grant.objects.get(account__username=NEW["username"]).scope == street["more"]
    assert client.get("/access/staff/areas").json() == []
    assert cast.neighbour_clerk.client().get("/access/staff/areas", {"q": "新竹"}).json() == []


def test_a_name_that_many_areas_end_with_chooses_none(db):
    """Most villages of a town end alike: the planted mistake is to look at the first hundred only."""
    assert area_path_of(scope="4501", text="社区居委会") == "社区居委会"
    assert area_path_of(scope="4501", text="青秀区") == COUNTY
    shortest = area_options(scope="4501", text="社区居委会", limit=1)[0]
    assert area_path_of(scope="4501", text=shortest[1]) == shortest[0]
