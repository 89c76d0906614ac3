"""Other words for a kind of work: what stands beside it in the list of job seekers' words, and its official name."""

from functools import lru_cache

from openpes.engine.files import rows
from openpes.engine.occupations import occupations
from openpes.engine.understanding.kinds import Concept
from openpes.engine.understanding.lexicon import is_chinese

LONGEST_CODE = 10  # of a single occupation; names of whole groups are no words of advertisements
MOST = 12


def words_for_work(concept: Concept) -> tuple[str, ...]:
    """The words under which work of an occupation is advertised, the one that was asked for first."""
    found = [concept.name] if is_chinese(concept.name) else []
    found += _beside(concept.name)
    found += [occupations()[code].name for code in concept.codes if len(code) == LONGEST_CODE and code in occupations()]
    return tuple(dict.fromkeys(found or [concept.name]))[:MOST]


@lru_cache(maxsize=4096)
def _beside(name: str) -> tuple[str, ...]:
    return _rows().get(name, ())


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("query_words.csv"):
        if row["kind"] == "occupation":
            chinese = tuple(word for word in row["words"].split("|") if is_chinese(word))
            found |= {word: chinese for word in row["words"].split("|") if word not in found}
    return found
