"""Periods `[from_on, until_on)` of one person follow one another: what may begin, end or be taken back, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.registration.choices import CATEGORIES_WITH_WORKPLACE, CATEGORY_SET, PROOF_SET, REASON_SET, Status

CHILD_CLAUSE = gettext_lazy("Labour Law, art. 15")
TRUTH_CLAUSE = gettext_lazy("Employment Promotion Law, art. 43")
FILING_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 62")

Known = Callable[[str, str], bool]


@dataclass(frozen=True)
class Spell:
    """A registered period of a person, as the rules see it."""

    status: str
    from_on: date
    until_on: date | None = None
    number: str = ""
    end_reason: str = ""
    counted_from_on: date | None = None

    @property
    def since_on(self) -> date:
        """Since when it counts: earlier than here when it began in another city."""
        return self.counted_from_on or self.from_on

    def lasts_beyond(self, day: date) -> bool:
        """Whether any day of it is that day or a later one."""
        return self.until_on is None or (self.until_on > day and self.until_on > self.from_on)


@dataclass(frozen=True, kw_only=True)
class UnemploymentFacts:
    """What is told at an unemployment registration; codes of `unemployment_reason` and `registration_proof`."""

    from_on: date
    reason: str
    former_employer: str = ""
    note: str = ""
    proofs: tuple[str, ...] = ()
    willing: bool = True


@dataclass(frozen=True, kw_only=True)
class EmploymentFacts:
    """What is told at an employment registration; `employer` is the id of a registered one, else `workplace` names it.

    `category` is a code of `employment_category`, `occupation` one of the classification of 2022.
    """

    from_on: date
    category: str
    employer: int | None = None
    workplace: str = ""
    occupation: str = ""
    pay_fen: int | None = None
    contract_until_on: date | None = None
    note: str = ""


def why_not_unemployed_since(
    facts: UnemploymentFacts, *, spells: tuple[Spell, ...], today: date, born_on: date, known: Known
) -> list[Reason]:
    """What is wrong with the day, the reason and the proofs of an unemployment registration."""
    reasons = [*_unknown([(REASON_SET, "reason", facts.reason)], known)]
    reasons += _unknown([(PROOF_SET, "proofs", proof) for proof in facts.proofs], known)
    if facts.from_on > today:
        reasons.append(
            Reason(
                _("“Unemployed since” %(day)s lies in the future.") % {"day": spoken_day(facts.from_on)},
                clause=TRUTH_CLAUSE,
                field="from_on",
                next_step=_("Enter the first day without work, today at the latest."),
            )
        )
    youngest_on = add_months(born_on, 12 * parameters().value("working_age_min", today))
    if facts.from_on < youngest_on:
        reasons.append(
            Reason(
                _("“Unemployed since” lies before working age, which began on %(day)s.")
                % {"day": spoken_day(youngest_on)},
                clause=CHILD_CLAUSE,
                field="from_on",
            )
        )
    return reasons + _inside_another(facts.from_on, spells)


def _inside_another(from_on: date, spells: tuple[Spell, ...]) -> list[Reason]:
    """The ended periods that a period from a day on would run into; open ones are the business of eligibility."""
    return [
        Reason(
            _("From %(from_on)s to %(until_on)s the person was %(status)s (No. %(number)s); periods cannot overlap.")
            % _told(spell),
            clause=TRUTH_CLAUSE,
            field="from_on",
            next_step=_("Enter %(day)s or a later day.") % {"day": spoken_day(spell.until_on)},
        )
        for spell in spells
        if spell.until_on and spell.lasts_beyond(from_on)
    ]


def _told(spell: Spell) -> dict[str, str]:
    return {
        "from_on": spoken_day(spell.from_on),
        "until_on": spoken_day(spell.until_on) if spell.until_on else "",
        "status": _("registered as unemployed")
        if spell.status == Status.UNEMPLOYED
        else _("registered as employed"),
        "number": spell.number,
    }


def why_not_employ(
    facts: EmploymentFacts, *, spells: tuple[Spell, ...], today: date, born_on: date, known: Known
) -> list[Reason]:
    """Why an employment cannot be registered; an open unemployment from its first day or before will end by it."""
    coded = [(CATEGORY_SET, "category", facts.category), ("occupation", "occupation", facts.occupation)]
    reasons = _unknown(coded, known)
    if facts.category in CATEGORIES_WITH_WORKPLACE and facts.employer is None and not facts.workplace.strip():
        reasons.append(
            Reason(
                _("This kind of employment has an employer, and none is named."),
                clause=FILING_CLAUSE,
                field="workplace",
                next_step=_("Choose the employer, or write its name when it is not registered here."),
            )
        )
    if facts.contract_until_on and facts.contract_until_on <= facts.from_on:
        reasons.append(Reason(_("The contract ends before the employment begins."), field="contract_until_on"))
    return reasons + _wrong_first_day(facts.from_on, today, born_on) + _taken(facts.from_on, spells)


def _wrong_first_day(from_on: date, today: date, born_on: date) -> list[Reason]:
    ahead = parameters().value("hire_ahead_days", today)
    youngest = parameters().value("working_age_min", today)
    reasons = []
    if from_on > today + timedelta(days=ahead):
        reasons.append(
            Reason(
                _("The employment begins more than %(days)s days ahead.") % {"days": ahead},
                field="from_on",
                next_step=_("Register it when it is nearer; check the year."),
            )
        )
    if from_on < add_months(born_on, 12 * youngest):
        reasons.append(
            Reason(
                _("On %(day)s the person was not yet %(youngest)s; nobody younger may be employed.")
                % {"day": spoken_day(from_on), "youngest": youngest},
                clause=CHILD_CLAUSE,
                field="from_on",
            )
        )
    return reasons


def _taken(from_on: date, spells: tuple[Spell, ...]) -> list[Reason]:
    """The periods in the way of an employment, except an open unemployment that it ends."""
    reasons = []
    for spell in spells:
        if not spell.lasts_beyond(from_on):
            continue
        if spell.until_on:
            reasons += _inside_another(from_on, (spell,))
        elif spell.status == Status.EMPLOYED:
            reasons.append(
                Reason(
                    _("The person is registered as employed since %(from_on)s (No. %(number)s).") % _told(spell),
                    clause=TRUTH_CLAUSE,
                    field="from_on",
                    next_step=_("End that employment first, with its day and reason."),
                )
            )
        elif from_on < spell.from_on:
            reasons.append(
                Reason(
                    _(
                        "The employment would begin before the unemployment registered from %(from_on)s"
                        " (No. %(number)s)."
                    )
                    % _told(spell),
                    clause=TRUTH_CLAUSE,
                    field="from_on",
                    next_step=_(
                        "Compare the contract. Who worked then was not unemployed: correct one of the two days."
                    ),
                )
            )
    return reasons


def why_not_end(spell: Spell, *, reason: str, on: date, today: date, known: bool) -> list[Reason]:
    """Why a registration cannot end on a day for a reason."""
    if spell.until_on is not None:
        return [
            Reason(
                _("This registration ended on %(until_on)s already.") % _told(spell),
                next_step=_("Load the page again."),
            )
        ]
    reasons = [] if known else [_unknown_code("reason", reason)]
    if on > today:
        reasons.append(
            Reason(_("The last day lies in the future."), field="on", next_step=_("Enter it when it has come."))
        )
    if on < spell.from_on:
        reasons.append(
            Reason(
                _("The registration began on %(from_on)s and cannot end before.") % _told(spell),
                field="on",
                next_step=_("If it was a mistake from the beginning, end it on its first day."),
            )
        )
    return reasons


def why_not_withdraw(
    *, registered_at: datetime, at: datetime, own: bool, is_last: bool, is_open: bool, on: date
) -> list[Reason]:
    """Why a registration cannot be taken back: only by who made it, for minutes, while nothing follows from it."""
    minutes = parameters().value("withdraw_minutes", on)
    reasons = []
    if not own:
        reasons.append(
            Reason(
                _("Only the member of staff who made a registration takes it back."),
                next_step=_("Ask them, or end the registration with its reason."),
            )
        )
    if at - registered_at > timedelta(minutes=minutes):
        reasons.append(
            Reason(
                _("The %(minutes)s minutes in which a registration can be taken back are over.")
                % {"minutes": minutes},
                next_step=_("End the registration with its day and reason."),
            )
        )
    if not (is_last and is_open):
        reasons.append(
            Reason(
                _("Something was registered after it that depends on it."),
                next_step=_("Take back the later registration first."),
            )
        )
    return reasons


def _unknown(coded: list[tuple[str, str, str]], known: Known) -> list[Reason]:
    required = (REASON_SET, CATEGORY_SET)
    return [
        _unknown_code(field, code)
        for set_name, field, code in coded
        if (code or set_name in required) and not known(set_name, code)
    ]


def _unknown_code(field: str, code: str) -> Reason:
    if not code:
        return Reason(_("Choose one of the list."), field=field)
    text = _("“%(code)s” is not a code of this list.") % {"code": code}
    return Reason(text, field=field, next_step=_("Choose one of the list."))
