"""What every test database holds from the start: the areas of the city."""

from datetime import datetime

from openpes.kernel.clock import BUSINESS_ZONE


def fill() -> None:
    """Load the areas."""
    from importlib.util import find_spec

    if not find_spec("openpes.network.actions"):
        return
    from openpes.kernel.action import PLATFORM
    from openpes.network.actions import load_areas

    load_areas(by=PLATFORM, at=datetime(2026, 1, 1, tzinfo=BUSINESS_ZONE))
