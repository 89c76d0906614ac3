"""Published reports: two pairs of hands, sealed rows, corrections, the count made again, what the public reads."""

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openpes.engine.calendars import Period, quarter_of
from openpes.kernel import Refused, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.registration.models import JobWish
from openpes.statistics.actions.editions import (
    ReportFacts,
    check_report,
    draw_up_report,
    edit_sentence,
    lay_draft_aside,
    publish_report,
)
from openpes.statistics.models import EditionCheck, ReportDraft, ReportEdition
from openpes.statistics.queries import from_stored
from openpes.statistics.queries.editions import public_seal
from openpes.statistics.views.charts import public_chart
from openpes.vacancies.models import Vacancy
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import wishing
from tests.vacancies.factories import make_open

QUARTER = quarter_of(2026, 3)
IN_IT = datetime(2026, 8, 12, 10, tzinfo=BUSINESS_ZONE)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def city(cast):
    return cast.city_clerk.actor


@pytest.fixture
def worked(clerk):
    """A quarter with figures: forty places, seven seekers, of whom six want the same occupation."""
    firm = make_employer(clerk, IN_IT, area=clerk.scope).pk
    rows = [make_open(clerk, IN_IT, employer=firm, openings=n, closes_on=date(2026, 9, 10)) for n in (30, 10)]
    for number in range(7):
        codes = ("6-31-05-00",) if number else ()
        wishing(a_person(by=clerk, at=IN_IT).pk, by=clerk, at=IN_IT, occupations=codes)
    return rows


@pytest.fixture
def facts(clerk):
    return ReportFacts(clerk.scope, QUARTER)


@pytest.fixture
def published(worked, facts, clerk, city, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    return publish_report(draft=draft.pk, by=city, at=at)


def test_who_draws_a_report_up_does_not_publish_it(worked, facts, clerk, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    with pytest.raises(Refused, match="drew this report up"):
        publish_report(draft=draft.pk, by=clerk, at=at)
    with within(clerk.scope):
        assert ReportEdition.objects.count() == 0


def test_who_writes_in_it_does_not_publish_it_either(worked, facts, clerk, city, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    edit_sentence(draft=draft.pk, language="en", key="overall", text="My words.", version=1, by=city, at=at)
    with pytest.raises(Refused, match="wrote in it"):
        publish_report(draft=draft.pk, by=city, at=at)


def test_publication_seals_definition_rows_and_tables(published, clerk):
    assert published.definition == "supply-demand-12/2"
    assert (published.vacancies, published.wishes, published.edition) == (2, 7, 1)
    assert len(published.seal) == len(published.digest) == 64
    assert [table["table"] for table in published.tables] == list(range(1, 13))
    assert published.tables[0]["rows"][-1]["cells"] == [40, 7, "5.71"]
    assert published.pages_zh[:4] == published.pages_en[:4] == b"%PDF"
    with within(clerk.scope):
        assert ReportDraft.objects.count() == 0


def test_a_published_report_is_never_edited(published, clerk):
    for statement in ("UPDATE statistics_reportedition SET reason = 'x'", "DELETE FROM statistics_reportedition"):
        with pytest.raises(ProgrammingError), within(clerk.scope), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_itself_wants_two_pairs_of_hands(published, clerk):
    with pytest.raises(IntegrityError), within(clerk.scope):
        published.pk, published.edition, published.reason = None, 2, "again"
        published.published_hands = published.drawn_up_hands
        published.save(force_insert=True)


def test_an_edit_is_marked_and_the_computed_sentence_stays_beside_it(worked, facts, clerk, city, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    words = " A busy\n quarter. "
    edited = edit_sentence(draft=draft.pk, language="en", key="overall", text=words, version=1, by=clerk, at=at)
    line = next(one for one in edited.texts["en"] if one["key"] == "overall")
    assert line["edited"] == "A busy quarter."
    assert "40 places" in line["computed"]
    made = publish_report(draft=draft.pk, by=city, at=at)
    assert made.public_texts["en"][0] == "A busy quarter. (edited by hand)"
    assert "40" in made.public_texts["zh-hans"][0]


def test_two_who_write_at_once_do_not_overwrite_each_other(worked, facts, clerk, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    edit_sentence(draft=draft.pk, language="en", key="overall", text="First.", version=1, by=clerk, at=at)
    with pytest.raises(Refused, match="meanwhile"):
        edit_sentence(draft=draft.pk, language="en", key="overall", text="Second.", version=1, by=clerk, at=at)


def test_what_changed_since_it_was_drawn_up_is_not_published(worked, facts, clerk, city, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    with within(clerk.scope):
        Vacancy.objects.filter(pk=worked[0].pk).update(openings=31)
    with pytest.raises(Refused, match="changed since"):
        publish_report(draft=draft.pk, by=city, at=at)
    lay_draft_aside(draft=draft.pk, by=clerk, at=at)
    again = draw_up_report(facts=facts, by=clerk, at=at)
    assert publish_report(draft=again.pk, by=city, at=at).tables[0]["rows"][-1]["cells"][0] == 41


def test_a_correction_is_a_new_edition_with_a_reason(published, worked, clerk, city, at):
    with within(clerk.scope):
        Vacancy.objects.filter(pk=worked[0].pk).update(openings=31)
    with pytest.raises(Refused, match="says why"):
        draw_up_report(facts=ReportFacts(clerk.scope, QUARTER), by=clerk, at=at)
    with pytest.raises(Refused, match="at most 300 characters"):  # not cut, and nothing is kept
        draw_up_report(facts=ReportFacts(clerk.scope, QUARTER, reason="x" * 301), by=clerk, at=at)
    facts = ReportFacts(clerk.scope, QUARTER, reason="One place was missing.")
    second = publish_report(draft=draw_up_report(facts=facts, by=clerk, at=at).pk, by=city, at=at)
    assert (second.edition, second.reason) == (2, "One place was missing.")
    with within(clerk.scope):
        assert ReportEdition.objects.get(pk=published.pk).tables[0]["rows"][-1]["cells"][0] == 40
    reader = Client()
    reader.cookies["django_language"] = "en"
    first = reader.get(reverse("statistics:published_report", args=[published.pk]))
    assert "corrected: edition 2 is in force" in first.content.decode()
    newest = reader.get(reverse("statistics:published_report", args=[second.pk]))
    assert "is in force" not in newest.content.decode()
    every = reader.get(reverse("statistics:published"))
    assert every.content.decode().count("corrected</") == 1


def test_nothing_is_drawn_up_of_days_that_are_none(cast):
    """The pages show another period then, and say so; a draft would be of days that nobody asked for."""
    client = cast.statistician.client()
    for kind in ("", "agencies"):
        answer = client.post(reverse("statistics:draw_up"), {"kind": kind, "from": "2026-13-01", "to": "2026-05-01"})
        assert answer.status_code == 422
    with within(CITY):
        assert not ReportDraft.objects.exists()


def test_the_level_above_counts_the_same_seal(published, cast, at):
    check = check_report(edition=published.pk, by=cast.statistician.actor, at=at)
    assert check.same
    assert (check.seal, check.differing) == (published.seal, [])


@pytest.mark.parametrize(
    ("change", "tables"), [({"openings": 33}, {1, 2, 3, 4, 5}), ({"occupation": "4-03-02-01"}, {5})]
)
def test_a_planted_change_is_found_by_the_count_made_again(published, worked, cast, clerk, at, change, tables):
    with within(clerk.scope):
        Vacancy.objects.filter(pk=worked[0].pk).update(**change)
    check = check_report(edition=published.pk, by=cast.statistician.actor, at=at)
    assert not check.same
    assert check.seal != published.seal
    assert tables <= set(check.differing)


def test_neither_the_own_level_nor_an_own_hand_checks(published, clerk, city, at):
    with pytest.raises(Refused, match="level above"):
        check_report(edition=published.pk, by=clerk, at=at)
    with pytest.raises(Refused, match="published it"):
        check_report(edition=published.pk, by=city, at=at)
    with within(clerk.scope):
        assert EditionCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (quarter_of(2026, 4), "when its period is over"),
        (quarter_of(2019, 1), "nothing to report"),
        (Period(date(2019, 3, 5), date(2019, 3, 6)), "nothing to report"),
    ],
)
def test_a_period_that_runs_or_has_no_figures_is_not_drawn_up(worked, clerk, at, period, why):
    with pytest.raises(Refused, match=why):
        draw_up_report(facts=ReportFacts(clerk.scope, period), by=clerk, at=at)


def test_the_public_reads_no_small_number(published, at):
    page = Client().get(reverse("statistics:published_report", args=[published.pk]))
    assert page.status_code == 200
    wanted = next(table for table in published.public_tables if table["table"] == 5)
    numbers = [cell for row in wanted["rows"] for cell in row["cells"] if isinstance(cell, int)]
    assert numbers
    assert min(numbers) >= 5
    nobody = next(row for row in wanted["rows"] if row["row"] == "无要求")
    assert nobody["cells"][2] is None  # one seeker named no occupation
    whole = next(table for table in published.tables if table["table"] == 5)
    assert next(row for row in whole["rows"] if row["row"] == "无要求")["cells"][2] == 1
    told = Client().get(reverse("statistics:published_json", args=[published.pk])).json()
    assert told["tables"] == published.public_tables
    assert "wishes" not in told


def test_the_public_has_the_sealed_file_and_cannot_read_the_whole_tables(published):
    client = Client()
    pages = client.get(reverse("statistics:published_pdf", args=[published.pk]))
    assert pages["Content-Type"] == "application/pdf"
    assert pages.content in (bytes(published.pages_zh), bytes(published.pages_en))
    assert client.get(reverse("statistics:published")).status_code == 200
    assert client.get(reverse("statistics:published_csv", args=[published.pk])).status_code == 200
    with pytest.raises(ProgrammingError), within(role="openpes_public"):
        ReportEdition.objects.values_list("tables").first()


FILES = ("published_report", "published_json", "published_csv", "published_xlsx", "published_pdf")


def given_out(made):
    """Everything that the public can get of an edition, by page, with the number of its row taken out of addresses."""
    found = {}
    for page in FILES:
        body = Client().get(reverse(f"statistics:{page}", args=[made.pk])).content
        if page == "published_xlsx":  # its parts, without the moment at which the archive was packed
            book = ZipFile(BytesIO(body))
            body = b"".join(book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml")
        if page == "published_report":  # the frame around it has a token that is new every time
            body = body[body.index(b"<main") : body.index(b"</main>")]
        found[page] = body.replace(f"/published/{made.pk}/".encode(), b"")
    return found


def test_nothing_public_tells_one_hidden_number_from_another(worked, facts, clerk, city, at):
    def published_and_undone():
        with transaction.atomic():
            made = publish_report(draft=draw_up_report(facts=facts, by=clerk, at=at).pk, by=city, at=at)
            told = given_out(made)
            transaction.set_rollback(True)
        return made, told

    first, told = published_and_undone()
    with within(clerk.scope):  # one seeker more without an occupation: 2 and 5 in place of 1 and 6, all hidden
        wish = JobWish.objects.exclude(occupations=[]).order_by("pk").last()
        JobWish.objects.filter(pk=wish.pk).update(occupations=[])
    second, told_then = published_and_undone()
    assert first.tables != second.tables
    assert (first.seal, first.digest) != (second.seal, second.digest)
    assert [page for page in FILES if told[page] != told_then[page]] == []
    for made in (first, second):
        assert not any(inner.encode() in body for inner in (made.seal, made.digest) for body in told.values())
    shown = public_seal(first)
    first.public_tables = first.tables  # the planted mistake: what is hidden goes into the seal
    second.public_tables = second.tables
    assert len({shown, public_seal(first), public_seal(second)}) == 3


def test_anybody_checks_a_file_against_the_page(published):
    client = Client()
    page = client.get(reverse("statistics:published_report", args=[published.pk])).content.decode()
    told = json.loads(client.get(reverse("statistics:published_json", args=[published.pk])).content)
    seal = told.pop("seal")

    def computed():
        plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    assert seal in page
    assert computed() == seal == public_seal(published)
    told["tables"][0]["rows"][-1]["cells"][0] += 1
    assert computed() != seal


def test_the_workbook_of_the_public_has_the_mark_the_number_and_the_seal(published):
    book = client_book(published)
    words = book.read("xl/sharedStrings.xml").decode()
    assert len([name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]) == 12
    assert "<t>*</t>" in words
    assert f"{published.number} · Seal {public_seal(published)}" in words


def test_the_bars_of_the_public_show_table_1_and_no_hidden_number(published):
    page = Client().get(reverse("statistics:published_report", args=[published.pk]))
    chart, rows = page.context["chart"], published.public_tables[0]["rows"]
    assert [[bar.demand.count, bar.seekers.count] for bar in chart.groups] == [row["cells"][:2] for row in rows]
    shown = sum(cell is not None for row in rows for cell in row["cells"][:2])
    assert page.content.decode().count('<rect class="bars-') == shown
    hidden = replace(from_stored(published.public_tables)[0].rows[0], cells=(30, None, None))
    whole = replace(from_stored(published.public_tables)[0], rows=(hidden,))
    drawn = render_to_string("statistics/_bars.html", {"chart": public_chart(whole)})
    assert (drawn.count("<rect"), drawn.count(">*</text>")) == (1, 2)  # the seekers and the ratio
    assert public_chart(replace(whole, rows=(replace(hidden, cells=(None, None, None)),))) is None


def client_book(made):
    client = Client()
    client.cookies["django_language"] = "en"
    return ZipFile(BytesIO(client.get(reverse("statistics:published_xlsx", args=[made.pk])).content))


def test_the_pages_of_a_draft_and_an_edition_show_what_there_is_to_do(worked, facts, cast, clerk, city, at):
    draft = draw_up_report(facts=facts, by=clerk, at=at)
    own = cast.county_clerk.client().get(reverse("statistics:draft", args=[draft.pk])).content.decode()
    other = cast.city_clerk.client()
    assert reverse("statistics:draft_publish", args=[draft.pk]) not in own
    assert (
        reverse("statistics:draft_publish", args=[draft.pk])
        in other.get(reverse("statistics:draft", args=[draft.pk])).content.decode()
    )
    done = other.post(reverse("statistics:draft_publish", args=[draft.pk]), headers={"Idempotency-Key": str(uuid4())})
    edition = reverse("statistics:edition", args=[within_edition(clerk).pk])
    assert (done.status_code, done["Location"]) == (302, edition)
    checked = cast.statistician.client().post(edition + "check/", headers={"Idempotency-Key": str(uuid4())})
    assert checked["Location"] == edition
    reader = cast.statistician.client()
    reader.cookies["django_language"] = "en"
    assert "<td>the same</td>" in reader.get(edition).content.decode()
    assert cast.neighbour_clerk.client().get(edition).status_code == 404


def within_edition(clerk):
    with within(clerk.scope):
        return ReportEdition.objects.get()
