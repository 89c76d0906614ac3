"""What the text and the pay of an advertisement may not say: findings of the engine with their clauses."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.engine import adverts
from openpes.engine.adverts import Finding, Weight
from openpes.engine.adverts.pay import PayMarket, highest_likely
from openpes.engine.parameters import parameters
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.rules.checks import Check
from openpes.vacancies.rules.facts import VacancyFacts

MARKET_24 = lazy("Interim Regulations on the Human Resources Market, art. 24")
TRUE_AND_LAWFUL = lazy("Interim Regulations on the Human Resources Market, art. 24 and 29")
CONTRACT_9 = lazy("Labour Contract Law, art. 9; Provisions on Employment Services and Employment Management, art. 14")
CLAUSES = {
    adverts.SEX: lazy("Interim Regulations on the Human Resources Market, art. 24; Employment Promotion Law, art. 27"),
    adverts.ETHNICITY: lazy(
        "Interim Regulations on the Human Resources Market, art. 24; Employment Promotion Law, art. 28"
    ),
    adverts.RACE: lazy("Interim Regulations on the Human Resources Market, art. 24; Employment Promotion Law, art. 3"),
    adverts.RELIGION: lazy(
        "Interim Regulations on the Human Resources Market, art. 24; Employment Promotion Law, art. 3"
    ),
    adverts.AGE: lazy("Employment Promotion Law, art. 3: age is not among the grounds it lists"),
    adverts.MARRIAGE: lazy("Employment Promotion Law, art. 27: contracts must not limit marriage or childbirth"),
    adverts.REGISTRATION: lazy(
        "Interim Regulations on the Human Resources Market, art. 11; Employment Promotion Law, art. 31"
    ),
    adverts.FEE: CONTRACT_9,
    adverts.PAPERS: CONTRACT_9,
    adverts.SECURITY: CONTRACT_9,
    adverts.LURE: MARKET_24,
    adverts.CONTACT: TRUE_AND_LAWFUL,
    adverts.CODE: TRUE_AND_LAWFUL,
}  # fmt: skip
SENTENCES = {
    adverts.SEX: lazy("The words “%(words)s” choose people by sex."),
    adverts.ETHNICITY: lazy("The words “%(words)s” choose people by ethnic group."),
    adverts.RACE: lazy("The words “%(words)s” choose people by race."),
    adverts.RELIGION: lazy("The words “%(words)s” choose people by religion."),
    adverts.AGE: lazy("The words “%(words)s” set an age limit."),
    adverts.MARRIAGE: lazy("The words “%(words)s” ask about marriage or children."),
    adverts.REGISTRATION: lazy("The words “%(words)s” ask for a household registration."),
    adverts.FEE: lazy("The words “%(words)s” take money or a deposit from applicants."),
    adverts.PAPERS: lazy("The words “%(words)s” keep papers of applicants."),
    adverts.SECURITY: lazy("The words “%(words)s” ask applicants for a guarantor or security."),
    adverts.LURE: lazy("The words “%(words)s” are how work is offered that does not exist."),
    adverts.CONTACT: lazy("The words “%(words)s” lead applicants past the office."),
    adverts.CODE: lazy("The signs “%(words)s” are machine code, not words."),
}
STRIKE = lazy("Strike these words, or say what the work needs.")
STEPS = {
    adverts.FEE: lazy("Strike it: an employer takes no money from its people, under any name."),
    adverts.PAPERS: lazy("Strike it: papers are looked at and given back at once."),
    adverts.SECURITY: lazy("Strike it: no security may be asked for a job."),
    adverts.LURE: lazy("Say plainly what is done, where, and for which pay."),
    adverts.CONTACT: lazy("Strike it: the contact stands in the record, and the office passes applicants on."),
    adverts.CODE: lazy("Write it in words."),
}  # fmt: skip
LIMITS = frozenset({adverts.AGE, adverts.MARRIAGE, adverts.REGISTRATION})
ADDRESS = frozenset({adverts.CODE, adverts.CONTACT})  # what an address may not hold; a street may be called anything
FIELDS = ("title", "conditions", "description", "address")


def text_checks(facts: VacancyFacts, on: date) -> list[Check]:
    """What the text says that it must not, each ground once, and a line for what is in order."""
    found = adverts.findings_in(facts.text)
    known = {one.ground for one in found}
    found += [one for one in adverts.findings_in(facts.address) if one.ground in ADDRESS and one.ground not in known]
    checks = [_check_of(facts, one) for one in found if one.ground not in LIMITS or _warns(on)]
    grounds = {one.ground for one in found}
    if not grounds.intersection((adverts.SEX, adverts.ETHNICITY, adverts.RACE, adverts.RELIGION)):
        sentence = _("No words choose people by sex, ethnic group, race or religion.")
        checks.insert(0, Check("wording", "ok", sentence, MARKET_24))
    if not grounds.intersection((adverts.FEE, adverts.PAPERS, adverts.SECURITY, adverts.LURE)):
        checks.insert(1, Check("fees", "ok", _("Nobody is asked for money, papers or security."), CONTRACT_9))
    return checks


def pay_checks(facts: VacancyFacts, market: PayMarket | None, on: date) -> Iterator[Check]:
    """Pay that is far above what the occupation pays, or a span that says nothing."""
    lowest, highest = facts.pay_min_fen or 0, facts.pay_max_fen or 0
    times = parameters().value("unreal_pay_percent", on) / 100
    if lowest and market is not None and market.is_known and lowest > (most := highest_likely(market, times=times)):
        yield Check(
            "unreal_pay",
            "bad",
            _(
                "The lowest pay, %(pay)s yuan, is far above what %(count)s open vacancies of the occupation pay:"
                " half of them %(low)s to %(high)s yuan, none likely above %(most)s."
            )
            % {
                "pay": lowest // 100,
                "count": market.count,
                "low": int(market.q25) // 100,
                "high": int(market.q75) // 100,
                "most": most // 100,
            },
            MARKET_24,
            "pay_min_fen",
            _("State what the contract will name for a month; if it is true, the office lets it through."),
            hold=HoldGround.PAY,
        )
    widest = parameters().value("widest_pay_percent", on) / 100
    if lowest and highest > widest * lowest:
        yield Check(
            "pay_span",
            "plain",
            _("The highest pay is more than %(times)g times the lowest; readers do not know what to expect.")
            % {"times": widest},
            MARKET_24,
            "pay_max_fen",
            _("State what most people in this work get."),
        )


def copy_checks(near: Iterable[tuple[Any, int]], *, employer: int) -> list[Check]:
    """That a public vacancy says the same already: pointed out before publication, decided afterwards."""
    return [
        Check(
            "copy",
            "plain",
            _("No. %(number)s, %(title)s (%(employer)s), says the same already: %(percent)s%% of the text.")
            % {"number": other.pk, "title": other.title, "employer": other.employer_name, "percent": percent},
            TRUE_AND_LAWFUL,
            "description",
            _("Change its number of places instead; two offers of one firm that say the same are shown as one.")
            if other.employer_id == employer
            else _("Ask which of the two firms has the work; the office decides whether both are shown."),
        )
        for other, percent in list(near)[:3]
    ]


def _check_of(facts: VacancyFacts, found: Finding) -> Check:
    is_limit = found.ground in LIMITS
    hint = _("Ask whether the work really needs it; it does not stop the publication.")
    hold = "" if found.weight is not Weight.HOLDS else HoldGround.SCAM.value
    return Check(
        f"hint_{found.ground}" if is_limit else f"wording_{found.ground}",
        "plain" if found.weight is Weight.HINT else "bad",
        SENTENCES[found.ground] % {"words": found.words},
        CLAUSES[found.ground],
        _field_of(facts, found),
        hint if is_limit else STEPS.get(found.ground, STRIKE),
        hold=hold,
    )


def _field_of(facts: VacancyFacts, found: Finding) -> str:
    """The field in which the words stand; blanks and hiding signs do not matter."""
    for field in FIELDS:
        if any(one.ground == found.ground for one in adverts.findings_in(getattr(facts, field))):
            return field
    return "description"


def _warns(on: date) -> bool:
    return bool(parameters().value("vacancy_age_limits_warn", on))
