"""Files of the town that are likely of one person: a pair, a merge that waits, one carried out, one being undone."""

from datetime import date, datetime

from openpes.people.actions.duplicates import compare_files
from openpes.people.actions.merging import confirm_merge, propose_merge
from openpes.people.actions.unmerging import propose_unmerge
from openpes.people.models import Person
from tests.cast import Cast
from tests.people.factories import a_person, id_number

WHY = "两张身份证已核对，系同一人"


def doubled(cast: Cast, at: datetime) -> dict[str, int]:
    """The ids of the pair, of merges in every state, and of the file that was merged."""
    clerk, colleague = cast.county_clerk.actor, cast.city_clerk.actor
    files = [_file(number, cast, at) for number in range(8)]
    pair = compare_files(first=files[0].pk, second=files[1].pk, by=clerk, at=at)
    waiting = propose_merge(stays=files[2].pk, goes=files[3].pk, kept={}, why=WHY, by=colleague, at=at)
    done = []
    for stays, goes in (files[4:6], files[6:8]):
        merge = propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=clerk, at=at)
        done.append(confirm_merge(merge=merge.pk, seen=merge.content_hash, by=colleague, at=at))
    undoing = propose_unmerge(merge=done[1].pk, why="核对有误，系两人", to_go=(), by=colleague, at=at)
    ids = {"pair": pair.pk, "waiting_merge": waiting.pk, "merge": done[0].pk, "undoing": undoing.pk}
    return ids | {"merged_file": files[5].pk}


def _file(number: int, cast: Cast, at: datetime) -> Person:
    told = {"id_number": id_number(date(1979, 8, 8), "2", 100 + number), "name": ("梁晓红", "梁小红")[number % 2]}
    return a_person(by=cast.county_clerk.actor, at=at, phone=f"1390000{number:04d}", **told)
