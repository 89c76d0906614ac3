"""Keys: which one somebody shows, and all of them for those who keep them."""

from datetime import datetime

from openpes.exchange.models import ApiKey
from openpes.exchange.rules import is_same, prefix_of


def key_of(*, text: str, at: datetime) -> ApiKey | None:
    """The key in force that somebody shows; nothing for any other text."""
    found = ApiKey.objects.in_force(at).filter(prefix=prefix_of(text)).first()
    if found is None:
        return None
    old = found.old_digest if found.old_until and found.old_until > at else None
    return found if is_same(found.digest, text) or is_same(old, text) else None


def keys_of_city() -> list[ApiKey]:
    """Every key, those in force first, the newest first."""
    return list(ApiKey.objects.order_by("ended_at", "-id"))
