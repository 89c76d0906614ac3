"""The text of the annual form of employment agencies, written from its cells by rule."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openpes.engine.indicators.agencies import LEAVES, Cells
from openpes.statistics.rules.sentences import Sentence


def form_sentences(*, place: str, title: str, cells: Cells) -> tuple[Sentence, ...]:
    """The text, sentence by sentence; what is hidden is not written about."""
    return tuple(_told(place, title, cells))


def _told(place: str, title: str, cells: Cells) -> Iterator[Sentence]:
    whole = cells["all"]
    numbers = {**whole, **{leaf: cells[leaf]["points"] for leaf in LEAVES}}
    words = {"place": place, "period": title, **{key: f"{n:,}" for key, n in numbers.items() if isinstance(n, int)}}
    text = _(
        "At the end of %(period)s the labour authorities ran %(points)s employment agencies with %(staff)s staff in"
        " %(place)s: %(county)s of the county level and above, %(street)s of streets, %(township)s of townships, with"
        " the stations of their communities and villages."
    )
    yield Sentence("network", text % words)
    if None not in (whole["places"], whole["seekers"]):
        yield Sentence("market", _("%(places)s places and %(seekers)s job seekers were registered.") % words)
    if whole["hires"] is not None:
        yield Sentence("hires", _("%(hires)s persons were placed by introduction.") % words)
    text = _(
        "Vocational guidance and the agencies of other organisations and of private persons are not yet measured; the"
        " total covers what is measured."
    )
    yield Sentence("unmeasured", text)
