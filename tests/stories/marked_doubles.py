"""Files of the marked city that are likely of one person: a pair, a merge that waits, and one that was carried out."""

from datetime import datetime
from typing import Any

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor
from openpes.kernel.clock import day_of
from openpes.people.actions.duplicates import compare_files
from openpes.people.actions.merging import confirm_merge, propose_merge
from openpes.people.models import Person
from tests.people.factories import a_person


def furnish(city: Any, area: str, mark: str, owner: Any, at: datetime) -> None:
    """Two files side by side with a proposed merge, and a third that was merged; all of one area."""
    clerk, colleague = Actor(id=9000, scope=area), Actor(id=9002, scope=area)
    one, other, stays, gone = (_file(city, area, f"双雀{mark}{n}", owner, at) for n in "子丑寅卯")
    city.add("likely pair", compare_files(first=one.pk, second=other.pk, by=clerk, at=at).pk, owner)
    why = city.mark(f"并雀{mark}", owner)
    city.add("merge", propose_merge(stays=one.pk, goes=other.pk, kept={}, why=why, by=clerk, at=at).pk, owner)
    done = propose_merge(stays=stays.pk, goes=gone.pk, kept={}, why=why, by=clerk, at=at)
    confirm_merge(merge=done.pk, seen=done.content_hash, by=colleague, at=at)
    city.add("merge", done.pk, owner)
    city.add("merged person", gone.pk, owner)


def _file(city: Any, area: str, name: str, owner: Any, at: datetime) -> Person:
    number = compose_resident_id(INVENTED_COUNTY, day_of(at).replace(year=1971), len(city.words))
    word = city.mark(name, owner)
    told = {"area": area, "name": word, "id_number": number, "address": "", "phone": ""}
    return a_person(by=Actor(id=9000, scope=area), at=at, **told)
