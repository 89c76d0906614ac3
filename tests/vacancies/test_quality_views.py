"""Pages of quality: what waits, holds and appeals, reports without an account, copies side by side, the score."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import ReportFacts, hold_vacancy, report_advert, seek_copies
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import AdvertReport, Hold, HoldAppeal, NearCopy, PublishedVacancy
from tests.cast import TOWN, self_service
from tests.vacancies.factories import make_draft, make_open
from tests.vacancies.test_quality import LONG, published, twice


def key() -> dict:
    return {"idempotency_key": str(uuid4())}


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.client()


@pytest.fixture
def opened(cast, at):
    return make_open(cast.county_clerk.actor, at, title="公开面点师")


@pytest.fixture
def firm(opened, at):
    return self_service(username="firm", employer=opened.employer_id, at=at)


def test_everything_that_waits_stands_in_one_list_with_its_clock_and_on_the_start_page(cast, clerk, opened, at):
    first = published(make_draft(cast.county_clerk.actor, at, title="新店收银"), at, by=cast.county_clerk.actor)
    facts = ReportFacts(vacancy=opened.pk, reason="pay", asker=b"a", words="实发只有一半")
    report_advert(facts=facts, by=PLATFORM, at=at)
    page = text(clerk.get(reverse("vacancies:looking")))
    assert "新店收银" in page and "实发只有一半" in page and "2 working days left" in page
    assert reverse("vacancies:held", args=[first.pk]) in page
    assert reverse("vacancies:reports", args=[opened.pk]) in page
    narrowed = text(clerk.get(reverse("vacancies:looking"), {"kind": "report"}))
    assert "新店收银" not in narrowed and "实发只有一半" in narrowed
    home = text(clerk.get(reverse("counter:home")))
    assert "New employers, doubtful advertisements and appeals" in home and "Reports of readers" in home
    assert "新店收银" not in text(cast.neighbour_clerk.client().get(reverse("vacancies:looking")))


def test_a_vacancy_is_held_and_lifted_on_one_page_and_a_silent_hold_is_answered_422(clerk, opened):
    url = reverse("vacancies:held", args=[opened.pk])
    silent = clerk.post(url, {"act": "hold", "hold-ground": "scam", "hold-words": ""} | key())
    assert silent.status_code == 422 and PublishedVacancy.objects.exists()
    told = {"act": "hold", "hold-ground": "scam", "hold-words": "文字写有押金"}
    assert clerk.post(url, told | key()).status_code == 302
    assert not PublishedVacancy.objects.exists()
    page = text(clerk.get(url))
    assert "文字写有押金" in page and "art. 9" in page and "On hold" in page
    assert "On hold" in text(clerk.get(reverse("vacancies:list"), {"state": "held"}))
    assert "文字写有押金" in text(clerk.get(reverse("vacancies:detail", args=[opened.pk])))
    with within(CITY):
        act = f"lift-{Hold.objects.filter(ground='scam').get().pk}"
    assert clerk.post(url, {"act": act, f"{act}-words": "已删除"} | key()).status_code == 302
    assert PublishedVacancy.objects.exists()


def test_the_employer_reads_words_clause_and_what_to_do_appeals_and_another_decides(cast, clerk, opened, firm, at):
    held = hold_vacancy(
        vacancy=opened.pk, ground=HoldGround.SCAM, words="文字写有押金", by=cast.county_clerk.actor, at=at
    )
    own, ask = firm.client(), reverse("vacancies:ask", args=[opened.pk])
    page = text(own.get(ask))
    for words in ("On hold", "文字写有押金", "art. 9", "Strike every fee", "Send the appeal"):
        assert words in page
    appeal = reverse("vacancies:appeal_mine", args=[held.pk])
    empty = own.post(appeal, {f"hold-{held.pk}-words": " "} | key())
    assert empty.status_code == 422
    assert own.post(appeal, {f"hold-{held.pk}-words": "指客户押金"} | key()).status_code == 302
    sent = text(own.get(ask))
    assert "The office answers by" in sent and "Your appeal was sent" in sent
    with within(CITY):
        act = f"decide-{HoldAppeal.objects.get().pk}"
    url = reverse("vacancies:held", args=[opened.pk])
    told = {"act": act, f"{act}-granted": "yes", f"{act}-answer": "属实"}
    assert "somebody else of the office decides the appeal" in text(clerk.get(url))
    refused = clerk.post(url, told | key())
    assert refused.status_code == 422 and "does not decide the appeal" in text(refused)
    assert cast.city_clerk.client().post(url, told | key()).status_code == 302
    assert PublishedVacancy.objects.exists() and "属实" in text(own.get(ask))


def test_a_stranger_s_hold_and_vacancy_are_not_there_for_an_employer(cast, opened, firm, at):
    other = make_open(cast.county_clerk.actor, at)
    held = hold_vacancy(vacancy=other.pk, ground=HoldGround.SCAM, words="x", by=cast.county_clerk.actor, at=at)
    own, url = firm.client(), reverse("vacancies:appeal_mine", args=[held.pk])
    assert own.post(url, {f"hold-{held.pk}-words": "x"} | key()).status_code == 404
    with within(CITY):
        assert not HoldAppeal.objects.exists()


def test_everybody_reports_without_an_account_and_the_office_judges(cast, clerk, opened):
    reader, url = Client(), reverse("vacancies:report", args=[opened.pk])
    assert "公开面点师" in text(reader.get(url))
    assert url in text(reader.get(reverse("portal:vacancy", args=[opened.pk])))
    send = reverse("vacancies:send_report", args=[opened.pk])
    wrong = reader.post(send, {"report-reason": "fee", "report-phone": "123"})
    assert wrong.status_code == 422 and not _reports()
    told = {"report-reason": "fee", "report-words": "<b>收了三百</b>", "report-phone": "１３９ 0000 1234"}
    assert reader.post(send, told).status_code == 200
    assert reader.get(url).status_code == 404
    assert reader.get(reverse("portal:vacancy", args=[opened.pk])).status_code == 410
    (made,) = _reports()
    page = text(clerk.get(reverse("vacancies:reports", args=[opened.pk])))
    assert "&lt;b&gt;收了三百" in page and "<b>收了" not in page and "13900001234" not in page
    shown = clerk.post(reverse("vacancies:reports", args=[opened.pk]), {"act": f"phone-{made.pk}"} | key())
    assert "13900001234" in text(shown)
    act = f"judge-{made.pk}"
    told = {"act": act, f"{act}-finding": "unfounded", f"{act}-answer": "为客户押金"}
    assert clerk.post(reverse("vacancies:reports", args=[opened.pk]), told | key()).status_code == 302
    assert PublishedVacancy.objects.exists()


def _reports() -> list[AdvertReport]:
    with within(CITY):
        return list(AdvertReport.objects.order_by("pk"))


def test_one_address_reports_so_often_and_then_waits(cast, at):
    rows = [make_open(cast.county_clerk.actor, at) for _n in range(3)]
    codes = []
    for number in range(40):
        url = reverse("vacancies:send_report", args=[rows[number % 3].pk])
        codes.append(Client().post(url, {"report-reason": "pay"}, REMOTE_ADDR="203.0.113.9").status_code)
    assert codes[:3] == [200] * 3 and codes[-1] == 429 and set(codes) <= {200, 422, 429}
    assert len(_reports()) == 3


@pytest.mark.parametrize("pk", [999_999, 2**63, 10**25])
def test_a_report_of_what_is_not_public_is_answered_404(db, pk):
    assert Client().get(f"/vacancies/report/{pk}/").status_code == 404
    assert Client().post(f"/vacancies/report/{pk}/send/", {"report-reason": "fee"}).status_code == 404


def test_copies_stand_side_by_side_and_are_decided(cast, clerk, at):
    _first, second = twice(at, same=False)
    seek_copies(by=PLATFORM, at=at)
    url = reverse("vacancies:copies", args=[second.pk])
    assert "100 % of the text is equal" in text(clerk.get(url))
    with within(CITY):
        act = f"copy-{NearCopy.objects.get().pk}"
    unexplained = clerk.post(url, {"act": act, f"{act}-decision": "two", f"{act}-words": ""} | key())
    assert unexplained.status_code == 422
    assert clerk.post(url, {"act": act, f"{act}-decision": "one", f"{act}-words": ""} | key()).status_code == 302
    assert PublishedVacancy.objects.count() == 1


def test_while_a_vacancy_is_written_the_page_tells_what_is_missing_and_what_would_stop_it(cast, clerk, firm):
    told = text(clerk.post(reverse("vacancies:check"), {"title": "女导购", "openings": "1"}))
    assert "Complete: " in told and "choose people by sex" in told and "Content of the work" in told
    full = {
        "title": "面点师", "occupation": "6-31-05-00", "openings": "2", "term": "open_ended", "area": TOWN,
        "address": "新竹路20号", "pay_min_fen": "3500", "pay_max_fen": "4500", "conditions": "有健康证",
        "education_min": "71", "description": LONG + LONG, "benefits": ["board"],
    }  # fmt: skip
    assert "Complete: 100 of 100" in text(firm.client().post(reverse("vacancies:check_mine"), full))
    assert firm.client().post(reverse("vacancies:check"), full).status_code == 403
    assert Client().post(reverse("vacancies:check_mine"), full).status_code == 302


HOSTILE = {
    "200 kilobytes": "押" * 200_000,
    "a script": "<script>alert(1)</script>",
    "a formula": '=HYPERLINK("http://x.example")',
    "emoji": "😀🚚" * 30,
    "rare characters": "𠮷野家龘𫖯䶮㛃招人",
    "a null": "招\x00人",
    "turned writing": "招\u202e人工电",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_input_in_every_text_is_answered_in_words_and_stored_nowhere_unescaped(clerk, cast, opened, name):
    words = HOSTILE[name]
    fields = {"title": words, "address": words, "conditions": words, "description": words, "occupation": words}
    held = reverse("vacancies:held", args=[opened.pk])
    for url, told in (
        (reverse("vacancies:new"), fields | {"openings": "1", "area": TOWN} | key()),
        (reverse("vacancies:check"), fields),
        (held, {"act": "hold", "hold-ground": "scam", "hold-words": words} | key()),
        (held, {"act": words} | key()),
    ):
        answer = clerk.post(url, told)
        assert answer.status_code in (200, 302, 422), (name, url)
        assert "<script>alert" not in text(answer)
    page = clerk.get(held)
    assert page.status_code == 200 and "<script>alert" not in text(page)
    told = {"report-reason": "other", "report-words": words}
    sent = Client().post(reverse("vacancies:send_report", args=[opened.pk]), told)
    assert sent.status_code in (200, 404, 422)


def test_the_title_suggests_five_occupations_with_confidence_and_the_words_that_decided(clerk):
    url = reverse("vacancies:occupations")
    found = clerk.get(url, {"q": "", "beside": "中式面点师"}).json()
    assert len(found) == 5 and any("面点" in one["label"] for one in found)
    assert "% sure, because of: " in found[0]["more"] and "面点" in found[0]["more"]
    typed = clerk.get(url, {"q": "电工", "beside": "中式面点师"}).json()
    assert typed and all("sure" not in one["more"] for one in typed)
    assert Client().get(url, {"q": "", "beside": ""}).status_code == 200


def test_while_the_occupation_is_open_the_page_says_what_the_title_sounds_like(clerk):
    assert "sounds like" in text(clerk.post(reverse("vacancies:check"), {"title": "中式面点师"}))
    chosen = {"title": "中式面点师", "occupation": "6-31-05-00"}
    assert "sounds like" not in text(clerk.post(reverse("vacancies:check"), chosen))
