"""Vacancies with their history, filled places, public rows, referrals and hires as rows."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext

from openpes.demo.actions import columns as c
from openpes.demo.actions.ids import FILLS, HIRES, HISTORY, PROOFS, PUBLISHED, REFERRALS, VACANCIES, Ids
from openpes.demo.actions.loading import Table
from openpes.demo.actions.people_rows import slices
from openpes.demo.rules import City
from openpes.demo.rules.chance import Flags, Ints, Texts
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.demo.rules.facts import notes_of
from openpes.demo.rules.meetings import ALL_FILLED, EXPIRED
from openpes.demo.rules.work import titles
from openpes.engine.parameters import parameters
from openpes.engine.words import title_terms, words
from openpes.referrals.queries import ground_by_law

Piece = Sequence[Sequence[str]]
# The code of a letter as people type it: letters and figures that are not mistaken for others, as the room prints them.
CODE_LENGTH, CODE_LETTERS = 12, b"23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TO_CODE = bytes(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in range(256))
NOTE_OF_FULL = "All places are filled."  # the words of the room of referrals, in the language of the moment
STATED = (
    "title", "occupation", "openings", "term", "pay_min_fen", "pay_max_fen", "address", "education_min",
    "experience_min", "skills_required", "skills_wanted", "benefits", "conditions", "description",
)  # fmt: skip
DATED = ("drafted_on", "published_on", "closes_on", "ended_on", "end_reason", "version", "created_at", "return_note")


def vacancies(city: City, ids: Ids) -> Table:
    """Each vacancy as it stands in the end."""
    public, ended = city.openings.publish != NEVER, city.meetings.ended != NEVER

    def piece(s: slice) -> Piece:
        number = np.arange(s.start, s.stop)
        return [c.whole(ids.vacancy[s]), *_vacancy(city, ids, number, public[s], ended[s])]

    names = ("id", "area", "employer_id", *STATED, *DATED)
    return Table(VACANCIES, names, lambda: map(piece, slices(city.openings.count)))


def history(city: City, ids: Ids) -> Table:
    """What each vacancy was after every change, as the triggers of the row history would have written it."""
    public = np.flatnonzero(city.openings.publish != NEVER)
    ended = np.flatnonzero(city.meetings.ended != NEVER)
    number = np.concatenate([public, ended])
    is_end = np.concatenate([np.zeros(len(public), dtype=bool), np.ones(len(ended), dtype=bool)])
    minute = np.where(is_end, city.meetings.ended[number], city.openings.publish[number])
    first = ids.before.last[HISTORY] + 1

    def piece(s: slice) -> Piece:
        some = number[s]
        return [
            [str(first + k) for k in range(s.start, s.stop)], c.moment(minute[s]), c.always("update", len(some)),
            c.whole(ids.vacancy[some]), c.whole(ids.vacancy[some]),
            *_vacancy(city, ids, some, np.ones(len(some), dtype=bool), is_end[s]),
        ]  # fmt: skip

    names = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "id", "area", "employer_id", *STATED, *DATED)
    return Table(HISTORY, names, lambda: map(piece, slices(len(number))))


def published(city: City, ids: Ids) -> Table:
    """What the public reads of the open ones."""
    openings = city.openings
    opens = np.flatnonzero((openings.publish != NEVER) & (city.meetings.ended == NEVER))
    taken = np.bincount([fill[0] for fill in city.meetings.fills], minlength=openings.count)

    def piece(s: slice) -> Piece:
        number = opens[s]
        firm = openings.firm[number]
        stated = _stated(city, number)
        names = city.firms.name[firm].tolist()
        own = [terms(title, name) for title, name in zip(titles().title[openings.title[number]], names, strict=True)]
        return [
            c.whole(ids.vacancy[number]), city.places.paths[openings.place[number]].tolist(), c.whole(ids.firm[firm]),
            names, city.firms.industry[firm].tolist(), c.whole(openings.openings[number] - taken[number]), *stated,
            c.day(openings.publish[number] // MINUTES), c.day(openings.closes[number]), own,
        ]  # fmt: skip

    names = (
        "vacancy_id", "place", "employer_id", "employer_name", "industry", "places_left", *STATED, "published_on",
        "closes_on", "terms",
    )  # fmt: skip
    return Table(PUBLISHED, names, lambda: map(piece, slices(len(opens))))


def fills(city: City, ids: Ids) -> Table:
    """Each place that was taken."""
    vacancy, place, person, day = (_numbers(city.meetings.fills, k) for k in range(4))
    first = ids.before.last[FILLS] + 1

    def piece(s: slice) -> Piece:
        return [
            [str(first + k) for k in range(s.start, s.stop)],
            city.places.paths[city.openings.place[vacancy[s]]].tolist(), c.whole(ids.vacancy[vacancy[s]]),
            c.whole(ids.firm[city.openings.firm[vacancy[s]]]), c.whole(place[s]), c.whole(person_ids(ids, person[s])),
            c.day(day[s]),
        ]  # fmt: skip

    names = ("id", "area", "vacancy_id", "employer_id", "place_no", "person_id", "filled_on")
    return Table(FILLS, names, lambda: map(piece, slices(len(vacancy))))


def referrals(city: City, ids: Ids) -> list[Table]:
    """Each referral, and the proof by which its letter is checked."""
    found = city.meetings.referrals
    person, vacancy, minute, score, answered = (_numbers(found, k) for k in (0, 1, 2, 3, 5))
    answers = [row[4] for row in found]
    numbers = letter_numbers(city, ids)
    tokens = [secrets.token_bytes(CODE_LENGTH).translate(TO_CODE).decode() for _ in found]
    valid = letter_days(minute // MINUTES)
    full_note = gettext(NOTE_OF_FULL)

    def letters(s: slice) -> Piece:
        firm = city.openings.firm[vacancy[s]]
        notes = [full_note if answer == ALL_FILLED else notes_of(answer) for answer in answers[s]]
        return [
            c.whole(ids.referral[s]), city.places.paths[city.people.place[person[s]]].tolist(),
            c.whole(ids.person[person[s]]), c.whole(ids.vacancy[vacancy[s]]), c.whole(ids.firm[firm]), numbers[s],
            tokens[s], c.day(minute[s] // MINUTES), c.moment(minute[s]), c.whole(ids.served_by[person[s]]),
            c.day(valid[s]), c.whole(score[s]), [answer_code(answer) for answer in answers[s]], c.text(notes),
            c.day(np.where(answered[s] == NEVER, NEVER, answered[s] // MINUTES)),
            ["2" if answer else "1" for answer in answers[s]], _grounds(city, person[s], minute[s] // MINUTES),
        ]  # fmt: skip

    def proofs(s: slice) -> Piece:
        return [
            [hashlib.sha256(token.encode()).hexdigest() for token in tokens[s]], numbers[s],
            c.text(titles().title[city.openings.title[vacancy[s]]]),
            city.firms.name[city.openings.firm[vacancy[s]]].tolist(), c.day(minute[s] // MINUTES), c.day(valid[s]),
            c.flag(answers[s]),
        ]  # fmt: skip

    columns = (
        "id", "area", "person_id", "vacancy_id", "employer_id", "letter_no", "token", "made_on", "made_at", "made_by",
        "valid_until_on", "score", "answer", "answer_note", "answered_on", "version", "free_ground",
    )  # fmt: skip
    shown = ("digest", "letter_no", "vacancy_title", "employer_name", "made_on", "valid_until_on", "answered")
    return [
        Table(REFERRALS, columns, lambda: map(letters, slices(len(found)))),
        Table(PROOFS, shown, lambda: map(proofs, slices(len(found)))),
    ]


def hires(city: City, ids: Ids) -> Table:
    """Each hire with the facts of its contract."""
    spell, vacancy, referral, minute = (_numbers(city.meetings.hires, k) for k in range(4))
    work, spells = spell + 1, city.spells
    letter = np.where(referral == NEVER, NEVER, ids.referral[np.maximum(referral, 0)] if len(ids.referral) else NEVER)

    def piece(s: slice) -> Piece:
        person = spells.person[spell[s]]
        return [
            c.whole(ids.hire[s]), city.places.paths[city.people.place[person]].tolist(), c.whole(ids.person[person]),
            c.whole(ids.vacancy[vacancy[s]]), c.whole(ids.firm[city.openings.firm[vacancy[s]]]), c.whole(letter[s]),
            c.day(spells.from_day[work[s]]), c.day(spells.contract_until[work[s]]), c.whole(spells.pay[work[s]]),
            c.moment(minute[s]), c.whole(ids.served_by[person]),
        ]  # fmt: skip

    names = (
        "id", "area", "person_id", "vacancy_id", "employer_id", "referral_id", "begins_on", "contract_until_on",
        "pay_fen", "recorded_at", "recorded_by",
    )  # fmt: skip
    return Table(HIRES, names, lambda: map(piece, slices(len(spell))))


def end_days(city: City, number: Ints) -> Ints:
    """The day from which a vacancy is no longer public: after the last day when it expired, else the day of the act."""
    ended = city.meetings.ended[number]
    expired = city.meetings.end_reason[number] == EXPIRED
    return np.where(ended == NEVER, NEVER, np.where(expired, city.openings.closes[number] + 1, ended // MINUTES))


def letter_numbers(city: City, ids: Ids) -> list[str]:
    """The number of each letter: county, year, id of the referral."""
    found = city.meetings.referrals
    counties = city.places.counties[city.people.place[_numbers(found, 0)]]
    years = [date.fromordinal(row[2] // MINUTES).year for row in found]
    return [f"{county}{year}{pk:08d}" for county, year, pk in zip(counties, years, ids.referral.tolist(), strict=True)]


def letter_days(days: Ints) -> Ints:
    """The last day of validity of a letter of each day, by the parameter of that day."""
    known, place = np.unique(days, return_inverse=True)
    asked = parameters()
    ends = [day + int(asked.value("referral_letter_days", date.fromordinal(day))) for day in known.tolist()]
    return np.array(ends, dtype=np.int64)[place] if len(days) else days


def _grounds(city: City, person: Ints, days: Ints) -> list[str]:
    """As whom each of these persons, out of work on the day, pays nothing for the introduction."""
    born, male = city.people.born[person].tolist(), city.people.male[person].tolist()
    told = zip(born, male, days.tolist(), strict=True)
    day = date.fromordinal
    return [ground_by_law(born_on=day(b), sex="1" if m else "2", on=day(on)) for b, m, on in told]


def answer_code(answer: str) -> str:
    """The answer as the room of referrals codes it."""
    return "place_taken" if answer == ALL_FILLED else answer


def person_ids(ids: Ids, person: Ints) -> Ints:
    """The ids of persons given by number, `NEVER` for none."""
    return np.where(person == NEVER, NEVER, ids.person[np.maximum(person, 0)])


def terms(title: str, firm: str) -> str:
    """The search terms of a public row as a text-search vector, ready for COPY."""
    found = sorted(title_terms(title) | _firm_terms(firm))
    vector = " ".join("'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in found)
    return vector.replace("\\", "\\\\")


@lru_cache(maxsize=50_000)
def _firm_terms(firm: str) -> frozenset[str]:
    return frozenset(words(firm))


def _numbers(rows: Sequence[tuple], place: int) -> Ints:
    return np.array([row[place] for row in rows], dtype=np.int64)


def _stated(city: City, number: Ints) -> list[Sequence[str]]:
    o, known = city.openings, titles()
    title = o.title[number]
    return [
        c.text(known.title[title]), known.occupation[title].tolist(), c.whole(o.openings[number]),
        o.term[number].tolist(),
        c.whole(o.pay_min[number]), c.whole(o.pay_max[number]), city.firms.address[o.firm[number]].tolist(),
        o.education[number].tolist(), c.whole(o.experience[number]), c.listed(o.skills_required[number]),
        c.listed(o.skills_wanted[number]), c.listed(o.benefits[number]), c.text(o.conditions[number]),
        c.text(o.description[number]),
    ]  # fmt: skip


def _vacancy(city: City, ids: Ids, number: Ints, public: Flags, ended: Flags) -> list[Sequence[str]]:
    o = city.openings
    reason: Texts = np.where(ended, city.meetings.end_reason[number], "")
    return [
        city.places.paths[o.place[number]].tolist(), c.whole(ids.firm[o.firm[number]]), *_stated(city, number),
        c.day(o.draft[number] // MINUTES), c.day(np.where(public, o.publish[number] // MINUTES, NEVER)),
        c.day(np.where(public, o.closes[number], NEVER)), c.day(np.where(ended, end_days(city, number), NEVER)),
        reason.tolist(), c.whole(1 + public.astype(np.int64) + ended), c.moment(o.draft[number]),
        c.always("", len(number)),
    ]  # fmt: skip
