"""What statistics hears: of which rows something was told, so that their facts are looked at again; who left a post."""

from collections.abc import Iterator, Sequence

from openpes.access.events import AccountClosed, RoleEnded
from openpes.employers.events import EmployerChanged
from openpes.kernel import Event, listen
from openpes.kernel.action import actor_of
from openpes.kernel.events import hear_many
from openpes.kernel.scope import CITY
from openpes.people import events as people
from openpes.referrals import events as referrals
from openpes.registration import events as registration
from openpes.statistics.actions import end_subscriptions_of, end_thresholds_of
from openpes.statistics.choices import FactSource
from openpes.statistics.models import DueSubject
from openpes.statistics.queries.communities import full_employment_communities, zero_employment_households
from openpes.statistics.queries.measures import offer_measure
from openpes.vacancies import events as vacancies

OF_EMPLOYER = {"industry", "unit_type", "economic_type"}
OF_PERSON = {"sex", "born_on", "education", "skill_level"}
NAMED = {
    FactSource.VACANCY: "vacancy",
    FactSource.WISH: "wish",
    FactSource.PERIOD: "period",
    FactSource.REFERRAL: "referral",
    FactSource.HIRE: "hire",
    FactSource.PERSON: "person",
    FactSource.EMPLOYER: "employer",
}
# Of which rows the facts may differ after an event; `PersonChanged` and `EmployerChanged` tell what was changed.
TOLD_OF: dict[type[Event], tuple[FactSource, ...]] = {
    **dict.fromkeys(
        (
            vacancies.VacancyPublished, vacancies.VacancyChanged, vacancies.PlaceFilled, vacancies.VacancyEnded,
            vacancies.ListedVacancyWithdrawn,
        ),
        (FactSource.VACANCY,),
    ),
    **dict.fromkeys(
        (
            registration.JobWishRegistered, registration.JobWishChanged, registration.JobWishEnded,
            registration.JobWishRestored,
        ),
        (FactSource.WISH,),
    ),
    **dict.fromkeys(
        (
            registration.UnemploymentRegistered, registration.UnemploymentEnded, registration.EmploymentRegistered,
            registration.EmploymentEnded, registration.EmploymentChanged, registration.EmploymentRestored,
            registration.RegistrationRestored,
            registration.RegistrationTransferredIn, registration.RosterEntryWithdrawn,
        ),
        (FactSource.PERIOD,),
    ),
    **dict.fromkeys(
        (
            registration.RegistrationTransferredOut, registration.TransferOutTakenBack, registration.TransferOffered,
            registration.TransferAnswered, people.MovedHome, people.NumberChanged, people.PersonDied,
            people.DeathTakenBack, people.PersonDeparted, people.DepartureTakenBack, people.PersonsMerged,
            people.PersonsUnmerged, people.PersonRestored, people.PersonChanged,
        ),
        (FactSource.PERSON,),
    ),
    # With an employment goes the end of the unemployment before it, of which no event tells.
    registration.RegistrationWithdrawn: (FactSource.PERIOD, FactSource.PERSON),
    referrals.PersonReferred: (FactSource.REFERRAL,),
    referrals.Hired: (FactSource.HIRE,),
    EmployerChanged: (FactSource.EMPLOYER,),
}  # fmt: skip


@listen(*TOLD_OF)
def note(event: Event) -> None:
    """Note the row that an event is about, in the transaction of the event."""
    note_all([event])


@hear_many(note)
def note_all(events: Sequence[Event]) -> None:
    """Note the rows that many events are about, each once."""
    told = {(source, subject): event.at for event in events for source, subject in _told(event)}
    DueSubject.objects.bulk_create(
        DueSubject(source=source, subject=subject, noted_at=at) for (source, subject), at in told.items()
    )


def _told(event: Event) -> Iterator[tuple[FactSource, int]]:
    if isinstance(event, people.PersonChanged) and not OF_PERSON & set(event.facts):
        return
    if isinstance(event, EmployerChanged) and event.changed and not OF_EMPLOYER & set(event.changed):
        return
    for source in TOLD_OF[type(event)]:
        yield source, getattr(event, NAMED[source])


@listen(AccountClosed, RoleEnded)
def let_go(event: AccountClosed | RoleEnded) -> None:
    """Whoever loses an area or a post follows nothing there any longer, from the same moment on."""
    by = actor_of(event.by, scope=CITY)
    end_subscriptions_of(account=event.account, by=by, at=event.at)
    end_thresholds_of(account=event.account, by=by, at=event.at)


offer_measure("zero_employment_households", zero_employment_households)
offer_measure("full_employment_communities", full_employment_communities)
