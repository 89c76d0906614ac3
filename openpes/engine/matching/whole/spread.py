"""Jobs spread over seekers, so that not everybody is sent to the same few: capacities kept, the total near the best.

Each seeker is given at most `each` of the vacancies of the own list, each vacancy goes to at most as many seekers as it
has capacity. The total of scores is a b-matching; it is found by an auction with prices (Demange, Gale and Sotomayor
1986; Bertsekas 1988): whoever lacks jobs bids for the one that is worth most after its price, a full vacancy lets the
lowest bidder go, and its price rises by `step`.

Bound: the total is at most `step` x `each` x seekers below the largest possible. For prices p (0 where not full) the
largest is at most the sum of capacity x p plus, of each seeker, the best `each` of (score - p); what a seeker holds is
within `step` of each of these, since prices only rise after a bid; and only full vacancies have a price.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openpes.engine.compiled import compiled

Ints = npt.NDArray[np.int64]


class Spread(NamedTuple):
    """Which of the lists' places each seeker is given (n, k), and the price of each vacancy at the end."""

    given: npt.NDArray[np.bool_]
    prices: Ints


def spread(vacancies: Ints, scores: Ints, capacities: Ints, each: int, step: int) -> Spread:
    """Give seekers vacancies of their lists.

    `vacancies` (n, k) are numbers into `capacities`, -1 for none; `scores` (n, k) their scores.

    :raises ValueError: a step or number of jobs that is not positive, or a capacity below 0
    """
    if step < 1 or each < 1 or (capacities < 0).any():
        raise ValueError("the step and the number of jobs must be positive, and no capacity negative")
    begins = np.concatenate([[0], np.cumsum(capacities)])
    given, prices = np.zeros(vacancies.shape, np.bool_), np.zeros(len(capacities), np.int64)
    _auction((vacancies, scores), begins, (each, step), given, prices)
    return Spread(given, prices)


@compiled
def _auction(lists: Any, begins: Any, rule: Any, given: Any, prices: Any) -> None:
    vacancies, scores = lists
    each, step = rule
    bids, holders = np.zeros(begins[-1], np.int64), np.zeros(begins[-1], np.int64)
    taken, held = np.zeros(len(prices), np.int64), np.zeros(len(vacancies), np.int64)
    waiting, count = np.arange(len(vacancies) - 1, -1, -1), len(vacancies)
    listed = np.ones(len(vacancies), np.bool_)
    while count:
        count -= 1
        seeker = waiting[count]
        listed[seeker] = False
        while held[seeker] < each:
            at = _best(vacancies[seeker], scores[seeker], given[seeker], (prices, taken, begins, step))
            if at < 0:
                break
            job = vacancies[seeker, at]
            first, capacity = begins[job], begins[job + 1] - begins[job]
            place, bid = first + taken[job], 0
            if taken[job] == capacity:
                place, bid = _lowest(bids, first, first + capacity), prices[job] + step
                loser = holders[place]
                _taken_from(vacancies[loser], given[loser], job)
                held[loser] -= 1
                if not listed[loser]:
                    waiting[count], listed[loser] = loser, True
                    count += 1
            else:
                taken[job] += 1
            bids[place], holders[place] = bid, seeker
            given[seeker, at] = True
            held[seeker] += 1
            if taken[job] == capacity:
                prices[job] = bids[_lowest(bids, first, first + capacity)]


@compiled
def _best(vacancies: Any, scores: Any, given: Any, market: Any) -> int:
    """The place in a list that is worth most after its price; -1 when nothing is worth its price."""
    prices, taken, begins, step = market
    best, most = -1, 0
    for at in range(len(vacancies)):
        job = vacancies[at]
        if job < 0 or given[at] or begins[job] == begins[job + 1]:
            continue
        full = taken[job] == begins[job + 1] - begins[job]
        worth = scores[at] - (prices[job] + step if full else 0)
        if worth > most:
            best, most = at, worth
    return best


@compiled
def _lowest(bids: Any, first: int, last: int) -> int:
    at = first
    for place in range(first + 1, last):
        if bids[place] < bids[at]:
            at = place
    return at


@compiled
def _taken_from(vacancies: Any, given: Any, job: int) -> None:
    for at in range(len(vacancies)):
        if vacancies[at] == job:
            given[at] = False
