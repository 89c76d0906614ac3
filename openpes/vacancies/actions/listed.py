"""Vacancies of a list: many rows entered at once with their employers, by few statements, and taken back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from openpes.employers.actions import EmployerFacts, register_employer
from openpes.employers.models import Employer
from openpes.employers.queries import EmployerCard, employer_cards_by_code, located_sites
from openpes.engine.parameters import parameters
from openpes.engine.places import LocatedSite
from openpes.intake.actions import erase_records
from openpes.kernel import Actor, Event, Reason, Refused, action, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.publishing import publish_all
from openpes.kernel.rows import array_text
from openpes.network.queries import area_exists
from openpes.vacancies import rules
from openpes.vacancies.actions.drafting import columns_of, known_codes, normalised
from openpes.vacancies.actions.keeping import fill_in, held_event, holds_from
from openpes.vacancies.actions.publication import COPIED, terms_of
from openpes.vacancies.events import ListedVacancyWithdrawn, VacancyDrafted, VacancyPublished
from openpes.vacancies.models import Hold, PublishedVacancy, Vacancy
from openpes.vacancies.queries import new_employers, pay_markets
from openpes.vacancies.rules import EmployerBasics, VacancyFacts, spot_of_work
from openpes.vacancies.rules.sheet import NO_MINIMUM, PUBLISH

Reference = tuple[str, int]
Outcome = tuple[Reference, ...] | Refused
EMPLOYER, VACANCY = Employer._meta.label_lower, Vacancy._meta.label_lower
PUBLISHED, HELD = PublishedVacancy._meta.label_lower, Hold._meta.label_lower
# What the refusal of an employer calls its columns, and what the list calls them.
EMPLOYER_COLUMNS = {"name": "employer_name", "address": "employer_address"}
# Plain lexemes: the words are cut by us, so no text-search dictionary may change them.
WRITE_TERMS = """
UPDATE vacancies_publishedvacancy AS row SET terms = array_to_tsvector(x.terms::text[])
FROM unnest(%s::bigint[], %s::text[]) AS x(id, terms) WHERE row.vacancy_id = x.id
"""


@action
def enter_list(*, rows: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> list[Outcome]:
    """Enter the rows of a vacancy list, with employers that the city does not know yet; publish those that say so.

    The rows take effect one after the other, each whole or not at all, as `register_employer`, `draft_vacancy` and
    `publish_vacancy` would do it. Gives for each row what it became, newest last, or the refusal.

    :raises IntegrityError: somebody else registered one of these employers in the same moment; nothing was written
    """
    desk = _Desk(rows, by, at)
    outcomes = [desk.take(values) for values in rows]
    desk.store()
    return [one if isinstance(one, Refused) else one.became() for one in outcomes]


@action
def withdraw_list(*, rows: Sequence[Sequence[Reference]], by: Actor, at: datetime) -> None:
    """Delete what rows of a vacancy list had become, all of it or nothing.

    :raises Refused: a vacancy was changed or ended since, or referrals, hires or other vacancies depend on it
    """
    told = [dict(row) for row in rows]
    vacancies = _locked(Vacancy, [one[VACANCY] for one in told], by)
    employers = _locked(Employer, [one[EMPLOYER] for one in told if EMPLOYER in one], by)
    for one in told:
        vacancy = vacancies.get(one[VACANCY])
        if vacancy is None or vacancy.version > 1 + (PUBLISHED in one or HELD in one):
            raise Refused(_("This vacancy was changed, published or ended since."))
        if EMPLOYER in one and (one[EMPLOYER] not in employers or employers[one[EMPLOYER]].version > 1):
            raise Refused(_("The employer of this vacancy was changed since."))
    erase_records(
        records=[
            Hold.objects.filter(vacancy__in=[*vacancies]).open().order_by(),
            PublishedVacancy.objects.filter(pk__in=[*vacancies]).order_by(),
            Vacancy.objects.filter(pk__in=[*vacancies]).order_by(),
            Employer.objects.filter(pk__in=[*employers]).order_by(),
        ],
        otherwise=_("Referrals, hires, or other vacancies of this employer depend on it by now."),
        by=by,
        at=at,
    )
    publish_all(
        ListedVacancyWithdrawn(
            vacancy=one[VACANCY],
            area=vacancies[one[VACANCY]].area,
            employer=vacancies[one[VACANCY]].employer_id,
            employer_too=EMPLOYER in one,
            by=by.id,
            at=at,
        )
        for one in told
    )


def facts_from(values: Mapping[str, Any], employer: int) -> VacancyFacts:
    """What a row of a list states of a vacancy."""
    education = values["education_min"] or ""
    return VacancyFacts(
        employer=employer,
        title=values["title"],
        occupation=values["occupation"],
        area=values["area"],
        openings=values["openings"],
        **({"term": values["term"]} if values["term"] else {}),
        pay_min_fen=values["pay_min_fen"] or values["pay_max_fen"],
        pay_max_fen=values["pay_max_fen"] or values["pay_min_fen"],
        address=values["address"] or "",
        education_min="" if education == NO_MINIMUM else education,
        experience_min=values["experience_min"] or 0,
        skills_required=values["skills_required"] or (),
        benefits=values["benefits"] or (),
        conditions=values["conditions"] or (_("No minimum education") if education == NO_MINIMUM else ""),
        description=values["description"] or "",
    )


@dataclass(frozen=True)
class _Firm:
    """An employer of the list, as far as its vacancies need it."""

    id: int
    name: str
    industry: str
    basics: EmployerBasics


@dataclass(eq=False)
class _Done:
    """What one row makes: a vacancy, its public row, and perhaps its employer."""

    vacancy: Vacancy
    firm: _Firm
    registers: bool
    holds: list[Hold] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        """Whether the public reads it at once: published, and nobody has to look first."""
        return self.vacancy.published_on is not None and not self.holds

    def became(self) -> tuple[Reference, ...]:
        """The records of the row, newest last; to be asked when they are stored."""
        firm = ((EMPLOYER, self.firm.id),) if self.registers else ()
        public = ((PUBLISHED, self.vacancy.pk),) if self.is_public else ()
        held = tuple((HELD, hold.pk) for hold in self.holds[:1])
        return (*firm, (VACANCY, self.vacancy.pk), *public, *held)


class _Desk:
    """Where the rows of one chunk are judged one after the other, and then stored together."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> None:
        self.by, self.at, self.today = by, at, day_of(at)
        self.codes = known_codes()
        cards = employer_cards_by_code(credit_codes={values["credit_code"] for values in rows})
        self.firms = {code: _firm(card) for code, card in cards.items()}
        self.areas = {area: area_exists(area) for area in {values["area"] for values in rows}}
        self.reviews = bool(parameters().value("new_employer_days", self.today))
        self.done: list[_Done] = []
        self.markets = pay_markets(occupations={values["occupation"] or "" for values in rows})
        self.new = new_employers(employers=[firm.id for firm in self.firms.values()], on=self.today)

    def take(self, values: Mapping[str, Any]) -> _Done | Refused:
        """Judge a row, and note what it makes; of a refused one nothing is left."""
        code = values["credit_code"]
        try:
            with transaction.atomic():  # an employer is registered only with its first vacancy
                firm = self.firms.get(code)
                done = self._judge(values, firm or self._registered(values), registers=firm is None)
        except Refused as refused:
            return refused
        self.firms[code] = done.firm
        if firm is None and self.reviews:
            self.new.add(done.firm.id)
        self.done.append(done)
        return done

    def _judge(self, values: Mapping[str, Any], firm: _Firm, *, registers: bool) -> _Done:
        facts = normalised(facts_from(values, firm.id), self.by)
        refuse_if(rules.why_not_draft(facts, scope=self.by.scope, area_known=self.areas[facts.area], codes=self.codes))
        vacancy = Vacancy(**columns_of(facts), drafted_on=self.today, created_at=self.at)
        done = _Done(vacancy, firm, registers)
        if values["action"] == PUBLISH:
            closes_on = values["closes_on"]
            checks = rules.publication_checks(
                facts, firm.basics, closes_on=closes_on, on=self.today, market=self.markets.get(facts.occupation)
            )
            refuse_if([check.reason for check in checks if check.stops])
            vacancy.published_on, vacancy.closes_on, vacancy.version = self.today, closes_on, 2
            doubts = [check for check in checks if check.hold]
            if (registers and self.reviews) or firm.id in self.new:
                doubts.append(rules.second_look(firm.basics.name))
            done.holds = holds_from(doubts)
            vacancy.held_on = self.today if doubts else None
        return done

    def _registered(self, values: Mapping[str, Any]) -> _Firm:
        facts = EmployerFacts(
            credit_code=values["credit_code"],
            name=values["employer_name"],
            area=values["area"],
            address=values["employer_address"] or "",
            contact_name=values["contact_name"] or "",
            contact_phone=values["contact_phone"] or "",
        )
        try:
            made = register_employer(facts=facts, by=self.by, at=self.at)
        except Refused as refused:
            raise Refused(*(_at_its_column(reason) for reason in refused.reasons)) from None
        return _firm(employer_cards_by_code(credit_codes={made.credit_code})[made.credit_code])

    def store(self) -> None:
        """Write everything that the rows make, and tell it in their order."""
        Vacancy.objects.bulk_create(done.vacancy for done in self.done)
        public = [done for done in self.done if done.is_public]
        sites = located_sites(employers={done.firm.id for done in public}, on=day_of(self.at))
        PublishedVacancy.objects.bulk_create(_public_row(done, sites.get(done.firm.id, [])) for done in public)
        _write_terms(public)
        for done in self.done:
            for hold in done.holds:
                fill_in(vacancy=done.vacancy, hold=hold, by=self.by, at=self.at)
        Hold.objects.bulk_create(hold for done in self.done for hold in done.holds)
        publish_all(event for done in self.done for event in self._events(done))

    def _events(self, done: _Done) -> Iterable[Event]:
        row, by, at = done.vacancy, self.by.id, self.at
        yield VacancyDrafted(vacancy=row.pk, area=row.area, employer=row.employer_id, by=by, at=at)
        if row.closes_on and row.published_on:
            yield VacancyPublished(
                vacancy=row.pk, area=row.area, employer=row.employer_id, occupation=row.occupation,
                openings=row.openings, closes_on=row.closes_on, by=by, at=at,
            )  # fmt: skip
        yield from (held_event(hold) for hold in done.holds)


def _firm(card: EmployerCard) -> _Firm:
    basics = EmployerBasics(
        name=card.name, credit_code=card.credit_code, address=card.address, has_contact=card.has_contact,
        unserved=card.unserved,
    )
    return _Firm(card.id, card.name, card.industry, basics)


def _public_row(done: _Done, sites: Collection[LocatedSite]) -> PublishedVacancy:
    """What `renew_publication` would write of a vacancy of which no place is filled yet."""
    row = done.vacancy
    return PublishedVacancy(
        vacancy_id=row.pk,
        place=row.area,
        employer_id=done.firm.id,
        employer_name=done.firm.name,
        industry=done.firm.industry,
        places_left=row.openings,
        spot=spot_of_work(area=row.area, address=row.address, sites=sites),
        terms="",
        **{name: getattr(row, name) for name in COPIED},
    )


def _write_terms(public: Sequence[_Done]) -> None:
    if not public:
        return
    terms = [array_text(terms_of(title=done.vacancy.title, employer_name=done.firm.name)) for done in public]
    with connection.cursor() as cursor:
        cursor.execute(WRITE_TERMS, [array_text([done.vacancy.pk for done in public]), array_text(terms)])


def _locked(model: Any, pks: Sequence[int], by: Actor) -> dict[int, Any]:
    rows = model.objects.visible_to(by.scope).filter(pk__in=pks).order_by("pk").select_for_update()
    return {row.pk: row for row in rows}


def _at_its_column(reason: Reason) -> Reason:
    return replace(reason, field=EMPLOYER_COLUMNS.get(reason.field, reason.field))
