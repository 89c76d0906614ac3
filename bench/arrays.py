"""Seekers and vacancies as arrays of any size, drawn from a seed over the real areas and occupations."""

import numpy as np

from openpes.engine.areas import areas
from openpes.engine.matching import Seekers, Vacancies, area_code, occupation_code
from openpes.engine.occupations import occupations

TOP_LEVEL_OF_OCCUPATIONS = 4
PAY_STEP_FEN = 100_00
RANKING_SEED = 7
SERVED_FIRST, PREFERRED = 0.12, (10, 40, 50, 60, 201)  # one in eight is of a group that is served first


def draw_seekers(count: int, seed: int) -> Seekers:
    """Job-seekers with homes in villages and one to three wished occupations, many for common ones."""
    rng = np.random.default_rng([seed, 1])
    wishes = np.zeros((count, 3), np.int64)
    held = rng.integers(0, 4, count)
    for column in range(3):
        wishes[:, column] = np.where(held > column, _jobs(rng, count), 0)
    places = np.zeros((count, 3), np.int64)
    places[:, 0] = np.where(rng.random(count) < 0.5, rng.choice(_areas("county"), count), 0)
    return Seekers(
        id=np.arange(1, count + 1),
        area=rng.choice(_areas("village"), count),
        places=places,
        places_only=rng.random(count) < 0.1,
        wishes=wishes,
        min_pay_fen=rng.integers(18, 70, count) * PAY_STEP_FEN,
        education=rng.integers(1, 8, count),
        experience_years=np.minimum(rng.geometric(0.15, count) - 1, 40),
        age=rng.integers(16, 66, count),
        skills=_skills(rng, count, 3),
        group=np.where(rng.random(count) < SERVED_FIRST, rng.choice(PREFERRED, count), 0),
    )


def draw_vacancies(count: int, seed: int) -> Vacancies:
    """Vacancies in villages of the city; one in three asks for a skill, one in five for experience."""
    rng = np.random.default_rng([seed, 2])
    low = rng.integers(20, 80, count) * PAY_STEP_FEN
    nothing = np.zeros(count, np.int16)
    return Vacancies(
        id=np.arange(1, count + 1),
        area=rng.choice(_areas("village"), count),
        occupation=_jobs(rng, count),
        pay_min_fen=low,
        pay_max_fen=low + rng.integers(0, 30, count) * PAY_STEP_FEN,
        education_min=rng.choice([0, 0, 2, 3, 4, 5], count),
        experience_min_years=np.where(rng.random(count) < 0.2, rng.integers(1, 6, count), 0),
        age_by_law=nothing.astype(bool),
        age_min=nothing,
        age_max=nothing,
        skills_required=np.where((rng.random(count) < 1 / 3)[:, None], _skills(rng, count, 1), np.uint64(0)),
        skills_wanted=_skills(rng, count, 2),
    )


def _areas(level: str) -> "np.typing.NDArray[np.int64]":
    return np.array([area_code(area.path) for area in areas().all(level)], np.int64)


def _jobs(rng: np.random.Generator, count: int) -> "np.typing.NDArray[np.int64]":
    codes = np.array([occupation_code(one.code) for one in occupations().all(TOP_LEVEL_OF_OCCUPATIONS)], np.int64)
    shares = 1 / np.arange(1, len(codes) + 1)  # a few occupations are wanted by many
    common_first = np.random.default_rng(RANKING_SEED).permutation(codes)  # the same for seekers and vacancies
    return rng.choice(common_first, count, p=shares / shares.sum())


def _skills(rng: np.random.Generator, count: int, each: int) -> "np.typing.NDArray[np.uint64]":
    words = np.zeros((count, 2), np.uint64)
    for _ in range(each):
        words[:, 0] |= np.uint64(1) << rng.integers(0, 40, count).astype(np.uint64)
    return words
