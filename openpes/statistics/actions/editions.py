"""Reports: drawn up by one, published by another, counted again by the level above."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import translation

from openpes.engine.calendars import Period
from openpes.engine.indicators import DEFINITION
from openpes.kernel import Actor, action, clock, has_hand_in, publish, refuse_if
from openpes.kernel.scope import CITY
from openpes.statistics import queries
from openpes.statistics.events import (
    ReportChecked,
    ReportDrawnUp,
    ReportLaidAside,
    ReportPublished,
    SentenceEdited,
)
from openpes.statistics.models import EditionCheck, ReportDraft, ReportEdition
from openpes.statistics.queries import Compared, Report, as_stored, editions, papers, printed_tables
from openpes.statistics.rules import publication


@dataclass(frozen=True)
class ReportFacts:
    """Which report: of which area, about which days, by which rule, and what a new edition corrects."""

    area: str
    period: Period
    allotted: bool | None = None
    reason: str = ""


@action
def draw_up_report(*, facts: ReportFacts, by: Actor, at: datetime) -> ReportDraft:
    """Draw a report up for publication: its rows are sealed, its text is written and may be edited.

    :raises Refused: the area is not the actor's, the period is not over, there are no figures, a draft waits, or an
        edition is published and no reason is given
    """
    area, period = facts.area, facts.period
    _one_at_a_time(area, period)
    made = queries.report(scope=by.scope, area=area, period=period, allotted=facts.allotted)
    valid = made.overall[-1]
    standing = publication.Standing(
        (valid.demand or 0) + (valid.seekers or 0),
        ReportDraft.objects.filter(area=area, from_on=period.from_on, until_on=period.until_on).exists(),
        len(editions.editions_of(scope=by.scope, area=area, period=period)),
    )
    today = clock.day_of(at)
    refuse_if(
        publication.why_not_draw_up(
            standing, area=area, scope=by.scope, period=period, today=today, reason=facts.reason
        )
    )
    inputs = queries.inputs_of(scope=by.scope, area=area, period=period, allotted=made.allotted)
    before, year_before = queries.compared(scope=by.scope, area=area, period=period)
    draft = ReportDraft.objects.create(
        area=area, from_on=period.from_on, until_on=period.until_on, allotted=made.allotted, reason=facts.reason,
        seal=inputs.seal, vacancies=inputs.vacancies, wishes=inputs.wishes,
        texts=editions.texts_of(made, before, year_before),
        drawn_up_at=at, drawn_up_by=by.id, drawn_up_hands=by.hands,
    )  # fmt: skip
    publish(ReportDrawnUp(area=area, report=draft.pk, from_on=period.from_on, seal=draft.seal, by=by.id, at=at))
    return draft


@action
def edit_sentence(
    *, draft: int, language: str, key: str, text: str, version: int, by: Actor, at: datetime
) -> ReportDraft:
    """Put own words in place of a computed sentence, which stays readable beside them; no words take them away again.

    :raises Refused: there is no such sentence, it is too long, or somebody changed the draft meanwhile
    """
    found = _locked(draft, by)
    line = next((one for one in found.texts.get(language, []) if one["key"] == key), None)
    words = " ".join(text.split())
    refuse_if(publication.why_not_edit(text=words, known=line is not None, same_version=version == found.version))
    if line is not None:
        line["edited"] = "" if words == line["computed"] else words
    found.drawn_up_hands = found.drawn_up_hands | by.hands
    found.version += 1
    found.save(update_fields=["texts", "drawn_up_hands", "version"])
    publish(SentenceEdited(area=found.area, report=found.pk, sentence=key, language=language, by=by.id, at=at))
    return found


@action
def lay_draft_aside(*, draft: int, by: Actor, at: datetime) -> None:
    """Give a draft up: nothing of it was public."""
    found = _locked(draft, by)
    publish(ReportLaidAside(area=found.area, report=found.pk, by=by.id, at=at))
    found.delete()


@action
def publish_report(*, draft: int, by: Actor, at: datetime) -> ReportEdition:
    """Publish a draft as the next edition: tables, text and pages are sealed and never change.

    :raises Refused: the actor had a hand in the draft, or the rows behind it have changed since
    """
    found = _locked(draft, by)
    _one_at_a_time(found.area, found.period)
    where: dict[str, Any] = {"scope": by.scope, "area": found.area, "period": found.period}
    inputs = queries.inputs_of(**where, allotted=found.allotted)
    own_hand = has_hand_in(by, found.drawn_up_hands)
    refuse_if(publication.why_not_publish(own_hand=own_hand, same_rows=inputs.seal == found.seal))
    made = queries.report(**where, allotted=found.allotted)
    edition = _sealed(found, made, queries.compared(**where))
    edition.published_at, edition.published_by, edition.published_hands = at, by.id, by.hands
    edition.edition = 1 + len(editions.editions_of(**where))
    for language, column in (("zh-hans", "pages_zh"), ("en", "pages_en")):
        setattr(edition, column, _pages(edition, made, language, at))
    edition.save(force_insert=True)
    found.delete()
    publish(
        ReportPublished(
            area=edition.area, report=edition.pk, number=edition.number, seal=edition.seal, digest=edition.digest,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return edition


@action
def check_report(*, edition: int, by: Actor, at: datetime) -> EditionCheck:
    """Count a published report again from the rows: the same seal, or which tables come out otherwise.

    :raises Refused: the actor is not of the level above, or had a hand in the report
    """
    found = editions.edition(scope=by.scope, pk=edition)
    own_hand = has_hand_in(by, found.drawn_up_hands, found.published_hands)
    refuse_if(publication.why_not_check(area=found.area, scope=by.scope, city=CITY, own_hand=own_hand))
    where: dict[str, Any] = {"scope": by.scope, "area": found.area, "period": found.period, "allotted": found.allotted}
    inputs = queries.inputs_of(**where)
    now = as_stored(printed_tables(queries.report(**where).tables))
    differing = [one["table"] for one, then in zip(now, found.tables, strict=True) if one != then]
    check = EditionCheck.objects.create(
        area=found.area, edition=found, seal=inputs.seal, vacancies=inputs.vacancies, wishes=inputs.wishes,
        differing=differing, same=inputs.seal == found.seal and not differing, checked_at=at, checked_by=by.id,
    )  # fmt: skip
    publish(ReportChecked(area=found.area, report=found.pk, number=found.number, same=check.same, by=by.id, at=at))
    return check


def _locked(draft: int, by: Actor) -> ReportDraft:
    return ReportDraft.objects.visible_to(by.scope).select_for_update().get(pk=draft)


def _one_at_a_time(area: str, period: Period) -> None:
    """Whoever draws up or publishes the same report at the same moment waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"report {area} {period}"])


def _sealed(draft: ReportDraft, made: Report, others: tuple[Compared, Compared]) -> ReportEdition:
    tables = as_stored(printed_tables(made.tables))
    public, before, year_before = (editions.public_report(made), *map(editions.public_compared, others))
    told = editions.texts_of(public, before, year_before) if public.overall[-1].demand is not None else {}
    compared = [
        {"from_on": str(one.period.from_on), "until_on": str(one.period.until_on), "demand": one.valid.demand,
         "seekers": one.valid.seekers, "ratio": None if one.valid.ratio is None else str(one.valid.ratio)}
        for one in others
    ]  # fmt: skip
    sealed = json.dumps([DEFINITION, draft.seal, tables, draft.texts], ensure_ascii=False, sort_keys=True)
    return ReportEdition(
        area=draft.area, from_on=draft.from_on, until_on=draft.until_on, allotted=draft.allotted, reason=draft.reason,
        seal=draft.seal, vacancies=draft.vacancies, wishes=draft.wishes, texts=draft.texts, tables=tables,
        drawn_up_at=draft.drawn_up_at, drawn_up_by=draft.drawn_up_by, drawn_up_hands=draft.drawn_up_hands,
        definition=DEFINITION, compared=compared, digest=hashlib.sha256(sealed.encode()).hexdigest(),
        public_tables=as_stored(printed_tables(public.tables)),
        public_texts=editions.public_texts(draft.texts, told),
    )  # fmt: skip


def _pages(edition: ReportEdition, made: Report, language: str, at: datetime) -> bytes:
    with translation.override(language):
        paper = papers.Paper(made.area, made.period, made.allotted, edition.number, edition.digest, is_public=True)
        tables = queries.from_stored(edition.public_tables)
        return papers.pdf_of(paper, tables, edition.public_texts.get(language, []), at=at)
