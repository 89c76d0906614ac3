"""Pages of matters: one's own list, one matter, hand-overs, the list of a colleague, a person's own page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.matters import actions, queries
from openpes.matters.forms import (
    OFFICE,
    CloseForm,
    DeclineForm,
    Find,
    HandOverForm,
    ListForm,
    MatterForm,
    OwnListForm,
)
from openpes.matters.models import HandOver, Matter
from openpes.matters.permissions import ANSWER, OWN_MATTERS, REASSIGN
from openpes.network.queries import offices_serving
from openpes.people.models import Person
from openpes.people.queries import person as person_of
from openpes.people.queries import person_card

PAGE = 25
MOST = 2**63  # more than any number that the database gives


@permitted(ANSWER)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is offered to the officer, and what the officer answers for, each with its clock."""
    officer = request.actor.stands_for
    found = queries.open_matters(scope=request.actor.scope, officer=officer)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    offers = queries.offers_to(actor=request.actor, on=request.on)
    lists = [row.hand_over.list_no for row in offers if row.hand_over.list_no]
    context = {
        "page": page,
        "rows": queries.in_words(page, on=request.on),
        "offers": offers,
        "lists": [(number, lists.count(number)) for number in dict.fromkeys(lists)],
        "columns": _columns(),
        "decline_form": DeclineForm(auto_id=False),
        "may_reassign": REASSIGN.code in request.rights,
    }
    return render(request, "matters/mine.html", context)


@permitted(ANSWER)
@require_safe
def all_open(request: HttpRequest) -> HttpResponse:
    """Every open matter of the area; those of officers who have left can be asked for alone."""
    gone = request.GET.get("show") == "gone"
    scope = request.actor.scope
    inside = request.GET.get("area", "")
    found = queries.matters_of_the_gone(scope=scope, on=request.on) if gone else queries.open_matters(scope=scope)
    if inside:
        found = found.visible_to(inside)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.in_words(page, on=request.on),
        "columns": _columns(),
        "gone": gone,
        "may_reassign": REASSIGN.code in request.rights,
    }
    return render(request, "matters/list.html", context)


@permitted(ANSWER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what a person asks for; whoever notes it answers for it."""
    with absent_is_404(Person.DoesNotExist):
        holder = person_of(scope=request.actor.scope, pk=pk)
    form = MatterForm(request.POST or None)
    if form.is_valid():
        with absent_is_404(Person.DoesNotExist):
            made = actions.note_matter(person=pk, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("You answer for this matter until a colleague has accepted it."))
        return redirect("matters:detail", made.pk)
    context = {
        "form": form,
        "holder": holder,
        "card": person_card(scope=request.actor.scope, person=pk, on=request.on),
        "rows": queries.matters_of_person(scope=request.actor.scope, person=pk, on=request.on),
    }
    return render(request, "matters/new.html", context, status=422 if form.errors else 200)


@permitted(ANSWER)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: what was asked, who answers, what was proposed, how it ended."""
    return _detail(request, pk)


@permitted(ANSWER)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a matter to a colleague or an office."""
    file = _file(request, pk)
    form = HandOverForm(request.POST, **_takers(request, file))
    if not form.is_valid():
        return _detail(request, pk, hand_form=form)
    try:
        actions.propose_hand_over(
            matter=pk, to=_receiver(form), reason=form.cleaned_data["reason"], by=request.actor, at=request.at
        )
    except Refused as refused:
        form.refuse(refused)
        return _detail(request, pk, hand_form=form)
    messages.success(request, _("Offered. You answer for the matter until it is accepted."))
    return redirect("matters:detail", pk)


@permitted(ANSWER)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a matter with its outcome."""
    _file(request, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_matter(matter=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The matter is ended, and the person knows."))
            return redirect("matters:detail", pk)
    return _detail(request, pk, close_form=form)


@permitted(ANSWER)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline what a colleague offers."""
    form = DeclineForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    with absent_is_404(HandOver.DoesNotExist):
        done = actions.answer_hand_over(
            hand_over=pk, accepts="accepts" in request.POST, note=note, by=request.actor, at=request.at
        )
    messages.success(request, _("You answer for this matter now.") if done.answer == "accepted" else _("Declined."))
    return redirect("matters:detail", done.matter_id)


@permitted(ANSWER)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back."""
    with absent_is_404(HandOver.DoesNotExist):
        leads = REASSIGN.code in request.rights
        done = actions.take_hand_over_back(hand_over=pk, leads=leads, by=request.actor, at=request.at)
    return redirect("matters:detail", done.matter_id)


@permitted(ANSWER)
@require_POST
def accept_all(request: HttpRequest) -> HttpResponse:
    """Accept every matter of a list that is offered to the officer."""
    try:
        number = UUID(request.POST.get("list_no", ""))
    except ValueError:
        messages.warning(request, _("Nothing of this list is offered to you any more."))
        return redirect("matters:mine")
    count = actions.accept_list(list_no=number, by=request.actor, at=request.at)
    told = ngettext("You answer for %(n)s more matter.", "You answer for %(n)s more matters.", count)
    messages.success(request, told % {"n": count})
    return redirect("matters:mine")


@permitted(ANSWER)
@require_http_methods(["GET", "POST"])
def hand_list(request: HttpRequest) -> HttpResponse:
    """Hand over one's own list."""
    return _hand_list(request, OwnListForm)


@permitted(REASSIGN)
@require_http_methods(["GET", "POST"])
def hand_list_of(request: HttpRequest) -> HttpResponse:
    """Hand over the list of a colleague who is away or has left."""
    return _hand_list(request, ListForm, find_list=lambda text: queries.list_of(scope=request.actor.scope, text=text))


@permitted(ANSWER)
@require_safe
def colleagues(request: HttpRequest) -> JsonResponse:
    """Suggestions of the fields that name a colleague."""
    found = queries.colleagues_found(scope=request.actor.scope, on=request.on, text=request.GET.get("q", "")[:50])
    return _options(found)


@permitted(REASSIGN)
@require_safe
def lists(request: HttpRequest) -> JsonResponse:
    """Suggestions of the field that names whose list is handed over, with how many matters are on it."""
    return _options(queries.lists_found(scope=request.actor.scope, text=request.GET.get("q", "")[:50]))


@permitted(OWN_MATTERS)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What became of the own questions, and who answers for them."""
    return render(request, "matters/own.html", {"rows": queries.own_matters(actor=request.actor, on=request.on)})


def _hand_list(request: HttpRequest, kind: type[OwnListForm], **more: Any) -> HttpResponse:
    """First what would happen is shown, how many each would get; then it is offered."""
    near = _near(request)
    if kind is OwnListForm:
        near.pop(request.actor.stands_for, None)
    form = kind(request.POST or None, receivers=near, find=_find(request), **more)
    plan: list[tuple[str, int]] = []
    if form.is_valid():
        officer = form.cleaned_data.get("officer") or request.actor.stands_for
        told = {"officer": officer, "receivers": form.chosen()}
        if "sure" in request.POST:
            try:
                made = actions.hand_list_over(
                    **told, reason=form.cleaned_data["reason"], by=request.actor, at=request.at
                )
            except Refused as refused:
                form.refuse(refused)
            else:
                said = ngettext("%(n)s matter is offered.", "%(n)s matters are offered.", len(made))
                messages.success(request, said % {"n": len(made)})
                return redirect("matters:mine")
        else:
            counts = queries.spread_of(scope=request.actor.scope, **told, on=request.on).counts
            names = near | _names(request, told["receivers"])
            plan = [(names[pk], counts.get(pk, 0)) for pk in told["receivers"]]
            form = _ticked(form, names, told["receivers"], **more)
    has_matters = queries.open_matters(scope=request.actor.scope).exists()
    context = {"form": form, "plan": plan, "has_matters": has_matters}
    return render(request, "matters/hand_list.html", context, status=422 if form.errors else 200)


def _near(request: HttpRequest) -> dict[int, str]:
    """The boxes: colleagues near, and whoever was found and chosen before."""
    near = queries.near_colleagues(actor=request.actor, on=request.on)
    sent = [int(text) for text in request.POST.getlist("receivers") if text.isascii() and text.isdecimal()]
    return near | _names(request, [pk for pk in sent if pk not in near and pk < MOST])


def _names(request: HttpRequest, officers: Iterable[int]) -> dict[int, str]:
    return queries.names_of_colleagues(scope=request.actor.scope, on=request.on, officers=officers)


def _find(request: HttpRequest) -> Find:
    return lambda text: queries.colleague_of(scope=request.actor.scope, on=request.on, text=text)


def _ticked(form: OwnListForm, names: dict[int, str], receivers: tuple[int, ...], **more: Any) -> OwnListForm:
    """The form as it was sent, with a box for whoever was named besides, so that another can be named."""
    sent = form.data.copy()
    sent.setlist("receivers", [str(pk) for pk in receivers])
    sent["another"] = ""
    return type(form)(sent, receivers=names, find=form.fields["another"].find, **more)


def _options(found: Iterable[queries.Found]) -> JsonResponse:
    return JsonResponse([{"value": one.label, "label": one.label, "more": one.more} for one in found], safe=False)


def _receiver(form: HandOverForm) -> actions.Receiver:
    to, another = form.cleaned_data["to"], form.cleaned_data["another"]
    if to.startswith(OFFICE):
        return actions.Receiver(point=int(to.removeprefix(OFFICE)))
    return actions.Receiver(another or int(to))


def _file(request: HttpRequest, pk: int) -> queries.MatterFile:
    with absent_is_404(Matter.DoesNotExist):
        return queries.matter_file(scope=request.actor.scope, pk=pk, on=request.on)


def _takers(request: HttpRequest, file: queries.MatterFile) -> dict[str, Any]:
    area = file.row.matter.area
    able = queries.near_colleagues(actor=request.actor, on=request.on, area=area)
    places = offices_serving(area=area, on=request.on)
    inside = {place.pk: place.name for place, _hours, _known in places if place.area.startswith(request.actor.scope)}
    others = {pk: name for pk, name in able.items() if pk != file.row.officer_id}
    return {"colleagues": others, "offices": inside, "find": _find(request)}


def _detail(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    file = _file(request, pk)
    wrong, waiting = any(form.errors for form in forms.values()), file.row.waiting
    context = {
        "file": file,
        "row": file.row,
        "own": file.row.officer_id in request.actor.hands,
        "may_reassign": REASSIGN.code in request.rights,
        "may_answer": waiting is not None and queries.taker_of(waiting, actor=request.actor, on=request.on) is not None,
        "hand_form": HandOverForm(auto_id="hand_%s", **_takers(request, file)),
        "close_form": CloseForm(auto_id="close_%s"),
    }
    return render(request, "matters/detail.html", context | forms, status=422 if wrong else 200)


def _columns() -> list[dict[str, Any]]:
    labels = (_("Name"), _("What it is about"), _("Asked"), _("Who answers"), _("Due on"))
    return [{"label": label} for label in labels]
