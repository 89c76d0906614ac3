"""Understands what people type into the search box: free Chinese, pinyin and simple English become concepts."""

from openpes.engine.understanding.completions import Completion, completions
from openpes.engine.understanding.kinds import CERTAIN, LONGEST_QUERY, Concept, Kind, Reading, Sign
from openpes.engine.understanding.plain import plain_query
from openpes.engine.understanding.reading import read_query

__all__ = [
    "CERTAIN",
    "LONGEST_QUERY",
    "Completion",
    "Concept",
    "Kind",
    "Reading",
    "Sign",
    "completions",
    "plain_query",
    "read_query",
]
