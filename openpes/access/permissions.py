"""Who may open which page: permissions, roles, and the three marks that every view carries one of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DeadlockDetected, QueryCanceled

from openpes.engine.qualifications import Requirement, certificate_kinds, lacking
from openpes.kernel import Reason, Refused, within
from openpes.kernel.days import spoken_day
from openpes.kernel.idempotency import answer_once
from openpes.kernel.rates import seconds_to_wait
from openpes.kernel.scope import PUBLIC

View = Callable[..., HttpResponseBase]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Permission:
    """A right to do or see something, declared by the room that owns it; its words differ by language, its code not."""

    code: str
    description: Any = field(compare=False)


@dataclass(frozen=True)
class Role:
    """A job in the service, with everything it may do; `level` is that of its areas, empty for a job on any level.

    Who `reads_only` opens the pages of these rights and changes nothing on them.
    """

    code: str
    name: Any
    description: Any
    permissions: frozenset[Permission]
    self_service: bool = False
    level: str = ""
    reads_only: bool = False


_roles: dict[str, Role] = {}

VIEW_ROLES = Permission("access.view_roles", _("See all roles and what they may do"))
GRANT_ROLES = Permission("access.grant_roles", _("Give and end roles of staff"))
KEEP_ACCOUNTS = Permission("access.keep_accounts", _("Open and close accounts of staff and renew their passwords"))


def define_roles(roles: Iterable[Role]) -> None:
    """Make the roles of `config.roles` known."""
    _roles.clear()
    _roles.update({role.code: role for role in roles})


def roles() -> list[Role]:
    """Every role, in the order in which they were defined."""
    return list(_roles.values())


def role(code: str) -> Role | None:
    """The role of that code, or nothing when it is gone."""
    return _roles.get(code)


def permitted(permission: Permission, *, asks: bool = False) -> Callable[[View], View]:
    """A view for those who hold `permission`; it runs in one transaction inside their area.

    With `asks`, its POST only asks a question whose words must stay out of addresses and logs, and needs no key.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if elsewhere := _elsewhere_first(request):
                return elsewhere
            if permission.code not in request.rights:
                return _not_certified(request, permission)
            if request.method not in SAFE_METHODS and not asks and _reads_only(request):
                return _only_read(request)
            return _guard(view, request, args, kwargs, asks)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def signed_in(view: View) -> View:
    """A view for everybody who is signed in, about their own matters only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _elsewhere_first(request) or _guard(view, request, args, kwargs)

    guarded.permission = "signed_in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """A view for everybody; the database lets it read published tables only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with within(role=PUBLIC):
                return view(request, *args, **kwargs)
        except OperationalError as stopped:
            if not isinstance(stopped.__cause__, QueryCanceled):
                raise
        return _too_much(request)

    guarded.permission = "public"  # type: ignore[attr-defined]
    return guarded


def public_check(page: str) -> Callable[[View], View]:
    """A view for everybody that tells whether a paper is real; one address asks it so often, and then it waits.

    The limit is counted before anything is looked up (see `kernel.rates`), so it says nothing about any paper.
    """

    def mark(view: View) -> View:
        open_to_all = public(view)

        @wraps(open_to_all)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seconds = seconds_to_wait(page, request, request.at)
            return _too_often(request, seconds) if seconds else open_to_all(request, *args, **kwargs)

        return counted

    return mark


def _reads_only(request: HttpRequest) -> bool:
    held = role(request.user.self_role)
    return held is not None and held.reads_only


def _only_read(request: HttpRequest) -> HttpResponseBase:
    """The answer to somebody of an employer who may look at everything and change nothing."""
    told = Reason(
        gettext("Your account may read everything of your unit, but change nothing."),
        next_step=gettext("Ask a colleague who keeps your unit's accounts for more."),
    )
    return render(request, "look/refused.html", {"reasons": [told]}, status=HTTPStatus.FORBIDDEN)


def _too_often(request: HttpRequest, seconds: int) -> HttpResponseBase:
    minutes = -(-seconds // 60)
    too_often = Reason(
        gettext("Papers were checked from your address too often."),
        next_step=ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes) % {"n": minutes},
    )
    answer = render(request, "look/refused.html", {"reasons": [too_often]}, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    return answer


def _too_much(request: HttpRequest) -> HttpResponseBase:
    """The answer to a question whose answer the database did not find in the time that a visitor's question has."""
    too_long = Reason(
        gettext("The answer would have taken too long, so it was given up."),
        next_step=gettext("Ask for less, such as one county or one occupation, or try again in a minute."),
    )
    answer = render(request, "look/refused.html", {"reasons": [too_long]}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = "60"
    return answer


def _elsewhere_first(request: HttpRequest) -> HttpResponseBase | None:
    """Where somebody must go before anything else: to the door, or to a password of their own; usually nowhere."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.user.password_given_at is not None:
        return redirect("account_change_password")
    return None


def _not_certified(request: HttpRequest, permission: Permission) -> HttpResponseBase:
    """The answer to somebody whose role has the right but who lacks the certificate that it needs by now.

    :raises PermissionDenied: the role has no such right
    """
    held = role(request.grant.role) if request.grant else None
    missing = lacking({permission.code}, request.user.certificates, request.on) if held else {}
    if held is None or permission not in held.permissions or not missing:
        raise PermissionDenied(str(permission.description))
    reasons = [certificate_sentence(permission.description, missing[permission.code])]
    return render(request, "look/refused.html", {"reasons": reasons}, status=HTTPStatus.FORBIDDEN)


def certificate_sentence(description: Any, needed: Requirement) -> Reason:
    """Which certificate an act needs, since when, by which rule, and what to do next."""
    kind = certificate_kinds()[needed.certificate]
    title = kind.title_zh if (get_language() or "").startswith("zh") else kind.title_en
    told = {"act": description, "certificate": title, "day": spoken_day(needed.from_on)}
    return Reason(
        gettext("“%(act)s” needs the certificate “%(certificate)s” since %(day)s; you hold none that is valid today.")
        % told,
        clause=gettext(needed.source),
        next_step=gettext("Take the examination, or let the administrator record the certificate that you have."),
    )


def _guard(view: View, request: HttpRequest, args: Any, kwargs: Any, asks: bool = False) -> HttpResponseBase:
    try:
        with request.actor.standing():
            if asks or request.method in SAFE_METHODS:
                return view(request, *args, **kwargs)
            return answer_once(
                request,
                account_id=request.actor.id,
                at=request.at,
                view=lambda: view(request, *args, **kwargs),
            )
    except Refused as refused:
        return render(request, "look/refused.html", {"reasons": refused.reasons}, status=422)
    except OperationalError as ended:
        if not isinstance(ended.__cause__, DeadlockDetected):
            raise
    return _crossed(request)


def _crossed(request: HttpRequest) -> HttpResponseBase:
    """The answer when two acts waited for each other and the database ended this one, of which nothing is kept."""
    at_once = Reason(
        gettext("Somebody changed the same rows at the same moment, so nothing of yours was kept."),
        next_step=gettext("Go back and send it once more."),
    )
    return render(request, "look/refused.html", {"reasons": [at_once]}, status=HTTPStatus.CONFLICT)

