"""What the search box offers while somebody types."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.codes.queries import occupation_label
from openpes.engine.understanding import Completion, Kind, completions
from openpes.network.queries import area_full_name
from openpes.portal.queries.wishes import readable


@dataclass(frozen=True)
class Option:
    """One line: the whole text that it writes into the box, how it shows, and what it is."""

    value: str
    label: str
    more: str


def typing_options(text: str) -> list[Option]:
    """The last word of a text finished in several ways; nothing when it is finished already."""
    before, _blank, last = readable(text).rpartition(" ")
    found = completions(last)
    if [one.text for one in found] == [last]:
        return []
    return [Option(f"{before} {one.text}".strip(), one.text, _more(one)) for one in found]


def _more(one: Completion) -> str:
    if one.kind == Kind.PLACE:
        return area_full_name(one.codes[0])
    if one.kind == Kind.OCCUPATION:
        name = occupation_label(one.codes[0])
        return _("Occupation") if name == one.text else name
    titles = {Kind.BENEFIT: _("Benefits"), Kind.TERM: pgettext("vacancy", "Term"), Kind.SKILL: _("Skill")}
    return titles[one.kind]
