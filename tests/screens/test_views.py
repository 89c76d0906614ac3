"""Hall screens: what stands on them, set up by the address alone."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from openpes.kernel import within
from openpes.screens.queries import Setting, hall_board
from openpes.vacancies.actions import close_vacancy
from openpes.vacancies.models import PublishedVacancy
from tests.portal.factories import CLERK, market
from tests.vacancies.factories import make_open

HALL, ROWS, LIST = reverse("screens:hall"), reverse("screens:rows"), reverse("screens:list")


@pytest.fixture
def vacancies(db, at) -> list[int]:
    return market(at)


@pytest.fixture
def box(db) -> Client:
    """The browser of a television: no cookies, no keyboard."""
    return Client()


class Lines(HTMLParser):
    """The cells of every line of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.lines.append([])
        elif tag == "td":
            self.lines[-1].append("")

    def handle_data(self, text):
        if self.lines and self.lines[-1]:
            self.lines[-1][-1] += text.strip()


def lines(answer) -> list[list[str]]:
    return Lines(answer.content.decode()).lines


def test_a_screen_shows_the_open_vacancies_of_its_area(vacancies, box):
    for area in ("4501", "450103", "450103001"):
        told, *shown = lines(box.get(ROWS, {"area": area, "language": "en"}))
        with within(role="openpes_public"):
            inside = list(PublishedVacancy.objects.filter(place__startswith=area))
        assert told == [f"{len(inside)} vacancies, {sum(row.places_left for row in inside)} places"]
        assert sorted(line[0] for line in shown) == sorted(row.title for row in inside)
        assert sum(int(line[4]) for line in shown) == sum(row.places_left for row in inside)


def test_the_place_is_named_one_level_below_the_screen(vacancies, at):
    with within(role="openpes_public"):
        city = {row.place for row in hall_board(setting=Setting(), on=at.date()).rows}
        county = {row.place for row in hall_board(setting=Setting(area="450103"), on=at.date()).rows}
    assert "青秀区" in city and not any(place.endswith("街道") for place in city)
    assert any(place.endswith("街道") for place in county)


def test_a_class_narrows_a_screen(vacancies, box):
    _told, *shown = lines(box.get(ROWS, {"class": "6"}))
    assert {line[0] for line in shown} == {"食品包装工"}


def test_the_fragment_is_the_page_without_its_frame(vacancies, box):
    page, fragment = box.get(HALL).content.decode(), box.get(ROWS).content.decode()
    assert "<html" not in fragment
    body = fragment.split("</tr>", 1)[1].strip()
    assert body in page
    assert f'data-source="{ROWS}?' in page


def test_everything_about_a_screen_stands_in_its_address(vacancies, box):
    page = box.get(f"{HALL}?area=450103&class=6&seconds=20&refresh=90&language=en").content.decode()
    assert 'data-seconds="20"' in page and 'data-refresh="90"' in page and '<html lang="en"' in page
    assert "Jobs today" in page and "今日招聘信息" in box.get(HALL).content.decode()
    assert "area=450103&amp;class=6" in page


@pytest.mark.parametrize(
    ("query", "seconds", "refresh"),
    [("", 12, 60), ("seconds=0&refresh=0", 5, 20), ("seconds=9999&refresh=99999", 120, 3600),
     ("seconds=abc&refresh=-5", 12, 60), (f"seconds={'9' * 6000}", 12, 60)],
)  # fmt: skip
def test_times_stay_within_reason(box, query, seconds, refresh):
    page = box.get(f"{HALL}?{query}").content.decode()
    assert f'data-seconds="{seconds}"' in page and f'data-refresh="{refresh}"' in page


@pytest.mark.parametrize("odd", ["'", "\x00", "<script>", "工" * 3000, "4501; DROP", "9", "😀"])
def test_odd_settings_show_the_city(vacancies, box, odd):
    for page in (HALL, ROWS, LIST):
        answer = box.get(page, {"area": odd, "class": odd, "language": odd, "seconds": odd})
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def test_a_vacancy_that_ends_leaves_the_screen_at_the_next_refresh(vacancies, box, at):
    before = len(lines(box.get(ROWS)))
    close_vacancy(vacancy=vacancies[0], reason="", by=CLERK, at=at)
    assert len(lines(box.get(ROWS))) == before - 1
    assert box.get(ROWS)["Cache-Control"] == "no-store"


def test_an_area_without_vacancies_says_so(box):
    page = box.get(f"{HALL}?area=450103&language=en").content.decode()
    assert "No open vacancy at the moment" in page and "data-none" in page


def test_texts_of_employers_are_text(box, at):
    make_open(CLERK, at, title="<b>包装工</b>")
    assert "<b>" not in box.get(ROWS).content.decode()


def test_a_screen_costs_few_queries(vacancies, box, django_assert_max_num_queries):
    box.get(HALL)
    with django_assert_max_num_queries(6):
        box.get(ROWS)


def test_the_list_leads_down_to_every_unit(vacancies, box):
    page = box.get(LIST)
    counts = {screen.area.path: screen.count for screen in page.context["found"].below}
    assert len(counts) == 12 and sum(counts.values()) == len(vacancies)
    assert f"{HALL}?area=450103&amp;language=en" in page.content.decode()
    county = box.get(LIST, {"area": "450103"}).context["found"]
    assert [unit.path for unit in county.above][:1] == ["4501"]
    assert {screen.area.path[:6] for screen in county.below} == {"450103"}


def test_an_answer_says_when_it_was_given_and_the_keeper_is_a_script_below_the_screens(vacancies, box, at):
    assert box.get(ROWS)["X-Answered-At"] == at.isoformat()
    page = box.get(HALL).content.decode()
    assert f'data-answered-at="{at.isoformat()}"' in page
    assert 'data-keeper="/screens/keeper.js" data-keeper-scope="/screens/hall/"' in page
    keeper = box.get(reverse("screens:keeper"))
    assert keeper["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in keeper
    assert "&quot;" not in keeper.content.decode() and "self.addEventListener" in keeper.content.decode()


def test_an_english_screen_names_city_and_counties_in_english(box, vacancies):
    page = box.get(HALL, {"language": "en"}).content.decode()
    assert "<small>Nanning</small>" in page and "Qingxiu District" in page and "青秀区" not in page
