"""What was understood of the words of a search, as chips: each names itself, goes away, or becomes a plain word."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from openpes.codes.queries import code_label, skill_label
from openpes.engine.understanding import CERTAIN, Concept, Kind, Reading, Sign
from openpes.matching.queries import SearchWish
from openpes.network.queries import area_full_name, area_name
from openpes.portal.queries.asked import NO_SCHOOLING, SILENT, USUAL_KM, Asked
from openpes.portal.queries.wishes import CITY, COUNTY, EDUCATION, query_of
from openpes.vacancies.choices import Benefit, Term

MARKS = {Sign.MUST: "", Sign.NICE: "~", Sign.WITHOUT: "-"}


@dataclass(frozen=True)
class Said:
    """One concept of a query on the page, with the addresses that change it.

    `without` is the search without it, `plain` the search for its words as they are written, `must`, `nice` and `never`
    the search with it as a condition, a preference, or excluded; the sign in force has no address. `note` tells how it
    is taken, or why it narrows nothing.
    """

    kind: str
    label: str
    written: str
    sign: str
    without: str
    plain: str
    must: str
    nice: str
    never: str
    note: str = ""
    narrows: bool = True


@dataclass(frozen=True)
class Correction:
    """Words that were read as others: what was written, what was read, the search as written, other readings."""

    written: str
    read: str
    literal: str
    others: tuple[tuple[str, str], ...] = ()


def said_of(asked: Asked, wish: SearchWish) -> tuple[Said, ...]:
    """The concepts of a search as chips, in the order of the text."""
    reading = asked.reading
    return tuple(_said(reading, number, asked, wish) for number in range(len(reading.concepts)))


def corrections_of(asked: Asked, wish: SearchWish) -> tuple[Correction, ...]:
    """What was read otherwise than it was written."""
    reading, found = asked.reading, []
    for number, one in enumerate(reading.concepts):
        if one.said:
            others = tuple((other, _address(wish, _text(reading, number, instead=other))) for other in one.others[:3])
            found.append(Correction(reading.written(one), one.said, _plain(reading, number, wish), others))
    return tuple(found)


def without_concept(reading: Reading, number: int, wish: SearchWish) -> SearchWish:
    """The wish with one concept's words taken out of the text."""
    return replace(wish, text=_text(reading, number, instead=""), page=1, after="")


def _said(reading: Reading, number: int, asked: Asked, wish: SearchWish) -> Said:
    one = reading.concepts[number]
    marked = {sign: "" if sign == one.sign else _signed(reading, number, sign, wish) for sign in MARKS}
    silent, note = one.kind in SILENT or one.kind == Kind.PHRASE, _note(one, asked)
    return Said(
        kind=_title(one.kind),
        label=label_of(one, reading, asked),
        written=reading.written(one),
        sign={Sign.NICE: "nice", Sign.WITHOUT: "never"}.get(one.sign, "must"),
        without=query_of(without_concept(reading, number, wish)),
        plain="" if one.kind in (Kind.WORD, Kind.PHRASE) else _plain(reading, number, wish),
        must="" if silent else marked[Sign.MUST],
        nice="" if silent else marked[Sign.NICE],
        never="" if silent else marked[Sign.WITHOUT],
        note=note,
        narrows=not note or (one.kind == Kind.PAY and one.certainty >= CERTAIN),
    )


def _text(reading: Reading, number: int, *, instead: str) -> str:
    """The query written anew from its concepts, with one of them replaced; words that only fill are gone."""
    parts = [instead if at == number else _part(reading, one) for at, one in enumerate(reading.concepts)]
    return " ".join(part for part in parts if part)


def _part(reading: Reading, one: Concept) -> str:
    return MARKS[one.sign] * (one.weight if one.sign == Sign.NICE else 1) + reading.written(one)


def _signed(reading: Reading, number: int, sign: Sign, wish: SearchWish) -> str:
    return _address(wish, _text(reading, number, instead=MARKS[sign] + reading.written(reading.concepts[number])))


def _plain(reading: Reading, number: int, wish: SearchWish) -> str:
    words = reading.written(reading.concepts[number]).replace('"', "")
    return _address(wish, _text(reading, number, instead=f'"{words}"'))


def _address(wish: SearchWish, text: str) -> str:
    return query_of(replace(wish, text=text, page=1, after=""))


def _title(kind: Kind) -> str:
    titles: dict[Kind, str] = {
        Kind.PLACE: _("Place of work"), Kind.PROVINCE: _("Other place"), Kind.OCCUPATION: _("Occupation"),
        Kind.PAY: _("Pay"), Kind.BENEFIT: _("Benefits"), Kind.CONDITION: _("Hint"),
        Kind.TERM: pgettext("vacancy", "Term"), Kind.EDUCATION: _("Education"), Kind.EXPERIENCE: _("Experience"),
        Kind.SKILL: _("Skill"), Kind.GROUP: _("About you"), Kind.EMPLOYER: _("Employer"),
        Kind.EMPLOYER_TYPE: _("Kind of employer"), Kind.INDUSTRY: _("Workplace"), Kind.NEAR: _("Distance"),
        Kind.NEWEST: _("Newness"), Kind.IGNORED: _("About you"), Kind.PHRASE: _("Words as written"),
        Kind.WORD: _("Word"),
    }  # fmt: skip
    return titles[kind]


def label_of(one: Concept, reading: Reading, asked: Asked) -> str:
    """A concept in the reader's language; its own words where it has no name of ours."""
    label: Callable[[Concept], str] | None = _LABELS.get(one.kind)
    if one.kind == Kind.NEAR:
        return _distance(one, asked)
    return label(one) if label else (one.said or reading.written(one))


def _places(one: Concept) -> str:
    names = (
        area_name(c) if len(c) in (CITY, COUNTY) else area_full_name(c)[len(area_name(c[:CITY])) :] for c in one.codes
    )
    return _(" or ").join(names)


def _pay(one: Concept) -> str:
    values = {
        "low": number_format(one.low, 0, force_grouping=True),
        "high": number_format(one.high, 0, force_grouping=True),
    }
    if one.low and one.high:
        amount = _("%(low)s–%(high)s yuan") % values
    else:
        amount = (_("up to %(low)s yuan or more") if one.low else _("%(high)s yuan at most")) % values
    per = {"day": _("%(pay)s a day"), "hour": _("%(pay)s an hour")}.get(one.unit, _("%(pay)s a month"))
    return per % {"pay": amount}


def _benefits(one: Concept) -> str:
    return " · ".join(str(Benefit(code).label) for code in one.codes if code in Benefit.values)


def _term(one: Concept) -> str:
    return str(Term(one.codes[0]).label) if one.codes[0] in Term.values else _("Full-time")


def _education(one: Concept) -> str:
    if one.codes[0] in NO_SCHOOLING:
        return _("None asked for")
    name = code_label(EDUCATION, one.codes[0])
    return (_("%(level)s or higher asked for") if one.unit == "up" else _("%(level)s is enough")) % {"level": name}


def _experience(one: Concept) -> str:
    years = int(one.low)
    return (
        ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else pgettext("experience", "None needed")
    )


def _newness(one: Concept) -> str:
    return ngettext("Last %(n)s day", "Last %(n)s days", int(one.low)) % {"n": int(one.low)}


def _distance(one: Concept, asked: Asked) -> str:
    km = number_format(one.low or USUAL_KM, None if one.low % 1 else 0)
    if not asked.place_for_distance:
        return _("Within %(km)s km") % {"km": km}
    return _("Within %(km)s km of %(place)s") % {"km": km, "place": area_name(asked.place_for_distance[:COUNTY])}


def _skills(one: Concept) -> str:
    return " · ".join(skill_label(code) for code in one.codes)


_LABELS: dict[Kind, Any] = {
    Kind.PLACE: _places, Kind.PAY: _pay, Kind.BENEFIT: _benefits, Kind.TERM: _term, Kind.EDUCATION: _education,
    Kind.EXPERIENCE: _experience, Kind.NEWEST: _newness, Kind.SKILL: _skills,
}  # fmt: skip


def _note(one: Concept, asked: Asked) -> str:
    if one.certainty < CERTAIN:
        return _("Not sure enough to search for")
    if one.kind == Kind.PAY and one.low:
        return _("A range that reaches this amount counts; each job shows its lowest and its highest pay")
    if one.kind == Kind.IGNORED:
        return _("Narrows nothing: vacancies may not ask for sex or age")
    if one.kind == Kind.PROVINCE:
        return _("Narrows nothing: only vacancies of this city are listed")
    if one.kind == Kind.NEAR and not asked.place_for_distance:
        return _("Name a district or county to search around it")
    hints = (Kind.CONDITION, Kind.SKILL, Kind.GROUP, Kind.EMPLOYER_TYPE, Kind.INDUSTRY, Kind.EXPERIENCE)
    return _("Fitting ones stand first") if one.kind in hints and one.sign == Sign.MUST else ""
