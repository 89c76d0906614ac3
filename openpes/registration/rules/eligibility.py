"""May this person be registered as unemployed? One result a rule, with its clause and what to do next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import add_months, age_on
from openpes.engine.parameters import parameters
from openpes.engine.retirement import retires_on
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.registration.choices import (
    CANCELLED_BY_DEATH,
    CANCELLED_BY_PENSION,
    FROM_ELSEWHERE,
    LEFT_EMPLOYMENT,
    PROOF_OF_ABILITY,
    PROOFS_BY_REASON,
    PROOFS_OF_STABLE_WORK,
    Status,
    Verdict,
)
from openpes.registration.rules.endings import END_CLAUSE, Again, consequence_of
from openpes.registration.rules.periods import Spell

AGE_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 63; Labour Law, art. 15")
BASIC_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 63")
WILLING_CLAUSE = gettext_lazy(
    "Provisions on Employment Services and Employment Management, art. 63; Social Insurance Law, art. 45"
)
REASON_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 65")
PROOF_CLAUSE = gettext_lazy("Social Insurance Law, art. 50; Employment Promotion Law, art. 43")

# Why no registration follows an end for a reason that has none after it.
NEVER_AGAIN = {
    CANCELLED_BY_DEATH: gettext_lazy("An earlier registration ended because the person died."),
    CANCELLED_BY_PENSION: gettext_lazy("An earlier registration ended because the person draws the old-age pension."),
}


@dataclass(frozen=True)
class RuleResult:
    """How one rule stands: `ok`, `missing` (may be supplied later) or `no` (stops the registration)."""

    code: str
    state: Verdict
    sentence: str
    clause: str = ""
    next_step: str = ""
    field: str = ""

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {Verdict.OK: "ok", Verdict.MISSING: "wait", Verdict.NO: "bad"}[self.state]


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the rules look at; `reason`, `proofs` and `willing` are empty or None before anything was told."""

    on: date
    born_on: date
    sex: str
    hukou: str
    resident_from_on: date | None
    spells: tuple[Spell, ...] = ()
    reason: str = ""
    former_employer: str = ""
    proofs: frozenset[str] = frozenset()
    willing: bool | None = None


def unemployment_rules(case: Circumstances) -> list[RuleResult]:
    """Every rule of unemployment registration for a person on a day, in the order in which a clerk checks them.

    Source: 就业服务与就业管理规定 art. 63-66; 社会保险法 art. 50; ages and months are dated parameters.
    """
    return [_age(case), _not_registered(case), _residence(case), _willing(case), _proof(case), *_ended_for_good(case)]


def faults(results: list[RuleResult]) -> list[Reason]:
    """The rules that stop a registration, as reasons of a refusal."""
    return [
        Reason(result.sentence, clause=result.clause, field=result.field, next_step=result.next_step)
        for result in results
        if result.state == Verdict.NO
    ]


def _age(case: Circumstances) -> RuleResult:
    youngest = parameters().value("working_age_min", case.on)
    last_on = retires_on(case.born_on, case.sex, case.on)
    age = age_on(case.born_on, case.on)
    if age < youngest:
        return _no(
            "age",
            _("The person is %(age)s; working age begins at %(youngest)s.") % {"age": age, "youngest": youngest},
            AGE_CLAUSE,
            _("Registration is possible from %(day)s on.")
            % {"day": spoken_day(add_months(case.born_on, 12 * youngest))},
        )
    if case.on >= last_on:
        return _no(
            "age",
            _("The person reached retirement age on %(day)s.") % {"day": spoken_day(last_on)},
            AGE_CLAUSE,
            _("Ask about the basic old-age pension; a job wish can still be registered."),
        )
    words = _("Of working age: %(age)s, retirement age is reached on %(day)s.")
    return _ok("age", words % {"age": age, "day": spoken_day(last_on)}, AGE_CLAUSE)


def _not_registered(case: Circumstances) -> RuleResult:
    spell = next((s for s in case.spells if s.lasts_beyond(case.on)), None)
    if spell is None:
        return _ok("idle", _("Not registered as employed or unemployed."), BASIC_CLAUSE)
    told = {"since": spoken_day(spell.from_on), "number": spell.number}
    if spell.status == Status.UNEMPLOYED:
        return _no(
            "idle",
            _("Already registered as unemployed since %(since)s (No. %(number)s).") % told,
            BASIC_CLAUSE,
            _("One open registration is enough: go on with it, or end it first."),
        )
    return _no(
        "idle",
        _("Registered as employed since %(since)s (No. %(number)s).") % told,
        BASIC_CLAUSE,
        _("End the employment registration first, with its day and reason."),
    )


def _residence(case: Circumstances) -> RuleResult:
    months = parameters().value("stable_work_months_of_newcomers", case.on)
    if not case.hukou:
        return _missing(
            "residence",
            _("It is not recorded whether the household registration is of this city."),
            BASIC_CLAUSE,
            _("This does not stop the registration. Look at the household booklet and enter it into the file."),
        )
    if case.hukou not in FROM_ELSEWHERE:
        return _ok("residence", _("Household registration of this city."), BASIC_CLAUSE)
    told = {"months": months}
    if _has_stable_stay(case, months):
        return _ok("residence", _("From elsewhere, settled here for %(months)s months.") % told, BASIC_CLAUSE)
    return _missing(
        "residence",
        _("From elsewhere: %(months)s months of stable work here are not proved.") % told,
        BASIC_CLAUSE,
        _("This does not stop the registration. Ask for the employment contract or the proof of contributions."),
    )


def _has_stable_stay(case: Circumstances, months: int) -> bool:
    settled = case.resident_from_on is not None and add_months(case.resident_from_on, months) <= case.on
    worked = any(
        spell.status == Status.EMPLOYED and add_months(spell.from_on, months) <= (spell.until_on or case.on)
        for spell in case.spells
    )
    return settled or worked or bool(case.proofs & PROOFS_OF_STABLE_WORK)


def _willing(case: Circumstances) -> RuleResult:
    if case.willing is None:
        return _missing(
            "willing",
            _("Able to work and wants to: to be declared."),
            WILLING_CLAUSE,
            _("Ask the person, and tick the declaration in the form."),
        )
    if not case.willing:
        return _no(
            "willing",
            _("The person does not declare to be able to work and to want a job."),
            WILLING_CLAUSE,
            _("Only who is able and wants to work is registered; tick the declaration if it is so."),
            "willing",
        )
    return _ok("willing", _("Able to work and wants to, as declared."), WILLING_CLAUSE)


def _proof(case: Circumstances) -> RuleResult:
    if not case.reason:
        return _missing(
            "proof",
            _("The proof depends on the reason for unemployment."),
            PROOF_CLAUSE,
            _("Choose the reason; who lost a job brings the proof that it ended."),
        )
    wanted = PROOFS_BY_REASON.get(case.reason, frozenset())
    if not wanted:
        return _ok("proof", _("No proof is needed for this reason."), REASON_CLAUSE)
    if not wanted & case.proofs:
        words = (
            _("The proof that employment ended is not there yet.")
            if case.reason in LEFT_EMPLOYMENT
            else _("The proof for this reason is not there yet.")
        )
        return _missing(
            "proof", words, PROOF_CLAUSE, _("Register now; the person hands it in, and it is entered then."), "proofs"
        )
    if case.reason in LEFT_EMPLOYMENT and not case.former_employer.strip():
        return _missing(
            "proof",
            _("The proof is there, the former employer is not named."),
            PROOF_CLAUSE,
            _("Copy the name from the proof."),
            "former_employer",
        )
    return _ok("proof", _("The proof for this reason is there."), PROOF_CLAUSE)


def _ended_for_good(case: Circumstances) -> list[RuleResult]:
    unemployments = (spell for spell in case.spells if spell.status == Status.UNEMPLOYED and spell.end_reason)
    again = {consequence_of(spell.end_reason).again: spell.end_reason for spell in unemployments}
    if Again.NEVER in again:
        step = _("If that is a mistake, ask the city office to correct the file.")
        return [_no("ended", str(NEVER_AGAIN[again[Again.NEVER]]), END_CLAUSE, step)]
    if Again.WITH_PROOF in again and PROOF_OF_ABILITY not in case.proofs:
        return [
            _missing(
                "ended",
                _("An earlier registration ended because all ability to work was lost."),
                END_CLAUSE,
                _("Ask for the proof that it is regained, and tick “other proof”."),
            )
        ]
    return []


def _ok(code: str, sentence: str, clause: object) -> RuleResult:
    return RuleResult(code, Verdict.OK, sentence, str(clause))


def _missing(code: str, sentence: str, clause: object, next_step: str, field: str = "") -> RuleResult:
    return RuleResult(code, Verdict.MISSING, sentence, str(clause), next_step, field)


def _no(code: str, sentence: str, clause: object, next_step: str, field: str = "") -> RuleResult:
    return RuleResult(code, Verdict.NO, sentence, str(clause), next_step, field)
