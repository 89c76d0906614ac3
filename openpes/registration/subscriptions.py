"""What registration hears: who moves takes what is open along, the handbook tells all; it offers the hiring roster."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from openpes.codes.queries import code_items, in_words
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card
from openpes.engine.identifiers import IdentifierError, parse_credit_code
from openpes.engine.rosters import hiring_roster, provinces
from openpes.engine.sheets import Sheet
from openpes.intake.actions import offer
from openpes.intake.choices import Accepted, Incoming, Reference, Remark, Subject, Values
from openpes.kernel import Actor, Reason, Refused, clock, listen
from openpes.kernel.action import PLATFORM, actor_of
from openpes.kernel.events import hear_many
from openpes.kernel.scope import CITY
from openpes.people.choices import DepartureKind, Fact, HandoverAnswer
from openpes.people.events import (
    DeathTakenBack,
    DepartureTakenBack,
    FileAnswered,
    MovedHome,
    PersonDeparted,
    PersonDied,
)
from openpes.people.queries import changes_fact
from openpes.registration.actions import (
    accept_with_file,
    carry_registrations,
    close_handbook,
    end_all,
    restore_all,
    write_line,
)
from openpes.registration.actions.rosters import ContractFacts, RosterRow, enter_roster, preview_roster
from openpes.registration.actions.rosters_back import withdraw_roster_rows
from openpes.registration.choices import EmploymentEnd, Line, TransferAnswer
from openpes.registration.events import (
    ContractSuspended,
    EmploymentChanged,
    EmploymentEnded,
    EmploymentRegistered,
    EmploymentRestored,
    FactCorrected,
    JobWishChanged,
    JobWishEnded,
    JobWishRegistered,
    JobWishRestored,
    ProofsSupplied,
    RegistrationRestored,
    RegistrationTransferredIn,
    RegistrationTransferredOut,
    RegistrationWithdrawn,
    RosterEntryWithdrawn,
    TransferAnswered,
    TransferOutTakenBack,
    UnemploymentConfirmed,
    UnemploymentEnded,
    UnemploymentRegistered,
)
from openpes.registration.models import Handbook
from openpes.registration.permissions import REGISTER_EMPLOYMENT
from openpes.registration.queries import keeps_handbook
from openpes.registration.rules.endings import consequence_of
from openpes.registration.rules.roster_sheet import Lists, roster_sheet, row_faults

Registered = (
    UnemploymentRegistered
    | UnemploymentEnded
    | EmploymentRegistered
    | EmploymentEnded
    | RegistrationWithdrawn
    | RegistrationRestored
    | EmploymentRestored
)
Lined = (
    Registered | UnemploymentConfirmed | TransferAnswered | RegistrationTransferredOut | RegistrationTransferredIn
)

changes_fact(
    Fact.REGISTRATION, UnemploymentRegistered, UnemploymentEnded, EmploymentRegistered, EmploymentEnded,
    RegistrationWithdrawn, RegistrationRestored, EmploymentRestored, RegistrationTransferredIn,
    RegistrationTransferredOut, TransferOutTakenBack, EmploymentChanged, ContractSuspended, RosterEntryWithdrawn,
    ProofsSupplied, FactCorrected, JobWishRegistered, JobWishChanged, JobWishEnded, JobWishRestored,
)  # fmt: skip


@listen(MovedHome)
def carry_along(event: MovedHome) -> None:
    """The office of the new home goes on with what is open."""
    carry_registrations(person=event.person, area=event.area, by=PLATFORM, at=event.at)


@listen(FileAnswered)
def answer_along(event: FileAnswered) -> None:
    """An office that accepts a file goes on with what is open in it; a returned file carries it back by the move."""
    if event.answer == HandoverAnswer.ACCEPTED:
        accept_with_file(person=event.person, by=actor_of(event.by, scope=event.area), at=event.at)


@listen(PersonDied, PersonDeparted)
def end_with_the_person(event: PersonDied | PersonDeparted) -> None:
    """Registration and job wish of who died or left for good end with the day; of the dead the handbook too."""
    kind = event.kind if isinstance(event, PersonDeparted) else DepartureKind.DIED
    end_all(person=event.person, kind=kind, on=event.on, by=actor_of(event.by, scope=CITY), at=event.at)


@listen(DeathTakenBack, DepartureTakenBack)
def restore_with_the_person(event: DeathTakenBack | DepartureTakenBack) -> None:
    """What ended with a mistaken report is open again."""
    by = actor_of(event.by, scope=CITY)
    restore_all(
        person=event.person, area=event.area, on=event.on, ended_at=event.recorded_at, by=by, at=event.at
    )


@listen(UnemploymentRegistered)
def write_unemployment(event: UnemploymentRegistered) -> None:
    """A registration of unemployment is a line of the handbook."""
    _write(event, Line.UNEMPLOYED, event.from_on, {"reason": event.reason})


@listen(UnemploymentEnded)
def write_end_of_unemployment(event: UnemploymentEnded) -> None:
    """The end of unemployment is a line; death ends the booklet too."""
    _write(event, Line.UNEMP_END, event.until_on, {"reason": event.reason})
    if consequence_of(event.reason).ends_booklet:
        _close(event)


@listen(EmploymentRegistered)
def write_employment(event: EmploymentRegistered) -> None:
    """A registration of employment is a line of the handbook."""
    _write(event, Line.EMPLOYED, event.from_on, {"category": event.category, "period": event.period})


@listen(EmploymentEnded)
def write_end_of_employment(event: EmploymentEnded) -> None:
    """The end of employment is a line; death ends the booklet too."""
    _write(event, Line.EMP_END, event.until_on, {"reason": event.reason})
    if event.reason == EmploymentEnd.DIED:
        _close(event)


@listen(RegistrationWithdrawn)
def write_withdrawal(event: RegistrationWithdrawn) -> None:
    """What was taken back stays a line, and so does the taking back."""
    _write(event, Line.TAKEN_BACK, clock.day_of(event.at), {})


@listen(RegistrationRestored)
def write_restoration(event: RegistrationRestored) -> None:
    """A registration whose end fell is a line."""
    _write(event, Line.REOPENED, clock.day_of(event.at), {})


@listen(EmploymentRestored)
def write_restored_employment(event: EmploymentRestored) -> None:
    """An employment that had ended by mistake is a line."""
    _write(event, Line.REOPENED, clock.day_of(event.at), {})


@listen(UnemploymentConfirmed)
def write_confirmation(event: UnemploymentConfirmed) -> None:
    """A confirmation is a line."""
    _line(event, Line.CONFIRMED, event.on, {"way": event.way})


@listen(TransferAnswered)
def write_transfer(event: TransferAnswered) -> None:
    """That another office took over is a line."""
    if event.answer == TransferAnswer.ACCEPTED:
        _line(event, Line.MOVED, clock.day_of(event.at), {"area": event.area})


@listen(RegistrationTransferredOut)
def write_transfer_out(event: RegistrationTransferredOut) -> None:
    """That another city goes on with it is a line."""
    _line(event, Line.WENT_OUT, event.left_on, {"number": event.number, "place": event.to_place})


@listen(RegistrationTransferredIn)
def write_transfer_in(event: RegistrationTransferredIn) -> None:
    """That it began in another city is a line."""
    _line(event, Line.CAME_IN, event.on, {"number": event.number, "place": event.from_place})


def _write(event: Registered, kind: Line, on: date, told: dict[str, Any]) -> None:
    _line(event, kind, on, {"number": event.number} | told)


def _line(event: Lined, kind: Line, on: date, told: dict) -> None:
    """Most persons have no handbook, and are asked about by one statement."""
    if keeps_handbook(person=event.person):
        by = actor_of(event.by, scope=CITY)
        write_line(person=event.person, kind=kind, on=on, told=told, by=by, at=event.at)


def _close(event: Registered) -> None:
    close_handbook(person=event.person, by=actor_of(event.by, scope=CITY), at=event.at)


E = TypeVar("E", UnemploymentEnded, EmploymentRegistered, EmploymentEnded)


def _of_keepers(events: Sequence[E]) -> list[E]:
    """The events about persons with a handbook, asked about by one statement."""
    persons = {event.person for event in events}
    keepers = set(Handbook.objects.filter(person__in=persons).values_list("person", flat=True))
    return [event for event in events if event.person in keepers]


@hear_many(write_end_of_unemployment)
def write_ends_of_unemployment(events: Sequence[UnemploymentEnded]) -> None:
    """The ends of many, as one after the other."""
    for event in _of_keepers(events):
        write_end_of_unemployment(event)


@hear_many(write_employment)
def write_employments(events: Sequence[EmploymentRegistered]) -> None:
    """The employments of many, as one after the other."""
    for event in _of_keepers(events):
        write_employment(event)


@hear_many(write_end_of_employment)
def write_ends_of_employment(events: Sequence[EmploymentEnded]) -> None:
    """The ends of many, as one after the other."""
    for event in _of_keepers(events):
        write_end_of_employment(event)


SAME = gettext_noop("This is registered so already; nothing changes.")
ENDS_UNEMPLOYMENT = gettext_noop("An open unemployment registration ends by this employment.")
FACTS = tuple(ContractFacts.__dataclass_fields__)


@lru_cache(maxsize=16)
def roster_table(*, area: str, on: date) -> Sheet:
    """The hiring roster, the same for every area."""
    names = {column.set for column in hiring_roster().columns if column.set}
    codes = {name: [(item.code, item.name_zh, item.name_en) for item in code_items(name)] for name in names}
    return roster_sheet(Lists(codes.__getitem__, provinces()), on)


def find_firm(typed: str, *, by: Actor) -> str:
    """The employer that a credit code means, of the area of the actor.

    :raises Refused: the code is wrong, or no employer of the area has it
    """
    try:
        code = parse_credit_code(typed).number
    except IdentifierError as error:
        raise Refused(Reason(in_words(error.message), field="about")) from None
    firm = Employer.objects.seen_by(by).filter(credit_code=code).first()
    if firm is None:
        raise Refused(
            Reason(
                _("No employer of your area is registered under this credit code."),
                field="about",
                next_step=_("Register the employer first, or send the roster to the office of its area."),
            )
        )
    return str(firm.pk)


def name_of_firm(key: str) -> str:
    """The name and the code of the employer of a roster."""
    card = employer_card(pk=int(key))
    return f"{card.name} {card.credit_code}"


def check_roster(
    rows: Sequence[Incoming], *, area: str, subject: str, by: Actor, at: datetime
) -> Iterable[tuple[int, Remark]]:
    """Tell before acceptance what a row could not do, and what it would do besides."""
    whole = [row for row in rows if _is_whole(row.values)]
    told = preview_roster(employer=int(subject), rows=[_roster_row(row.values) for row in whole], by=by, at=at)
    for row, would in zip(whole, told, strict=True):
        if isinstance(would, Refused):
            yield from ((row.row_no, _remark(reason)) for reason in would.reasons)
        elif would.is_nothing:
            yield row.row_no, Remark("contract_state", SAME, is_note=True)
        elif would.ends_unemployment:
            yield row.row_no, Remark("contract_state", ENDS_UNEMPLOYMENT, is_note=True)


def accept_roster(
    rows: Sequence[Incoming], *, area: str, subject: str, by: Actor, at: datetime
) -> list[Accepted | Refused]:
    """Register, change and end the employments of the employer."""
    outcomes = enter_roster(employer=int(subject), rows=[_roster_row(row.values) for row in rows], by=by, at=at)
    nothing = Accepted((), (Remark("contract_state", SAME, is_note=True),))
    return [one if isinstance(one, Refused) else Accepted(one) if one else nothing for one in outcomes]


def undo_roster(rows: Sequence[Sequence[Reference]], *, by: Actor, at: datetime) -> None:
    """Take back what rows of a roster did, all of it or nothing.

    :raises Refused: something else was registered since
    """
    withdraw_roster_rows(rows=rows, by=by, at=at)


def _roster_row(values: Values) -> RosterRow:
    facts = ContractFacts(**{name: values[name] for name in FACTS if values[name] is not None})
    return RosterRow(id_number=values["id_number"], name=values["name"], facts=facts)


def _is_whole(values: Values) -> bool:
    """Whether everything can be read that the acts need; what is missing has its error already."""
    needed = values["id_number"] and values["name"] and values["contract_state"]
    return bool(needed) and not [*row_faults(values)]


def _remark(reason: Reason) -> Remark:
    columns = {column.key for column in hiring_roster().columns}
    words = " ".join(str(part) for part in (reason.text, reason.clause, reason.next_step) if part)
    return Remark(reason.field if reason.field in columns else "contract_state", words)


HIRING_ROSTER = offer(
    kind="hiring_roster",
    title=gettext_lazy("Hiring roster"),
    sheet=roster_table,
    permission=REGISTER_EMPLOYMENT,
    accept_rows=accept_roster,
    undo_rows=undo_roster,
    label=lambda values: " · ".join(filter(None, [values["name"] or "", values["serial"] or ""])),
    check_rows=check_roster,
    subject=Subject(
        label=gettext_lazy("Employer (unified social credit code)"),
        help=gettext_lazy("The roster is that of one employer of your area"),
        find=find_firm,
        name=name_of_firm,
    ),
)
