"""When a file may carry another name or another identity number, and what stands in the way."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.areas import contains
from openpes.engine.identifiers import ResidentId, normalise_id, parse_resident_id, upgrade_id
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason, Refused
from openpes.people.choices import Evidence, NameKind, NumberAnswer
from openpes.people.rules.persons import read_alone

NAME_CLAUSE = gettext_lazy("Household Registration Regulations, art. 17 and 18")
NUMBER_CLAUSE = gettext_lazy("Resident Identity Card Law, art. 3 and 11")
LAST_BIRTH_YEAR_OF_15 = 1999
NAME_PAPERS = frozenset({Evidence.BOOKLET, Evidence.CARD, Evidence.POLICE})
NUMBER_PAPERS = frozenset({Evidence.CARD, Evidence.BOOKLET, Evidence.POLICE})


@dataclass(frozen=True, kw_only=True)
class NameCase:
    """A name about to be written into a file: what stands there, since when, and what is brought."""

    name: str
    present: str
    borne_from_on: date
    on: date
    today: date
    kind: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class NumberHolder:
    """Whose number it is already: where that file is kept, and whether the number is one of before there."""

    area: str
    formerly: bool = False


def why_not_rename(case: NameCase) -> list[Reason]:
    """Why a file does not get another name; the old one is kept with its days."""
    reasons = why_not_shown(case.evidence, NAME_PAPERS, NAME_CLAUSE)
    if case.kind not in NameKind.values:
        reasons.append(Reason(_("Choose whether the name changed or was written wrongly."), field="kind"))
    if case.name == case.present:
        reasons.append(
            Reason(
                _("The file carries this name already."),
                field="name",
                next_step=_("Enter the new name; the one that stands in the file is kept as a former name."),
            )
        )
    if case.on > case.today:
        reasons.append(
            Reason(
                _("The day of the new name, %(on)s, lies in the future.") % {"on": spoken_day(case.on)},
                clause=NAME_CLAUSE,
                field="on",
                next_step=_("Enter it when the household registration office has entered it."),
            )
        )
    elif case.on < case.borne_from_on:
        reasons.append(
            Reason(
                _("The present name is borne since %(since)s; the new one cannot begin before.")
                % {"since": spoken_day(case.borne_from_on)},
                field="on",
                next_step=_("Enter the day on the page of changes in the household booklet."),
            )
        )
    return reasons


def why_not_shown(evidence: str, papers: frozenset[Evidence], clause: object) -> list[Reason]:
    """Why a change is not entered without one of the papers by which it is known."""
    if evidence in papers:
        return []
    named = "、".join(str(Evidence(paper).label) for paper in Evidence.values if paper in papers)
    return [
        Reason(
            _("This change is entered only from a paper that shows it."),
            clause=str(clause),
            field="evidence",
            next_step=_("Ask for one of these: %(papers)s.") % {"papers": named},
        )
    ]


def read_number(text: str, today: date) -> ResidentId:
    """An identity number as it is stored.

    :raises Refused: when it cannot be one
    """
    return read_alone("id_number", partial(parse_resident_id, text, today))


def typed_number(text: str) -> str:
    """A number as it is compared with a stored one, without a word about what is wrong with it."""
    number = normalise_id(text)
    return upgrade_id(number) if len(number) == 15 and number.isdigit() else number


def number_of_15(number: str) -> str:
    """The 15 digits that a number of 18 had on the cards of the first generation.

    :raises Refused: when nobody of that birth year ever had a card with 15 digits
    """
    if not number.startswith("19", 6) or int(number[6:10]) > LAST_BIRTH_YEAR_OF_15:
        raise Refused(
            Reason(
                _("Cards with 15 digits were never issued for this year of birth."),
                clause=str(NUMBER_CLAUSE),
                field="id_number",
            )
        )
    return number[:6] + number[8:17]


def why_not_upgrade(*, known: bool, evidence: str) -> list[Reason]:
    """Why the upgrade from 15 to 18 digits is not written into a file."""
    reasons = why_not_shown(evidence, NUMBER_PAPERS, NUMBER_CLAUSE)
    if known:
        reasons.append(Reason(_("The 15 digits stand in the file as a former number already."), field="id_number"))
    return reasons


@dataclass(frozen=True, kw_only=True)
class NumberCase:
    """A number about to be asked for: what stands in the file, who has the new one, what waits and what is brought."""

    same: bool
    waiting: bool
    holder: NumberHolder | None
    on: date
    today: date
    evidence: str
    scope: str


def why_not_correct_number(case: NumberCase) -> list[Reason]:
    """Why a file does not get another identity number; a number is one person's for life."""
    reasons = why_not_shown(case.evidence, NUMBER_PAPERS, NUMBER_CLAUSE)
    if case.same:
        reasons.append(
            Reason(
                _("The file carries this number already."),
                field="id_number",
                next_step=_("If only the card changed from 15 to 18 digits, choose that kind of change."),
            )
        )
    if case.waiting:
        reasons.append(
            Reason(
                _("Another number of this file waits for a second officer already."),
                next_step=_("Let it be answered first; it stands under “Numbers to confirm”."),
            )
        )
    if case.on > case.today:
        reasons.append(Reason(_("The day of the new number lies in the future."), field="on"))
    return reasons + ([number_of_another(case.holder, case.scope)] if case.holder else [])


def number_of_another(holder: NumberHolder, scope: str) -> Reason:
    """The refusal of a number that is or was another person's; of another office's file it says nothing more."""
    if not contains(scope, holder.area):
        return Reason(
            _("This number belongs to a person who is registered at another office of the city."),
            clause=str(NUMBER_CLAUSE),
            field="id_number",
            next_step=_(
                "Compare the card once more; if it is one person, ask the city office to put the files together."
            ),
        )
    text = (
        _("This number was another person's before; their file is in your area.")
        if holder.formerly
        else _("This number belongs to another person of your area.")
    )
    return Reason(
        text,
        clause=str(NUMBER_CLAUSE),
        field="id_number",
        next_step=_(
            "If both are one person, put the two files together on the page “Duplicates”; else compare the card."
        ),
    )


def number_given_up() -> Reason:
    """The refusal of a number that a file gave up when it was put together with another one."""
    return Reason(
        _("This number was given up when two files were put together; it is nobody's present number."),
        clause=str(NUMBER_CLAUSE),
        field="id_number",
        next_step=_("Look at the files on the page “Duplicates”, and undo the merge if it was a mistake."),
    )


def why_not_answer_number(
    *, answered: bool, answer: str, note: str, same_hands: bool, seen: bool, same_number: bool
) -> list[Reason]:
    """Why a waiting number is not answered by this officer.

    `seen` says that what was shown is what waits, `same_number` that the officer typed the same number from the paper.
    """
    if answered:
        return [Reason(_("This number was answered already."), next_step=_("Load the page again."))]
    if answer not in NumberAnswer.values:
        return [Reason(_("Confirm it, or decline it."), field="answer")]
    if answer == NumberAnswer.DECLINED:
        wordless = Reason(_("Write why it is declined; the colleague reads it."), field="note")
        return [] if note.strip() else [wordless]
    reasons = []
    if same_hands:
        reasons.append(
            Reason(
                _("Who wrote the number in does not confirm it, nor anybody acting for them."),
                clause=str(NUMBER_CLAUSE),
                next_step=_("Ask a colleague; it stands on their list."),
            )
        )
    if not same_number:
        reasons.append(
            Reason(
                _("What you typed from the paper is not the number that was written in."),
                clause=str(NUMBER_CLAUSE),
                field="typed",
                next_step=_("Compare once more; if the paper says otherwise, decline it and say so."),
            )
        )
    if not seen:
        reasons.append(
            Reason(_("What waits is not what you were shown."), next_step=_("Load the page again, and compare."))
        )
    return reasons


def content_hash(*parts: object) -> str:
    """What a second officer's word is bound to."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
