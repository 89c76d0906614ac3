"""The pages of registrations as staff of each area see them, in both languages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from openpes.kernel import within
from openpes.kernel.clock import stopped
from openpes.registration.models import JobWish, StatusPeriod
from tests.cast import COUNTY
from tests.people.factories import a_person, id_number
from tests.reading import text_of
from tests.registration.factories import employed, unemployed, wishing

FORM = {
    "reason": "20", "from_on": "20261102", "former_employer": "某厂", "proofs": ["2"], "willing": "on", "note": "",
}  # fmt: skip


def send(client, url, **told):
    return client.post(url, {"idempotency_key": uuid4().hex, **told})


def test_a_clerk_sees_eligibility_first_and_gets_a_receipt_with_a_number(clerk, person, at):
    client = clerk.client()
    url = f"/registration/persons/{person}/unemployment"
    page = client.get(url)
    assert page.status_code == 200 and "data-enter-next" in page.content.decode()
    assert "Of working age" in text_of(page) and "To supply" in text_of(page)
    done = send(client, url, **FORM)
    with within(COUNTY):
        period = StatusPeriod.objects.get(person=person)
    assert done.headers["Location"] == f"/registration/{period.pk}/receipt"
    receipt = client.get(done.headers["Location"])
    assert period.number in text_of(receipt) and "<svg" in receipt.content.decode()
    assert "Take back" in text_of(receipt)
    assert "data-print" in receipt.content.decode() and "Print the receipt" in text_of(receipt)


def test_the_same_form_sent_twice_registers_once(clerk, person):
    client = clerk.client()
    url = f"/registration/persons/{person}/unemployment"
    key = uuid4().hex
    first, second = (client.post(url, {"idempotency_key": key, **FORM}) for _n in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with within(COUNTY):
        assert StatusPeriod.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["“Unemployed since” 1 Jan 2027 lies in the future.", "does not declare to be able to work"]),
        ("zh-hans", ["失业日期2027年1月1日晚于今天", "未声明有劳动能力和就业要求"]),
    ],
)
def test_wrong_input_is_answered_by_field_in_both_languages(clerk, person, language, sentences):
    wrong = {k: v for k, v in FORM.items() if k != "willing"} | {"from_on": "2027-01-01"}
    page = send(clerk.client(language), f"/registration/persons/{person}/unemployment", **wrong)
    assert page.status_code == 422
    assert "data-errors" in page.content.decode()
    for sentence in sentences:
        assert sentence in text_of(page)
    with within(COUNTY):
        assert not StatusPeriod.objects.exists()


def test_a_missing_reason_is_named_at_its_field(clerk, person):
    page = send(clerk.client(), f"/registration/persons/{person}/unemployment", **FORM | {"reason": ""})
    assert page.status_code == 422 and 'href="#id_reason"' in page.content.decode()


def test_a_second_registration_is_refused_in_words(clerk, person, period):
    page = send(clerk.client(), f"/registration/persons/{person}/unemployment", **FORM)
    assert page.status_code == 422 and "Already registered as unemployed since 2 Nov 2026" in text_of(page)


def test_a_person_of_the_neighbour_does_not_exist(cast, person, period, clerk, at):
    wish = wishing(person, by=clerk.actor, at=at)
    client = cast.neighbour_clerk.client()
    for url in (f"persons/{person}/unemployment", f"persons/{person}/employment", f"persons/{person}/wish",
                f"{period.pk}/end", f"{period.pk}/receipt", f"wishes/{wish.pk}"):  # fmt: skip
        assert client.get(f"/registration/{url}").status_code == 404, url
    for url in (f"persons/{person}/unemployment", f"{period.pk}/end", f"{period.pk}/take-back",
                f"{period.pk}/proofs", f"wishes/{wish.pk}", f"wishes/{wish.pk}/end"):  # fmt: skip
        assert send(client, f"/registration/{url}", **FORM).status_code == 404, url
    assert "No." not in text_of(client.get("/registration/unemployed"))


def test_without_the_permission_there_is_403(cast, person):
    for player in (cast.statistician, cast.administrator):
        assert player.client().get(f"/registration/persons/{person}/unemployment").status_code == 403
        assert player.client().get("/registration/unemployed").status_code == 403


def test_an_employment_ends_the_unemployment(clerk, person, period):
    done = send(
        clerk.client(), f"/registration/persons/{person}/employment",
        category="010", from_on="2026年11月20日", workplace="某公司", occupation="4-02-02-01", pay_fen="3,500",
    )  # fmt: skip
    assert done.status_code == 302
    with within(COUNTY):
        last = StatusPeriod.objects.filter(person=person).order_by("-from_on").first()
        period.refresh_from_db()
    assert (last.status, last.pay_fen, period.until_on) == ("employed", 350_000, date(2026, 11, 20))


def test_an_employer_is_named_by_a_known_credit_code_or_refused(clerk, person):
    page = send(
        clerk.client(), f"/registration/persons/{person}/employment",
        category="010", from_on="2026-11-20", credit_code="91450199MA00000000", workplace="",
    )  # fmt: skip
    assert page.status_code == 422 and "write its name instead" in text_of(page)


def test_an_end_needs_its_reason(clerk, person, period):
    client = clerk.client()
    url = f"/registration/{period.pk}/end"
    assert client.get(url).status_code == 200
    assert send(client, url, reason="", on="2026-11-23").status_code == 422
    assert send(client, url, reason="50", on="2026-11-23").status_code == 302
    assert client.get(f"/registration/{period.pk}/end-employment").status_code == 404


def test_an_employment_is_ended_on_its_own_page(clerk, person, at):
    period = employed(person, by=clerk.actor, at=at)
    url = f"/registration/{period.pk}/end-employment"
    assert "The contract expired" in text_of(clerk.client().get(url))
    assert send(clerk.client(), url, reason="40", on="2026-11-23").status_code == 302


def test_a_proof_is_entered_later(clerk, person, at):
    period = unemployed(person, by=clerk.actor, at=at, proofs=())
    client = clerk.client()
    assert "Proof to supply" in text_of(client.get(f"/registration/{period.pk}/receipt"))
    send(client, f"/registration/{period.pk}/proofs", proofs=["2", "4"])
    assert "Proof to supply" not in text_of(client.get(f"/registration/{period.pk}/receipt"))


def test_a_registration_is_taken_back_for_five_minutes(clerk, person, period, at):
    client = clerk.client()
    with stopped(at + timedelta(minutes=6)):
        assert "Take back" not in text_of(client.get(f"/registration/{period.pk}/receipt"))
        late = send(client, f"/registration/{period.pk}/take-back")
        assert late.status_code == 422 and "5 minutes" in text_of(late)
    assert send(client, f"/registration/{period.pk}/take-back").status_code == 302
    assert client.get(f"/registration/{period.pk}/receipt").status_code == 404


def test_a_wish_is_registered_changed_and_ended(clerk, person):
    client = clerk.client()
    told = {"category": "3", "occupation_1": "4-02-02-01", "place_1": "450103", "min_pay_fen": "3000"}
    assert send(client, f"/registration/persons/{person}/wish", **told).status_code == 302
    with within(COUNTY):
        wish = JobWish.objects.get(person=person)
    page = client.get(f"/registration/wishes/{wish.pk}")
    assert 'value="客运车辆驾驶员 4-02-02-01"' in page.content.decode() and 'value="3000"' in page.content.decode()
    assert send(client, f"/registration/wishes/{wish.pk}", version="1", **told | {"place_1": ""}).status_code == 302
    stale = send(client, f"/registration/wishes/{wish.pk}", version="1", **told)
    assert stale.status_code == 422 and "Somebody else changed" in text_of(stale)
    assert send(client, f"/registration/wishes/{wish.pk}/end").status_code == 302


def test_an_unknown_occupation_is_named(clerk, person):
    page = send(clerk.client(), f"/registration/persons/{person}/wish", category="3", occupation_1="飞天遁地师")
    assert page.status_code == 422 and "飞天遁地师” is not an occupation" in text_of(page)


def test_the_list_is_narrowed_by_its_address_and_exported_masked(clerk, person, period):
    client = clerk.client()
    page = client.get("/registration/unemployed?reason=20&since_from_on=20261101")
    assert "覃小梅" in text_of(page)
    assert "覃小梅" not in text_of(client.get("/registration/unemployed?reason=10"))
    assert client.get("/registration/unemployed?since_from_on=nonsense").status_code == 422
    file = client.get("/registration/unemployed.csv?reason=20").content.decode("utf-8-sig")
    lines = file.splitlines()
    assert len(lines) == 2 and period.number in lines[1] and "*************" in lines[1]


def test_an_export_of_too_many_rows_is_refused(clerk, person, period, monkeypatch):
    from openpes.engine.parameters import Parameters

    ask = Parameters.value
    monkeypatch.setattr(
        Parameters, "value",
        lambda self, name, on: 0 if name == "export_rows_without_approval" else ask(self, name, on),
    )  # fmt: skip
    answer = clerk.client().get("/registration/unemployed.csv")
    assert answer.status_code == 422 and "may be exported without approval" in text_of(answer)


def test_a_spreadsheet_takes_no_name_for_a_formula():
    from openpes.registration.views.lists import _plain

    assert _plain("=1+1") == "'=1+1" and _plain("韦") == "韦"


def test_a_list_page_needs_the_same_few_queries_for_one_row_and_for_many(
    clerk, person, period, at, django_assert_max_num_queries
):
    for number in range(5):
        other = a_person(by=clerk.actor, at=at, id_number=id_number(date(1988, 2, 3), order=number))
        unemployed(other.pk, by=clerk.actor, at=at)
    client = clerk.client()
    client.get("/registration/unemployed")
    with django_assert_max_num_queries(16):
        client.get("/registration/unemployed")
