"""The best-known search library: tantivy over words that were cut beforehand, facets by its aggregations."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from openpes.engine.search import Document, Order, Query

OR_FACETS = ("places", "classes", "pay", "education", "terms")
DAYS = 10**7  # a row's place in the newest order: its day, then its number


class TantivySearch:
    """One segment on the disk, fast fields for what is counted and sorted by."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        self.folder = folder / "tantivy"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="raw", index_option="freq")
        for name in ("place", "job"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in ("places", "classes", "pay", "education", "terms", "benefits"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("newest", fast=True)
        builder.add_integer_field("left", fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        self._fill(documents)
        self.index.reload()
        self.searcher = self.index.searcher()

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(file.stat().st_size for file in self.folder.iterdir())

    def _fill(self, documents: Iterable[Document]) -> None:
        writer = self.index.writer(heap_size=1_500_000_000, num_threads=1)
        for d in documents:
            writer.add_document(
                tantivy.Document(
                    words=list(d.terms), place=[d.place[:6], d.place[:9], d.place], job=[d.occupation[:4]],
                    places=d.place[:6], classes=d.occupation[:1], pay=d.pay, education=d.education or "-",
                    terms=d.term, benefits=list(d.benefits), newest=d.published * DAYS + d.id, left=d.left,
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()

    def page(self, query: Query) -> tuple[Any, ...]:
        """Total, places, the counts of six facets, the newest twenty; facets with a choice are asked without it."""
        asked = self._query(query)
        kept = [facet for facet in OR_FACETS if not getattr(query, facet)]
        whole = self._aggregated(asked, [*kept, "benefits"], {"left": {"sum": {"field": "left"}}})
        counts = {facet: self._buckets(whole[facet]) for facet in (*kept, "benefits")}
        for facet in OR_FACETS:
            if getattr(query, facet):
                counts[facet] = self._buckets(self._aggregated(self._query(query, but=facet), [facet], {})[facet])
        by_day = {} if query.sort == Order.RELEVANCE else {"order_by_field": "newest"}
        found = self.searcher.search(asked, limit=20, count=True, **by_day)
        rows = [] if query.sort == Order.RELEVANCE else [key % DAYS for key, _address in found.hits]
        return found.count, int(whole["left"]["value"] or 0), rows, counts

    def _query(self, query: Query, but: str = "") -> tantivy.Query:
        parts = [self._term("words", term) for term in query.must]
        parts += [self._term("benefits", code) for code in query.benefits]
        for facet in OR_FACETS:
            if facet != but:
                parts += [self._term(*self._field(facet, code)) for code in getattr(query, facet)]
        if not parts:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    @staticmethod
    def _field(facet: str, code: str) -> tuple[str, str]:
        if facet == "places":
            return "place", code
        return ("job", code) if facet == "classes" and len(code) > 1 else (facet, code)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)

    def _aggregated(self, query: tantivy.Query, facets: list[str], more: dict[str, Any]) -> dict[str, Any]:
        terms = {facet: {"terms": {"field": facet, "size": 100}} for facet in facets}
        answer: dict[str, Any] = self.searcher.aggregate(query, terms | more)
        return answer

    @staticmethod
    def _buckets(answer: dict[str, Any]) -> dict[str, int]:
        return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"] if bucket["key"] != "-"}
