"""Why: which rule of a day's law, with which facts, decided about a person; asked again, it answers the same."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from openpes.codes.queries import choices_of, code_label, in_language
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.people.choices import Sex
from openpes.people.models import Person
from openpes.registration.choices import (
    CANCEL_SET,
    PROOF_SET,
    REASON_SET,
    Document,
    Group,
    Outcome,
    Ruling,
    Status,
    Subject,
    Verdict,
)
from openpes.registration.models import Appeal, Decision, FactCorrection, StatusPeriod, WithdrawnRegistration
from openpes.registration.queries.decisions import decision_words
from openpes.registration.queries.persons import circumstances_of
from openpes.registration.rules.certificates import USE_CLAUSE
from openpes.registration.rules.corrections import CODED as CODED_FACTS
from openpes.registration.rules.eligibility import RuleResult, unemployment_rules
from openpes.registration.rules.endings import END_CLAUSE
from openpes.registration.rules.replay import asked_of, granted, plain_results, replayed, replayed_claim

NOTHING = "—"


@dataclass(frozen=True)
class AskedValue:
    """A dated parameter that a rule asked: its name, value on the day, since when, and its source."""

    title: str
    value: str
    since_on: date
    source: str


@dataclass(frozen=True)
class WhyRule:
    """One rule as it stands with the facts of the decision by the law of its day."""

    result: RuleResult
    asked: list[AskedValue]


@dataclass(frozen=True)
class Correction:
    """A corrected fact in words."""

    label: str
    was: str
    now: str
    why: str
    row: FactCorrection


@dataclass(frozen=True)
class Why:
    """A decision told again: its facts, its rules, whether replay agrees, and what corrected facts would give.

    `corrected` is empty as long as no fact was corrected; `corrected_outcome` is then None.
    """

    decision: Decision
    about: str
    facts: list[tuple[str, str]]
    rules: list[WhyRule]
    agrees: bool
    corrections: list[Correction]
    corrected: list[WhyRule]
    corrected_outcome: str | None


def why(*, scope: str, person: int, on: date) -> list[Why]:
    """The decisions that governed a person of the area on a day, the latest first.

    They are the last of each subject up to the day, and the one that made the registration in force on it.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):  # the file goes with the person; earlier offices decided in their own areas
        found = list(Decision.objects.filter(person=holder, on__lte=on).order_by("subject", "-on", "-id"))
        found = _standing(found, holder)
        last = {row.subject: row for row in reversed(found)}
        status = StatusPeriod.objects.filter(person=holder).in_force_on(on).first()
        made = [row for row in found if status and row.number == status.number and row.outcome == Outcome.GRANTED]
        corrections = FactCorrection.objects.filter(person=holder).order_by("id")
        by_decision: dict[int, list[FactCorrection]] = {}
        for row in corrections:
            by_decision.setdefault(row.decision_id, []).append(row)
    rows = sorted({row.pk: row for row in [*last.values(), *made]}.values(), key=_recent, reverse=True)
    return [_told(row, by_decision.get(row.pk, [])) for row in rows]


def would_be(*, scope: str, person: int, on: date) -> list[WhyRule]:
    """How the rules would stand on a day with the facts known now, where nothing was decided.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    case = circumstances_of(person=holder, on=on)
    known = tuple(spell for spell in case.spells if spell.from_on <= on)
    return _rules(unemployment_rules(replace(case, spells=known)), on, holder.sex)


def why_words(*, scope: str, person: int, on: date) -> list[str]:
    """What a terminal shows of the decisions that governed a person on a day, without the person's name.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    with within(scope):
        rows = why(scope=scope, person=person, on=on)
        if not rows:
            first = _("Nothing was decided up to this day. So the rules would stand with the facts known now:")
            return [first, *_lines(would_be(scope=scope, person=person, on=on))]
    lines: list[str] = []
    for row in rows:
        head = (spoken_day(row.decision.on), row.decision.get_subject_display(), row.decision.get_outcome_display())
        lines += ["", " · ".join([*map(str, head), row.decision.number]).rstrip(" ·")]
        lines += _lines(row.rules)
        lines += [f"    {label}: {value}" for label, value in row.facts]
        agrees, not_agrees = (
            _("Asked again with these facts by the law of that day, the rules answer the same."),
            _("Asked again, the rules answer otherwise than they did. Tell the city office."),
        )
        lines.append(agrees if row.agrees else not_agrees)
        lines += [f"  ~ {one.label}: {one.was} → {one.now} ({one.why})" for one in row.corrections]
        if row.corrected_outcome:
            words = _("With the corrected facts the answer would be: %(outcome)s")
            lines += [words % {"outcome": row.corrected_outcome}, *_lines(row.corrected)]
    return lines


def _lines(rules: list[WhyRule]) -> list[str]:
    found = []
    for rule in rules:
        found.append(f"  [{rule.result.state}] {rule.result.sentence} ({rule.result.clause})")
        found += [f"      {one.title}: {one.value} ({spoken_day(one.since_on)}, {one.source})" for one in rule.asked]
    return found


def fact_label(name: str) -> str:
    """A fact of a decision in words."""
    labels = {
        "on": _("Law of"),
        "born_on": _("Born"),
        "sex": _("Sex"),
        "hukou": _("Hukou"),
        "resident_from_on": _("In the city since"),
        "spells": _("Registered periods"),
        "reason": _("Reason"),
        "former_employer": _("Former employer"),
        "proofs": _("Proof handed in"),
        "willing": _("Able to work and willing"),
        "ended_on": _("Ended on"),
        "note": _("What shows it"),
        "last_contact_on": _("Last contact"),
        "reminded_on": _("Reminded on"),
        "group": _("Group"),
        "documents": _("Documents"),
        "former_unit": _("Former firm"),
        "proved": pgettext("fact of a decision", "Proved by papers"),
        "issued_on": _("Issued on"),
        "check_due_on": _("Yearly check by"),
        "revocation": _("Reason"),
    }
    return labels.get(name, name)


def fact_code_of(name: str, text: str) -> str:
    """The code of a fact that was written as its code or its name in either language; the text itself if neither."""
    if name == "sex":
        return next((str(code) for code, label in Sex.choices if text in (code, str(label))), text)
    if name not in CODED_FACTS:
        return text
    names = {}
    for language in ("zh-hans", "en"):
        with override(language):
            names |= {str(label): code for code, label in choices_of(CODED_FACTS[name])}
    return names.get(text, text)


def _standing(found: list[Decision], person: Person) -> list[Decision]:
    """Decisions without those of registrations taken back, and without those that fell or were taken back."""
    withdrawn = WithdrawnRegistration.objects.filter(person=person).order_by("id").values_list("number", flat=True)
    going_on = StatusPeriod.objects.unemployed().filter(person=person, until_on=None).order_by("id")
    gone, still = set(withdrawn), set(going_on.values_list("number", flat=True))
    allowed = Appeal.objects.filter(person=person, ruling=Ruling.ALLOWED, decision__subject=Subject.CERTIFICATE)
    fell = set(allowed.order_by("id").values_list("decision", flat=True))
    return [
        row
        for row in found
        if row.number not in gone
        and row.pk not in fell
        and not (row.subject == Subject.ENDING and row.number in still)
    ]


def _recent(row: Decision) -> tuple[date, int]:
    return row.on, row.pk


def _told(row: Decision, corrections: list[FactCorrection]) -> Why:
    results = _replayed(row, row.facts)
    corrected: list[RuleResult] = []
    if corrections:
        corrected = _replayed(row, row.facts | {each.fact: each.now for each in corrections})
    sex = row.facts.get("sex", "")
    outcome = (Outcome.GRANTED if granted(corrected) else Outcome.REFUSED) if corrected else None
    return Why(
        row,
        decision_words(row),
        [(fact_label(name), _fact_words(row, name, value)) for name, value in row.facts.items()],
        _rules(results, date.fromisoformat(row.facts["on"]), sex),
        row.outcome == Outcome.ENDED or plain_results(results) == row.results,
        [_correction(row, each) for each in corrections],
        _rules(corrected, date.fromisoformat(row.facts["on"]), sex),
        str(outcome.label) if outcome else None,
    )


def _replayed(row: Decision, facts: dict[str, Any]) -> list[RuleResult]:
    if row.outcome == Outcome.ENDED:
        return [_ending(row, facts)]
    return replayed(facts) if row.subject == Subject.UNEMPLOYMENT else replayed_claim(facts)


def _ending(row: Decision, facts: dict[str, Any]) -> RuleResult:
    of_certificate = row.subject == Subject.CERTIFICATE
    reason = facts["revocation"] if of_certificate else code_label(CANCEL_SET, facts["reason"])
    words = _("Ended for the reason: %(reason)s.") % {"reason": reason}
    return RuleResult(row.results[0]["code"], Verdict.NO, words, str(USE_CLAUSE if of_certificate else END_CLAUSE))


def _rules(results: list[RuleResult], on: date, sex: str) -> list[WhyRule]:
    return [WhyRule(result, [_asked(one) for one in asked_of(result.code, on, sex)]) for result in results]


def _asked(one: Any) -> AskedValue:
    parameter = parameters().parameter(one.name)
    title = in_language(parameter.title_zh, parameter.title_en)
    return AskedValue(title, _plain(one.value), one.since_on, _(one.source))


def _plain(value: Any) -> str:
    if hasattr(value, "values"):  # a table of retirement: its first age, which rises with the birth month
        return _("%(months)s months") % {"months": value["base"]}
    return str(value)


def _correction(row: Decision, each: FactCorrection) -> Correction:
    was, now = (_fact_words(row, each.fact, value) for value in (each.was, each.now))
    return Correction(fact_label(each.fact), was, now, each.why, each)


def _fact_words(row: Decision, name: str, value: Any) -> str:
    if value in ("", None, []):
        return NOTHING
    if name == "reason":
        return code_label(CANCEL_SET if row.subject == Subject.ENDING else REASON_SET, value)
    if name.endswith("_on") or name == "on":
        return spoken_day(date.fromisoformat(value))
    if name in CODED_FACTS and isinstance(value, str):
        return code_label(CODED_FACTS[name], value)
    if name == "sex":
        return str(Sex(value).label)
    if name == "group":
        return str(Group(value).label) if value in Group.values else str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "spells":
        return "；".join(_spell_words(spell) for spell in value)
    if isinstance(value, list):
        return "、".join(_listed(name, code) for code in value)
    return str(value)


def _listed(name: str, code: str) -> str:
    return str(Document(code).label) if name == "documents" else code_label(PROOF_SET, code)


def _spell_words(spell: dict[str, Any]) -> str:
    days = (spell["from_on"], spell["until_on"])
    from_on, until_on = (spoken_day(date.fromisoformat(day)) if day else "…" for day in days)
    return f"{Status(spell['status']).label} {from_on} – {until_on}"
