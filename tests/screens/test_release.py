"""What is released from the one publication base: groups, strips, bulletins, packs, media files, digests."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from openpes.audit.models import JournalEntry
from openpes.engine.sheets import read_rows
from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import stopped
from openpes.messages.actions import confirm_consent
from openpes.messages.models import Consent, Message
from openpes.screens.actions import BulletinFacts, print_bulletin
from openpes.screens.actions.bulletins import digest_of
from openpes.screens.jobs import send_digests
from openpes.screens.models import Bulletin, DigestEntry
from openpes.screens.queries import Selection, selected
from openpes.screens.rules import fitting, is_tail, plain
from openpes.vacancies.actions import close_vacancy
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

CITY = "4501"
PLAIN = {
    "education_min": "", "experience_min": 0, "skills_required": (), "conditions": "无特殊要求",
    "description": "在流水线上包装",
}  # fmt: skip


def of_group(group: str, at, **changes) -> bool:
    pk = make_open(CLERK, at, **PLAIN | changes).pk
    with within(role="openpes_public"):
        return selected(Selection(CITY, group=group), on=at.date()).filter(pk=pk).exists()


@pytest.mark.parametrize(
    ("group", "changes", "suits"),
    [
        ("4050", {}, True),
        ("4050", {"education_min": "71"}, True),
        ("4050", {"education_min": "61"}, False),
        ("4050", {"experience_min": 1}, False),
        ("4050", {"conditions": "年龄45岁以下"}, False),
        ("4050", {"conditions": "18-40周岁，身体健康"}, False),
        ("4050", {"description": "要求35岁以内"}, False),
        ("4050", {"conditions": "55岁以下，能上早班"}, True),
        ("4050", {"conditions": "月休4天，满18周岁"}, True),
        ("laid_off", {"term": "fixed", "benefits": ("insurance",), "education_min": "61"}, True),
        ("laid_off", {"term": "short", "benefits": ("insurance",)}, False),
        ("laid_off", {"term": "fixed", "benefits": ("board",)}, False),
        ("graduates", {"education_min": "30"}, True),
        ("graduates", {"education_min": "30", "experience_min": 2}, False),
        ("graduates", {"education_min": "61"}, False),
        ("lodged", {"benefits": ("lodging",)}, True),
        ("lodged", {"benefits": ("lodging",), "education_min": "20"}, False),
    ],
)
def test_a_group_is_chosen_by_the_rule_that_stands_beside_it(db, at, group, changes, suits):
    assert of_group(group, at, **changes) is suits


def test_a_screen_for_a_group_names_its_rule(db, at):
    make_open(CLERK, at, **PLAIN)
    page = Client().get(reverse("screens:hall"), {"group": "4050", "language": "en"}).content.decode()
    assert "Women from 40, men from 50" in page and "no age limit below 50" in page
    odd = Client().get(reverse("screens:hall"), {"group": "x", "language": "en"})
    assert odd.status_code == 200 and "group=" not in odd.content.decode()


def test_the_strip_speaks_the_character_set_of_its_controller(db, at):
    make_open(CLERK, at, title="电工\r\n\x07第二行", area="450103001")
    client, where = Client(), reverse("screens:strip_text")
    utf8 = client.get(where)
    assert utf8["Content-Type"] == "text/plain; charset=utf-8"
    (line,) = utf8.content.decode().splitlines()
    assert "电工 第二行" in line and line.startswith("【")
    gb = client.get(where, {"charset": "gb18030"})
    assert gb.content.decode("gb18030") == utf8.content.decode() and gb.content != utf8.content
    assert client.get(where, {"charset": "ebcdic"}).content == utf8.content
    assert "电工 第二行" in client.get(reverse("screens:strip")).content.decode()


def test_a_strip_without_vacancies_says_so(db):
    assert "窗口" in Client().get(reverse("screens:strip_text")).content.decode()


def facts(at, **changes) -> BulletinFacts:
    told = {
        "area": "450103", "from_on": at.date() - timedelta(days=6), "until_on": at.date() + timedelta(days=1),
        "paper": "a4", "language": "zh-hans",
    }  # fmt: skip
    return BulletinFacts(**told | changes)


def printed(at, by=CLERK, **changes) -> Bulletin:
    return print_bulletin(facts=facts(at, **changes), link="http://testserver/portal/", by=by, at=at)


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_bulletin_is_numbered_sealed_and_reprinted_identically(db, at, paper, language):
    from pypdf import PdfReader

    made = make_open(CLERK, at, title="电工𬭎", area="450103001")
    bulletin = printed(at, paper=paper, language=language)
    assert bulletin.number == "450103-2026-001" and bulletin.digest == digest_of(bulletin.listed)
    first = Client().get(reverse("screens:bulletin_pdf", args=[bulletin.pk])).content
    pages = PdfReader(BytesIO(first)).pages
    width, height = (float(pages[0].mediabox.width), float(pages[0].mediabox.height))
    assert (round(width), round(height)) == {"a4": (595, 842), "a3": (842, 1191)}[paper]
    text = pages[0].extract_text()
    assert "450103-2026-001" in text and bulletin.digest[:16] in text
    assert ("Job" if language == "en" else "免费") in text
    close_vacancy(vacancy=made.pk, reason="closed", by=CLERK, at=at)
    with stopped(at + timedelta(days=30)):
        assert Client().get(reverse("screens:bulletin_pdf", args=[bulletin.pk])).content == first
    with PLATFORM.standing():
        line = JournalEntry.objects.get(event="screens.BulletinPrinted")
        assert line.payload["digest"] == bulletin.digest


def test_editions_are_counted_by_area_and_year(db, at):
    make_open(CLERK, at, area="450103001")
    make_open(CLERK, at, area="450105001")
    assert [printed(at).edition, printed(at).edition, printed(at, area="450105").edition] == [1, 2, 1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"area": "450110"}, "没有符合条件"),
        ({"paper": "a5"}, "A4"),
        ({"until_on": None}, "截止"),
        ({"from_on": "later"}, "不能晚于今天"),
        ({"occupations": ("2",)}, "没有符合条件"),
    ],
)
def test_what_cannot_be_printed_is_told(db, at, changes, words):
    make_open(CLERK, at, area="450103001")
    if "until_on" in changes:
        changes = {"until_on": at.date() - timedelta(days=6)}
    if "from_on" in changes:
        changes = {"from_on": at.date() + timedelta(days=1), "until_on": at.date() + timedelta(days=2)}
    with pytest.raises(Refused, match=words):
        printed(at, **changes)
    with PLATFORM.standing():
        assert not Bulletin.objects.exists()


def test_nobody_prints_for_a_neighbour(db, at):
    make_open(CLERK, at, area="450103001")
    with pytest.raises(Refused, match="辖区"):
        printed(at, by=Actor(id=7, scope="450105"))


def test_a_bulletin_is_printed_from_its_page_and_stands_on_the_public_list(cast, at):
    make_open(CLERK, at, area="450103001")
    client = cast.county_clerk.client()
    days = {"from_on": "2026-11-17", "last_on": "2026-11-23"}
    told = {"area": "450103", "paper": "a4", "language": "en", **days, "idempotency_key": "p" * 20}
    assert client.post(reverse("screens:bulletin_new"), told).status_code == 302
    assert "450103-2026-001" in Client().get(reverse("screens:bulletins")).content.decode()
    odd = told | {"idempotency_key": "q" * 20, "area": "45"}
    assert client.post(reverse("screens:bulletin_new"), odd).status_code == 422
    assert cast.statistician.client().get(reverse("screens:bulletin_new")).status_code == 403


def test_the_pack_opens_from_a_stick_and_needs_no_line(db, at):
    make_open(CLERK, at, title="电工 <b>&", area="450103001")
    bulletin = printed(at)
    where = reverse("screens:bulletin_pack", args=[bulletin.pk])
    content = Client().get(where).content
    assert Client().get(where).content == content
    with ZipFile(BytesIO(content)) as pack:
        assert sorted(pack.namelist()) == ["450103-2026-001.pdf", "index.html"]
        page = pack.read("index.html").decode()
        assert pack.read("450103-2026-001.pdf")[:5] == b"%PDF-"
    assert "电工 &lt;b&gt;&amp;" in page and "<svg" in page and "450103-2026-001" in page
    assert not re.findall(r"""(?:src|href)=["'](?:https?:|/)""", page), "nothing is fetched from elsewhere"


def test_nobody_changes_a_bulletin(db, at):
    from django.db import ProgrammingError

    make_open(CLERK, at, area="450103001")
    bulletin = printed(at)
    with pytest.raises(ProgrammingError, match="permission denied"), PLATFORM.standing():
        Bulletin.objects.filter(pk=bulletin.pk).update(title="anders")


def test_a_speaker_gets_as_many_whole_sentences_as_fit():
    told = ["一二三四五", "六七八九十", "甲乙丙丁"]
    assert fitting(told, characters=10) == told[:2]
    assert fitting(told, characters=3) == told[:1]
    assert fitting([], characters=3) == []


def test_the_media_file_comes_as_text_and_workbook(db, at, tmp_path):
    for number in range(30):
        make_open(CLERK, at, title=f"电工{number}", area="450103001", openings=3)
    client, where = Client(), reverse("screens:media")
    text = client.get(where, {"form": "text", "length": "300", "area": "450103"})
    said = text.content.decode().splitlines()
    assert 1 < len(said) < 30 and sum(map(len, said)) <= 300
    assert re.fullmatch(r".+招聘电工\d+3名，月薪3000元至4500元，工作地点在.+。", said[0])
    book = client.get(where, {"form": "xlsx", "length": "100000"})
    file = tmp_path / "media.xlsx"
    file.write_bytes(book.content)
    assert len(read_rows(file).rows) >= 30
    assert "vacancies-450103-20261123.txt" in text["Content-Disposition"]
    assert client.get(where, {"length": "-1", "class": "zz", "area": "9"}).status_code == 200


def test_a_digest_goes_to_who_told_the_code_once_a_week_and_names_what_is_new(db, at):
    client = Client()
    told = {"channel": "sms", "to": "13800000001", "place": "450103", "occupation": "6"}
    page = client.post(reverse("screens:subscribe"), told).content.decode()
    assert "138****0001" in page and "13800000001" not in page
    asked = re.search(r'name="asked" value="([^"]+)"', page)[1]
    with PLATFORM.standing():
        code = re.search(r"\d{6}", Message.objects.get().text())[0]
    wrong = client.post(reverse("screens:confirm"), {"asked": asked, "code": "x"})
    forged = client.post(reverse("screens:confirm"), {"asked": "1:x:y", "code": code})
    assert (wrong.status_code, forged.status_code) == (422, 422)
    make_open(CLERK, at, title="包装工", area="450103001", occupation="6-31-05-00")
    assert send_digests() == 0, "nobody agreed yet"
    assert client.post(reverse("screens:confirm"), {"asked": asked, "code": code}).status_code == 200
    with stopped(at + timedelta(days=7)):
        assert (send_digests(), send_digests()) == (1, 0)
    with PLATFORM.standing():
        text = Message.objects.get(purpose="digest").text()
        assert "新增招聘岗位 1 个" in text and "包装工" in text
        assert DigestEntry.objects.get().message_id
    with stopped(at + timedelta(days=14)):
        assert send_digests() == 0, "nothing is new"


def test_a_code_asked_too_often_from_one_address_waits(db, at):
    told = {"channel": "sms", "to": "x", "place": "450103", "occupation": ""}
    statuses = [Client().post(reverse("screens:subscribe"), told).status_code for _time in range(31)]
    assert statuses[-1] == 429 and set(statuses[:-1]) == {422}


def test_control_characters_and_short_tails():
    assert plain("a\x00\x85b\u2028c\n") == "a b c"
    assert is_tail("13800001234", "1234")
    assert not any(is_tail("13800001234", tail) for tail in ("234", "01234", "１２３４", ""))


def test_a_consent_of_another_purpose_gets_no_digest(db, at):
    with PLATFORM.standing():
        assert not Consent.objects.exists()
    with pytest.raises(Refused):
        confirm_consent(consent=999, code="1", by=PLATFORM, at=at)
