"""Writing a vacancy down, changing it, and asking for its publication."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from openpes.codes.queries import code_items, skill_codes
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card
from openpes.engine.occupations import occupations
from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.network.queries import area_exists
from openpes.vacancies import rules
from openpes.vacancies.actions.keeping import hold_for
from openpes.vacancies.actions.publication import end_if_full, renew_publication
from openpes.vacancies.choices import State
from openpes.vacancies.events import PublicationAsked, PublicationReturned, VacancyChanged, VacancyDrafted
from openpes.vacancies.models import Fill, Vacancy
from openpes.vacancies.queries import basics_of, facts_of, pay_market, state_on
from openpes.vacancies.rules import Check, VacancyFacts

STATED = tuple(VacancyFacts.__dataclass_fields__)


@action
def draft_vacancy(*, facts: VacancyFacts, by: Actor, at: datetime) -> Vacancy:
    """Write a vacancy down, for an employer anywhere in the city, with its place of work in the clerk's area.

    An employer's own account writes its own only.

    :raises Refused: the facts cannot even be kept as a draft
    """
    facts = normalised(facts, by)
    refuse_if(_wrong_draft(facts, by))
    vacancy = Vacancy(**columns_of(facts), drafted_on=day_of(at), created_at=at)
    vacancy.save()
    publish(
        VacancyDrafted(vacancy=vacancy.pk, area=vacancy.area, employer=vacancy.employer_id, by=by.id, at=at)
    )
    return vacancy


@action
def change_vacancy(*, vacancy: int, facts: VacancyFacts, version: int, by: Actor, at: datetime) -> Vacancy:
    """Change a vacancy; `version` is the one that the editor saw. An open one must stay fit to be public.

    :raises Vacancy.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: with every reason why not
    """
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=vacancy)
    facts = replace(normalised(facts, by), employer=row.employer_id)
    changed = rules.changed_fields(facts_of(row), facts)
    on = day_of(at)
    refuse_if(
        [*_why_not_change(row, version, by, on), *_wrong_draft(facts, by), *_wrong_for_public(row, facts, on)]
    )
    if not changed:
        return row
    before = facts_of(row)
    for name in changed:
        setattr(row, name, columns_of(facts)[name])
    row.version += 1
    row.save()
    publish(VacancyChanged(vacancy=row.pk, area=row.area, changed=changed, by=by.id, at=at))
    end_if_full(vacancy=row, by=by, at=at)
    if row.published_on is not None and row.ended_on is None:
        hold_for(vacancy=row, checks=_newly_doubtful(before, facts, on), by=by, at=at)
    renew_publication(vacancy=row, on=on)
    return row


@action
def ask_publication(*, vacancy: int, by: Actor, at: datetime) -> Vacancy:
    """The employer asks the office to publish its draft; it enters the office's to-do list.

    :raises Vacancy.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is no draft, or it is not fit to be public yet, with every reason
    """
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=vacancy)
    refuse_if(_not_a_draft(row))
    on = day_of(at)
    refuse_if(rules.why_not_publish(facts_of(row), basics_of(employer=row.employer_id), closes_on=on, on=on))
    row.asked_on, row.return_note = on, ""
    row.save(update_fields=["asked_on", "return_note"])
    publish(PublicationAsked(vacancy=row.pk, area=row.area, employer=row.employer_id, by=by.id, at=at))
    return row


@action
def return_vacancy(*, vacancy: int, note: str, by: Actor, at: datetime) -> Vacancy:
    """The office gives a draft back to its employer, with words about what to mend.

    :raises Vacancy.DoesNotExist: there is none of that id in the area
    :raises Refused: the employer has not asked, or the words are missing
    """
    row = Vacancy.objects.visible_to(by.scope).select_for_update().get(pk=vacancy)
    if row.asked_on is None or row.published_on is not None:
        raise Refused(_("Nobody waits for the publication of this vacancy."))
    if not note.strip():
        raise Refused(_("Write what the employer has to mend."), field="note")
    row.asked_on, row.return_note = None, note.strip()
    row.save(update_fields=["asked_on", "return_note"])
    publish(
        PublicationReturned(
            vacancy=row.pk, area=row.area, employer=row.employer_id, note=row.return_note, by=by.id, at=at
        )
    )
    return row


def normalised(facts: VacancyFacts, by: Actor) -> VacancyFacts:
    """An employer's account writes for itself, whatever the form says; one amount of pay is both bounds."""
    return replace(
        facts,
        employer=by.employer or facts.employer,
        title=facts.title.strip(),
        pay_min_fen=facts.pay_min_fen or facts.pay_max_fen or None,
        pay_max_fen=facts.pay_max_fen or facts.pay_min_fen or None,
        skills_required=tuple(facts.skills_required),
        skills_wanted=tuple(facts.skills_wanted),
        benefits=tuple(facts.benefits),
    )


def columns_of(facts: VacancyFacts) -> dict:
    """The facts by column of the table."""
    columns = asdict(facts)
    columns["employer_id"] = columns.pop("employer")
    for name in ("skills_required", "skills_wanted", "benefits"):
        columns[name] = list(columns[name])
    return columns


def _wrong_draft(facts: VacancyFacts, by: Actor) -> list[Reason]:
    reasons = rules.why_not_draft(
        facts,
        scope=None if by.employer else by.scope,
        area_known=area_exists(facts.area),
        codes=known_codes(),
    )
    try:
        employer_card(pk=facts.employer)
    except Employer.DoesNotExist:
        reasons.append(
            Reason(
                _("This employer is not registered in the city."),
                field="employer",
                next_step=_("Register it first, with its credit code."),
            )
        )
    return reasons


def known_codes() -> Mapping[str, frozenset[str]]:
    """The codes that the rules of a draft ask for."""
    skills = frozenset(skill_codes())
    return {
        "occupation": frozenset(o.code for o in occupations().all()),
        "education_min": frozenset(item.code for item in code_items("education_2006")),
        "skills_required": skills,
        "skills_wanted": skills,
    }


def _why_not_change(row: Vacancy, version: int, by: Actor, on: date) -> list[Reason]:
    state = state_on(row, on)
    if state not in (State.DRAFT, State.OPEN, State.HELD):
        return [
            Reason(
                _("This vacancy has ended: %(state)s.") % {"state": state.label},
                next_step=_("Copy it into a new one and publish that."),
            )
        ]
    if by.employer and state == State.OPEN:
        return [
            Reason(
                _("An open vacancy is changed by the office, because it was checked as it stands."),
                next_step=_("Ask the office, or close it and write a new one."),
            )
        ]
    if row.version != version:
        return [
            Reason(
                _("Somebody else changed this vacancy while you were editing."),
                next_step=_("Load the page again, compare, and save anew."),
            )
        ]
    return []


def _wrong_for_public(row: Vacancy, facts: VacancyFacts, on: date) -> list[Reason]:
    if row.published_on is None:
        return []
    filled = Fill.objects.filter(vacancy=row).count()
    reasons = rules.why_not_publish(facts, basics_of(employer=facts.employer), closes_on=row.closes_on, on=on)
    if facts.openings < filled:
        reasons.append(
            Reason(
                _("%(filled)s places are filled already.") % {"filled": filled},
                field="openings",
                next_step=_("State at least as many."),
            )
        )
    return reasons


def _newly_doubtful(before: VacancyFacts, after: VacancyFacts, on: date) -> list[Check]:
    """What somebody has to look at and did not stand there before: what was looked at once is not held again."""
    market = pay_market(occupation=after.occupation)

    def doubts(facts: VacancyFacts) -> list[Check]:
        return [check for check in (*rules.text_checks(facts, on), *rules.pay_checks(facts, market, on)) if check.hold]

    known = {check.sentence for check in doubts(before)}
    return [check for check in doubts(after) if check.sentence not in known]


def _not_a_draft(row: Vacancy) -> list[Reason]:
    if row.published_on is None:
        return []
    return [Reason(_("This vacancy was published on %(day)s.") % {"day": spoken_day(row.published_on)})]
