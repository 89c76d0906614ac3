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
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.plain_registration import PlainRegistration


def register(request: HttpRequest) -> HttpResponse:
    """One insert by the ORM, then the redirect that a form answers with."""
    names = ("id_number", "name", "area", "address", "phone", "education")
    row = PlainRegistration.objects.create(**{name: request.POST.get(name, "") for name in names})
    return HttpResponse(status=302, headers={"Location": f"/registrations/{row.pk}"})


def health(request: HttpRequest) -> HttpResponse:
    """Says that the site answers and reaches its database."""
    PlainRegistration.objects.raw("SELECT 1 AS id")[0]
    return HttpResponse('{"ok": true}', content_type="application/json")


urlpatterns = [path("register", register), path("health", health)]
application = WSGIHandler()
