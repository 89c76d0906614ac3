"""The shapes of what the open interface takes and gives, errors included."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from openpes.exchange.rules import MOST, MOST_IN_BULK


class CodedOut(Schema):
    """A code and its name in the language of the answer; both are empty when nothing is stated."""

    code: str
    name: str


class PayOut(Schema):
    """Pay a month, in fen (1/100 yuan)."""

    min_fen: int
    max_fen: int
    currency: str
    per: str


class PostOut(Schema):
    """A vacancy that is open. Areas are statistical codes of 2023, occupations of 2022, education of 2006."""

    id: int
    url: str
    title: str
    employer: str
    place: CodedOut
    address: str
    occupation: CodedOut
    industry: str
    openings: int
    places_left: int
    term: CodedOut
    pay: PayOut
    education_min: CodedOut
    experience_min_years: int
    skills_required: list[str]
    skills_wanted: list[str]
    benefits: list[str]
    conditions: str
    description: str
    published_on: date
    closes_on: date


class EndedOut(Schema):
    """A vacancy that is no longer open: remove it."""

    id: int
    ended: bool
    noted_at: datetime


class SnapshotOut(Schema):
    """A page of everything that is open; keep `changes_from` of the first page."""

    items: list[PostOut]
    next_after: int | None
    changes_from: str | None


class ChangesOut(Schema):
    """What changed behind a cursor; each vacancy stands in one of the two lists, as it is now."""

    changed: list[PostOut]
    ended: list[EndedOut]
    cursor: str
    has_more: bool


class Problem(Schema):
    """Why there is no answer, and what to do next."""

    code: str
    text: str
    next_step: str


class Spoken(Schema):
    """The language of names and refusals."""

    language: Annotated[str, Field(max_length=10, description="zh-hans or en; else that of the cookie")] = ""


class Asked(Spoken):
    """What to leave out, and how much to give at once."""

    place: Annotated[str, Field(max_length=12, description="Only inside this area, by its code")] = ""
    occupation: Annotated[str, Field(max_length=10, description="Only this occupation or class, by its code")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_IN_BULK, description="At most 100; 1,000 with vacancies.bulk")] = MOST


class AskedPage(Asked):
    """A page of the snapshot."""

    after: Annotated[int, Field(ge=0, le=2**63 - 1, description="`next_after` of the page before")] = 0


class AskedChanges(Spoken):
    """What changed behind a cursor."""

    cursor: Annotated[str, Field(max_length=64, description="`changes_from` or the `cursor` of the answer before")]
    limit: Annotated[int, Field(ge=1, le=MOST_IN_BULK, description="At most 100; 1,000 with vacancies.bulk")] = MOST
