"""One person: eligibility, present status, and everything that was registered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from openpes.codes.queries import choices_of, code_label, occupation_label
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, clock, within
from openpes.kernel.composed import Composed
from openpes.kernel.days import spoken_day
from openpes.kernel.rows import any_of, array_text
from openpes.kernel.scope import CITY
from openpes.people.models import Person, Residence
from openpes.registration.choices import CANCEL_SET, CATEGORY_SET, REASON_SET, EmploymentEnd, Status
from openpes.registration.models import JobWish, StatusPeriod, WithdrawnRegistration
from openpes.registration.rules import Circumstances, RuleResult, Spell, UnemploymentFacts, unemployment_rules
from openpes.registration.rules.endings import consequence_words


@dataclass(frozen=True)
class Step:
    """One line of a person's history, as a timeline shows it."""

    on: date
    text: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class RegisterFile:
    """What the register holds of a person: every period, the earliest first, the wishes, and what was taken back."""

    holder: Person
    periods: list[StatusPeriod]
    wishes: list[JobWish]
    taken_back: list[WithdrawnRegistration]

    @property
    def timeline(self) -> list[Step]:
        """The history in words, the latest first: the file, registrations, ends, wishes, withdrawals."""
        steps = [_file_step(self.holder)]
        steps += [step for row in self.periods for step in _steps_of(row)]
        steps += [Step(wish.from_on, _("Job wish registered"), _wish_words(wish)) for wish in self.wishes]
        steps += [_withdrawn_step(row) for row in self.taken_back]
        steps.sort(key=lambda step: step.on)
        return steps[::-1]  # of one day, too, the later act first

    def status_on(self, on: date, scope: str) -> StatusPeriod | None:
        """The registration of the area that is in force on a day."""
        return next((row for row in self.periods if _holds(row, on, scope)), None)

    def wish_on(self, on: date, scope: str) -> JobWish | None:
        """The job wish of the area that is in force on a day."""
        return next((row for row in self.wishes if _holds(row, on, scope)), None)

    def rules_on(self, on: date, resident_from_on: date | None) -> list[RuleResult]:
        """Every rule of unemployment registration before its form was filled."""
        spells = tuple(spell_of(row) for row in self.periods)
        return unemployment_rules(_circumstances(self.holder, on, resident_from_on, spells))


def eligibility(*, scope: str, person: int, on: date, facts: UnemploymentFacts | None = None) -> list[RuleResult]:
    """Every rule of unemployment registration for a person of the area, before or after the form was filled.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    return unemployment_rules(circumstances_of(person=holder, on=on, facts=facts))


def circumstances_of(*, person: Person, on: date, facts: UnemploymentFacts | None = None) -> Circumstances:
    """What the rules look at for a person on a day, with what was told so far."""
    with within(CITY):  # since when the person lives in the city, in whatever area of it
        homes = Residence.objects.filter(person=person).order_by("from_on")
        resident_from_on = homes.values_list("from_on", flat=True).first()
    return _circumstances(person, on, resident_from_on, spells_of(person.pk), facts)


def _circumstances(
    person: Person,
    on: date,
    resident_from_on: date | None,
    spells: tuple[Spell, ...],
    facts: UnemploymentFacts | None = None,
) -> Circumstances:
    return Circumstances(
        on=on,
        born_on=person.born_on,
        sex=person.sex,
        hukou=person.hukou,
        resident_from_on=resident_from_on,
        spells=spells,
        reason=facts.reason if facts else "",
        former_employer=facts.former_employer if facts else "",
        proofs=frozenset(facts.proofs) if facts else frozenset(),
        willing=facts.willing if facts else None,
    )


def spells_of(person: int) -> tuple[Spell, ...]:
    """Every registered period of a person in the city, the earliest first.

    The caller has made sure that the actor may act for the person.
    """
    with within(CITY):  # the file goes with the person; earlier offices registered in their own areas
        periods = StatusPeriod.objects.filter(person=person).order_by("from_on", "id")
        return tuple(spell_of(period) for period in periods)


def spell_of(period: StatusPeriod) -> Spell:
    """A registered period as the rules see it."""
    days = (period.from_on, period.until_on)
    return Spell(period.status, *days, period.number, period.end_reason, period.counted_from_on)


def period(*, scope: str, pk: int) -> StatusPeriod:
    """One registration of the area.

    :raises StatusPeriod.DoesNotExist: there is none of that id in the area
    """
    return StatusPeriod.objects.visible_to(scope).select_related("person").get(pk=pk)


def status_of(*, scope: str, person: int, on: date) -> StatusPeriod | None:
    """The registration of a person of the area that is in force on a day, or None."""
    return StatusPeriod.objects.visible_to(scope).filter(person=person).in_force_on(on).first()


def own_status(*, actor: Actor, on: date) -> StatusPeriod | None:
    """The registration of the person that a self-service account stands for."""
    return StatusPeriod.objects.filter(person=actor.person).in_force_on(on).first()


def statuses_of(*, scope: str, persons: Iterable[int], on: date) -> dict[int, StatusPeriod]:
    """The registrations in force on a day of many persons of the area, by person, in one query."""
    found = _IN_FORCE(scope=scope, persons=array_text(list(persons)), on=on) if scope else []
    return {row.person_id: row for row in found}


_IN_FORCE = Composed(
    lambda scope, persons, on: StatusPeriod.objects.visible_to(scope)
    .filter(any_of(StatusPeriod, "person", persons)).in_force_on(on).order_by("person_id"),
    {"scope": "123", "persons": "{-1}", "on": date.min},
)  # fmt: skip


def history_of(*, scope: str, person: int) -> list[StatusPeriod]:
    """Every registration of a person of the area, the latest first, wherever in the city it was made.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        return list(StatusPeriod.objects.filter(person=holder).order_by("-from_on", "-id"))


def own_history(*, actor: Actor) -> list[StatusPeriod]:
    """Every registration of the person that a self-service account stands for, the latest first."""
    return list(StatusPeriod.objects.filter(person=actor.person).order_by("-from_on", "-id"))


def timeline_of(*, scope: str, person: int) -> list[Step]:
    """The history of a person of the area in words, the latest first: registrations, ends, wishes, withdrawals.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    return register_file(Person.objects.visible_to(scope).get(pk=person)).timeline


def register_file(holder: Person) -> RegisterFile:
    """Everything that was registered about a person whose file is open, wherever in the city, each table read once."""
    with within(CITY):  # the file goes with the person
        return RegisterFile(
            holder,
            list(StatusPeriod.objects.filter(person=holder).order_by("from_on", "id")),
            list(JobWish.objects.filter(person=holder).order_by("id")),
            list(WithdrawnRegistration.objects.filter(person=holder).order_by("id")),
        )


def withdrawal_deadline(registration: StatusPeriod) -> datetime:
    """Until when a registration can be taken back."""
    on = clock.day_of(registration.registered_at)
    return registration.registered_at + timedelta(minutes=parameters().value("withdraw_minutes", on))


def status_label(registration: StatusPeriod | None) -> tuple[str, str]:
    """The words and the tone of a status badge; None stands for not registered."""
    if registration is None:
        return _("Not registered"), "plain"
    return str(Status(registration.status).label), "wait" if registration.status == Status.UNEMPLOYED else "ok"


def end_reason_label(registration: StatusPeriod) -> str:
    """Why a registration ended, in words; empty while it is open."""
    code = registration.end_reason
    if not code:
        return ""
    if registration.status == Status.UNEMPLOYED:
        return code_label(CANCEL_SET, code)
    return str(EmploymentEnd(code).label) if code in EmploymentEnd.values else code


def end_consequences() -> list[tuple[str, list[str]]]:
    """Every reason for which an unemployment registration ends, with what follows from it."""
    return [(str(label), consequence_words(code)) for code, label in choices_of(CANCEL_SET)]


def _steps_of(row: StatusPeriod) -> list[Step]:
    number = _("No. %(number)s") % {"number": row.number}
    if row.status == Status.UNEMPLOYED:
        begun, ended = _("Unemployment registered"), _("Unemployment registration ended")
        about = code_label(REASON_SET, row.reason)
    else:
        begun, ended = _("Employment registered"), _("Employment ended")
        about = row.workplace or code_label(CATEGORY_SET, row.category)
    steps = [Step(row.from_on, begun, " · ".join([about, number, *_act_words(row.from_on, row.registered_at)]))]
    if row.until_on:
        steps.append(Step(row.until_on, ended, end_reason_label(row)))
    return steps


def _file_step(holder: Person) -> Step:
    return Step(clock.day_of(holder.created_at), _("Person registered"))


def _act_words(on: date, at: datetime) -> list[str]:
    """The day on which the office did it, where that is another day than the one from which it counts."""
    day = clock.day_of(at)
    return [] if day == on else [_("registered on %(day)s") % {"day": spoken_day(day)}]


def _holds(row: StatusPeriod | JobWish, on: date, scope: str) -> bool:
    inside = bool(scope) and row.area.startswith(scope)
    return inside and row.from_on <= on and (row.until_on is None or row.until_on > on)


def _wish_words(wish: JobWish) -> str:
    return "、".join(occupation_label(code) for code in wish.occupations) or _("any occupation")


def _withdrawn_step(row: WithdrawnRegistration) -> Step:
    return Step(
        clock.day_of(row.withdrawn_at),
        _("Registration taken back"),
        _("No. %(number)s") % {"number": row.number},
    )
