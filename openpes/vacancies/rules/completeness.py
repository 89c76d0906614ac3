"""How much of what a reader needs an advertisement says: a score while it is written, with what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from openpes.vacancies.rules.facts import VacancyFacts

TELLING = 60  # characters of content from which readers know what they would do
REQUIRED, HELPFUL = 10, 4


@dataclass(frozen=True)
class Part:
    """One thing that a reader wants to know; required by art. 24 of the market regulations, or helpful."""

    field: str
    label: Any
    weight: int
    is_stated: Callable[[VacancyFacts], Any]

    @property
    def required(self) -> bool:
        """Whether the law wants it stated."""
        return self.weight == REQUIRED


@dataclass(frozen=True)
class Completeness:
    """The share of what a reader needs, in hundredths, and what is missing, the required parts first."""

    score: int
    missing: tuple[Part, ...]

    @property
    def required(self) -> tuple[Part, ...]:
        """What the law wants and is missing."""
        return tuple(part for part in self.missing if part.required)

    @property
    def helpful(self) -> tuple[Part, ...]:
        """What would help readers and is missing."""
        return tuple(part for part in self.missing if not part.required)


PARTS = (
    Part("title", _("Title"), REQUIRED, lambda facts: facts.title.strip()),
    Part("occupation", _("Occupation"), REQUIRED, lambda facts: facts.occupation),
    Part("openings", _("Places"), REQUIRED, lambda facts: facts.openings >= 1),
    Part(
        "conditions", _("Conditions of hiring"), REQUIRED,
        lambda facts: facts.conditions.strip() or facts.education_min or facts.experience_min or facts.skills_required,
    ),
    Part("description", _("Content of the work"), REQUIRED, lambda facts: facts.description.strip()),
    Part("area", _("Place of work"), REQUIRED, lambda facts: len(facts.area) >= 6),
    Part("pay_min_fen", _("Lowest monthly pay (yuan)"), REQUIRED, lambda facts: facts.pay_min_fen),
    Part("pay_max_fen", _("Highest monthly pay (yuan)"), HELPFUL, lambda facts: facts.pay_max_fen),
    Part("address", _("Address of work"), HELPFUL, lambda facts: facts.address.strip()),
    Part("benefits", _("Benefits"), HELPFUL, lambda facts: facts.benefits),
    Part("education_min", _("Education, experience or skills by themselves"), HELPFUL,
         lambda facts: facts.education_min or facts.experience_min or facts.skills_required or facts.skills_wanted),
    Part("description", _("Content of the work in two or three sentences"), HELPFUL,
         lambda facts: len(facts.description.strip()) >= TELLING),
)  # fmt: skip


def completeness(facts: VacancyFacts) -> Completeness:
    """The score of an advertisement, 0..100, weighted: what the law wants counts two and a half times."""
    missing = tuple(part for part in PARTS if not part.is_stated(facts))
    whole, gone = sum(part.weight for part in PARTS), sum(part.weight for part in missing)
    return Completeness(round(100 * (whole - gone) / whole), tuple(sorted(missing, key=lambda part: -part.weight)))
