"""The recogniser of the search box on the labelled queries: at least 95 % are read right."""

from bench.concepts import Labelled, differences, expected_of, labelled_queries, outcome_of
from openpes.engine.understanding import Kind, Reading, read_query

GOAL = 0.95


def test_at_least_95_per_cent_of_the_labelled_queries_are_read_right():
    outcome = outcome_of()
    assert outcome.count >= 500
    assert outcome.right >= GOAL, [query.text for query, _missed, _beyond in outcome.wrong]


def test_a_recogniser_that_no_longer_knows_areas_would_be_noticed():
    def blind(text: str) -> Reading:
        reading = read_query(text)
        return Reading(text, tuple(one for one in reading.concepts if one.kind != Kind.PLACE))

    assert outcome_of(blind).right < GOAL


def test_every_labelled_query_stands_once_and_names_kinds_that_exist():
    queries = labelled_queries()
    kinds = {kind.value for kind in Kind}
    assert len({query.text for query in queries}) == len(queries)
    assert {kind for query in queries for _sign, kind, _values in query.expected} <= kinds
    assert sum(not query.expected for query in queries) < 15


def test_what_is_missed_and_what_is_too_much_are_told_apart():
    query = Labelled("电工 -夜班", expected_of("occ=6-31 !condition=night"))
    missed, beyond = differences(query.expected, [("", "occ", ("6-31-01-03",)), ("", "condition", ("night",))])
    assert missed == (("!", "condition", ("night",)),)
    assert beyond == (("", "condition", ("night",)),)
