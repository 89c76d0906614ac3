"""Which service points work how often; a few have been closed for weeks."""

from openpes.demo.rules.chance import Flags, stream

SILENT_SHARE, USUAL_SHARE = 0.07, (0.25, 0.95)


def days_at_work(points: int, days: int, seed: int) -> Flags:
    """Whether each point was at work on each day, shape (points, days)."""
    rng = stream(seed, "points")
    habit = rng.uniform(*USUAL_SHARE, points)
    habit[rng.random(points) < SILENT_SHARE] = 0.0
    worked: Flags = rng.random((points, days)) < habit[:, None]
    return worked
