"""The reasons of the matching engine as sentences for the person who reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from openpes.engine.matching import Reason


@dataclass(frozen=True)
class Words:
    """How codes are named in the reader's language; areas are padded to 12 digits, occupations to 7."""

    area: Callable[[int], str]
    occupation: Callable[[int], str]
    skill: Callable[[int], str]
    education: Callable[[int], str]
    group: Callable[[int], str] = str

    def skills(self, numbers: object) -> str:
        """Skills by their numbers, as a list in words."""
        return _(", ").join(self.skill(number) for number in numbers)  # type: ignore[attr-defined]

    def areas(self, codes: object) -> str:
        """Areas by their codes, as a list in words."""
        return _(", ").join(self.area(code) for code in codes)  # type: ignore[attr-defined]


def yuan(fen: object) -> str:
    """An amount of fen in whole yuan."""
    return f"{int(fen) // 100:,}"  # type: ignore[call-overload]


def sentence(reason: Reason, words: Words) -> str:
    """The sentence of a reason.

    :raises KeyError: the engine gave a reason that has no sentence
    """
    return SENTENCES[reason.code](reason.values, words)


Values = Mapping[str, Any]
Sentence = Callable[[Values, Words], str]


def _occupation(v: Values, w: Words) -> dict[str, str]:
    return {"occupation": w.occupation(v["occupation"]), "wish": w.occupation(v.get("wish", v["occupation"]))}


def _places(v: Values, w: Words) -> dict[str, str]:
    return {"area": w.area(v["area"]), "place": w.area(v["place"])}


def _pay(v: Values, w: Words) -> dict[str, str]:
    return {name: yuan(v[f"{name}_fen"]) for name in ("floor", "min", "max", "short") if f"{name}_fen" in v}


def _education(v: Values, w: Words) -> dict[str, str]:
    return {"asked": w.education(v["asked"]), "has": w.education(v["rank"])}


def _years(v: Values, w: Words) -> dict[str, object]:
    return {"years": v["years"], "asked": v["asked"]}


def _skills(v: Values, w: Words) -> dict[str, str]:
    return {name: w.skills(v[name]) for name in ("have", "missing") if name in v}


SENTENCES: dict[str, Sentence] = {
    "occupation_same": lambda v, w: _("Exactly the wished occupation: %(occupation)s.") % _occupation(v, w),
    "occupation_within_wish": lambda v, w: (
        _("%(occupation)s belongs to the wished class %(wish)s.") % _occupation(v, w)
    ),
    "occupation_near": lambda v, w: _("%(occupation)s is related to the wish %(wish)s.") % _occupation(v, w),
    "occupation_distant": lambda v, w: (
        _("%(occupation)s is only distantly related to the wish %(wish)s.") % _occupation(v, w)
    ),
    "occupation_far": lambda v, w: _("%(occupation)s is another kind of work than %(wish)s.") % _occupation(v, w),
    "occupation_no_wish": lambda v, w: _("No occupation was named; %(occupation)s is possible.") % _occupation(v, w),
    "place_wanted": lambda v, w: _("%(area)s is among the places wanted.") % _places(v, w),
    "place_at_home": lambda v, w: _("The work is where the person lives: %(area)s.") % _places(v, w),
    "place_near_home": lambda v, w: _("%(area)s is near home (%(place)s).") % _places(v, w),
    "place_near_wish": lambda v, w: _("%(area)s is near %(place)s, a place wanted.") % _places(v, w),
    "place_away_from_home": lambda v, w: _("%(area)s lies in another county than home (%(place)s).") % _places(v, w),
    "place_away_from_wish": lambda v, w: (
        _("%(area)s lies in another county than %(place)s, a place wanted.") % _places(v, w)
    ),
    "place_far_from_home": lambda v, w: _("%(area)s is far from home (%(place)s).") % _places(v, w),
    "place_far_from_wish": lambda v, w: _("%(area)s is far from %(place)s, the place wanted.") % _places(v, w),
    "pay_no_floor": lambda v, w: _("No lowest pay was named; the place pays %(min)s–%(max)s yuan.") % _pay(v, w),
    "pay_unstated": lambda v, w: _("The pay is not stated.") % _pay(v, w),
    "pay_meets_floor": lambda v, w: _("Pays %(min)s–%(max)s yuan; at least %(floor)s is wanted.") % _pay(v, w),
    "pay_reaches_floor": lambda v, w: _("Pays up to %(max)s yuan, which reaches the %(floor)s wanted.") % _pay(v, w),
    "pay_below_floor": lambda v, w: (
        _("Pays up to %(max)s yuan, %(short)s less than the %(floor)s wanted.") % _pay(v, w)
    ),
    "education_not_asked": lambda v, w: _("No education is asked for."),
    "education_meets": lambda v, w: _("Has exactly the education asked for: %(asked)s.") % _education(v, w),
    "education_above": lambda v, w: _("Has more education (%(has)s) than asked for (%(asked)s).") % _education(v, w),
    "education_too_low": lambda v, w: _("%(asked)s is asked for; the person has %(has)s.") % _education(v, w),
    "skills_not_asked": lambda v, w: _("No further skills are wished for."),
    "skills_all": lambda v, w: _("Has every skill wished for: %(have)s.") % _skills(v, w),
    "skills_some": lambda v, w: _("Has %(have)s; %(missing)s is also wished for.") % _skills(v, w),
    "skills_none": lambda v, w: _("%(missing)s is wished for.") % _skills(v, w),
    "skills_missing": lambda v, w: _("%(missing)s is required.") % _skills(v, w),
    "experience_not_asked": lambda v, w: _("No experience is asked for."),
    "experience_meets": lambda v, w: _("%(years)s years of experience; %(asked)s are asked for.") % _years(v, w),
    "experience_short": lambda v, w: _("%(years)s years of experience instead of %(asked)s.") % _years(v, w),
    "experience_too_short": lambda v, w: (
        _("%(asked)s years of experience are asked for, there are %(years)s.") % _years(v, w)
    ),
    "age_outside_law": lambda v, w: _("A law limits the age for this work to %(age_min)s–%(age_max)s.") % dict(v),
    "place_outside": lambda v, w: _("The person works only in %(places)s.") % {"places": w.areas(v["places"])},
    "priority_group": lambda v, w: (
        _("Belongs to a group that is served first: %(group)s.") % {"group": w.group(v["group"])}
    ),
    "lower_pay": lambda v, w: _("with %(by)s yuan less pay") % {"by": yuan(v["by_fen"])},
    "add_counties": lambda v, w: _("with %(counties)s as further places") % {"counties": w.areas(v["counties"])},
    "gain_skill": lambda v, w: _("with the skill %(skill)s") % {"skill": w.skill(v["skill"])},
    "widen_occupation": lambda v, w: (
        _("with all of %(to)s instead of %(wish)s") % {"to": w.occupation(v["to"]), "wish": w.occupation(v["wish"])}
    ),
    "ask_less_experience": lambda v, w: _("with %(by_years)s years less experience") % dict(v),
    "ask_less_education": lambda v, w: _("with %(rank)s as the least education") % {"rank": w.education(v["rank"])},
    "raise_pay": lambda v, w: _("with %(by)s yuan more pay") % {"by": yuan(v["by_fen"])},
    "drop_skill": lambda v, w: _("without asking for %(skill)s") % {"skill": w.skill(v["skill"])},
    "add_place": lambda v, w: _("with %(county)s as a further place of work") % {"county": w.area(v["county"])},
}


COMPONENTS = {
    "occupation": gettext_noop("Occupation"),
    "place": gettext_noop("Place of work"),
    "pay": gettext_noop("Pay"),
    "education": gettext_noop("Education"),
    "skills": gettext_noop("Skills"),
    "experience": gettext_noop("Experience"),
    "priority": gettext_noop("Served first"),
}


def component_names() -> dict[str, str]:
    """The components of the score in the language of the reader."""
    return {name: component_name(name) for name in COMPONENTS}


def component_name(name: str) -> str:
    """One component of the score in the language of the reader."""
    return _(COMPONENTS[name])
