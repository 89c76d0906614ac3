"""Saved searches: saving one, telling the code, pausing, ending, and the private feed."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import public, signed_in
from openpes.alerts import queries
from openpes.alerts.actions import Wish, change_search, confirm_search, end_search, save_search, send_code_again
from openpes.alerts.choices import Change, Way
from openpes.alerts.models import SavedSearch
from openpes.engine.parameters import parameters
from openpes.kernel import Reason, Refused, within
from openpes.kernel.absent import absent_is_404
from openpes.kernel.action import PLATFORM
from openpes.kernel.rates import asker_of, count_asking
from openpes.kernel.scope import CITY
from openpes.portal.forms import CodeForm, SaveSearchForm
from openpes.portal.queries.saved import found_since, saved_query, saved_wish, saved_words, told_openings
from openpes.portal.queries.wishes import wish_of

DONE = {
    Change.PAUSE: gettext_lazy("Paused. Nothing is told until you let it go on."),
    Change.RESUME: gettext_lazy("The search goes on."),
    Change.RENEW: gettext_lazy("Renewed."),
    Change.DAILY: gettext_lazy("New vacancies are told every day."),
    Change.WEEKLY: gettext_lazy("New vacancies are told every week."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def saved_new(request: HttpRequest) -> HttpResponse:
    """Save the search of this address, to be told of new vacancies."""
    query = saved_query(wish_of(request.GET))
    words = saved_words(query, request.on)
    form = SaveSearchForm(request.POST or None, initial={"name": words[:100]})
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_too_many(request)
            saved = save_search(wish=_wish(request, form, query), by=PLATFORM, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            page = "portal:saved" if saved.way == Way.FEED else "portal:saved_confirm"
            return _private(redirect(page, saved.key.hex))
    context = {"form": form, "words": words, "back": reverse("portal:search") + (query or "?sort=new")}
    return render(request, "portal/saved_new.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def saved_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Tell the code that was sent; the search is in force from then on."""
    saved = _saved(key)
    if saved.confirmed_at or saved.ended_at:
        return redirect("portal:saved", saved.key.hex)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and "again" in request.POST:
        return _again(request, saved)
    if request.method == "POST" and form.is_valid():
        known = [row.pk for row in found_since(query=saved.query, since=request.on, on=request.on)]
        code = form.cleaned_data["code"]
        try:
            if confirm_search(key=saved.key, code=code, known=known, by=PLATFORM, at=request.at):
                messages.success(request, _("Confirmed. New vacancies will be told."))
                return redirect("portal:saved", saved.key.hex)
            form.add_error("code", _("This is not the code that was sent. Look again."))
        except Refused as refused:
            form.refuse(refused)
    return _private(_confirm_page(request, saved, form))


def _again(request: HttpRequest, saved: SavedSearch) -> HttpResponse:
    form = CodeForm()
    try:
        send_code_again(key=saved.key, by=PLATFORM, at=request.at)
        messages.success(request, _("A new code is on its way."))
    except Refused as refused:
        form = CodeForm({"code": ""})
        form.errors.clear()
        form.refuse(refused)
    return _private(_confirm_page(request, saved, form))


def _confirm_page(request: HttpRequest, saved: SavedSearch, form: CodeForm) -> HttpResponse:
    context = {"saved": saved, "form": form, "minutes": parameters().value("message_code_minutes", request.on)}
    return render(request, "portal/saved_confirm.html", context, status=422 if form.errors else 200)


@public
@require_safe
def saved(request: HttpRequest, key: str) -> HttpResponse:
    """A saved search: what it told, how it tells, its feed, and the buttons that pause or end it."""
    found = _saved(key)
    if not found.confirmed_at and not found.ended_at:
        return redirect("portal:saved_confirm", found.key.hex)
    told = [pk for pk, _at in queries.told_by(search=found.pk, limit=20)]
    context = {
        "saved": found,
        "words": saved_words(found.query, request.on),
        "told": told_openings(vacancies=told, on=request.on),
        "feed": request.build_absolute_uri(reverse("portal:saved_feed", args=[found.feed_key.hex])),
        "is_over": bool(found.ended_at) or found.until_on <= request.on,
        "soon": found.until_on <= request.on + timedelta(days=14),
    }
    return _private(render(request, "portal/saved.html", context, status=410 if found.ended_at else 200))


@public
@require_POST
def saved_change(request: HttpRequest, key: str) -> HttpResponse:
    """Pause, go on, renew, change the rhythm, or end."""
    found, change = _saved(key), request.POST.get("change", "")
    if change == "end":
        end_search(key=found.key, by=PLATFORM, at=request.at)
        messages.success(request, _("Ended. Nothing more is told, and your address is forgotten."))
    elif change in Change.values and not found.ended_at:
        change_search(key=found.key, change=change, by=PLATFORM, at=request.at)
        messages.success(request, DONE[Change(change)])
    return redirect("portal:saved", found.key.hex)


@signed_in
@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    """The searches that the account saved."""
    found = queries.searches_of_account(account=request.actor.id)
    rows = [(one, saved_words(one.query, request.on)) for one in found]
    return render(request, "portal/saved_list.html", {"rows": rows})


@public
@require_safe
def saved_feed(request: HttpRequest, key: str) -> HttpResponse:
    """New vacancies of a saved search as Atom, for a feed reader; 410 once it ended."""
    with absent_is_404(SavedSearch.DoesNotExist, ValueError):
        found = queries.search_by_feed_key(key=UUID(hex=key))
    since = min(found.since_on, request.on - timedelta(days=7))
    rows = [] if found.ended_at else found_since(query=found.query, since=since, on=request.on)
    context = {
        "saved": found,
        "entries": told_openings(vacancies=[row.pk for row in rows[: queries.MOST_IN_FEED]], on=request.on),
        "self": request.build_absolute_uri(),
        "page": request.build_absolute_uri(reverse("portal:search") + found.query),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    status = HTTPStatus.GONE if found.ended_at else HTTPStatus.OK
    kind = "application/atom+xml; charset=utf-8"
    return _private(render(request, "portal/saved_feed.xml", context, content_type=kind, status=status))


def _saved(key: str) -> SavedSearch:
    with absent_is_404(SavedSearch.DoesNotExist, ValueError):
        return queries.search_by_key(key=UUID(hex=key))


def _wish(request: HttpRequest, form: SaveSearchForm, query: str) -> Wish:
    told = form.cleaned_data
    places = saved_wish(query).places
    return Wish(
        query=query, name=told["name"], way=told["way"], rhythm=told["rhythm"], to=told["to"],
        area=places[0] if len(places) == 1 else CITY, language=get_language() or "zh-hans",
        account=request.actor.id if request.user.is_authenticated else None,
    )  # fmt: skip


def _refuse_too_many(request: HttpRequest) -> None:
    """One connection may begin so many searches a day; counted before anything is written."""
    begins = request.at.replace(hour=0, minute=0, second=0, microsecond=0)
    with within(CITY):
        times = count_asking("portal.saved_new", asker_of(request), begins)
    most = parameters().value("saved_search_daily_codes", request.on)
    if times > most:
        told = ngettext(
            "%(n)s search was saved from this connection today; no more are kept.",
            "%(n)s searches were saved from this connection today; no more are kept.",
            most,
        )
        raise Refused(Reason(told % {"n": most}, next_step=_("Try again tomorrow.")))


def _private(answer: HttpResponse) -> HttpResponse:
    """Pages under a secret address stay out of caches and search engines, and name it to no other site."""
    patch_cache_control(answer, private=True, no_store=True)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"  # no-referrer would take the origin from its own forms
    return answer
