"""What a job wish may say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.areas import areas
from openpes.engine.calendars import add_months, age_on
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.registration.choices import SEEKER_SET

CHILD_CLAUSE = gettext_lazy("Labour Law, art. 15")
MOST_PLACES = 3


@dataclass(frozen=True, kw_only=True)
class WishFacts:
    """What a person looks for: occupations (codes of 2022, any level), places (areas), pay in fen a month.

    No occupation means any (无要求). `category` is a code of `seeker_category`, table 8 of the quarterly report.
    """

    category: str
    occupations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    only_these_places: bool = False
    min_pay_fen: int = 0
    experience_years: int = 0
    wants_training: bool = False


def valid_until(from_on: date) -> date:
    """The first day on which a wish registered or confirmed on a day is no longer valid."""
    return add_months(from_on, parameters().value("wish_validity_months", from_on))


def why_not_wish(facts: WishFacts, *, born_on: date, on: date, known: Callable[[str, str], bool]) -> list[Reason]:
    """Everything that is wrong with a job wish."""
    return [
        *_too_young(born_on, on),
        *_wrong_occupations(facts.occupations, on, known),
        *_wrong_places(facts),
        *_wrong_rest(facts, born_on, on, known),
    ]


def _too_young(born_on: date, on: date) -> list[Reason]:
    youngest = parameters().value("working_age_min", on)
    if age_on(born_on, on) >= youngest:
        return []
    return [
        Reason(
            _("The person is not yet %(youngest)s and may not be placed in a job.") % {"youngest": youngest},
            clause=CHILD_CLAUSE,
        )
    ]


def _wrong_occupations(codes: tuple[str, ...], on: date, known: Callable[[str, str], bool]) -> list[Reason]:
    most = parameters().value("matching_wishes", on)
    reasons = [
        Reason(
            _("“%(code)s” is not an occupation of the classification of 2022.") % {"code": code},
            field=f"occupation_{place}",
            next_step=_("Type a word of the occupation and choose from the list."),
        )
        for place, code in enumerate(codes, 1)
        if not known("occupation", code)
    ]
    if len(codes) > most:
        reasons.append(Reason(_("At most %(most)s occupations can be wished.") % {"most": most}, field="occupation_1"))
    if len(set(codes)) < len(codes):
        reasons.append(Reason(_("The same occupation is named twice."), field="occupation_2"))
    return reasons


def _wrong_places(facts: WishFacts) -> list[Reason]:
    reasons = [
        Reason(
            _("There is no area “%(area)s” in this city.") % {"area": place},
            field=f"place_{number}",
            next_step=_("Choose the county, town or village from the list."),
        )
        for number, place in enumerate(facts.places, 1)
        if place not in areas()
    ]
    if len(facts.places) > MOST_PLACES:
        reasons.append(Reason(_("At most %(most)s places can be wished.") % {"most": MOST_PLACES}, field="place_1"))
    if facts.only_these_places and not facts.places:
        reasons.append(
            Reason(
                _("“Only these places” is ticked, but no place is named."),
                field="only_these_places",
                next_step=_("Name a place, or take the tick away."),
            )
        )
    return reasons


def _wrong_rest(facts: WishFacts, born_on: date, on: date, known: Callable[[str, str], bool]) -> list[Reason]:
    reasons = []
    if not known(SEEKER_SET, facts.category):
        reasons.append(Reason(_("Choose one of the list."), field="category"))
    if facts.experience_years > max(age_on(born_on, on) - parameters().value("working_age_min", on), 0):
        reasons.append(
            Reason(
                _("%(years)s years of experience are more than the person can have at this age.")
                % {"years": facts.experience_years},
                field="experience_years",
            )
        )
    return reasons
