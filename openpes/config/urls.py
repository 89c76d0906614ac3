"""All addresses of the platform: each room under its own name."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
    *(
        path(f"{room}/", include((f"openpes.{room}.urls", room), namespace=room))
        for room in settings.ROOMS
        if find_spec(f"openpes.{room}") and find_spec(f"openpes.{room}.urls")
    ),
]
