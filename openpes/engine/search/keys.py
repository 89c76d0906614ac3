"""The key of a row in an order: where the next page goes on, however many rows came or went in between.

A key is whole numbers that fall from row to row: the newest day, the highest pay, the nearest (negative metres).
"""

from openpes.engine.search.kinds import Order

LENGTHS = {Order.NEW: 2, Order.PAY: 3, Order.PLACES: 2, Order.RELEVANCE: 3, Order.DISTANCE: 3}
LARGEST = 2**62


def written_key(order: Order, key: tuple[int, ...]) -> str:
    """The key as it stands in an address, with its order: `pay_800000_500000_17`."""
    return "_".join([order.value, *(str(part) for part in key)])


def read_key(text: str, order: Order) -> tuple[int, ...] | None:
    """The key of an address; None when it is none, or one of another order."""
    name, *parts = text[:120].split("_")
    if name != order.value or len(parts) != LENGTHS[order]:
        return None
    digits = [part.removeprefix("-") for part in parts]
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in digits):
        return None
    return tuple(max(-LARGEST, min(int(part), LARGEST)) for part in parts)
