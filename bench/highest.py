"""The highest share of a load that something carries, found by trials."""

from collections.abc import Callable

LEAST, MOST = 1 / 64, 64.0
HALVINGS = 4  # of the distance between a share that holds and one that does not


def highest(holds: Callable[[float], bool]) -> float:
    """The highest share for which `holds` was true, to a sixteenth; 0 where none from `LEAST` on was."""
    below, above = 0.0, 1.0
    while above <= MOST and holds(above):
        below, above = above, 2 * above
    while not below and above > LEAST:
        if holds(above / 2):
            below = above / 2
        else:
            above /= 2
    for _step in range(HALVINGS if below else 0):
        middle = (below + above) / 2
        below, above = (middle, above) if holds(middle) else (below, middle)
    return below
