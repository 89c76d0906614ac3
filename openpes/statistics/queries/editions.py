"""Reports as they were published: for staff with every number, for the public without the small ones."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from openpes.engine.calendars import Period
from openpes.engine.indicators.publishing import shielded_overall, shielded_tables
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.scope import PUBLIC
from openpes.statistics.choices import ReturnKind
from openpes.statistics.models import EditionCheck, ReportDraft, ReportEdition
from openpes.statistics.queries.reports import Compared, Report
from openpes.statistics.queries.texts import written_from

ALWAYS_TOLD = ("overall", "before", "year")
LANGUAGES = ("zh-hans", "en")
PUBLIC_FIELDS = (
    "id", "kind", "area", "from_on", "until_on", "allotted", "reason", "edition", "definition", "public_tables",
    "public_texts", "published_at",
)  # fmt: skip
LISTED = ("id", "kind", "area", "from_on", "until_on", "edition", "reason", "published_at")
Texts = dict[str, list[dict[str, str]]]


def texts_of(made: Report, before: Compared, year_before: Compared) -> Texts:
    """The sentences of a report in both languages, as they are kept."""
    found: Texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            lines = written_from(made, before, year_before)
        found[language] = [{"key": line.key, "computed": line.text, "edited": ""} for line in lines]
    return found


def public_report(made: Report) -> Report:
    """The report without small numbers and what would give them away."""
    least = parameters().value("small_cell_threshold", made.period.from_on)
    return Report(made.area, made.period, made.allotted, shielded_tables(made.tables, least=least))


def public_compared(other: Compared) -> Compared:
    """Another period without small numbers."""
    least = parameters().value("small_cell_threshold", other.period.from_on)
    return Compared(other.period, shielded_overall(other.rows, least=least))


def public_texts(kept: Mapping[str, Iterable[Mapping[str, str]]], told: Texts) -> dict[str, list[str]]:
    """What the public reads: each sentence that says the same without small numbers, in edited or computed words.

    Of the others only the total and the comparisons stay, as they read without small numbers. Edited words carry a
    mark wherever they are read.
    """
    found: dict[str, list[str]] = {}
    for language, lines in told.items():
        whole = {line["key"]: line for line in kept[language]}
        with translation.override(language):
            mark = _(" (edited by hand)")
        found[language] = []
        for line in lines:
            full = whole.get(line["key"])
            same = full is not None and full["computed"] == line["computed"]
            if same or line["key"] in ALWAYS_TOLD:
                edited = full["edited"] if full and same else ""
                found[language].append(f"{edited}{mark}" if edited else line["computed"])
    return found


def drafts(*, scope: str) -> QuerySet[ReportDraft]:
    """Reports that wait for another pair of hands."""
    return ReportDraft.objects.visible_to(scope)


def draft(*, scope: str, pk: int) -> ReportDraft:
    """One draft.

    :raises ReportDraft.DoesNotExist: there is none in the scope
    """
    return drafts(scope=scope).get(pk=pk)


def editions(*, scope: str) -> QuerySet[ReportEdition]:
    """Published reports, the newest first, without their pages."""
    return ReportEdition.objects.visible_to(scope).defer("pages_zh", "pages_en")


def edition(*, scope: str, pk: int) -> ReportEdition:
    """One published report.

    :raises ReportEdition.DoesNotExist: there is none in the scope
    """
    return editions(scope=scope).get(pk=pk)


def editions_of(*, scope: str, area: str, period: Period, kind: str = ReturnKind.SUPPLY_DEMAND) -> list[ReportEdition]:
    """Every edition of a return about the same area and days, the newest first."""
    return list(editions(scope=scope).of(kind, area, period))  # type: ignore[attr-defined]


def checks_of(*, scope: str, edition: int) -> list[EditionCheck]:
    """How often a report was counted again, and what came out, the newest first."""
    return list(EditionCheck.objects.visible_to(scope).filter(edition=edition))


def published_reports(*, area: str = "", most: int = 60) -> list[dict[str, Any]]:
    """What everybody may read, the newest first, without tables and pages."""
    with within(role=PUBLIC):
        found = ReportEdition.objects.order_by("-published_at", "-id")
        if area:
            found = found.filter(area=area)
        return list(found.values(*LISTED)[:most])


def published_report(*, pk: int) -> ReportEdition:
    """One published report as everybody may read it.

    :raises ReportEdition.DoesNotExist: there is none of that number
    """
    with within(role=PUBLIC):
        return ReportEdition.objects.only(*PUBLIC_FIELDS).get(pk=pk)


def public_content(found: ReportEdition) -> dict[str, Any]:
    """Everything that the public has of an edition, as open data: the shielded tables, the texts, what they are about.

    The seals of the rows and of the whole tables are not in it: whoever has them can try small numbers until they fit.
    """
    return {
        "report": found.number,
        "kind": found.kind,
        "area": found.area,
        "from": str(found.from_on),
        "until": str(found.until_on),
        "edition": found.edition,
        "reason": found.reason,
        "allotted": found.allotted,
        "definition": found.definition,
        "published_at": found.published_at.astimezone(UTC).isoformat(),
        "texts": found.public_texts,
        "tables": found.public_tables,
    }


def public_seal(found: ReportEdition) -> str:
    """The SHA-256 of what is public of an edition: its open data in UTF-8, keys sorted, without spaces between them."""
    told = json.dumps(public_content(found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def newest_published(*, kind: str, area: str, period: Period) -> tuple[int, int]:
    """The number and the edition of what is published last about an area and its days; zeros for nothing."""
    with within(role=PUBLIC):
        found = ReportEdition.objects.filter(
            kind=kind, area=area, from_on=period.from_on, until_on=period.until_on
        ).order_by("-edition")
        return found.values_list("pk", "edition").first() or (0, 0)


def published_pages(*, pk: int, language: str) -> bytes:
    """The sealed file of a published report in a language.

    :raises ReportEdition.DoesNotExist: there is none of that number
    """
    column = "pages_zh" if language.startswith("zh") else "pages_en"
    with within(role=PUBLIC):
        return bytes(ReportEdition.objects.values_list(column, flat=True).get(pk=pk))
