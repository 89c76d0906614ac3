"""The re-employment preference certificate: who may have one, its clocks, notice, issue, uses, checks, revocation."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import DAY, add_months, working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.registration.choices import Document, Group, Status, Verdict
from openpes.registration.rules.eligibility import RuleResult
from openpes.registration.rules.periods import Spell

GROUP_CLAUSE = gettext_lazy("Guangxi rules on the re-employment preference certificate: the four groups")
PROCEDURE_CLAUSE = gettext_lazy("Guangxi rules on the re-employment preference certificate: review, notice, issue")
USE_CLAUSE = gettext_lazy("Guangxi rules on the re-employment preference certificate: use and yearly check")
ALWAYS = frozenset({Document.IDENTITY, Document.HANDBOOK})

# What each group brings beside the identity card and the handbook: one of each set.
DOCUMENTS: dict[Group, tuple[frozenset[Document], ...]] = {
    Group.LAID_OFF: (frozenset({Document.LAID_OFF, Document.NO_SETTLEMENT}),),
    Group.STATE_UNEMPLOYED: (frozenset({Document.ENDED}), frozenset({Document.BENEFIT})),
    Group.CLOSED_FIRM: (frozenset({Document.CLOSURE}), frozenset({Document.SETTLEMENT})),
    Group.SUBSISTENCE: (frozenset({Document.SUBSISTENCE}),),
}
FORMER_UNIT = frozenset({Group.LAID_OFF, Group.STATE_UNEMPLOYED, Group.CLOSED_FIRM})


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What is told at an application: one of the four groups, the documents brought, the former firm."""

    group: str = ""
    documents: tuple[str, ...] = ()
    former_unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is told at an application, and what the register knows of the person.

    `proved` says that officers recognised the group in the person's file, so that its papers are not asked for again.
    """

    on: date
    group: str
    documents: frozenset[str]
    former_unit: str
    spells: tuple[Spell, ...]
    has_one: bool = False
    proved: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an application has come, for the rules of its next step."""

    reviewed: bool
    notice_until_on: date | None
    unanswered: int
    outcome: str
    revoked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class UseCase:
    """What the rules look at before a policy is written in; employers are ids, None for none."""

    valid: bool
    check_due_on: date
    on: date
    policy_known: bool
    unit: str
    employer: int | None = None
    works_at: int | None = None


def review_due_on(applied_on: date) -> date:
    """The last working day of the review."""
    return working_days_after(applied_on, parameters().value("preference_review_working_days", applied_on))


def decide_due_on(applied_on: date) -> date:
    """The last working day of the whole procedure."""
    return working_days_after(applied_on, parameters().value("preference_total_working_days", applied_on))


def notice_until_on(from_on: date) -> date:
    """The first day after the public notice that begins on a day; only working days count."""
    days = parameters().value("preference_notice_working_days", from_on)
    return working_days_after(from_on - DAY, days) + DAY


def check_due_on(last_on: date) -> date:
    """By when a certificate issued or checked on a day is checked again."""
    return add_months(last_on, parameters().value("preference_check_months", last_on))


def certificate_rules(claim: Claim) -> list[RuleResult]:
    """Every rule of an application, in the order in which a clerk checks them."""
    return [_group(claim), _unemployed(claim), *_documents(claim), *_unit(claim), _single(claim)]


def why_not_apply(claim: Claim) -> list[Reason]:
    """Why an application is not taken."""
    return [
        Reason(result.sentence, clause=result.clause, field=result.field, next_step=result.next_step)
        for result in certificate_rules(claim)
        if result.state != Verdict.OK
    ]


def why_not_review(progress: Progress) -> list[Reason]:
    """Why an application cannot be reviewed."""
    if progress.outcome or progress.reviewed:
        return [Reason(_("This application was reviewed already."), next_step=_("Load the page again."))]
    return []


def why_not_decide(progress: Progress, *, prepared: bool, on: date, issues: bool) -> list[Reason]:
    """Why an application cannot be decided: by another officer, after review and notice, objections answered.

    `prepared` says that who decides had a hand in the application or its review.
    """
    if progress.outcome:
        return [Reason(_("This application was decided already."), next_step=_("Load the page again."))]
    reasons = []
    if prepared:
        reasons.append(
            Reason(
                _("Who took or reviewed the application does not decide it."),
                clause=PROCEDURE_CLAUSE,
                next_step=_("A colleague with the right to issue does it."),
            )
        )
    if not progress.reviewed:
        reasons.append(
            Reason(
                _("The application is not reviewed yet."),
                clause=PROCEDURE_CLAUSE,
                next_step=_("Review the documents first."),
            )
        )
    if issues and progress.reviewed:
        reasons += _notice_reasons(progress, on)
    return reasons


def why_not_object(progress: Progress, *, said: str) -> list[Reason]:
    """Why an objection cannot be written down."""
    reasons = []
    if progress.outcome or not progress.reviewed:
        reasons.append(Reason(_("This application is not on public notice."), clause=PROCEDURE_CLAUSE))
    if not said.strip():
        reasons.append(Reason(_("Write what was said."), field="said"))
    return reasons


def why_not_answer(*, answered: bool, answer: str) -> list[Reason]:
    """Why an objection cannot be answered."""
    reasons = []
    if answered:
        reasons.append(Reason(_("This objection was answered already."), next_step=_("Load the page again.")))
    if not answer.strip():
        reasons.append(Reason(_("Write what was found."), field="answer"))
    return reasons


def why_not_use(case: UseCase) -> list[Reason]:
    """Why a policy cannot be written into a certificate."""
    reasons = []
    if not case.valid:
        reasons.append(
            Reason(_("The certificate is not valid on this day."), clause=USE_CLAUSE, field="from_on")
        )
    elif case.on > case.check_due_on:
        reasons.append(
            Reason(
                _("The yearly check was due on %(day)s.") % {"day": spoken_day(case.check_due_on)},
                clause=USE_CLAUSE,
                next_step=_("Check the certificate first."),
            )
        )
    if not case.policy_known:
        reasons.append(Reason(_("Choose one of the list."), field="policy"))
    if not case.unit.strip():
        reasons.append(Reason(_("Name the unit that grants the policy."), clause=USE_CLAUSE, field="unit"))
    if case.employer is not None and case.employer != case.works_at:
        reasons.append(
            Reason(
                _("The person is not registered as employed by this employer on that day."),
                clause=USE_CLAUSE,
                field="credit_code",
                next_step=_("Register the employment first."),
            )
        )
    return reasons


def _notice_reasons(progress: Progress, on: date) -> list[Reason]:
    reasons = []
    if progress.notice_until_on is None or on < progress.notice_until_on:
        until = spoken_day(progress.notice_until_on) if progress.notice_until_on else ""
        reasons.append(
            Reason(
                _("The public notice goes on until %(day)s.") % {"day": until},
                clause=PROCEDURE_CLAUSE,
                next_step=_("Decide when it is over."),
            )
        )
    if progress.unanswered:
        reasons.append(
            Reason(
                _("An objection came in and is not answered."),
                clause=PROCEDURE_CLAUSE,
                next_step=_("Look into it and write the answer."),
            )
        )
    return reasons


def _group(claim: Claim) -> RuleResult:
    if claim.group in Group.values:
        return RuleResult("group", Verdict.OK, str(Group(claim.group).label), str(GROUP_CLAUSE))
    state = Verdict.NO if claim.group else Verdict.MISSING
    return RuleResult("group", state, _("Choose one of the four groups."), str(GROUP_CLAUSE), field="group")


def _unemployed(claim: Claim) -> RuleResult:
    spell = next((s for s in claim.spells if s.lasts_beyond(claim.on)), None)
    if claim.group == Group.LAID_OFF and (spell is None or spell.status == Status.UNEMPLOYED):
        return RuleResult("status", Verdict.OK, _("Not registered as employed."), str(GROUP_CLAUSE))
    if spell is None or spell.status != Status.UNEMPLOYED:
        return RuleResult(
            "status", Verdict.NO, _("The person is not registered as unemployed."), str(GROUP_CLAUSE),
            _("Register the unemployment first."),
        )  # fmt: skip
    months = parameters().value("preference_unemployed_months", claim.on)
    if claim.group == Group.SUBSISTENCE and add_months(spell.since_on, months) > claim.on:
        return RuleResult(
            "status",
            Verdict.NO,
            _("Unemployed since %(day)s, which is not yet %(months)s months.")
            % {"day": spoken_day(spell.since_on), "months": months},
            str(GROUP_CLAUSE),
            _("Apply from %(day)s on.") % {"day": spoken_day(add_months(spell.since_on, months))},
        )
    words = _("Registered as unemployed since %(day)s.") % {"day": spoken_day(spell.since_on)}
    return RuleResult("status", Verdict.OK, words, str(GROUP_CLAUSE))


def _documents(claim: Claim) -> list[RuleResult]:
    wanted = [frozenset({document}) for document in sorted(ALWAYS)]
    wanted += DOCUMENTS.get(Group(claim.group), ()) if claim.group in Group.values else ()
    results = []
    for choice in wanted:
        names = _(" or ").join(str(Document(document).label) for document in sorted(choice))
        on_file = claim.proved and not choice & ALWAYS and not choice & claim.documents
        there = on_file or bool(choice & claim.documents)
        names = _("%(papers)s: proved in the file already") % {"papers": names} if on_file else names
        step = "" if there else _("Ask the person to bring it.")
        state = Verdict.OK if there else Verdict.MISSING
        results.append(RuleResult("document", state, names, str(GROUP_CLAUSE), step, "documents"))
    return results


def _unit(claim: Claim) -> list[RuleResult]:
    if claim.group not in FORMER_UNIT or claim.former_unit.strip():
        return []
    return [
        RuleResult(
            "unit", Verdict.MISSING, _("The former firm is not named."), str(GROUP_CLAUSE),
            _("Copy its name from the proof."), "former_unit",
        )
    ]  # fmt: skip


def _single(claim: Claim) -> RuleResult:
    if not claim.has_one:
        return RuleResult("single", Verdict.OK, _("No other certificate or application."), str(GROUP_CLAUSE))
    return RuleResult(
        "single", Verdict.NO, _("The person has a certificate or an open application already."), str(GROUP_CLAUSE),
        _("Go on with that one."),
    )  # fmt: skip
