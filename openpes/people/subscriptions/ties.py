"""What of this room, and of the rooms below it, belongs to a person and goes with a merged file."""

from django.utils.translation import gettext_lazy as _

from openpes.access.models import Account
from openpes.audit.models import JournalEntry
from openpes.messages.models import Message
from openpes.people.choices import Clash
from openpes.people.models import (
    LIVING,
    OVERLAP,
    CorrectionAppeal,
    CorrectionRequest,
    Departure,
    EducationRecord,
    FileHandover,
    FormerName,
    FormerNumber,
    GroupMembership,
    HouseholdMember,
    HukouPeriod,
    LedgerEntry,
    LikelyPair,
    Merge,
    MergedPerson,
    NumberChange,
    Qualification,
    Residence,
    Tie,
    hold_ties,
)

ANSWER_AWAITED = "a.answer = '' AND b.answer = ''"
STORY = "what happened under a number is told under that number for ever"

hold_ties(
    Tie(
        model=Account,
        title=_("Accounts of the own page"),
        apart="true",
        clash=Clash.PAST,
        living="{row}.is_active",
        next_step=_("Close one of the two accounts first."),
        detach=True,
    ),
    Tie(model=Residence, title=_("Homes"), apart=OVERLAP, clash=Clash.CHOOSE, living=LIVING),
    Tie(
        model=HouseholdMember,
        title=_("Memberships of households"),
        apart=OVERLAP,
        clash=Clash.CHOOSE,
        living=LIVING,
    ),
    Tie(model=LedgerEntry, title=_("Entries of rural ledgers")),
    Tie(
        model=HukouPeriod,
        title=_("Household registrations"),
        apart=OVERLAP,
        clash=Clash.CHOOSE,
        living=LIVING,
    ),
    Tie(model=FormerName, title=_("Former names"), apart=OVERLAP, clash=Clash.CHOOSE),
    Tie(model=FormerNumber, title=_("Former identity numbers")),
    Tie(
        model=NumberChange,
        title=_("Changes of the identity number"),
        apart=ANSWER_AWAITED,
        next_step=_("Let a second officer answer one of the two changes first."),
    ),
    Tie(
        model=Departure,
        title=_("Deaths and departures"),
        apart="a.taken_back_at IS NULL AND a.returned_on IS NULL AND b.taken_back_at IS NULL AND b.returned_on IS NULL",
        next_step=_("Take one of the two departures back first."),
    ),
    Tie(
        model=FileHandover,
        title=_("Hand-overs of the file"),
        apart=ANSWER_AWAITED,
        next_step=_("Let the new office answer one of the two hand-overs first."),
    ),
    Tie(
        model=GroupMembership,
        title=_("Groups"),
        apart=f'{OVERLAP} AND a."group" = b."group" AND a.outcome <> \'refused\' AND b.outcome <> \'refused\'',
        clash=Clash.CHOOSE,
    ),
    Tie(
        model=EducationRecord,
        title=_("Education"),
        apart="a.proof = 'stated' AND b.proof = 'stated' AND a.withdrawn_at IS NULL AND b.withdrawn_at IS NULL",
        clash=Clash.CHOOSE,
    ),
    Tie(
        model=Qualification,
        title=_("Skill grades and licences"),
        apart="a.kind = 'stated' AND b.kind = 'stated' AND a.withdrawn_at IS NULL AND b.withdrawn_at IS NULL",
        clash=Clash.CHOOSE,
    ),
    Tie(
        model=CorrectionRequest,
        title=_("Requests for correction"),
        apart=f"a.fact = b.fact AND {ANSWER_AWAITED}",
        next_step=_("Answer one of the two requests first."),
    ),
    Tie(model=CorrectionAppeal, title=_("Appeals about corrections")),
    Tie(model=Message, title=_("Messages")),
    Tie(model=JournalEntry, column="person", title=_("Lines of the journal"), remains=STORY),
    Tie(model=Merge, column="stays", title=_("Merges"), remains=STORY),
    Tie(model=Merge, column="goes", title=_("Merges"), remains=STORY),
    Tie(model=MergedPerson, column="person", title=_("Merges"), remains="the number that was merged, and stays it"),
    Tie(model=MergedPerson, column="stays", title=_("Merges"), remains="is followed from number to number"),
    Tie(model=LikelyPair, column="first", title=_("Likely pairs"), remains="says which numbers were compared"),
    Tie(model=LikelyPair, column="second", title=_("Likely pairs"), remains="says which numbers were compared"),
)
