"""Pages that a higher room offers about a thing of a lower one, so that the lower page can lead there unnamed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from openpes.kernel.action import Actor


@dataclass(frozen=True)
class OfferedPage:
    """A page about one thing: its name, address (taking the id), the right that opens it, and what it counts."""

    label: Any
    page: str
    right: str
    count: Callable[[Actor, int], int] | None = None


@dataclass(frozen=True)
class PageLink:
    """An offered page for one thing and one reader."""

    label: Any
    url: str
    count: int | None


@dataclass(frozen=True)
class ListTool:
    """What a higher room puts beside a list of a lower one: a template, what it is filled with, who may use it."""

    template: str
    right: str
    context: Callable[[Any], dict[str, Any]]


_tools: dict[str, list[ListTool]] = {}


def offer_tool(place: str, tool: ListTool) -> None:
    """Put a tool over every list (`lists`) or beside the rows of a kind (`rows:person`)."""
    _tools.setdefault(place, []).append(tool)


def tools_at(place: str, rights: Collection[str]) -> list[ListTool]:
    """The tools at a place that the reader may use, in the order in which they were offered."""
    return [tool for tool in _tools.get(place, []) if tool.right in rights]


_offered: dict[str, dict[str, OfferedPage]] = {}


def offer_page(about: str, offered: OfferedPage) -> None:
    """Offer a page about things of a kind (`employer`, `vacancy`, `person`); once for each address."""
    _offered.setdefault(about, {})[offered.page] = offered


def pages_about(about: str, pk: int, *, actor: Actor, rights: Collection[str]) -> list[PageLink]:
    """The offered pages about one thing that the reader may open, in the order in which they were offered."""
    from django.urls import reverse

    return [
        PageLink(offered.label, reverse(offered.page, args=[pk]), offered.count(actor, pk) if offered.count else None)
        for offered in _offered.get(about, {}).values()
        if offered.right in rights
    ]
