"""A decision as it can be asked again: its facts as plain values, and its rules by the law of its day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openpes.engine.parameters import parameters
from openpes.engine.retirement import FEMALE
from openpes.registration.choices import Verdict
from openpes.registration.rules.certificates import Claim, certificate_rules
from openpes.registration.rules.eligibility import Circumstances, RuleResult, unemployment_rules
from openpes.registration.rules.periods import Spell

# Which dated parameters each rule of eligibility asks.
ASKED = {
    "age": ("working_age_min",),
    "residence": ("stable_work_months_of_newcomers",),
    "no contact": ("no_contact_months", "contact_interval_months", "contact_grace_days"),
    "status": ("preference_unemployed_months",),
    "yearly check": ("preference_check_months",),
}
DAYS = frozenset({"on", "born_on", "resident_from_on"})


@dataclass(frozen=True)
class Asked:
    """A dated parameter as it was asked: its value on the day, since when, and where it comes from."""

    name: str
    value: Any
    since_on: date
    source: str


def plain_facts(case: Circumstances) -> dict[str, Any]:
    """The circumstances of a decision as values that can be stored."""
    return {
        "on": case.on.isoformat(),
        "born_on": case.born_on.isoformat(),
        "sex": case.sex,
        "hukou": case.hukou,
        "resident_from_on": case.resident_from_on.isoformat() if case.resident_from_on else None,
        "spells": [plain_spell(spell) for spell in case.spells],
        "reason": case.reason,
        "former_employer": case.former_employer,
        "proofs": sorted(case.proofs),
        "willing": case.willing,
    }


def circumstances_from(facts: Mapping[str, Any]) -> Circumstances:
    """The circumstances that were stored."""
    told = {name: _day(value) if name in DAYS else value for name, value in facts.items()}
    spells = tuple(_spell_from(spell) for spell in facts["spells"])
    return Circumstances(**told | {"spells": spells, "proofs": frozenset(facts["proofs"])})


def replayed(facts: Mapping[str, Any], *, on: date | None = None) -> list[RuleResult]:
    """The rules asked again with stored facts, by the law of their day, or of another."""
    case = circumstances_from(facts)
    return unemployment_rules(replace(case, on=on) if on else case)


def replayed_claim(facts: Mapping[str, Any]) -> list[RuleResult]:
    """The rules of a preference certificate asked again with stored facts, by the law of the application's day."""
    on = _day(facts["on"])
    assert on is not None
    return certificate_rules(
        Claim(
            on=on,
            group=facts["group"],
            documents=frozenset(facts["documents"]),
            former_unit=facts["former_unit"],
            spells=tuple(_spell_from(spell) for spell in facts["spells"]),
            proved=facts.get("proved", False),  # decisions of before did not look into the file
        )
    )


def granted(results: list[RuleResult]) -> bool:
    """Whether no rule stops the registration."""
    return all(result.state != Verdict.NO for result in results)


def plain_results(results: list[RuleResult]) -> list[dict[str, str]]:
    """How each rule stood, as values that can be stored; the sentences are made again when they are read."""
    return [{"code": result.code, "state": str(result.state)} for result in results]


def asked_of(code: str, on: date, sex: str = "") -> list[Asked]:
    """The parameters that a rule asked, as they stood on a day; retirement has one a sex."""
    found = []
    for name in (*ASKED.get(code, ()), *(_retirement(sex, on) if code == "age" else ())):
        value = parameters().parameter(name).in_force(on)
        found.append(Asked(name, value.value, value.from_on, value.source))
    return found


def _retirement(sex: str, on: date) -> tuple[str, ...]:
    track = parameters().value("registration_age_track_women", on) if sex == FEMALE else "men"
    return (f"retirement_{track}",)


def plain_spell(spell: Spell) -> dict[str, Any]:
    return {
        "status": spell.status,
        "from_on": spell.from_on.isoformat(),
        "until_on": spell.until_on.isoformat() if spell.until_on else None,
        "number": spell.number,
        "end_reason": spell.end_reason,
        "counted_from_on": spell.counted_from_on.isoformat() if spell.counted_from_on else None,
    }


def _spell_from(told: Mapping[str, Any]) -> Spell:
    from_on = _day(told["from_on"])
    assert from_on is not None
    return Spell(
        told["status"],
        from_on,
        _day(told["until_on"]),
        told["number"],
        told["end_reason"],
        _day(told.get("counted_from_on")),  # decisions made before other cities were known have none
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
