"""What waits for an officer: numbers for a second one, files of other counties for the new office."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_full_name
from openpes.people.actions import answer_file, answer_number
from openpes.people.choices import Evidence
from openpes.people.forms.lives import FileAnswerForm, NumberAnswerForm
from openpes.people.models import FileHandover, NumberChange, Person
from openpes.people.permissions import CHANGE_PERSONS, CONFIRM_NUMBERS, VIEW_PERSONS
from openpes.people.queries import file_handover, number_change, sent_files, waiting_files, waiting_numbers
from openpes.people.views.files import page

BOTH = require_http_methods(["GET", "POST"])


@permitted(CONFIRM_NUMBERS)
@require_safe
def number_list(request: HttpRequest) -> HttpResponse:
    """Identity numbers that wait for a second officer."""
    rows = waiting_numbers(scope=request.actor.scope)
    own = {row.pk for row in rows if has_hand_in(request.actor, row.asked_hands)}
    return render(request, "people/number_list.html", {"rows": rows, "own": own})


@permitted(CONFIRM_NUMBERS)
@BOTH
def number_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the written number with the paper, then confirm or decline it."""
    with absent_is_404(NumberChange.DoesNotExist):
        change = number_change(scope=request.actor.scope, pk=pk)
    form = NumberAnswerForm(request.POST or None, initial={"content_hash": change.content_hash})
    if request.method == "POST" and form.is_valid():
        try:
            answer_number(change=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Person.DoesNotExist:
            raise Http404 from None
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The number is answered."))
            return redirect("people:life", change.person_id)
    own = has_hand_in(request.actor, change.asked_hands)
    context = {"form": form, "change": change, "own": own, "paper": Evidence(change.evidence).label}
    return page(request, "people/number_answer.html", change.person, context, form.errors)


@permitted(VIEW_PERSONS)
@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    """Files that came from other counties and wait, and what became of those that left."""
    scope = request.actor.scope
    came = [(row, area_full_name(row.from_area)) for row in waiting_files(scope=scope)]
    left = [(row, area_full_name(row.area)) for row in sent_files(scope=scope)]
    context = {"came": came, "left": left, "may_change": CHANGE_PERSONS.code in request.rights}
    return render(request, "people/handover_list.html", context)


@permitted(CHANGE_PERSONS)
@BOTH
def handover_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a file that came from another county, or return it."""
    with absent_is_404(FileHandover.DoesNotExist):
        handover = file_handover(scope=request.actor.scope, pk=pk)
    form = FileAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"accepts": form.cleaned_data["accepts"] == "yes", "note": form.cleaned_data["note"]}
        try:
            answer_file(handover=pk, **told, by=request.actor, at=request.at)
        except Person.DoesNotExist:
            raise Http404 from None
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The hand-over is answered."))
            return redirect("people:handover_list")
    return _page(request, handover, form)


def _page(request: HttpRequest, handover: FileHandover, form: FileAnswerForm) -> HttpResponse:
    context = {"form": form, "handover": handover, "from_office": area_full_name(handover.from_area)}
    try:
        return page(request, "people/handover_answer.html", handover.person, context, form.errors)
    except Person.DoesNotExist:  # answered already, and the file is elsewhere by now
        raise Http404 from None
