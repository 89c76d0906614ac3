"""What stands in the service points of the demo city, and how many people its large towns have."""

from openpes.demo.rules.chance import stream

WEEKDAYS, ALL_DAYS = range(1, 6), range(1, 8)
MARKET_LEVELS = (2, 3)
MORNING, AFTERNOON = (8 * 60 + 30, 12 * 60), (14 * 60 + 30, 17 * 60 + 30)
# By the level of a point: floor and hall in square metres, windows for each purpose, pieces of equipment.
SIZES = {2: (2400, 900), 3: (600, 240), 4: (120, 45), 5: (30, 12)}
PURPOSES = ("registration", "placement", "guidance", "training", "insurance")
EQUIPMENT = {
    2: {"computer": 40, "printer": 12, "card_reader": 20, "scanner": 6, "screen": 3, "kiosk": 8, "camera": 4},
    3: {"computer": 16, "printer": 5, "card_reader": 8, "scanner": 2, "screen": 1, "kiosk": 2, "camera": 1},
    4: {"computer": 5, "printer": 2, "card_reader": 3, "scanner": 1},
    5: {"computer": 1, "printer": 1},
}
KEY_MARKETS = 21


def days_of(level: int) -> range:
    """On which weekdays a point is open: the markets of city and counties on weekends too (周末不打烊)."""
    return ALL_DAYS if level in MARKET_LEVELS else WEEKDAYS


def windows_of(level: int) -> dict[str, list[int]]:
    """Windows by purpose: five in a town office, one for all matters in a station, more above."""
    if level == 5:
        return {"general": [1]}
    each = {2: 4, 3: 2, 4: 1}[level]
    return {purpose: [n * each + k + 1 for k in range(each)] for n, purpose in enumerate(PURPOSES)}


def without_facts(count: int, seed: int) -> list[bool]:
    """Which points have not written down their facts yet, about one in twelve."""
    found: list[bool] = (stream(seed, "furniture").random(count) < 0.08).tolist()
    return found


def large_towns(count: int, seed: int) -> list[int]:
    """How many people invented large towns have, each more than 70,000."""
    found: list[int] = stream(seed, "towns").integers(70_500, 168_000, count).tolist()
    return found
