"""The groups of persons that rules name: which there are, by what they are proved, and which the law derives."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openpes.engine.calendars import add_months
from openpes.engine.files import document
from openpes.engine.parameters import Parameters, parameters
from openpes.engine.retirement import MALE, retires_on

BY_AGE, BY_GRADUATION = "age", "graduation"


@dataclass(frozen=True)
class Group:
    """A group by its number; `hardship` is its code of ACC06R, `derived` says from what the law derives it."""

    code: str
    number: int
    title_en: str
    title_zh: str
    source: str
    hardship: str = ""
    derived: str = ""
    evidence: tuple[str, ...] = ()
    renewed: bool = False
    certificate: tuple[str, ...] = ()

    @property
    def wants_two(self) -> bool:
        """Whether two officers recognise it: every group of hard-to-employ persons."""
        return bool(self.hardship) and not self.derived


@dataclass(frozen=True)
class Derived:
    """A group in which the law puts a person in `[from_on, until_on)`."""

    group: Group
    from_on: date
    until_on: date | None


@lru_cache(maxsize=1)
def groups() -> dict[int, Group]:
    """Every group by its number.

    :raises ValueError: a number twice, no source, unknown evidence, or a group both derived and proved
    """
    found: dict[int, Group] = {}
    for code, entry in document("person_groups.toml")["groups"].items():
        lists = {name: tuple(entry.get(name, ())) for name in ("evidence", "certificate")}
        group = Group(code=code, **{**entry, **lists})
        unknown = set(group.evidence) - evidence_titles().keys()
        if group.number in found or unknown or not group.source.strip() or bool(group.derived) == bool(group.evidence):
            raise ValueError(f"The group '{code}' has a number twice, no source, or no known way of being proved.")
        found[group.number] = group
    return found


@lru_cache(maxsize=1)
def evidence_titles() -> dict[str, tuple[str, str]]:
    """Chinese and English names of what proves a group, by code."""
    kinds = document("person_groups.toml")["evidence"]
    return {code: (entry["title_zh"], entry["title_en"]) for code, entry in kinds.items()}


def groups_of_certificate(group: str) -> tuple[Group, ...]:
    """The groups of persons that a group of the preference certificate means."""
    return tuple(one for one in groups().values() if group in one.certificate)


def derived_groups(
    *, born_on: date, sex: str, graduated_on: date | None, on: date, known: Parameters | None = None
) -> tuple[Derived, ...]:
    """The groups in which the law puts a person on a day, by the parameters of that day.

    `graduated_on` is the latest graduation from a college or university. “4050”: women from 40, men from 50 years on
    until the age that ends registration (就业促进法 art. 52); graduates for some months after leaving school.
    """
    asked = known or parameters()
    found = []
    begins = add_months(born_on, 12 * asked.value(f"older_worker_age_{'men' if sex == MALE else 'women'}", on))
    ends = retires_on(born_on, sex, on, asked)
    if begins <= on < ends:
        found.append(Derived(_derived_by(BY_AGE), begins, ends))
    if graduated_on is not None and graduated_on <= on:
        last = add_months(graduated_on, asked.value("graduate_months", on))
        if on < last:
            found.append(Derived(_derived_by(BY_GRADUATION), graduated_on, last))
    return tuple(found)


def _derived_by(way: str) -> Group:
    return next(group for group in groups().values() if group.derived == way)
