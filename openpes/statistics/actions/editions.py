"""Reports: drawn up by one, published by another, counted again by the level above."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from openpes.engine.calendars import Period
from openpes.kernel import Actor, action, clock, has_hand_in, publish, refuse_if
from openpes.kernel.scope import CITY
from openpes.statistics.choices import ReturnKind
from openpes.statistics.events import (
    ReportChecked,
    ReportDrawnUp,
    ReportLaidAside,
    ReportPublished,
    SentenceEdited,
)
from openpes.statistics.models import EditionCheck, ReportDraft, ReportEdition
from openpes.statistics.queries import editions
from openpes.statistics.queries.returns import AskedReturn, Return, pages_of, return_of
from openpes.statistics.rules import publication


@dataclass(frozen=True)
class ReportFacts:
    """Which report: of which area and kind, about which days, by which rule, and what a new edition corrects."""

    area: str
    period: Period
    allotted: bool | None = None
    reason: str = ""
    kind: str = ReturnKind.SUPPLY_DEMAND


@action
def draw_up_report(*, facts: ReportFacts, by: Actor, at: datetime) -> ReportDraft:
    """Draw a report up for publication: its rows are sealed, its text is written and may be edited.

    :raises Refused: the area is not the actor's, the period is not over, there are no figures, a draft waits, or an
        edition is published and no reason is given
    """
    area, period, kind = facts.area, facts.period, facts.kind
    _one_at_a_time(kind, area, period)
    made = return_of(kind, AskedReturn(by.scope, area, period, facts.allotted))
    which = {"kind": kind, "area": area, "from_on": period.from_on, "until_on": period.until_on}
    standing = publication.Standing(
        made.counted,
        ReportDraft.objects.filter(**which).exists(),
        len(editions.editions_of(scope=by.scope, area=area, period=period, kind=kind)),
    )
    today = clock.day_of(at)
    refuse_if(
        publication.why_not_draw_up(
            standing, area=area, scope=by.scope, period=period, today=today, reason=facts.reason
        )
    )
    inputs = made.inputs
    draft = ReportDraft.objects.create(
        **which, allotted=made.allotted, reason=facts.reason,
        seal=inputs.seal, vacancies=inputs.vacancies, wishes=inputs.wishes, others=dict(inputs.others),
        texts=made.texts(), drawn_up_at=at, drawn_up_by=by.id, drawn_up_hands=by.hands,
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
    _one_at_a_time(found.kind, found.area, found.period)
    made = _return_of(found, by)
    own_hand = has_hand_in(by, found.drawn_up_hands)
    refuse_if(publication.why_not_publish(own_hand=own_hand, same_rows=made.inputs.seal == found.seal))
    edition = _sealed(found, made)
    edition.published_at, edition.published_by, edition.published_hands = at, by.id, by.hands
    earlier = editions.editions_of(scope=by.scope, area=found.area, period=found.period, kind=found.kind)
    edition.edition = 1 + len(earlier)
    for language, column in (("zh-hans", "pages_zh"), ("en", "pages_en")):
        setattr(edition, column, pages_of(edition, language, at))
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
    made = _return_of(found, by)
    definitions = (found.definition, made.definition)
    refuse_if(
        publication.why_not_check(
            area=found.area, scope=by.scope, city=CITY, own_hand=own_hand, definitions=definitions
        )
    )  # fmt: skip
    inputs, now = made.inputs, made.tables()
    differing = [one["table"] for one, then in zip(now, found.tables, strict=True) if one != then]
    check = EditionCheck.objects.create(
        area=found.area, edition=found, seal=inputs.seal, vacancies=inputs.vacancies, wishes=inputs.wishes,
        others=dict(inputs.others), differing=differing, same=inputs.seal == found.seal and not differing,
        checked_at=at, checked_by=by.id,
    )  # fmt: skip
    publish(ReportChecked(area=found.area, report=found.pk, number=found.number, same=check.same, by=by.id, at=at))
    return check


def _locked(draft: int, by: Actor) -> ReportDraft:
    return ReportDraft.objects.visible_to(by.scope).select_for_update().get(pk=draft)


def _return_of(found: ReportDraft | ReportEdition, by: Actor) -> Return:
    return return_of(found.kind, AskedReturn(by.scope, found.area, found.period, found.allotted))


def _one_at_a_time(kind: str, area: str, period: Period) -> None:
    """Whoever draws up or publishes the same report at the same moment waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{kind} {area} {period}"])


def _sealed(draft: ReportDraft, made: Return) -> ReportEdition:
    tables = made.tables()
    sealed = json.dumps([made.definition, draft.seal, tables, draft.texts], ensure_ascii=False, sort_keys=True)
    return ReportEdition(
        kind=draft.kind, area=draft.area, from_on=draft.from_on, until_on=draft.until_on, allotted=draft.allotted,
        reason=draft.reason, seal=draft.seal, vacancies=draft.vacancies, wishes=draft.wishes, others=draft.others,
        texts=draft.texts, tables=tables, drawn_up_at=draft.drawn_up_at, drawn_up_by=draft.drawn_up_by,
        drawn_up_hands=draft.drawn_up_hands, definition=made.definition, compared=made.compared(),
        digest=hashlib.sha256(sealed.encode()).hexdigest(), public_tables=made.public_tables(),
        public_texts=made.public_texts(draft.texts),
    )  # fmt: skip
