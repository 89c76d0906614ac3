"""Whatever somebody types or asks on the way from vacancy to hire is answered in words, and nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from openpes.exchange.actions import forget_old_entries
from openpes.exchange.rules import days_kept
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.referrals.models import Referral
from openpes.referrals.queries import in_words
from openpes.reporting.models import Lead
from openpes.resumes.models import Resume
from tests.cast import VILLAGE, self_service
from tests.portal.factories import CLERK
from tests.referrals.factories import applied, interview_facts, seeker
from tests.vacancies.factories import make_open

HOSTILE = {
    "200 kilobytes": "押" * 200_000,
    "a script": "<script>alert(1)</script>",
    "a template": "{{ request.user }}{% debug %}",
    "a formula": '=HYPERLINK("http://x.example")',
    "emoji": "😀🚚" * 30,
    "rare characters": "𠮷野家龘𫖯䶮㛃招人",
    "a null": "招\x00人",
    "half a pair": "招\ud83d人",
    "turned writing": "招\u202e人工电",
}
IN_WORDS = {200, 302, 400, 404, 410, 413, 422}


def sent(**told: str) -> dict[str, str]:
    return told | {"idempotency_key": str(uuid4())}


def plainly_answered(client: Client, page: str, told: dict[str, str]) -> int:
    """Send a form; the answer is a page without what was typed as markup."""
    answer = client.post(page, sent(**{name: encoded(text) for name, text in told.items()}))
    text = answer.content.decode()
    assert answer.status_code in IN_WORDS, (page, answer.status_code)
    assert "<script>alert" not in text and "Traceback" not in text
    return answer.status_code


def encoded(text: str) -> str:
    """Half a pair of surrogates cannot be sent; browsers send the replacement character instead."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.fixture(params=HOSTILE)
def words(request) -> str:
    return HOSTILE[request.param]


def test_the_texts_of_a_seeker(db, at, words):
    person, vacancy = seeker(at), make_open(CLERK, at)
    client = self_service(username="seeker", person=person.pk, at=at).client()
    apply = reverse("referrals:apply", args=[vacancy.pk])
    code = plainly_answered(client, apply, {"own_words": words})
    with within(CITY):
        assert Referral.objects.filter(person=person).count() == (code == 302)
    if code == 422:  # said why; the same person applies with shorter words
        assert plainly_answered(client, apply, {"own_words": "能上夜班"}) == 302
    with within(CITY):
        pk = Referral.objects.get(person=person).pk
    plainly_answered(client, reverse("referrals:own_withdraw", args=[pk]), {"reason": words, "note": words})
    plainly_answered(client, reverse("referrals:own_reach"), {"mail": words})
    edited = plainly_answered(client, reverse("resumes:edit"), {"headline": words, "own_words": words})
    with within(CITY):
        assert Resume.objects.filter(person_id=person.pk).count() == (edited == 302)
    correction = reverse("portal:correction_new") + "?fact=name"
    plainly_answered(client, correction, {"wanted": words, "evidence": words})
    for page in ("referrals:own", "resumes:own", "portal:me", "portal:holdings"):
        answer = client.get(reverse(page))
        assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()


def test_the_texts_of_an_employer(db, at, words):
    row = applied(at)
    client = self_service(username="firm", employer=row.employer_id, at=at).client()
    slot = interview_facts(at).slots[0].strftime("%Y-%m-%d %H:%M")
    invite = reverse("referrals:inbox_invite", args=[row.pk])
    plainly_answered(client, invite, {"slot_1": words, "minutes": words, "way": words, "place": words})
    plainly_answered(client, invite, {"slot_1": slot, "minutes": "30", "way": "on_site", "place": words, "note": words})
    answer = reverse("referrals:inbox_answer", args=[row.pk])
    plainly_answered(client, answer, {"answer": words, "reason": words, "note": words})
    plainly_answered(client, reverse("referrals:inbox_hire", args=[row.pk]), {"begins_on": words, "pay_fen": words})
    site = {"name": words, "area": VILLAGE, "address": words, "latitude": words, "longitude": words}
    plainly_answered(client, reverse("employers:own_site_new"), site)
    plainly_answered(client, reverse("reporting:own"), {"said": words, "words": words})
    with within(CITY):
        kept = Referral.objects.get(pk=row.pk)
        assert not kept.answer and in_words([kept], on=at.date())
    for page in ("referrals:inbox", "portal:employer", "employers:mine", "reporting:own"):
        shown = client.get(reverse(page))
        assert shown.status_code == 200 and "<script>alert" not in shown.content.decode()


def test_the_texts_of_a_village_and_of_anybody(db, cast, at, words):
    client = cast.village_officer.client()
    lead = {"kind": "firm", "firm": words, "openings": words, "words": words}
    code = plainly_answered(client, reverse("reporting:lead_new"), lead)
    with within(CITY):
        assert Lead.objects.count() == (code == 302)
    shown = client.get(reverse("reporting:lead_list"))
    assert shown.status_code == 200 and "<script>alert" not in shown.content.decode()
    visitor = Client()
    saved = reverse("portal:saved_new") + "?q=包装"
    plainly_answered(visitor, saved, {"name": words, "way": "mail", "to": words, "rhythm": "daily"})
    plainly_answered(visitor, reverse("screens:subscribe"), {"channel": "mail", "to": words, "place": words})
    plainly_answered(visitor, reverse("reporting:send_answer"), {"token": words, "said": words})


@pytest.mark.parametrize(
    "query",
    ["sort=new&after=" + "9" * 400, "sort=pay&after=-1,-1", "after=%00", "after=<script>", "page=" + "9" * 20,
     "page=-7", "q=" + "工" * 2000, "q=" + "-电工 " * 300, "pay=&term=&class=&benefit=", "place=9&town=9&class=99"],
)  # fmt: skip
def test_deep_pages_and_facets_on_nothing_are_answered_where_nothing_is_open(db, query):
    answer = Client().get(f"{reverse('portal:search')}?{query}")
    assert answer.status_code == 200 and answer.context["found"].total == 0
    assert "<script>" not in answer.content.decode().split("<main", 1)[1]
    assert all(choice.count == 0 for group in answer.context["found"].groups for choice in group.choices)


def test_a_reader_who_never_goes_on_is_told_the_same_again_and_then_to_begin_again(db, at):
    make_open(CLERK, at)
    snapshot, changes = reverse("exchange:open:snapshot"), reverse("exchange:open:changes")
    cursor = Client().get(snapshot).json()["changes_from"]
    asked = [Client().get(changes, {"cursor": cursor}).json() for _time in range(3)]
    assert asked[0]["changed"] == asked[1]["changed"] == asked[2]["changed"]
    later = at + timedelta(days=days_kept(at.date()) + 2)
    with clock.stopped(later):
        forget_old_entries(by=PLATFORM, at=later)
        told = Client().get(changes, {"cursor": cursor})
        assert told.status_code == 410 and told.json()["code"] == "old_cursor" and told.json()["next_step"]
        row = make_open(CLERK, later, title="后来的岗位")
        assert [one["id"] for one in Client().get(snapshot).json()["items"]] == [row.pk]
