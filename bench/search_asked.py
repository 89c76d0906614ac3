"""Questions to a search over many vacancies: pieces of titles, places, one more choice, as visitors combine them."""

from collections.abc import Sequence
from random import Random

from openpes.engine.search import Document, Order, Query
from openpes.engine.words import wanted_terms

CHOICES = ("pay", "terms", "classes", "education", "benefits")


def questions(documents: Sequence[Document], count: int, seed: int) -> list[Query]:
    """Of seven three by text alone, three by text and choices, one by choices alone; the newest first."""
    rng = Random(seed)
    return [_question(rng, rng.choice(documents)) for _ in range(count)]


def pieces(documents: Sequence[Document], count: int, seed: int) -> list[str]:
    """Pieces of two to four characters of a title, at least one of them Chinese."""
    rng, found = Random(seed), []
    while len(found) < count:
        title = rng.choice(documents).title
        at, size = rng.randrange(max(1, len(title) - 1)), rng.choice([2, 2, 3, 4])
        piece = title[at : at + size].strip("（）()—+")
        if len(piece) >= 2 and any("一" <= letter <= "鿿" for letter in piece):
            found.append(piece)
    return found


def _question(rng: Random, document: Document) -> Query:
    kind, asked = rng.choice("tttbbbf"), {}
    if kind != "f":
        asked["must"] = tuple(sorted(wanted_terms(pieces([document], 1, rng.randrange(10**9))[0])))
    if kind != "t":
        asked["places"] = (document.place[: rng.choice([6, 6, 9])],)
        name = rng.choice(CHOICES)
        value = {
            "pay": document.pay, "terms": document.term, "classes": document.occupation[: rng.choice([1, 4])],
            "education": document.education, "benefits": next(iter(document.benefits), ""),
        }[name]  # fmt: skip
        asked |= {name: (value,)} if value else {}
    return Query(**asked, sort=Order.NEW)
