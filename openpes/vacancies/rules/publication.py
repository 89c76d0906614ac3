"""May a vacancy become public? Every rule is answered at once, each with its clause and what to do next."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.engine.adverts.pay import PayMarket
from openpes.engine.parameters import ParameterError, parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.vacancies.choices import Term
from openpes.vacancies.rules.adverts import MARKET_24, pay_checks, text_checks
from openpes.vacancies.rules.checks import Check
from openpes.vacancies.rules.facts import EmployerBasics, VacancyFacts

WAGE_CLAUSE = lazy("Labour Law, art. 48; %(source)s")
VALIDITY_CLAUSE = lazy(
    "Interim Regulations on the Human Resources Market, art. 29: information must be valid"
)
COUNTY_DIGITS = 6
SHORTEST_CONTENT = 4


def why_not_publish(
    facts: VacancyFacts, employer: EmployerBasics, *, closes_on: date | None, on: date
) -> list[Reason]:
    """All reasons at once against publishing on a day, none when it may be public (market regulations art. 24)."""
    return [
        check.reason
        for check in publication_checks(facts, employer, closes_on=closes_on, on=on)
        if check.stops
    ]


def publication_checks(
    facts: VacancyFacts,
    employer: EmployerBasics,
    *,
    closes_on: date | None,
    on: date,
    market: PayMarket | None = None,
) -> list[Check]:
    """Every rule with its answer, in the order of the article, then hints; for the page before publishing.

    `market` is what open vacancies of the occupation pay; without it pay is compared with the minimum wage only.
    """
    return [
        _employer(employer),
        *_unserved(employer, on),
        *stated_checks(facts, on),
        _last_day(closes_on, on),
        *text_checks(facts, on),
        *pay_checks(facts, market, on),
    ]


def stated_checks(facts: VacancyFacts, on: date) -> list[Check]:
    """What art. 24 wants stated of the vacancy itself; for the page while it is written."""
    return [
        _headcount(facts),
        _occupation(facts),
        _conditions(facts),
        _content(facts),
        _place(facts),
        _pay(facts),
        *_minimum_wage(facts, on),
    ]


def _employer(employer: EmployerBasics) -> Check:
    facts = {_("name"): employer.name, _("credit code"): employer.credit_code, _("address"): employer.address}
    missing = [label for label, value in facts.items() if not value.strip()]
    missing += [] if employer.has_contact else [_("contact phone")]
    if missing:
        return Check(
            "employer",
            "wait",
            _("The employer's basic facts are incomplete: %(missing)s.") % {"missing": _(", ").join(missing)},
            MARKET_24,
            "employer",
            _("Open the employer and add them."),
        )
    return Check("employer", "ok", _("The employer's basic facts are stated."), MARKET_24)


def _unserved(employer: EmployerBasics, on: date) -> list[Check]:
    """The blacklist, for an employer that stands on it."""
    return [
        Check(
            "blacklist",
            "bad",
            _("The employer is on the blacklist until %(day)s.") % {"day": spoken_day(until_on)},
            clause,
            "employer",
            _("It ends by itself; until then only a successful appeal helps."),
        )
        for from_on, until_on, clause in employer.unserved
        if from_on <= on < until_on
    ]


def _headcount(facts: VacancyFacts) -> Check:
    if facts.openings < 1:
        return Check(
            "headcount",
            "wait",
            _("The headcount is missing."),
            MARKET_24,
            "openings",
            _("Write how many are wanted."),
        )
    return Check("headcount", "ok", _("Headcount: %(count)s.") % {"count": facts.openings}, MARKET_24)


def _occupation(facts: VacancyFacts) -> Check:
    if facts.occupation:
        return Check("occupation", "ok", _("The occupation is classified."), MARKET_24)
    return Check(
        "occupation",
        "wait",
        _("The occupation is missing."),
        MARKET_24,
        "occupation",
        _("Choose it from the list."),
    )


def _conditions(facts: VacancyFacts) -> Check:
    stated = facts.conditions.strip() or facts.education_min or facts.experience_min or facts.skills_required
    if stated:
        return Check("conditions", "ok", _("The conditions are stated."), MARKET_24)
    return Check(
        "conditions",
        "wait",
        _("The conditions of hiring are missing."),
        MARKET_24,
        "conditions",
        _("State education, experience, skills, or write that there are none."),
    )


def _content(facts: VacancyFacts) -> Check:
    if len(facts.description.strip()) >= SHORTEST_CONTENT:
        return Check("content", "ok", _("The content of the work is stated."), MARKET_24)
    return Check(
        "content",
        "wait",
        _("The content of the work is missing."),
        MARKET_24,
        "description",
        _("Describe in one or two sentences what is done every day."),
    )


def _place(facts: VacancyFacts) -> Check:
    if len(facts.area) >= COUNTY_DIGITS:
        return Check("place", "ok", _("The place of work is stated."), MARKET_24)
    return Check(
        "place",
        "wait",
        _("The place of work is missing."),
        MARKET_24,
        "area",
        _("Choose at least the county or district where the work is."),
    )


def _pay(facts: VacancyFacts) -> Check:
    if facts.pay_min_fen:
        return Check("pay", "ok", _("The basic pay is stated."), MARKET_24)
    return Check(
        "pay",
        "wait",
        _("The basic pay is missing; “negotiable” is not an amount."),
        MARKET_24,
        "pay_min_fen",
        _("Write the lowest monthly pay in yuan."),
    )


def _minimum_wage(facts: VacancyFacts, on: date) -> Iterator[Check]:
    """Full-time pay is at least the minimum wage of the county; part-time work has an hourly one and is left out."""
    if not facts.pay_min_fen or facts.term == Term.PART_TIME:
        return
    try:
        by_class = parameters().value("minimum_wage_fen", on)
        county_class = parameters().value("minimum_wage_class", on).get(facts.area[:COUNTY_DIGITS], 0)
        source = parameters().source("minimum_wage_fen", on)
    except ParameterError:
        return
    least = by_class.get(f"class_{county_class}", min(by_class.values()))
    clause = WAGE_CLAUSE % {"source": source}
    if facts.pay_min_fen >= least:
        yield Check("minimum_wage", "ok", _("The pay reaches the minimum wage."), clause)
        return
    yield Check(
        "minimum_wage",
        "bad",
        _("The lowest pay, %(pay)s yuan, is below the minimum wage of the place, %(least)s yuan a month.")
        % {"pay": facts.pay_min_fen // 100, "least": least // 100},
        clause,
        "pay_min_fen",
        _("Raise it, or choose part-time if the work is not full-time."),
    )


def _last_day(closes_on: date | None, on: date) -> Check:
    longest = int(parameters().value("vacancy_validity_days", on))
    latest = on + timedelta(days=longest)
    if closes_on is None:
        sentence = _("The last day is missing.")
    elif closes_on < on:
        sentence = _("The last day, %(day)s, has passed.") % {"day": spoken_day(closes_on)}
    elif closes_on > latest:
        sentence = _("The last day is more than %(days)s days away.") % {"days": longest}
    else:
        text = _("Public until %(day)s.") % {"day": spoken_day(closes_on)}
        return Check("last_day", "ok", text, VALIDITY_CLAUSE)
    step = _("Choose a day from %(first)s to %(last)s.") % {
        "first": spoken_day(on),
        "last": spoken_day(latest),
    }
    return Check("last_day", "wait", sentence, VALIDITY_CLAUSE, "closes_on", step)
