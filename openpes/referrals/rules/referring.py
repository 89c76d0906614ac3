"""May this person be introduced here, may it apply, may this answer be recorded, are these the facts of a hire?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.engine.paper_codes import CODE_LENGTH as CODE_LENGTH
from openpes.engine.paper_codes import CODE_LETTERS as CODE_LETTERS
from openpes.engine.paper_codes import digest_of as digest_of
from openpes.engine.paper_codes import plain_code as plain_code
from openpes.engine.paper_codes import spoken_code as spoken_code
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.referrals.choices import EMPLOYERS_ANSWERS, PERSONS_ANSWERS, Answer, LetterState
from openpes.vacancies.choices import State

CAP_CLAUSE = lazy("Parameter “referrals for each opening” (field ACB211)")
SEEKER_CLAUSE = lazy("Employment Promotion Law, art. 35: the service introduces people who seek work")
CONTRACT_CLAUSE = lazy("Labour Contract Law, art. 17")
EARLIEST_HIRE_DAYS = 365
MOST_WORDS = 1000


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What is known when somebody is about to be introduced; counted while the vacancy is locked."""

    state: State
    openings: int
    filled: int
    counting: int
    same_waits: bool
    seeks_work: bool
    hired_here: bool = False


@dataclass(frozen=True, kw_only=True)
class HireFacts:
    """The contract of a hire: when work begins, monthly pay in fen, and its end for a fixed term."""

    begins_on: date
    pay_fen: int
    contract_until_on: date | None = None


def why_not_refer(about: Introduction, *, on: date) -> list[Reason]:
    """Every reason against an introduction on a day, in words for the office."""
    return [*_vacancy_reasons(about), *_cap_reasons(about, on), *_person_reasons(about)]


def why_not_apply(about: Introduction, *, on: date) -> list[Reason]:
    """The same reasons against an own application, in words for the person."""
    reasons = _vacancy_reasons(about)
    if about.counting >= referral_cap(about.openings, on=on):
        text = _("As many people have applied or been introduced as this vacancy may have at a time.")
        later = _("Look again in some days, or choose another vacancy.")
        reasons.append(Reason(text, clause=CAP_CLAUSE, field="vacancy", next_step=later))
    if not about.seeks_work:
        text = _("You are neither registered unemployed nor have a job wish in force.")
        wish = _("Enter your job wish first.")
        reasons.append(Reason(text, clause=SEEKER_CLAUSE, field="person", next_step=wish))
    if about.same_waits:
        text = _("You have applied or been introduced already, and the employer has not answered yet.")
        mine = _("Under “My applications” you see how it stands.")
        reasons.append(Reason(text, field="vacancy", next_step=mine))
    if about.hired_here:
        text = _("You were already hired for this vacancy.")
        reasons.append(Reason(text, field="vacancy", next_step=_("Choose another vacancy.")))
    return reasons


def why_not_say(own_words: str) -> list[Reason]:
    """Why the own words of an application are not sent: they are too long."""
    if len(own_words.strip()) <= MOST_WORDS:
        return []
    told = {"count": len(own_words.strip()), "most": MOST_WORDS}
    text = _("These words have %(count)s characters; at most %(most)s are sent.") % told
    return [Reason(text, field="own_words", next_step=_("Write shorter; the rest stands in your CV."))]


def referral_cap(openings: int, *, on: date) -> int:
    """How many referrals a vacancy may have at a time: openings × the ratio of that day."""
    return openings * int(parameters().value("referral_ratio", on))


def last_day_of_letter(on: date) -> date:
    """The last day on which a letter of that day is valid."""
    return on + timedelta(days=int(parameters().value("referral_letter_days", on)))


def letter_state(*, answered: bool, valid_until_on: date, on: date) -> LetterState:
    """What a letter is on a day."""
    if answered:
        return LetterState.ANSWERED
    return LetterState.EXPIRED if valid_until_on < on else LetterState.VALID


def why_not_answer(*, answer: str, now: str, by_employer: bool, by_person: bool = False) -> list[Reason]:
    """Why an answer cannot be recorded over the present one (`now`, empty while it waits).

    That an employer gave no answer is no answer: it may still be given.
    """
    if now and now != Answer.NO_ANSWER:
        return [
            Reason(
                _("This introduction has been answered already: %(answer)s.") % {"answer": Answer(now).label},
                next_step=_("Nothing needs to be done."),
            )
        ]
    if answer == Answer.HIRED:
        return [
            Reason(
                _("A hire is recorded with the facts of its contract."),
                field="answer",
                clause=CONTRACT_CLAUSE,
                next_step=_("Open “Record hire” and state when work begins and the pay."),
            )
        ]
    own = EMPLOYERS_ANSWERS if by_employer else PERSONS_ANSWERS if by_person else Answer.values
    if answer not in own or answer == now:
        return [
            Reason(
                _("“%(answer)s” is not an answer that can be given here.") % {"answer": answer},
                field="answer",
                next_step=_("Choose one of the list."),
            )
        ]
    return []


def why_not_feedback(*, reason: str, known: Collection[str]) -> list[Reason]:
    """Why a coded reason does not belong to an answer; `known` are the codes of its list, an empty reason is none."""
    if not reason or reason in known:
        return []
    text = _("“%(code)s” is not a reason of the list for this answer.") % {"code": reason}
    return [Reason(text, field="reason", next_step=_("Choose one of the list."))]


def why_not_hire(facts: HireFacts, *, on: date) -> list[Reason]:
    """What is wrong with the facts of a contract that is recorded on a day."""
    reasons = []
    if facts.pay_fen <= 0:
        reasons.append(
            Reason(
                _("The pay is missing."),
                CONTRACT_CLAUSE,
                "pay_fen",
                _("Write the monthly pay of the contract in yuan."),
            )
        )
    if facts.contract_until_on is not None and facts.contract_until_on <= facts.begins_on:
        reasons.append(
            Reason(
                _("The contract ends before it begins."),
                CONTRACT_CLAUSE,
                "contract_until_on",
                _("Compare both dates, or leave the end empty for a permanent contract."),
            )
        )
    if (on - facts.begins_on).days > EARLIEST_HIRE_DAYS:
        reasons.append(
            Reason(
                _("Work would have begun on %(day)s, more than a year ago.")
                % {"day": spoken_day(facts.begins_on)},
                field="begins_on",
                next_step=_("Compare the year of the date."),
            )
        )
    return reasons


def _vacancy_reasons(about: Introduction) -> list[Reason]:
    if about.state != State.OPEN:
        return [
            Reason(
                _("The vacancy is not open: %(state)s.") % {"state": about.state.label},
                field="vacancy",
                next_step=_("Choose another vacancy."),
            )
        ]
    if about.filled >= about.openings:
        return [
            Reason(
                _("No place is left: %(filled)s of %(openings)s are filled.")
                % {"filled": about.filled, "openings": about.openings},
                field="vacancy",
                next_step=_("Choose another vacancy."),
            )
        ]
    return []


def _cap_reasons(about: Introduction, on: date) -> list[Reason]:
    cap = referral_cap(about.openings, on=on)
    if about.counting < cap:
        return []
    return [
        Reason(
            _(
                "%(count)s persons are introduced to this vacancy already; for %(openings)s places %(cap)s are allowed."
            )
            % {"count": about.counting, "openings": about.openings, "cap": cap},
            clause=CAP_CLAUSE,
            field="vacancy",
            next_step=_("Ask the employer for its answers, or choose another vacancy."),
        )
    ]


def _person_reasons(about: Introduction) -> list[Reason]:
    reasons = []
    if not about.seeks_work:
        reasons.append(
            Reason(
                _("The person is neither registered unemployed nor has a job wish in force."),
                clause=SEEKER_CLAUSE,
                field="person",
                next_step=_("Register the job wish first."),
            )
        )
    if about.same_waits:
        reasons.append(
            Reason(
                _("The person has been introduced to this vacancy and no answer has come yet."),
                field="vacancy",
                next_step=_("Ask the employer and record the answer."),
            )
        )
    if about.hired_here:
        reasons.append(
            Reason(
                _("The person was already hired for this vacancy."),
                field="vacancy",
                next_step=_("Choose another vacancy."),
            )
        )
    return reasons
