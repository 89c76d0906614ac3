"""Letting the collector of garbage rest while many objects are made that are none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Inside, objects go only when nothing holds them any more; the collector would look at all of them in vain.

    It looks through everything that is alive whenever that has grown by a quarter, which a large table does often.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
