"""Two files side by side in words: their facts, their rows by kind, and who said what about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.codes.queries import code_label
from openpes.network.queries import area_full_name
from openpes.people.choices import Step
from openpes.people.models import Merge, MovedRow, Person, tie_named
from openpes.people.queries.merging import Held, Plan, differing_facts, facts_of_files
from openpes.people.rules.merging import in_words

CODED = {
    "ethnic_group": "ethnic", "education": "education_2006", "hukou": "hukou", "marital": "marital_gb",
    "skill_level": "skill_level",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact of two files, in the words of the reader; `differs` when somebody must say which is kept."""

    name: str
    label: str
    mine: str
    theirs: str
    differs: bool


@dataclass(frozen=True)
class Rows:
    """Rows of one kind: how many, and the first of them in short."""

    title: Any
    count: int
    told: list[str]


def facts_side_by_side(one: Person, other: Person) -> list[Fact]:
    """The facts of two files that anybody recorded, those that differ first."""
    differing = set(differing_facts(one, other))
    found = [
        Fact(name, fact_label(name), _told(one, name), _told(other, name), name in differing)
        for name in facts_of_files()
    ]
    shown = [fact for fact in found if fact.differs or fact.mine != _("not recorded")]
    return sorted(shown, key=lambda fact: not fact.differs)


def fact_label(name: str) -> str:
    """What a fact is called; one of a column that came later is called as its field."""
    known = {
        "id_number": _("Identity number"), "name": _("Name"), "phone": _("Telephone"),
        "ethnic_group": _("Ethnic group"), "education": _("Education"), "hukou": _("Household registration"),
        "marital": _("Marital status"), "skill_level": _("Vocational qualification level"),
        "skills": _("Skills and licences"),
    }  # fmt: skip
    return known.get(name) or name.replace("_", " ")


def whose_rows(plan: Plan) -> list[tuple[str, Any, str, str]]:
    """The kinds of rows of which only one person's can stand, to be chosen like a fact."""
    labels = (_("Keep those of the file that stays"), _("Keep those of the file that goes"))
    return [(tie.table, tie.title, *labels) for tie in plan.choices]


def rows_by_kind(rows: Iterable[Held], shown: int = 3) -> list[Rows]:
    """Rows counted by kind, with the first few in short."""
    listed = list(rows)
    counts = Counter(held.tie.name for held in listed)
    kinds = {held.tie.name: held.tie.title for held in listed}
    return [
        Rows(title, counts[name], [in_words(h.told) for h in listed if h.tie.name == name and h.told][:shown])
        for name, title in kinds.items()
    ]


def lines_by_kind(merge: Merge) -> list[tuple[Any, str, int]]:
    """What a merge did, counted by kind of row and step."""
    lines = MovedRow.objects.filter(merge=merge, back=False).exclude(step__in=(Step.FILE, Step.GONE))
    counts = Counter(lines.order_by("id").values_list("table", "column", "step"))
    found = []
    for (table, column, step), count in counts.items():
        tie = tie_named(f"{table}.{column}")
        found.append((tie.title if tie else table, str(Step(step).label), count))
    return found


def gone_file(merge: Merge) -> tuple[str, str]:
    """Name and masked number of the file that went."""
    line = MovedRow.objects.filter(merge=merge, step=Step.GONE, back=False).first()
    return (line.row["name"], line.row["id_mask"]) if line and line.row else ("", "")


def officers(merge: Merge) -> dict[str, str]:
    """Who proposed, confirmed and undid, by name."""
    steps = {"proposed": merge.proposed_by, "answered": merge.answered_by}
    steps |= {"undo": merge.undo_by, "undone": merge.undone_by}
    names = Account.objects.in_bulk([pk for pk in steps.values() if pk])
    return {step: names[pk].name if pk in names else "" for step, pk in steps.items() if pk is not None}


def _told(person: Person, name: str) -> str:
    value: Any = {"id_number": person.id_mask, "phone": person.phone_mask}.get(name) or getattr(person, name, "")
    if name == "phone":
        value = person.phone_mask
    if name in CODED and value:
        value = code_label(CODED[name], value)
    if isinstance(value, list | tuple):
        value = "、".join(map(str, value))
    return str(value) if value not in (None, "") else _("not recorded")


def home_words(person: Person) -> str:
    """Where a file is kept."""
    return area_full_name(person.area)
