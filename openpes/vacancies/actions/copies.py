"""Advertisements that say the same: found every night, shown as one, told apart again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from openpes.engine.adverts.copies import NONE, bare, copies_among
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, publish, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.vacancies.actions.keeping import begin_hold
from openpes.vacancies.actions.publication import renew_publication
from openpes.vacancies.choices import CopyState, HoldGround, State
from openpes.vacancies.events import CopyFound, CopyMerged, CopyParted
from openpes.vacancies.models import Hold, NearCopy, PublishedVacancy, Vacancy
from openpes.vacancies.queries import COUNTY_DIGITS, state_on

TOLD = ("vacancy_id", "employer_id", "employer_name", "occupation", "place", "title", "conditions", "description",
        "pay_min_fen", "pay_max_fen")  # fmt: skip

CLASS_LENGTH = 4
Row = dict[str, Any]


@action
def seek_copies(*, by: Actor, at: datetime) -> int:
    """Compare everything that is public, and say of each copy of which earlier one it is; how many were new.

    A copy of the same employer with the same title and pay is shown as one with the earlier at once; another firm's, or
    one that differs in them, waits for somebody who looks. Pairs that were told apart stay apart.
    """
    pairs = [pair for among in _public_by_class(at) for pair in _copies(among, at)]
    with within(CITY):
        found = NearCopy.objects.filter(copy__in=[copy["vacancy_id"] for _kept, copy, _value in pairs])
        known = set(found.order_by("pk").values_list("kept", "copy"))
        new = [pair for pair in pairs if (pair[0]["vacancy_id"], pair[1]["vacancy_id"]) not in known]
        both = {row["vacancy_id"] for pair in new for row in pair[:2]}
        list(Vacancy.objects.filter(pk__in=both).select_for_update().order_by("pk").values_list("pk"))
        return sum(_note(kept, copy, value, by, at) for kept, copy, value in new)


@action
def merge_copies(*, pair: int, words: str = "", by: Actor, at: datetime) -> NearCopy:
    """Show two advertisements as one that somebody looked at: the later is held, the earlier names it as a source.

    :raises NearCopy.DoesNotExist: there is none of that id in the area
    :raises Refused: somebody decided before, or one of the two is not open any more
    """
    seen = NearCopy.objects.visible_to(by.scope).get(pk=pair)
    with within(CITY):
        kept, copy = _locked(seen.kept_id, seen.copy_id)
        found = NearCopy.objects.select_for_update().get(pk=pair)
        if found.state != CopyState.FOUND:
            raise Refused(_("Somebody has decided about these two already."), next_step=_("Load the page again."))
        on = day_of(at)
        if state_on(kept, on) != State.OPEN or state_on(copy, on) not in (State.OPEN, State.HELD):
            raise Refused(_("One of the two is not open any more."), next_step=_("Nothing needs to be done."))
        found.words = words.strip()
        merge(kept=kept, copy=copy, pair=found, by=by, at=at)
    return found


@action
def keep_apart(*, pair: int, words: str, by: Actor, at: datetime) -> NearCopy:
    """Say that two advertisements that read the same are two vacancies, and why.

    :raises NearCopy.DoesNotExist: there is none of that id in the area
    :raises Refused: somebody decided before, or the words are missing
    """
    found = NearCopy.objects.visible_to(by.scope).select_for_update().get(pk=pair)
    if found.state != CopyState.FOUND:
        raise Refused(_("Somebody has decided about these two already."), next_step=_("Load the page again."))
    if not words.strip():
        raise Refused(_("Write why these are two vacancies."), field="words")
    found.state, found.words, found.decided_at, found.decided_by = CopyState.APART, words.strip(), at, by.id
    found.save()
    publish(
        CopyParted(
            vacancy=found.copy_id, area=found.area, earlier=found.kept_id, words=found.words, by=by.id, at=at
        )
    )
    return found


def merge(*, kept: Vacancy, copy: Vacancy, pair: NearCopy, by: Actor, at: datetime) -> None:
    """Hold the later of two locked vacancies and name it beside the earlier one."""
    told = {"number": kept.pk, "title": kept.title, "percent": pair.likeness}
    words = _("It says the same as No. %(number)s, %(title)s (%(percent)s%% of the text); that one is shown.") % told
    pair.hold = begin_hold(vacancy=copy, hold=Hold(ground=HoldGround.DUPLICATE, words=words), by=by, at=at)
    pair.state, pair.decided_at, pair.decided_by = CopyState.MERGED.value, at, by.id
    pair.save()
    publish(
        CopyMerged(
            vacancy=copy.pk, area=copy.area, earlier=kept.pk, likeness=pair.likeness, by=by.id, at=at
        )
    )
    for row in (kept, copy):
        renew_publication(vacancy=row, on=day_of(at))


def text_of(row: Row) -> str:
    """What two advertisements are compared by: everything that a reader of them reads, the employer left out."""
    return "\n".join((row["title"], row["conditions"], row["description"]))


def _public_by_class(at: datetime) -> Iterator[list[Row]]:
    """What is public, a middle class of occupations at a time: copies never cross one, and a million texts are many."""
    shown = PublishedVacancy.objects.filter(closes_on__gte=day_of(at))
    classes = shown.annotate(kind=Left("occupation", CLASS_LENGTH)).order_by("kind").values_list("kind", flat=True)
    for kind in classes.distinct():
        rows = shown.filter(occupation__gte=kind, occupation__lt=kind + "~").order_by("pk").values(*TOLD)
        yield list(rows)


def _copies(rows: list[Row], at: datetime) -> list[tuple[Row, Row, int]]:
    """The pairs of one class: the earlier, the copy, and hundredths of equal text."""
    least = int(parameters().value("copy_likeness", day_of(at))) / 100
    blocks = _blocks([(row["occupation"], row["place"][:COUNTY_DIGITS]) for row in rows])
    leaders, alike = copies_among([text_of(row) for row in rows], blocks, least=least)
    return [
        (rows[leader], row, round(100 * value))
        for row, leader, value in zip(rows, leaders.tolist(), alike.tolist(), strict=True)
        if leader != NONE
    ]


def _note(first: Row, second: Row, likeness: int, by: Actor, at: datetime) -> bool:
    """Write a new pair down when both are still open, and show it as one when it is the same firm's same offer."""
    kept, copy = _locked(first["vacancy_id"], second["vacancy_id"])
    if {state_on(kept, day_of(at)), state_on(copy, day_of(at))} != {State.OPEN}:
        return False
    same = first["employer_id"] == second["employer_id"]
    pair = NearCopy.objects.create(
        area=copy.area, kept=kept, copy=copy, same_employer=same, likeness=likeness, found_at=at
    )
    alike = all(first[name] == second[name] for name in ("pay_min_fen", "pay_max_fen"))
    if same and alike and bare(first["title"]) == bare(second["title"]):
        merge(kept=kept, copy=copy, pair=pair, by=by, at=at)
    else:
        publish(
            CopyFound(vacancy=copy.pk, area=copy.area, earlier=kept.pk, likeness=likeness, by=by.id, at=at)
        )
    return True


def _locked(kept: int, copy: int) -> tuple[Vacancy, Vacancy]:
    rows = list(Vacancy.objects.filter(Q(pk=kept) | Q(pk=copy)).select_for_update().order_by("pk"))
    assert len(rows) == 2 and rows[0].pk == kept
    return rows[0], rows[1]


def _blocks(keys: Sequence[tuple[str, str]]) -> list[int]:
    numbers: dict[tuple[str, str], int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
