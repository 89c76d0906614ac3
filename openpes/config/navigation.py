"""The navigation of every page: which items a person sees, in which order."""

from typing import Any

from django.http import HttpRequest

ITEMS: list[Any] = []


def context(request: HttpRequest) -> dict[str, Any]:
    """Navigation, who is signed in, and where the find box looks."""
    return {"navigation": [], "whoami": request.actor.name if hasattr(request, "actor") else "", "find_url": ""}
