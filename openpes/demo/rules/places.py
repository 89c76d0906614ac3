"""Where the invented people live and work: the real communities and villages, weighted by their class."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from openpes.demo.rules.accounts import VILLAGE
from openpes.demo.rules.chance import Flags, Ints, Texts, picks, texts
from openpes.engine.areas import areas

# Persons a unit of each urban-rural class has, relative to a village.
CROWD = {"111": 5.0, "112": 3.2, "121": 2.8, "122": 1.8, "123": 1.2, "210": 1.6, "220": 1.0, "": 1.2}
TRADE = {"111": 14.0, "112": 8.0, "121": 5.0, "122": 2.5, "123": 6.0, "210": 1.5, "220": 0.4, "": 1.0}
SHOWN = {VILLAGE: 6.0}  # how much fuller the village of the demo officer is, so that it has people to show
RURAL = ("210", "220", "122")
STREETS = (
    "民生",
    "新兴",
    "朝阳",
    "友爱",
    "明秀",
    "衡阳",
    "北湖",
    "大学",
    "五一",
    "长堽",
    "望园",
    "建政",
    "古城",
    "思贤",
    "园湖",
    "金湖",
)


@dataclass(frozen=True)
class Places:
    """Every community and village of the city, by number."""

    paths: Texts
    counties: Texts
    rural: Flags
    crowd: npt.NDArray[np.float64]
    trade: npt.NDArray[np.float64]

    def homes(self, rng: np.random.Generator, n: int) -> Ints:
        """n places to live in."""
        return picks(rng, self.crowd, n)

    def sites(self, rng: np.random.Generator, n: int) -> Ints:
        """n places to do business in."""
        return picks(rng, self.trade, n)


@lru_cache(maxsize=1)
def places() -> Places:
    """The communities and villages of the area tree."""
    units = areas().all("village")
    return Places(
        texts([unit.path for unit in units]),
        texts([unit.path[:6] for unit in units]),
        np.array([unit.urban_rural in RURAL for unit in units]),
        np.array([CROWD.get(unit.urban_rural, 1.0) * SHOWN.get(unit.path, 1.0) for unit in units]),
        np.array([TRADE.get(unit.urban_rural, 1.0) for unit in units]),
    )


def addresses(rng: np.random.Generator, rural: Flags) -> Texts:
    """A house or flat in each place, without the place: the area stands before it wherever an address is shown."""
    n = len(rural)
    number = texts([str(k) for k in range(1, 400)])
    street = texts(STREETS)[rng.integers(0, len(STREETS), n)] + "路" + number[rng.integers(0, 240, n)] + "号"
    flat = number[rng.integers(0, 18, n)] + "栋" + number[rng.integers(100, 399, n)] + "室"
    farm = number[rng.integers(0, 16, n)] + "队" + number[rng.integers(0, 120, n)] + "号"
    found: Texts = np.where(rural, farm, street + flat)
    return found
