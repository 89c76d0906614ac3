"""The workbook of a village as a kind of table: how its rows are compared, accepted and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from openpes.intake.actions import offer
from openpes.intake.choices import Accepted, Grouping, Incoming, Reference, Remark, Values
from openpes.kernel import Actor, Refused
from openpes.surveys.actions import MemberTold, Visit, enter_member, enter_visit, withdraw_visits
from openpes.surveys.choices import Outcome, Way
from openpes.surveys.models import SurveyHousehold
from openpes.surveys.permissions import ANSWER_SURVEYS
from openpes.surveys.queries import plain
from openpes.surveys.subscriptions.sheet import YES, visit_sheet

SAME = gettext_noop("This is recorded already; nothing was changed.")
NOT_HERE = gettext_noop("No household of that number is surveyed in your area.")
CLOSED = gettext_noop("This survey is closed; no answer comes in any more.")
OF_VISIT = frozenset({"household_no", "seen", "outcome", "surveyed_on", "member_no", "id_number", "left", "note"})
OF_HOUSEHOLD = frozenset({"hardship", "farmland_mu", "land_taken"})


def _key(values: Values) -> str:
    return str(values["household_no"] or "")


def _leads(values: Values) -> bool:
    return bool(values["outcome"])


def _answered(keys: Iterable[str], *, area: str) -> set[str]:
    """Which of these households have answered, so that rows of further members may follow without a first row."""
    numbers = [int(key) for key in keys if key.isdigit()]
    rows = SurveyHousehold.objects.visible_to(area).filter(pk__in=numbers, answer__outcome=Outcome.MET)
    return {str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)}


def _label(values: Values) -> str:
    number = _("household %(n)s") % {"n": values["household_no"]} if values["household_no"] else ""
    return " · ".join(filter(None, [values["name"] or "", number]))


def check_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> Iterable[tuple[int, Remark]]:
    """Tell before acceptance which numbers are not surveyed here, and whose survey is closed."""
    wanted = {row.values["household_no"] for row in rows if row.values["household_no"]}
    found = SurveyHousehold.objects.visible_to(area).filter(pk__in=wanted).order_by("pk")
    closed = dict(found.values_list("pk", "village__closed_at"))
    for row in rows:
        number = row.values["household_no"]
        if number and number not in closed:
            yield row.row_no, Remark("household_no", NOT_HERE)
        elif number and closed[number]:
            yield row.row_no, Remark("household_no", CLOSED)


def accept_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> list[Accepted | Refused]:
    """Record the visit of each first row, and add the members of the rows that follow; a row that says nothing new
    changes nothing."""
    return [_accept(row.values, by, at) for row in rows]


def undo_rows(rows: Sequence[Sequence[Reference]], *, by: Actor, at: datetime) -> None:
    """Take back what rows became, all or none of them.

    :raises Refused: a later visit or a spot-check stands on one of them by now
    """
    withdraw_visits(rows=rows, by=by, at=at)


def _accept(values: Values, by: Actor, at: datetime) -> Accepted | Refused:
    household, member = values["household_no"], _member(values)
    try:
        with transaction.atomic():
            if values["outcome"]:
                became = enter_visit(household=household, visit=_visit(values, member), by=by, at=at)
            else:
                became = enter_member(household=household, told=member, by=by, at=at)
    except Refused as refused:
        return refused
    except SurveyHousehold.DoesNotExist:
        return Refused(_(NOT_HERE), field="household_no")
    return Accepted(became, () if became else (Remark("household_no", SAME, is_note=True),))


def _visit(values: Values, member: MemberTold) -> Visit:
    met = values["outcome"] == Outcome.MET
    return Visit(
        outcome=values["outcome"],
        way=Way.EXCEL,
        surveyed_on=values["surveyed_on"],
        seen=values["seen"] or 0,
        household={key: plain(values[key]) for key in sorted(OF_HOUSEHOLD)} if met else {},
        members=(member,) if met else (),
        note=values["note"] or "",
    )


def _member(values: Values) -> MemberTold:
    told = {key: plain(value) for key, value in values.items() if key not in OF_VISIT | OF_HOUSEHOLD}
    return MemberTold(
        told=told, person=values["member_no"], id_number=values["id_number"] or "", left=values["left"] == YES
    )


SURVEY_VISITS = offer(
    kind="survey_visits",
    title=gettext_lazy("Survey of households (village workbook)"),
    sheet=visit_sheet,
    permission=ANSWER_SURVEYS,
    accept_rows=accept_rows,
    undo_rows=undo_rows,
    label=_label,
    check_rows=check_rows,
    grouping=Grouping(
        key=_key,
        leads=_leads,
        known=_answered,
        column="household_no",
        held=gettext_noop("The first row of this household, row %(row)s, has an error. Mend it; the household waits."),
        second=gettext_noop("Row %(row)s holds the result of this visit already. Write it once a household."),
        leaderless=gettext_noop("No row holds the result of this visit, and the household has not answered yet."),
    ),
)
