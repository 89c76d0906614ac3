"""The places of a vacancy: taken one by one, from any area of the city, never more than there are."""

from datetime import date, datetime

from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies import rules
from openpes.vacancies.actions.publication import end_if_full, renew_publication
from openpes.vacancies.events import PlaceFilled
from openpes.vacancies.models import Fill, Vacancy
from openpes.vacancies.queries import VacancyInHand, state_on, vacancy_in_hand


@action
def take_in_hand(*, vacancy: int, by: Actor, at: datetime) -> VacancyInHand:
    """Lock a vacancy until the transaction ends, so that what is counted against its openings stays true.

    The labour market is one: this door reaches vacancies outside the actor's area, and shows what is public anyway.

    :raises Vacancy.DoesNotExist: the city has none of that id, or it was never public
    """
    with within(CITY):
        Vacancy.objects.published().select_for_update().get(pk=vacancy)
    return vacancy_in_hand(pk=vacancy, on=day_of(at))


@action
def fill_place(
    *, vacancy: int, person: int | None, on: date, introduced_on: date | None = None, by: Actor, at: datetime
) -> int:
    """Give a place of a vacancy to a person from a day on; returns the place number, smallest first.

    Reaches vacancies outside the actor's area. The row lock puts racing hires in a queue, and the unique place number
    would stop them even without it. With the last place the vacancy ends as filled. `introduced_on` is the day of the
    referral: who was introduced while it was open may be hired after it closed.

    :raises Vacancy.DoesNotExist: the city has none of that id
    :raises Refused: no place is left, or it is not open
    """
    with within(CITY):
        row = Vacancy.objects.select_for_update().get(pk=vacancy)
        taken = set(Fill.objects.filter(vacancy=row).order_by("place_no").values_list("place_no", flat=True))
        refuse_if(
            rules.why_not_fill(
                state=state_on(row, day_of(at)),
                openings=row.openings,
                filled=len(taken),
                introduced_while_open=rules.was_open_for(row, introduced_on),
            )
        )
        place_no = rules.first_free_place(row.openings, taken)
        assert place_no is not None
        Fill.objects.create(
            area=row.area,
            vacancy=row,
            employer_id=row.employer_id,
            place_no=place_no,
            person_id=person,
            filled_on=on,
        )
        left = row.openings - len(taken) - 1
        facts = {"vacancy": row.pk, "area": row.area, "person": person}
        publish(PlaceFilled(**facts, place_no=place_no, places_left=left, by=by.id, at=at))
        end_if_full(vacancy=row, by=by, at=at)
        renew_publication(vacancy=row, on=day_of(at))
        return place_no
