"""The figures for everybody: made once a day, small numbers hidden before they are stored."""

from django.test import Client
from django.urls import reverse

from openpes.kernel.action import PLATFORM
from openpes.statistics.actions.boards import publish_board
from openpes.statistics.models import PublicBoard
from tests.people.factories import a_person
from tests.registration.factories import unemployed
from tests.statistics.small_city import CLERK, HERE, THERE, build


def test_the_small_numbers_are_hidden_before_anything_is_stored(db, at):
    build()
    for area, number in ((HERE, 4), (THERE, 8)):
        for _n in range(number):
            unemployed(a_person(by=CLERK, at=at, area=area).pk, by=CLERK, at=at)
    made = publish_board(by=PLATFORM, at=at)
    shown = dict(zip(made.content["units"], made.content["unemployed"]["values"], strict=True))
    # Two and four are six here, one and eight are nine there. The other ten have nobody: with 6 and 9 of 15 shown they
    # could be told, so the smaller of the two is hidden with them.
    assert (shown[HERE], shown[THERE], made.content["unemployed"]["total"]) == (None, 9, 15)
    assert {value for area, value in shown.items() if area not in (HERE, THERE)} == {None}
    assert made.hidden > 0


def test_made_again_on_a_day_the_figures_of_that_day_are_replaced(db, at):
    publish_board(by=PLATFORM, at=at)
    publish_board(by=PLATFORM, at=at)
    assert PublicBoard.objects.count() == 1


def test_everybody_reads_them_and_no_number_below_the_threshold(db, at):
    url, file = reverse("statistics:public_board"), reverse("statistics:public_board_csv")
    assert Client().get(url).status_code == 200
    build()
    publish_board(by=PLATFORM, at=at)
    page = Client().get(url, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    lines = Client().get(file).content.decode("utf-8-sig").splitlines()[1:]
    numbers = [line.rsplit(",", 1)[1] for line in lines]
    assert len(numbers) == 13 + 13 * 9 + 11 * 3
    assert {number for number in numbers if number and int(number) < 5} == set()
