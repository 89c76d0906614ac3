"""Numbers that pass every check and can belong to nobody: identity numbers, credit codes, telephones."""

import numpy as np

from openpes.demo.rules.chance import Flags, Ints, Texts, texts
from openpes.engine.identifiers import INVENTED_COUNTY, compose_credit_code
from openpes.engine.identifiers.resident import CHECKS, WEIGHTS

# 154 is given to no network by the numbering plan in force, so a number that begins with it rings nowhere.
SILENT_PREFIX = "154"
ENTERPRISE_REGISTRAR = "91"
ORDERS, LEDGER_ORDERS, VILLAGE_LEDGER_ORDERS = 500, 470, 495
_STEP, _SPAN = 48_271_009, 10**8


def identity_numbers(born: Ints, male: Flags, first: int = 0) -> Texts:
    """Valid identity numbers of a county that was never assigned (450199), all different.

    `first` is the place in each day's numbers to begin with: the city begins at 0, people of ledgers at 470, so that
    they are never the same.

    :raises ValueError: more than 500 persons of one sex were born on one day
    """
    order: Ints = _order_of_the_day(born, male) + first
    if len(order) and order.max() >= ORDERS:
        raise ValueError("A day has only 500 numbers for each sex; invent fewer persons.")
    order = (order + born * 193) % ORDERS * 2 + male
    days = (born.astype("datetime64[D]") - np.timedelta64(719_163, "D")).astype("U10")
    births = np.char.replace(days, "-", "")
    numbers = np.char.add(np.char.add(INVENTED_COUNTY, births), np.char.zfill(order.astype("U3"), 3))
    digits = np.ascontiguousarray(numbers.astype("U17")).view(np.uint32).reshape(-1, 17).astype(np.int64) - ord("0")
    checks = np.array(list(CHECKS))[digits @ np.array(WEIGHTS) % 11]
    return np.char.add(numbers, checks).astype(object)


def telephone_numbers(seed: int, from_no: int, n: int) -> Texts:
    """Numbers `from_no` and on of the city's series of silent mobile numbers, all different."""
    places = (np.arange(from_no, from_no + n, dtype=np.int64) * _STEP + seed * 7_919) % _SPAN
    return np.char.add(SILENT_PREFIX, np.char.zfill(places.astype("U8"), 8)).astype(object)


def credit_codes(seed: int, n: int) -> Texts:
    """Valid credit codes of enterprises registered in a county that was never assigned, all different."""
    places = (np.arange(n, dtype=np.int64) * _STEP + seed * 104_729) % _SPAN
    return texts([compose_credit_code(ENTERPRISE_REGISTRAR, INVENTED_COUNTY, f"{place:08d}") for place in places])


def _order_of_the_day(born: Ints, male: Flags) -> Ints:
    key = born * 2 + male
    sorted_places = np.argsort(key, kind="stable")
    ranked = key[sorted_places]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(key) else np.array([], dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(key)])
    order = np.empty(len(key), dtype=np.int64)
    order[sorted_places] = np.arange(len(key)) - np.repeat(starts, lengths)
    return order
