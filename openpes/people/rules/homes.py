"""Where a person may be said to live, and since when."""

from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.areas import areas, contains
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason


def why_not_in_area(area: str, scope: str) -> list[Reason]:
    """Why a person may not be registered in an area by somebody of `scope`."""
    if area not in areas():
        return [
            Reason(
                _("There is no area “%(area)s” in this city.") % {"area": area},
                field="area",
                next_step=_("Choose the community or village where the person lives."),
            )
        ]
    if not contains(scope, area):
        return [
            Reason(
                _("This area does not belong to your office."),
                field="area",
                next_step=_("Choose an area of your office, or send the person to the office where they live."),
            )
        ]
    return []


def why_not_move(*, area: str, on: date, today: date, lives_there_from_on: date | None) -> list[Reason]:
    """Why a person cannot be recorded as having moved to an area on a day."""
    reasons = [] if area in areas() else why_not_in_area(area, area)
    if on > today:
        reasons.append(
            Reason(
                _("The day of the move, %(on)s, lies in the future.") % {"on": spoken_day(on)},
                field="on",
                next_step=_("Record the move when it has taken place."),
            )
        )
    if lives_there_from_on and on < lives_there_from_on:
        reasons.append(
            Reason(
                _("The person has lived at the present address since %(from_on)s, so the move cannot be on %(on)s.")
                % {"from_on": spoken_day(lives_there_from_on), "on": spoken_day(on)},
                field="on",
                next_step=_("Enter the day on which the person left the present address."),
            )
        )
    return reasons


def why_not_live_since(from_on: date | None, born_on: date, today: date) -> list[Reason]:
    """Why a person cannot have lived at the address since a day."""
    if from_on is None or born_on <= from_on <= today:
        return []
    text = (
        _("The first day at this address lies in the future.")
        if from_on > today
        else _("The first day at this address lies before the birth of the person, %(born_on)s.")
        % {"born_on": spoken_day(born_on)}
    )
    return [Reason(text, field="resides_from_on")]
