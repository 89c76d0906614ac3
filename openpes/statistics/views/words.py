"""The rows behind a number in words, whatever table they stand in; persons are masked."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.codes.queries import occupation_label
from openpes.network.models import Posting, ServicePoint
from openpes.people.queries import masks_of
from openpes.referrals.models import Hire, Referral, RetentionCheck
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics.queries.measures import RowWords
from openpes.vacancies.models import Fill, Vacancy
from openpes.vacancies.queries import titles_of

TOLD: dict[type, Callable[[Any], tuple]] = {
    StatusPeriod: lambda row: (row.from_on, f"{row.get_status_display()} · {row.number}"),
    JobWish: lambda row: (
        row.from_on, occupation_label(row.occupations[0]) if row.occupations else _("No requirement")
    ),
    Referral: lambda row: (row.made_on, row.letter_no),
    Hire: lambda row: (row.begins_on, _("Hire")),
    RetentionCheck: lambda row: (row.due_on, row.get_outcome_display()),
}  # fmt: skip


def rows_in_words(rows: Sequence[Any]) -> list[RowWords]:
    """Each row as a list shows it."""
    if not rows:
        return []
    if isinstance(rows[0], tuple(TOLD)):
        return _persons(rows)
    return OTHERS[type(rows[0])](rows)


def _persons(rows: Sequence[Any]) -> list[RowWords]:
    masks = masks_of(pks={row.person_id for row in rows})
    found = []
    for row in rows:
        day, more = TOLD[type(row)](row)
        mask = masks[row.person_id]
        found.append(RowWords(f"{mask.name} {mask.id_mask}", row.area, day, more))
    return found


def _points(rows: Sequence[ServicePoint]) -> list[RowWords]:
    return [
        RowWords(row.name, row.area, getattr(row, "last_worked_on", None), row.get_kind_display(),
                 reverse("network:point", args=[row.pk]))
        for row in rows
    ]  # fmt: skip


def _vacancies(rows: Sequence[Vacancy]) -> list[RowWords]:
    titles = titles_of(pks={row.pk for row in rows})
    return [
        RowWords(row.title, row.area, row.published_on, titles[row.pk][1], reverse("vacancies:detail", args=[row.pk]))
        for row in rows
    ]


def _fills(rows: Sequence[Fill]) -> list[RowWords]:
    titles = titles_of(pks={row.vacancy_id for row in rows})
    return [
        RowWords(titles[row.vacancy_id][0], row.area, row.filled_on, titles[row.vacancy_id][1],
                 reverse("vacancies:detail", args=[row.vacancy_id]))
        for row in rows
    ]  # fmt: skip


def _postings(rows: Sequence[Posting]) -> list[RowWords]:
    return [RowWords(row.account.name, row.area, row.from_on, row.point.name) for row in rows]


OTHERS: dict[type, Callable[[Sequence[Any]], list[RowWords]]] = {
    ServicePoint: _points, Vacancy: _vacancies, Fill: _fills, Posting: _postings,
}  # fmt: skip
