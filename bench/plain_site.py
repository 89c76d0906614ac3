"""The plainest site on the same parts: bare Django on the same PostgreSQL and the same web server."""

import json
import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        DEBUG=False,
        SECRET_KEY="a-plain-site-for-measuring",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.postgresql"} | json.loads(os.environ["BENCH_PLAIN_DATABASE"])
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db.models import Count
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from bench.plain_registration import PlainRegistration
from bench.plain_tables import PlainPerson, WideVacancy


def register(request: HttpRequest) -> HttpResponse:
    """One insert by the ORM, then the redirect that a form answers with."""
    names = ("id_number", "name", "area", "address", "phone", "education")
    row = PlainRegistration.objects.create(**{name: request.POST.get(name, "") for name in names})
    return HttpResponse(status=302, headers={"Location": f"/registrations/{row.pk}"})


def search(request: HttpRequest) -> JsonResponse:
    """The total, the same facets and the newest twenty, asked for anew each time."""
    rows = WideVacancy.objects.filter(title__icontains=request.GET.get("q", "")[:50])
    facets = [
        list(rows.order_by().values_list(*by).annotate(n=Count("id")))
        for by in ([Left("place", 6)], ["pay_band"], [Left("occupation", 1)], ["education_min"], ["term"])
    ]
    newest = rows.order_by("-published_on", "-id").values("id", "title", "employer_name", "place")[:20]
    return JsonResponse({"total": rows.count(), "facets": facets, "rows": list(newest)})


def find(request: HttpRequest) -> JsonResponse:
    """Who has this name, by LIKE."""
    rows = PlainPerson.objects.filter(name__contains=request.GET.get("q", ""))
    return JsonResponse({"rows": list(rows.order_by("id").values("id", "name", "area")[:20])})


def health(request: HttpRequest) -> HttpResponse:
    """Says that the site answers and reaches its database."""
    PlainRegistration.objects.raw("SELECT 1 AS id")[0]
    return HttpResponse('{"ok": true}', content_type="application/json")


urlpatterns = [path("register", register), path("search", search), path("find", find), path("health", health)]
application = WSGIHandler()
