"""Returns of every kind as editions keep them: what is counted, sealed, written and printed, and what is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import translation

from openpes.engine.calendars import Period
from openpes.engine.indicators import DEFINITION
from openpes.engine.indicators.agencies import FORM_DEFINITION, Cells, public_cells
from openpes.engine.parameters import parameters
from openpes.network.queries import area_heading
from openpes.statistics.choices import ReturnKind
from openpes.statistics.models import ReportEdition
from openpes.statistics.queries import editions, papers
from openpes.statistics.queries.agencies import form_inputs, form_of
from openpes.statistics.queries.counting import Inputs, inputs_of
from openpes.statistics.queries.printed import as_stored, from_stored, printed_form, printed_tables
from openpes.statistics.queries.reports import Compared, Report, compared, report
from openpes.statistics.rules import period_title
from openpes.statistics.rules.agencies import form_sentences

Stored = list[dict[str, Any]]
Kept = Mapping[str, list[dict[str, str]]]


@dataclass(frozen=True)
class AskedReturn:
    """Of which area inside a scope, about which days, by which rule; `allotted` None takes the city's own switch."""

    scope: str
    area: str
    period: Period
    allotted: bool | None = None


class SupplyDemand:
    """The quarterly report on supply and demand."""

    definition = DEFINITION

    def __init__(self, asked: AskedReturn) -> None:
        self.asked = asked
        self.where: dict[str, Any] = {"scope": asked.scope, "area": asked.area, "period": asked.period}

    @cached_property
    def made(self) -> Report:
        return report(**self.where, allotted=self.asked.allotted)

    @cached_property
    def beside(self) -> tuple[Compared, Compared]:
        return compared(**self.where)

    @property
    def allotted(self) -> bool:
        """The rule by which it is made."""
        return self.made.allotted

    @property
    def counted(self) -> int:
        """How much there is to report; nothing when no row counts."""
        valid = self.made.overall[-1]
        return (valid.demand or 0) + (valid.seekers or 0)

    @cached_property
    def inputs(self) -> Inputs:
        """How many rows of each kind are behind it, and their seal."""
        return inputs_of(**self.where, allotted=self.allotted)

    def tables(self) -> Stored:
        """Every table as it is sealed."""
        return as_stored(printed_tables(self.made.tables))

    def texts(self) -> editions.Texts:
        """Its sentences in both languages."""
        return editions.texts_of(self.made, *self.beside)

    def compared(self) -> list[dict[str, Any]]:
        """The periods beside it."""
        return [
            {"from_on": str(one.period.from_on), "until_on": str(one.period.until_on), "demand": one.valid.demand,
             "seekers": one.valid.seekers, "ratio": None if one.valid.ratio is None else str(one.valid.ratio)}
            for one in self.beside
        ]  # fmt: skip

    @cached_property
    def _public(self) -> Report:
        return editions.public_report(self.made)

    def public_tables(self) -> Stored:
        """Every table without small numbers and what would give them away."""
        return as_stored(printed_tables(self._public.tables))

    def public_texts(self, kept: Kept) -> dict[str, list[str]]:
        """What the public reads of the sentences of a draft."""
        if self._public.overall[-1].demand is None:
            return editions.public_texts(kept, {})
        told = editions.texts_of(self._public, *map(editions.public_compared, self.beside))
        return editions.public_texts(kept, told)


class AgencyForm:
    """The annual form of employment agencies, 劳社统就7号."""

    definition = FORM_DEFINITION
    allotted = False

    def __init__(self, asked: AskedReturn) -> None:
        self.asked = asked
        self.where: dict[str, Any] = {"scope": asked.scope, "area": asked.area, "period": asked.period}

    @cached_property
    def cells(self) -> Cells:
        return form_of(**self.where)

    @property
    def counted(self) -> int:
        """How much there is to report: agencies, and what happened in them."""
        return sum(int(self.cells["all"][column] or 0) for column in ("points", "places", "seekers", "hires"))

    @cached_property
    def inputs(self) -> Inputs:
        """How many rows of each kind are behind it, and their seal."""
        found = form_inputs(**self.where)
        others = {kind: found.rows[kind] for kind in ("points", "staff", "hires")}
        return Inputs(found.rows["places"], found.rows["seekers"], found.seal, others)

    def tables(self) -> Stored:
        """The one table as it is sealed."""
        return as_stored((printed_form(self.cells),))

    def texts(self) -> editions.Texts:
        """Its sentences in both languages."""
        return self._texts(self.cells)

    def compared(self) -> list[dict[str, Any]]:
        """No period stands beside it."""
        return []

    @cached_property
    def _public(self) -> Cells:
        last = self.asked.period.last_on or self.asked.period.from_on
        return public_cells(self.cells, least=int(parameters().value("small_cell_threshold", last)))

    def public_tables(self) -> Stored:
        """The table without small numbers of persons and what would give them away."""
        return as_stored((printed_form(self._public),))

    def public_texts(self, kept: Kept) -> dict[str, list[str]]:
        """What the public reads of the sentences of a draft."""
        return editions.public_texts(kept, self._texts(self._public))

    def _texts(self, cells: Cells) -> editions.Texts:
        found: editions.Texts = {}
        for language in editions.LANGUAGES:
            with translation.override(language):
                place, title = area_heading(self.asked.area), period_title(self.asked.period)
                lines = form_sentences(place=place, title=title, cells=cells)
            found[language] = [{"key": line.key, "computed": line.text, "edited": ""} for line in lines]
        return found


Return = SupplyDemand | AgencyForm
RETURNS: dict[str, type[SupplyDemand] | type[AgencyForm]] = {
    ReturnKind.SUPPLY_DEMAND: SupplyDemand,
    ReturnKind.AGENCIES: AgencyForm,
}


def return_of(kind: str, asked: AskedReturn) -> Return:
    """The return of a kind, counted when something of it is asked for."""
    return RETURNS[kind](asked)


def pages_of(edition: ReportEdition, language: str, at: datetime) -> bytes:
    """The file of an edition for the public, in a language."""
    with translation.override(language):
        paper = papers.Paper(
            edition.area, edition.period, edition.allotted, edition.number, editions.public_seal(edition),
            is_public=True, kind=edition.kind,
        )  # fmt: skip
        tables = from_stored(edition.public_tables)
        return papers.pdf_of(paper, tables, edition.public_texts.get(language, []), at=at)
