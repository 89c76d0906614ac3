"""How well the lists foresee hires, on a drawn city whose truth is known: what each seeker prefers, and who was hired.

The truth is made without the score: each seeker weighs nearness of occupation, way to work, pay above the own floor and
use of the own skills as the seeker alone does (a Dirichlet draw), and likes some things for reasons that no register
knows (Gumbel noise). Employers take whoever meets the demands the likelier the more of the wanted skills there are: a
third with none, everybody with all. A seeker is hired where it is best among those who would take the person. Told are
recall at 20 (hires that stand in the list of twenty) and NDCG at 20 (1 / log2(1 + rank), most for a hire at the top).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import BenchCity
from bench.matching import K, weights
from bench.table import Line
from openpes.engine.matching import Seekers, Vacancies
from openpes.engine.matching.whole import best_vacancies

LEANINGS = (4.0, 3.0, 2.0, 1.5)  # occupation, way, pay, skills: what seekers weigh in the mean, and how unlike they are
NOISE = 0.05  # of the whole range of worth: what no register knows
ASKED, OFFERED = 1_000, 10_000
SEEN = 200  # seekers judged at a time
TRUTH = "{n:,} hires drawn from latent preferences; {m:,} vacancies, seed {seed}"

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def measure(city: BenchCity) -> list[Line]:
    """Recall and NDCG of the lists beside a rule of thumb and beside chance."""
    seed = city.sizes.seed
    seekers, vacancies = draw_seekers(ASKED, seed), draw_vacancies(OFFERED, seed)
    hired, thumb, chance = hires(seekers, vacancies, seed)
    found = best_vacancies(seekers, [vacancies], weights(), K)
    ours = np.where(found.scores >= 0, np.searchsorted(vacancies.id, found.ids), -1)
    placed = hired >= 0
    told = TRUTH.format(n=int(placed.sum()), m=len(vacancies), seed=seed)
    lines = []
    for name, lists in (
        ("same occupation first, then nearest, then best paid", thumb),
        ("any vacancies whose demands are met", chance),
    ):
        for what, measured in (("recall at 20", recall), ("NDCG at 20", ndcg)):
            pair = [100 * measured(rows[placed], hired[placed]) for rows in (ours, lists)]
            lines.append(Line(f"{what} of hires", "%", pair[0], pair[1], name, told))
    return lines


def recall(lists: Ints, hired: Ints) -> float:
    """The share of hires that stand in the lists."""
    return float((lists == hired[:, None]).any(axis=1).mean())


def ndcg(lists: Ints, hired: Ints) -> float:
    """The mean of 1 / log2(1 + rank) of the hire, 0 where it is not in the list."""
    _row, rank = np.nonzero(lists == hired[:, None])
    return float((1 / np.log2(2.0 + rank)).sum() / len(lists))


def hires(seekers: Seekers, vacancies: Vacancies, seed: int) -> tuple[Ints, Ints, Ints]:
    """Where each seeker was hired (-1: nowhere), and the lists of the rule of thumb and of chance."""
    rng = np.random.default_rng([seed, 9])
    leanings = rng.dirichlet(LEANINGS, len(seekers))
    hired, thumb, chance = [], [], []
    for first in range(0, len(seekers), SEEN):
        part = slice(first, first + SEEN)
        fits = _demands_met(seekers, vacancies, part)
        near, way, pay, skills = (judge(seekers, vacancies, part) for judge in WORTHS)
        worth = sum(
            leanings[part, n, None] * column for n, column in enumerate((near, way, pay, skills))
        ) + rng.gumbel(0, NOISE, fits.shape)
        taken = fits & (rng.random(fits.shape) < (1 + 2 * _offered(seekers, vacancies, part)) / 3)
        hired.append(np.where(taken.any(axis=1), np.where(taken, worth, -np.inf).argmax(axis=1), -1))
        thumb.append(_best(np.where(fits, 100 * near + 10 * way + pay, -np.inf)))
        chance.append(_best(np.where(fits, rng.random(fits.shape), -np.inf)))
    return np.concatenate(hired), np.concatenate(thumb), np.concatenate(chance)


def _best(worth: Floats) -> Ints:
    return np.argsort(-worth, axis=1, kind="stable")[:, :K]


def _demands_met(s: Seekers, v: Vacancies, part: slice) -> npt.NDArray[np.bool_]:
    """Education, experience, licences, and at least nine tenths of the pay that the seeker wants."""
    met = s.education[part, None] >= v.education_min[None, :]
    met &= s.experience_years[part, None] + 1 >= v.experience_min_years[None, :]
    met &= (v.skills_required[None, :, 0] & ~s.skills[part, None, 0]) == 0
    return np.asarray(met & (10 * v.pay_max_fen[None, :] >= 9 * s.min_pay_fen[part, None]))


def _nearness(s: Seekers, v: Vacancies, part: slice) -> Floats:
    """How near the work is to the nearest wish: 1 for the same, a third of it for each level of the tree above."""
    best = np.zeros((len(s.id[part]), len(v)))
    for wish in range(3):
        code = s.wishes[part, wish, None]
        for worth, divisor in ((1.0, 1), (0.6, 100), (0.3, 10**4), (0.1, 10**6)):
            best = np.maximum(best, worth * ((code > 0) & (code // divisor == v.occupation[None, :] // divisor)))
    return best


def _way(s: Seekers, v: Vacancies, part: slice) -> Floats:
    """How short the way is, from home or from the place wanted: by village, town, county."""
    home = np.where(s.places[part, 0] > 0, s.places[part, 0], s.area[part])[:, None]
    near = np.zeros((len(home), len(v)))
    for worth, divisor in ((1.0, 1), (0.8, 10**3), (0.5, 10**6)):
        near = np.maximum(near, worth * (home // divisor == v.area[None, :] // divisor))
    inside = (home % 10**6 == 0) & (home // 10**6 == v.area[None, :] // 10**6)
    return np.where(inside, np.maximum(near, 0.9), near)


def _pay(s: Seekers, v: Vacancies, part: slice) -> Floats:
    """How far the middle of the pay lies above the own floor, up to twice of it."""
    middle = (v.pay_min_fen + v.pay_max_fen)[None, :] / 2
    return np.clip(middle / s.min_pay_fen[part, None] - 0.8, 0, 1)


def _use(s: Seekers, v: Vacancies, part: slice) -> Floats:
    """Which part of the own skills the vacancy wants."""
    wanted = np.bitwise_count(v.skills_wanted[None, :, 0] & s.skills[part, None, 0])
    return np.asarray(wanted / np.maximum(np.bitwise_count(s.skills[part, None, 0]), 1))


def _offered(s: Seekers, v: Vacancies, part: slice) -> Floats:
    """Which part of the wanted skills the seeker has."""
    had = np.bitwise_count(v.skills_wanted[None, :, 0] & s.skills[part, None, 0])
    return np.asarray(had / np.maximum(np.bitwise_count(v.skills_wanted[:, 0]), 1)[None, :])


WORTHS: tuple[Callable[[Seekers, Vacancies, slice], Any], ...] = (_nearness, _way, _pay, _use)
