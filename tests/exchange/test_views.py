"""The open interface over HTTP: shapes, limits, keys, feeds, sitemap, and the examples of the page for developers."""

import csv
import gzip
import json
import re
from datetime import timedelta
from html import unescape
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from openpes.exchange.actions import KeyFacts, end_key, issue_key, rotate_key
from openpes.exchange.models import ApiKey
from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import stopped
from openpes.vacancies.actions import close_vacancy
from openpes.vacancies.models import PublishedVacancy
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def visitor(db):
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def key_for(at, *scopes: str, per_minute: int = 600) -> str:
    facts = KeyFacts(holder="Example", scopes=scopes or ["vacancies.read"], per_minute=per_minute)
    return issue_key(facts=facts, by=PLATFORM, at=at)[1].text


def as_of_old(**texts: str) -> None:
    """Every published text as it may be from before markup was refused."""
    with within("4501"):
        PublishedVacancy.objects.update(**texts)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_vacancy_stands_in_the_snapshot_with_codes_and_names(visitor, at):
    made = make_open(CLERK, at, title="电工<b>", pay_min_fen=400000, pay_max_fen=600000)
    answer = visitor.get("/exchange/v1/vacancies").json()
    (item,) = answer["items"]
    assert item["id"] == made.pk and item["title"] == "电工<b>"
    assert item["pay"] == {"min_fen": 400000, "max_fen": 600000, "currency": "CNY", "per": "month"}
    assert item["url"] == f"http://testserver/portal/vacancy/{made.pk}/"
    assert item["place"]["code"].startswith("4501") and item["occupation"]["code"]
    assert answer["next_after"] is None and answer["changes_from"].startswith("c1-")
    assert visitor.get(f"/exchange/v1/vacancies/{made.pk}").json() == item
    close_vacancy(vacancy=made.pk, reason="closed", by=CLERK, at=at)
    assert visitor.get(f"/exchange/v1/vacancies/{made.pk}").json()["code"] == "not_open"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("vacancies?limit=0", 400, "bad_parameter"),
        ("vacancies?limit=x", 400, "bad_parameter"),
        ("vacancies?limit=101", 403, "needs_key"),
        ("vacancies?after=99999999999999999999", 400, "bad_parameter"),
        ("vacancies?place=11", 400, "unknown_place"),
        ("vacancies?occupation=99-99", 400, "unknown_occupation"),
        ("vacancies/99999999999999999999999", 404, "not_open"),
        ("changes", 400, "bad_parameter"),
        ("changes?cursor=yesterday", 410, "unknown_cursor"),
        ("changes?cursor=" + "x" * 65, 400, "bad_parameter"),
    ],
)
def test_what_cannot_be_answered_is_told_in_words(visitor, path, status, code):
    answer = visitor.get(f"/exchange/v1/{path}")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert told["text"].endswith(".") and told["next_step"]


def test_an_address_may_name_its_language(db):
    told = Client().get("/exchange/v1/changes?cursor=x&language=en").json()
    assert told["text"].isascii() and not Client().get("/exchange/v1/changes?cursor=x").json()["text"].isascii()


def test_a_cursor_that_is_too_old_begins_again(visitor, at):
    cursor = visitor.get("/exchange/v1/vacancies").json()["changes_from"]
    assert visitor.get(f"/exchange/v1/changes?cursor={cursor}").status_code == 200
    with stopped(at + timedelta(days=120)):
        answer = visitor.get(f"/exchange/v1/changes?cursor={cursor}")
    assert answer.status_code == 410 and "older than the 90 days" in answer.json()["text"]


def test_one_address_asks_sixty_times_a_minute_and_then_waits(visitor, at):
    for left in (59, 58):
        assert visitor.get("/exchange/v1/vacancies")["RateLimit-Remaining"] == str(left)
    for _time in range(58):
        visitor.get("/exchange/v1/vacancies")
    answer = visitor.get("/exchange/v1/vacancies")
    assert answer.status_code == 429 and answer["Retry-After"] == "60"
    assert "60 times" in answer.json()["text"] and "60 seconds" in answer.json()["next_step"]
    with stopped(at + timedelta(minutes=1)):
        assert visitor.get("/exchange/v1/vacancies").status_code == 200


def test_a_key_has_its_own_rate_and_opens_large_pages(visitor, at):
    make_open(CLERK, at)
    small, large = key_for(at, per_minute=2), key_for(at, "vacancies.bulk")
    for _time in range(2):
        assert visitor.get("/exchange/v1/vacancies", headers=bearer(small)).status_code == 200
    assert visitor.get("/exchange/v1/vacancies", headers=bearer(small)).status_code == 429
    assert visitor.get("/exchange/v1/vacancies?limit=1000", headers=bearer(large)).status_code == 200
    assert visitor.get("/exchange/vacancies.csv?all=1").json()["code"] == "needs_key"
    whole = visitor.get("/exchange/vacancies.csv?all=1", headers=bearer(large))
    assert len(list(csv.reader(StringIO(whole.getvalue().decode("utf-8-sig"))))) == 2


def test_a_key_is_kept_as_a_digest_rotated_with_grace_and_ended_at_once(visitor, at):
    made, secret = issue_key(facts=KeyFacts(holder="Example", scopes=["vacancies.read"]), by=PLATFORM, at=at)
    assert secret.text.encode() not in bytes(made.digest)

    def status(text: str) -> int:
        return visitor.get("/exchange/v1/vacancies", headers=bearer(text)).status_code

    assert status(secret.text) == 200 and ApiKey.objects.get().used_on == at.date()
    _same, fresh = rotate_key(key=made.pk, by=PLATFORM, at=at)
    assert fresh.prefix == secret.prefix and (status(fresh.text), status(secret.text)) == (200, 200)
    with stopped(at + timedelta(days=7, seconds=1)):
        assert (status(fresh.text), status(secret.text)) == (200, 401)
    end_key(key=made.pk, by=PLATFORM, at=at)
    refused = visitor.get("/exchange/v1/vacancies", headers=bearer(fresh.text))
    assert refused.status_code == 401 and refused["WWW-Authenticate"] == "Bearer"
    with pytest.raises(Refused):
        rotate_key(key=made.pk, by=PLATFORM, at=at)


def test_an_administrator_sees_a_new_key_once_and_no_table_holds_it(cast, at):
    from openpes.kernel.models import AnsweredRequest

    client = cast.administrator.client()
    told = {"holder": "Example", "scopes": ["vacancies.read"], "per_minute": "60", "idempotency_key": "k" * 20}
    page = client.post(reverse("exchange:issue"), told, follow=True).content.decode()
    (key,) = set(re.findall(r"opk_[a-z0-9]{8}_[\w-]{32}", page))
    assert key not in client.get(reverse("exchange:keys")).content.decode()
    assert all(key.encode() not in bytes(row.body) for row in AnsweredRequest.objects.order_by("id"))
    assert Client().get("/exchange/v1/vacancies", headers=bearer(key)).status_code == 200
    assert cast.county_clerk.client().get(reverse("exchange:keys")).status_code == 403


def test_atom_is_well_formed_whatever_an_employer_wrote(visitor, at):
    make_open(CLERK, at, title="电工")
    as_of_old(title="电工 <script>&\x0b", description="]]> 𬭎 😀")
    answer = visitor.get("/exchange/atom.xml?place=450103&class=6&language=en")
    tree = ElementTree.fromstring(answer.content)
    (entry,) = tree.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "电工 <script>&"
    assert tree.find(f"{ATOM}updated").text and tree.find(f"{ATOM}id").text.startswith("http://testserver/exchange/atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_json_feed_names_its_version_and_items(visitor, at):
    made = make_open(CLERK, at)
    feed = visitor.get("/exchange/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [f"http://testserver/portal/vacancy/{made.pk}/"]


def test_no_cell_of_the_table_is_a_formula(visitor, at):
    make_open(CLERK, at)
    as_of_old(title="=HYPERLINK(1)")
    lines = list(csv.DictReader(StringIO(visitor.get("/exchange/vacancies.csv").getvalue().decode("utf-8-sig"))))
    assert [line["title"] for line in lines] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("path", ["atom.xml", "feed.json", "v1/vacancies"])
def test_what_the_reader_has_already_is_304(visitor, at, path):
    make_open(CLERK, at)
    first = visitor.get(f"/exchange/{path}")
    again = visitor.get(f"/exchange/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    if "Last-Modified" in first:
        since = visitor.get(f"/exchange/{path}", headers={"If-Modified-Since": first["Last-Modified"]})
        assert since.status_code == 304
    if not path.startswith("v1"):
        make_open(CLERK, at, title="另一个")
        assert visitor.get(f"/exchange/{path}", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_answers_are_zipped_for_whoever_takes_it(visitor, at):
    for number in range(5):
        make_open(CLERK, at, title=f"岗位{number}")
    answer = visitor.get("/exchange/feed.json", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and len(json.loads(gzip.decompress(answer.content))["items"]) == 5


def test_the_sitemap_is_an_index_whose_parts_hold_every_open_vacancy(visitor, at):
    made = [make_open(CLERK, at, title=f"岗位{number}").pk for number in range(3)]
    close_vacancy(vacancy=made[1], reason="closed", by=CLERK, at=at)
    index = ElementTree.fromstring(visitor.get("/exchange/sitemap.xml").content)
    found = []
    for part in index.iter(f"{MAP}loc"):
        page = ElementTree.fromstring(visitor.get(part.text.removeprefix("http://testserver")).content)
        found += [int(loc.text.rstrip("/").rsplit("/", 1)[1]) for loc in page.iter(f"{MAP}loc")]
    assert found == [made[0], made[2]]
    assert visitor.get("/exchange/sitemap-99.xml").status_code == 404


def test_the_description_is_openapi_3_1_and_declares_the_errors(visitor):
    told = visitor.get("/exchange/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    changes = told["paths"]["/exchange/v1/changes"]["get"]
    assert {"200", "400", "401", "403", "410", "429"} <= changes["responses"].keys()
    assert told["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for shape in ("SnapshotOut", "ChangesOut", "Problem", "PostOut"):
        assert shape in told["components"]["schemas"]


CURL = re.compile(r'curl(?P<options>.*?) "http://testserver(?P<path>[^"]+)"')
HEADER = re.compile(r"""-H ['"]([^:]+): ([^'"]+)['"]""")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_examples_of_the_page_for_developers_work_as_they_stand(db, at, language):
    make_open(CLERK, at)
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(reverse("exchange:developers")).content.decode()
    expected = {"snapshot": 200, "changes": 200, "narrowed": 200, "key": 200, "etag": 304, "refused": 410}
    told = {
        "CHANGES_FROM": client.get("/exchange/v1/vacancies").json()["changes_from"],
        "YOUR_KEY": key_for(at, "vacancies.bulk"),
        "ETAG": client.get("/exchange/atom.xml")["ETag"],
    }
    examples = dict(re.findall(r'data-example="(\w+)"><code>(.*?)</code>', page, re.DOTALL))
    assert examples.keys() == expected.keys()
    for name, text in examples.items():
        line = unescape(text)
        for place, value in told.items():
            line = line.replace(place, value)
        found = CURL.search(line)
        headers = dict(re.findall(r"""-H (?:'|")([^:]+): (.+?)(?:'|") ?(?=")""", line)) or dict(HEADER.findall(line))
        if name == "etag":
            headers = {"If-None-Match": told["ETAG"]}
        answer = client.get(found["path"], headers=headers)
        assert answer.status_code == expected[name], name
