"""Pages of files that come in: upload, matching of columns, preview, accept, take back, the file marked."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.sheets import ColumnMapping
from openpes.intake import actions, queries
from openpes.intake.choices import Kind, Shown, kind_of, kinds_for
from openpes.intake.forms import AcceptForm, MatchForm, UploadForm, word_field
from openpes.intake.models import Batch
from openpes.intake.permissions import IMPORT_FILES
from openpes.kernel import Refused

PAGE_ROWS = 50
LATEST = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permitted(IMPORT_FILES)
@require_safe
def list(request: HttpRequest) -> HttpResponse:
    """The kinds of table that may be brought in, and the files of the area, the newest first."""
    kinds = kinds_for(request.rights)
    page = Paginator(queries.batches(scope=request.actor.scope, kinds=kinds), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    return render(request, "intake/list.html", {"kinds": kinds, "page": page, "lines": queries.batch_lines(page)})


@permitted(IMPORT_FILES)
def start(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Take the template, fill it, and bring it in."""
    offered = _kind(request, kind)
    form = UploadForm(request.POST or None, request.FILES or None, subject=offered.subject)
    first = None
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.receive_file(
                kind=offered.code,
                name=form.file_name(),
                content=form.content(),
                area=request.actor.scope,
                about=form.about(),
                by=request.actor,
                at=request.at,
            )
            return redirect("intake:columns" if batch.state == Batch.State.MATCHING else "intake:batch", pk=batch.pk)
        except actions.SameFile as refused:
            first = refused.batch
            form.refuse(refused)
        except Refused as refused:
            form.refuse(refused)
    latest = queries.batches(scope=request.actor.scope, kinds=[offered])[:LATEST]
    context = {
        "kind": offered,
        "form": form,
        "first": first,
        "columns": queries.column_lines(offered, area=request.actor.scope, on=request.on),
        "lines": queries.batch_lines(latest),
    }
    return render(request, "intake/start.html", context, status=422 if form.errors else 200)


@permitted(IMPORT_FILES)
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table with its drop-downs."""
    offered = _kind(request, kind)
    content = queries.template_file(offered, area=request.actor.scope, on=request.on)
    return _workbook(content, f"{offered.title}.xlsx")


@permitted(IMPORT_FILES)
@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was read, what is wrong, and the buttons."""
    found = _batch(request, pk)
    return render(request, "intake/batch.html", _batch_context(request, found, AcceptForm()))


@permitted(IMPORT_FILES)
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the work on a batch is; leads to the page anew when it has ended."""
    found = _batch(request, pk)
    work = queries.work_of(found, request.at)
    if work is None or not work.goes_on:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "intake/_progress.html", {"batch": found, "work": work})


@permitted(IMPORT_FILES)
def columns(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Say what the columns of a table mean, look at its first rows so, save it and read the table."""
    found = _batch(request, pk)
    if found.state != Batch.State.MATCHING:
        return redirect("intake:batch", pk=pk)
    page = _Matching(request, found)
    if request.method == "POST" and request.POST.get("act") == "save" and page.form.is_valid():
        try:
            actions.match_columns(
                batch=found.pk,
                name=page.form.cleaned_data["name"],
                columns=page.form.columns(),
                words=page.form.words(page.words),
                seen=page.form.cleaned_data["seen"],
                by=request.actor,
                at=request.at,
            )
            return redirect("intake:batch", pk=pk)
        except Refused as refused:
            page.form.refuse(refused)
    status = 422 if request.method == "POST" and page.form.errors else 200
    return render(request, "intake/columns.html", page.context(), status=status)


@permitted(IMPORT_FILES)
@require_POST
def columns_again(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Match the columns of a checked file anew."""
    found = _batch(request, pk)
    try:
        actions.match_again(batch=found.pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _refused(request, found, refused)
    return redirect("intake:columns", pk=pk)


@permitted(IMPORT_FILES)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Turn the good rows into records."""
    found = _batch(request, pk)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            actions.start_accepting(
                batch=found.pk, all_or_none=form.all_or_none(), by=request.actor, at=request.at
            )
            return redirect("intake:batch", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "intake/batch.html", _batch_context(request, found, form), status=422)


@permitted(IMPORT_FILES)
def undo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Ask once more, then take back what a batch became."""
    found = _batch(request, pk)
    if request.method != "POST":
        return render(request, "intake/undo.html", {"batch": found})
    try:
        actions.start_undoing(batch=found.pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _refused(request, found, refused)
    return redirect("intake:batch", pk=pk)


@permitted(IMPORT_FILES)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Give up a batch."""
    found = _batch(request, pk)
    try:
        actions.drop_batch(batch=found.pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _refused(request, found, refused)
    return redirect("intake:start", kind=found.kind)


@permitted(IMPORT_FILES)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Stop the work on a batch."""
    actions.cancel_work(batch=_batch(request, pk).pk, by=request.actor, at=request.at)
    return redirect("intake:batch", pk=pk)


@permitted(IMPORT_FILES)
@require_safe
def annotated(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The same file back, with a red column that says what is wrong in each row; the taking is journalled."""
    found = _batch(request, pk)
    try:
        content = actions.take_marked_file(batch=found.pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _refused(request, found, refused)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    return _workbook(content, f"{stem}-{_('errors')}.xlsx")


class _Matching:
    """What the page of matching shows: the headings with their choices, unknown words, and the first rows so."""

    def __init__(self, request: HttpRequest, batch: Batch) -> None:
        self.batch = batch
        self.outline = queries.outline_in(batch)
        self.sheet = kind_of(batch.kind).sheet(area=batch.area, on=request.on)
        self.found = queries.proposed(batch, self.outline, request.on)
        self.saved = queries.mappings(scope=batch.area, kind=batch.kind)
        self.form = MatchForm(
            self.sheet,
            self.outline,
            self.found,
            request.POST or None,
            language=queries.language(),
            initial=self._initial(),
        )
        self.words = queries.word_lines(self.sheet, self.outline, self.form.places())
        self.form.ask_for_words(self.words)
        for title in self.form.twice() if self.form.is_bound else ():
            self.form.add_error(None, _("“%(title)s” was chosen for two headings.") % {"title": title})

    def _initial(self) -> dict[str, Any]:
        stem = self.batch.file_name.rpartition(".")[0] or self.batch.file_name
        return {"name": stem[:80], "seen": max((saved.pk for saved in self.saved), default=0)}

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        mapping = ColumnMapping(self.form.columns(), self.form.words(self.words))
        headings = queries.heading_lines(self.outline, self.found)
        return {
            "batch": self.batch,
            "kind": kind_of(self.batch.kind),
            "form": self.form,
            "headings": [(line, self.form[f"column_{line.place}"]) for line in headings],
            "words": [(line, self.form[word_field(line.key, line.word)]) for line in self.words],
            "preview": queries.preview(self.sheet, self.outline, mapping),
            "missing": self.form.missing(),
            "saved": self.saved,
        }


def _kind(request: HttpRequest, code: str) -> Kind:
    try:
        kind = kind_of(code)
    except KeyError:
        raise Http404 from None
    if kind.permission.code not in request.rights:
        raise PermissionDenied(str(kind.permission.description))
    return kind


def _batch(request: HttpRequest, pk: UUID) -> Batch:
    seen = queries.batches(scope=request.actor.scope, kinds=kinds_for(request.rights))
    return get_object_or_404(seen, pk=pk)


def _batch_context(request: HttpRequest, found: Batch, form: AcceptForm) -> dict[str, Any]:
    shown = request.GET.get("show") or (Shown.BAD if found.bad_count else Shown.ALL)
    page = Paginator(queries.rows_of(found, str(shown)), PAGE_ROWS).get_page(request.GET.get("page"))
    return {
        "batch": found,
        "kind": kind_of(found.kind),
        "form": form,
        "work": queries.work_of(found, request.at),
        "counts": queries.counts_of(found),
        "shown": str(shown),
        "filters": Shown.choices,
        "page": page,
        "rows": queries.row_lines(page, found, on=request.on),
        "line": queries.batch_line(found),
        "reasons": queries.reasons_of(found),
        "unused": queries.unused_columns(found),
    }


def _refused(request: HttpRequest, found: Batch, refused: Refused) -> HttpResponse:
    context = _batch_context(request, found, AcceptForm()) | {"reasons": refused.reasons}
    return render(request, "intake/batch.html", context, status=422)


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
