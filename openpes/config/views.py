"""The front door, and whether the house stands."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect

from openpes.access.permissions import public
from openpes.kernel import clock
from openpes.kernel.models import OutboxRow

HOMES = (
    ("counter.use_desk", "counter:home"),
    ("portal.own_page", "portal:me"),
    ("portal.employer_page", "portal:employer"),
    ("statistics.view_reports", "statistics:report"),
    ("audit.view_journal", "audit:journal"),
    ("access.grant_roles", "access:staff"),
)


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """Lead everybody to the page where their work begins."""
    page = next((page for right, page in HOMES if right in request.rights), "portal:search")
    return redirect(page)


def health(request: HttpRequest) -> HttpResponse:
    """Whether the parts of the platform work, for people and for monitors: 200 or 503."""
    parts = {"database": _database(), "durable_writes": _durable(), "outbox": _outbox()}
    healthy = all(part["ok"] for part in parts.values())
    answer = {"ok": healthy, "at": clock.now().isoformat(timespec="seconds"), "parts": parts}
    return JsonResponse(answer, status=200 if healthy else 503, json_dumps_params={"ensure_ascii": False})


health.permission = "public"  # type: ignore[attr-defined]


def _database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_user, current_schema()")
        version, role, schema = cursor.fetchone()
    return {"ok": role == "openpes_app", "version": version, "role": role, "schema": schema}


def _durable() -> dict:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(names)])
        found = dict(cursor.fetchall())
    return {"ok": all(found[name] != "off" for name in names), **found}


def _outbox() -> dict:
    given_up = OutboxRow.objects.filter(delivered_at__isnull=True, attempts__gte=8).count()
    return {"ok": given_up == 0, "waiting": OutboxRow.objects.filter(delivered_at__isnull=True).count()}
