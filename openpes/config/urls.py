"""All addresses of the platform: each room under its own name."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import set_language
from django.urls import include, path
from django_prometheus.exports import ExportToDjangoView

from openpes.access.permissions import permitted
from openpes.config import views
from openpes.config.roles import VIEW_METRICS
from openpes.portal.views.public import robots

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("metrics", permitted(VIEW_METRICS)(ExportToDjangoView), name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", include("openpes.config.sign_in_urls")),
    *(
        path(f"{room}/", include((f"openpes.{room}.urls", room), namespace=room))
        for room in settings.ROOMS
        if find_spec(f"openpes.{room}") and find_spec(f"openpes.{room}.urls")
    ),
]

handler400 = "openpes.look.views.bad_request"
handler403 = "openpes.look.views.forbidden"
handler404 = "openpes.look.views.not_found"
handler500 = "openpes.look.views.failed"
