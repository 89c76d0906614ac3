"""Puts the house together when a process starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.contrib.messages.apps import MessagesConfig


class WordsAfterActs(MessagesConfig):
    """The framework's messages on the next page; the label `messages` is the room's, whose tables carry it."""

    label = "words_after_acts"


class PlatformConfig(AppConfig):
    name = "openpes.config"
    label = "config"

    def ready(self) -> None:
        """Make the roles known and let every room hear what it listens to."""
        from openpes.access.permissions import define_roles
        from openpes.config.roles import ROLES

        define_roles(ROLES)
        for room in settings.ROOMS:
            for way_in in ("events", "subscriptions"):
                if find_spec(f"openpes.{room}") and find_spec(f"openpes.{room}.{way_in}"):
                    import_module(f"openpes.{room}.{way_in}")
        import_module("openpes.config.schedule")
        import_module("openpes.config.site")
