"""When an answer comes in, what must be told, what it changes, and what is known of the household afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from openpes.engine.calendars import age_on
from openpes.engine.questionnaires import HOUSEHOLD, MEMBER, WORK, Questionnaire
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.surveys.choices import HUKOU, HouseholdState, Outcome

MAN = "1"
NOBODY_TOLD = frozenset({Outcome.NOT_MET, Outcome.REFUSED, Outcome.MOVED})
# An empty answer to these says that nothing has changed: the file keeps what it holds.
KEPT_WHEN_EMPTY = frozenset({"relation", "name", "education", "hukou", "phone"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an answer meets: the state of campaign and village, the day, the visit that was seen and the last one."""

    is_open: bool
    from_on: date
    surveyed_on: date
    today: date
    seen: int
    latest: int
    is_drawn: bool


@dataclass(frozen=True)
class Ages:
    """From which age members are asked about their work, and until which."""

    from_age: int
    men: int
    women: int


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """A member as the rules see one: how to call and find it, whether it is asked about work, what is told."""

    field: str
    name: str
    asked_about_work: bool
    left: bool
    told: Mapping[str, Any]


def is_asked_about_work(*, born_on: date, sex: str, on: date, ages: Ages) -> bool:
    """Whether a member is asked about work on the reference day: of working age by the ledger's count."""
    return ages.from_age <= age_on(born_on, on) < (ages.men if sex == MAN else ages.women)


def why_not_answer(standing: Standing) -> Iterator[Reason]:
    """Why an answer does not come in."""
    if not standing.is_open:
        yield Reason(_("This survey is closed; no answer comes in any more."))
    if standing.surveyed_on > standing.today:
        yield Reason(_("The visit cannot lie in the future."), field="surveyed_on")
    if standing.surveyed_on < standing.from_on:
        yield Reason(
            _("The survey began on %(day)s; the visit cannot lie before it.") % {"day": spoken_day(standing.from_on)},
            field="surveyed_on",
        )
    if standing.is_drawn:
        yield Reason(
            _("This household was drawn for a spot-check and is being asked again; its answers stand until then."),
            next_step=_("Wait for the result of the spot-check."),
        )
    if standing.seen != standing.latest:
        yield Reason(
            _("Somebody has recorded a visit to this household meanwhile."),
            next_step=_("Open the household again, compare, and record what is different."),
        )


def why_not_told(
    *, outcome: str, asked: Questionnaire, household: Mapping[str, Any], members: Iterable[MemberFacts]
) -> Iterator[Reason]:
    """Why what was told is not complete: every required question has an answer when somebody was met."""
    if outcome in NOBODY_TOLD:
        return
    found = list(members)
    if not found:
        yield Reason(
            _("Nobody of this household stands in the answer."),
            next_step=_("Add a member, or choose another result of the visit."),
        )
    for question in asked.of(HOUSEHOLD):
        if question.required and _empty(household.get(question.key)):
            yield Reason(_("This question needs an answer."), field=f"household-{question.key}")
    for one in found:
        if one.left:
            continue
        for question in asked.of(MEMBER, WORK) if one.asked_about_work else asked.of(MEMBER):
            if question.required and _empty(one.told.get(question.key)):
                yield Reason(
                    _("%(name)s: this question needs an answer.") % {"name": one.name},
                    field=f"{one.field}-{question.key}",
                )


def why_not_leave_household(*, is_head: bool, others_stay: bool) -> Iterator[Reason]:
    """Why a member does not leave: a household that goes on needs a head."""
    if is_head and others_stay:
        yield Reason(
            _("The head of a household cannot leave it while others stay."),
            next_step=_("Name another head on the page of the household first."),
        )
    elif is_head:
        yield Reason(
            _("When the last member is gone, the household has moved away."),
            next_step=_("Choose “Moved away” as the result of the visit."),
        )


def why_not_join_as(*, is_head: bool) -> Iterator[Reason]:
    """Why a new member does not come in as told: the household has its head."""
    if is_head:
        yield Reason(
            _("This household has its head; a new member comes in under another relation."),
            field="relation",
            next_step=_("Add the member first, then name another head on the page of the household."),
        )


def changed_keys(told: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """The questions whose answer differs from what was known, by key; empty answers keep what a file holds."""
    return sorted(
        key
        for key, value in told.items()
        if (value or key not in KEPT_WHEN_EMPTY) and (value or None) != (before.get(key) or None)
    )


def ledger_code_of(hukou: str) -> str:
    """The ledger's code for a household registration as a file holds it; empty when the ledger has none."""
    return next((code for code, stored in HUKOU.items() if hukou and hukou[0] == stored[0]), "")


def state_after(outcome: str, *, has_changed: bool) -> HouseholdState:
    """What is known of a household after a visit."""
    if outcome == Outcome.MET:
        return HouseholdState.CHANGED if has_changed else HouseholdState.CONFIRMED
    return HouseholdState(outcome)


def _empty(value: Any) -> bool:
    return value is None or value == ""
