"""Pages of one point: for staff who write its facts, and for everybody who looks for an office."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import add_picture, record_population
from openpes.network.models import PointPicture, ServicePoint
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from tests.engine.picture_samples import exif, jpeg, png
from tests.network.factories import a_point, described
from tests.reading import text_of


@pytest.fixture
def market(cast, at) -> ServicePoint:
    return described(a_point(COUNTY, at), at)


def visitor(language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    return client


def sent(**fields) -> dict:
    return {"idempotency_key": str(uuid4())} | fields


def test_a_clerk_writes_the_facts_and_everybody_reads_the_hours(cast, at, market):
    url = f"/network/points/{market.pk}/describe"
    form = sent(
        version=market.version, address="民族大道 2 号", phone="０７７１－５５５００００", hours_1="9:00-12:00",
        windows_general="1、2", pieces_computer="3",
    )  # fmt: skip
    response = cast.county_clerk.client().post(url, form)
    assert (response.status_code, response.url) == (302, f"/network/points/{market.pk}")
    text = text_of(visitor().get(f"/network/office/{market.pk}"))
    for word in ("民族大道 2 号", "0771-5550000", "9:00–12:00", "All matters: 1, 2", "Open today"):
        assert word in text
    assert "Computers" not in text
    assert "Computers 3" in text_of(cast.county_clerk.client().get(f"/network/points/{market.pk}"))


def test_wrong_hours_numbers_and_an_old_version_are_told_at_their_fields(cast, market):
    url = f"/network/points/{market.pk}/describe"
    form = sent(version=market.version, hours_2="morning", windows_general="0", floor_m2="-1")
    text = text_of(cast.county_clerk.client().post(url, form))
    for sentence in ("“morning” are no hours", "Numbers of windows are 1 to 99", "3 things need to be mended"):
        assert sentence in text
    response = cast.county_clerk.client().post(url, sent(version=1))
    assert response.status_code == 422
    assert "Somebody else changed this point" in text_of(response)


def test_the_neighbours_point_cannot_be_opened_described_or_pictured(cast, at):
    there = a_point(NEIGHBOUR, at)
    client = cast.county_clerk.client()
    assert client.get(f"/network/points/{there.pk}/describe").status_code == 404
    upload = sent(caption="x", file=SimpleUploadedFile("x.png", png(), "image/png"))
    assert client.post(f"/network/points/{there.pk}/pictures", upload).status_code == 404
    picture = add_picture(point=there.pk, caption="门", file=png(), by=PLATFORM, at=at)
    assert client.post(f"/network/pictures/{picture.pk}/remove", sent()).status_code == 404
    assert cast.statistician.client().get(f"/network/points/{there.pk}/describe").status_code == 403


def test_a_picture_is_sent_shown_and_taken_away(cast, at, market):
    client = cast.county_clerk.client()
    file = SimpleUploadedFile("门面.jpg", jpeg(extra=exif(3)), "text/html")
    response = client.post(f"/network/points/{market.pk}/pictures", sent(caption="门面", file=file))
    assert response.status_code == 302
    with within(COUNTY):
        picture = PointPicture.objects.get()
    page = visitor().get(f"/network/office/{market.pk}").content.decode()
    assert f'src="/network/picture/{picture.pk}"' in page and '· 门面"' in page
    answer = visitor().get(f"/network/picture/{picture.pk}")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == f'inline; filename="point-{picture.pk}.jpeg"'
    assert "immutable" in answer["Cache-Control"] and answer.content == bytes(picture.content)
    again = visitor().get(f"/network/picture/{picture.pk}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(f"/network/pictures/{picture.pk}/remove", sent()).status_code == 302
    assert visitor().get(f"/network/picture/{picture.pk}").status_code == 404


def test_a_file_that_only_calls_itself_a_picture_is_refused(cast, market):
    file = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    response = cast.county_clerk.client().post(f"/network/points/{market.pk}/pictures", sent(caption="x", file=file))
    assert response.status_code == 422
    assert "neither a JPEG nor a PNG" in text_of(response)


def test_everybody_finds_the_office_of_a_village_by_steps_and_by_name(cast, at, market):
    a_point(VILLAGE, at, name="村站")
    text = text_of(visitor().get(f"/network/near?area={VILLAGE}"))
    assert text.index("村站") < text.index("人力资源市场")
    assert "Today 8:30–12:00" in text
    found = visitor().get("/network/near?q=新竹").content.decode()
    assert f"/network/near?area={TOWN}" in found
    assert visitor().get("/network/near?area=450199").status_code == 404
    assert "服务网点" in visitor("zh-hans").get("/network/near").content.decode()


def test_a_closed_point_is_gone_for_the_public_and_takes_no_form(cast, at, market):
    client = cast.administrator.client()
    with within("4501"):
        ServicePoint.objects.filter(pk=market.pk).update(opened_on=at.date().replace(year=2020))
    assert client.post(f"/network/points/{market.pk}/close", sent(reason="搬迁")).status_code == 302
    assert visitor().get(f"/network/office/{market.pk}").status_code == 404
    page = text_of(client.get(f"/network/points/{market.pk}"))
    assert "Closed on" in page and "Close this point" not in page


def test_a_town_office_is_recognised_when_its_town_is_large_enough(cast, at):
    office, client = a_point(TOWN, at), cast.administrator.client()
    url = f"/network/points/{office.pk}/recognise"
    assert "No population of this town is on record" in text_of(client.post(url, sent()))
    count = sent(counted_on="2020-11-01", persons="80001", source="人口普查")
    assert client.post(f"/network/areas/{TOWN}/population", count).status_code == 302
    assert "80,001" in text_of(client.get(f"/network/areas/{TOWN}"))
    assert client.post(url, sent()).status_code == 302
    assert "Key township market" in text_of(client.get("/network/points?area=4501&kind=key_town_market"))


def test_a_population_of_tomorrow_is_refused_at_its_field(cast, at):
    count = sent(counted_on="2030-01-01", persons="1", source="x")
    response = cast.administrator.client().post(f"/network/areas/{TOWN}/population", count)
    assert response.status_code == 422
    assert "lies in the future" in text_of(response)
    record_population(area=TOWN, counted_on=at.date(), persons=5, source="x", by=PLATFORM, at=at)
    assert cast.county_clerk.client().post(f"/network/areas/{TOWN}/population", count).status_code == 403


def test_the_board_counts_by_kind_and_each_count_opens_its_list(cast, at, market):
    client = cast.city_clerk.client()
    page = client.get("/network/").content.decode()
    assert "kind=county_market&amp;online=no" in page
    found = client.get("/network/points?area=4501&kind=county_market&online=no").context["page"]
    assert [point.pk for point in found] == [market.pk]
