"""Two sisters are taken for one person, merged, and parted again exactly; everything is done on the pages."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.actions.seeking import seek_duplicates
from openpes.people.models import LikelyPair, Merge
from openpes.registration.models import Contact, JobWish, StatusPeriod
from tests.cast import VILLAGE, self_service
from tests.merging.factories import differences, photograph
from tests.people.factories import a_person, id_number
from tests.registration.factories import unemployed, wishing

BORN_ON = date(1994, 4, 2)


class Desk:
    """Somebody at the pages: what is read, what is sent, and where it leads."""

    def __init__(self, player) -> None:
        self.client = player.client()

    def reads(self, address: str, *words: str) -> str:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, address
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
        assert [word for word in words if word not in text] == [], text[-3000:]
        return text

    def sends(self, address: str, **told) -> str:
        answer = self.client.post(address, {"idempotency_key": uuid4().hex, **told})
        assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())[-2000:]
        return answer.url

    def is_shown(self, address: str) -> str:
        """What the second officer confirms."""
        return re.search(r'name="seen" value="(\w+)"', self.client.get(address).content.decode())[1]


@pytest.fixture
def sisters(cast, at):
    """Two sisters with names that sound alike; the younger is unemployed, looks for work and has her own page."""
    by = cast.county_clerk.actor
    elder = a_person(by=by, at=at, name="覃晓兰", id_number=id_number(BORN_ON, "2", 210), area=VILLAGE, education="71")
    younger = a_person(
        by=by, at=at, name="覃小兰", id_number=id_number(BORN_ON, "2", 211), area=VILLAGE, phone="13900001234"
    )
    unemployed(younger.pk, by=by, at=at)
    wishing(younger.pk, by=by, at=at)
    account = self_service(username="xiaolan", person=younger.pk, at=at)
    return elder, younger, account


def test_sisters_taken_for_one_are_parted_again(cast, sisters, at):
    elder, younger, account = sisters
    before = photograph()
    merge = _merged_by_two_officers(cast, elder, younger, at)
    _the_register_goes_on(cast, elder, younger, account, at)
    _parted_by_two_officers(cast, merge, younger)
    _everything_is_as_it_was(cast, before, elder, younger, account, at)


def _merged_by_two_officers(cast, elder, younger, at) -> str:
    assert seek_duplicates(by=PLATFORM, at=at) == 1
    officer, second = Desk(cast.county_clerk), Desk(cast.city_clerk)
    officer.reads("/people/duplicates/", elder.id_mask, younger.id_mask)
    with within(CITY):
        pair = LikelyPair.objects.get().pk
    officer.reads(f"/people/duplicates/{pair}/", "Names that sound alike", "Registrations", "Job wishes")
    merge = officer.sends(f"/people/duplicates/{pair}/", kept_phone="goes", kept_education="stays", why="电话中确认")
    officer.reads(merge, "You proposed this", "电话中确认")
    second.sends(merge + "confirm", seen=second.is_shown(merge))
    return merge


def _the_register_goes_on(cast, elder, younger, account, at) -> None:
    """The old number leads on, the younger sister's own page shows the merged file, and she confirms by telephone."""
    clerk = Desk(cast.county_clerk)
    clerk.reads(f"/counter/person/{younger.pk}/", f"File No. {younger.pk} was merged into this one", elder.name)
    clerk.reads(f"/people/{younger.pk}/edit", elder.name)
    Desk(account).reads("/portal/me/", elder.name)
    with clock.stopped(at + timedelta(days=1)):
        clerk.sends(f"/registration/persons/{elder.pk}/confirm", way="phone", note="")
    with within(CITY):
        assert StatusPeriod.objects.get().person_id == JobWish.objects.get().person_id == elder.pk


def _parted_by_two_officers(cast, merge, younger) -> None:
    """Both sisters stand at the window; what was confirmed since the merge is the younger one's."""
    officer, second = Desk(cast.city_clerk), Desk(cast.county_clerk)
    officer.reads(merge + "undo", "Added since the merge: whose is it?", "Confirmations of unemployment", "Job wishes")
    officer.sends(merge + "undo", why="姐妹二人同时到场", row_0="goes")
    officer.reads(merge, "Undoing waits for a second officer", "姐妹二人同时到场")
    second.sends(merge + "undone", seen=second.is_shown(merge))


def _everything_is_as_it_was(cast, before, elder, younger, account, at) -> None:
    with within(CITY):
        assert Contact.objects.get().person_id == younger.pk
    changed = set(differences(before, photograph()))
    told_since = {"registration_contact", "registration_statusperiod"}
    assert changed <= told_since | {"people_person", "network_pointday", "access_account", "axes_accesslog"}
    clerk = Desk(cast.county_clerk)
    clerk.reads(f"/counter/person/{younger.pk}/", younger.name, "139****1234")
    Desk(account).reads("/portal/me/", younger.name)
    told = Desk(cast.auditor).reads(f"/audit/?person={elder.pk}", "姐妹二人同时到场")
    assert "A file was merged into that of the person" in told and "was undone" in told
    assert seek_duplicates(by=PLATFORM, at=at) == 1, "the night still finds them alike"
    assert "No two files here are likely of one person" in clerk.reads("/people/duplicates/")
    with within(CITY):
        assert Merge.objects.get().state == "undone" and LikelyPair.objects.get().answer == "姐妹二人同时到场"
