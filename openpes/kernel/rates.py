"""How often somebody from one address may ask a public question, counted by all processes together."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from openpes.engine.parameters import parameters
from openpes.kernel import clock
from openpes.kernel.models import Asking
from openpes.kernel.sensitive import blind_index

COUNT = """
INSERT INTO kernel_asking (page, asker, begun_at, times) VALUES (%s, %s, %s, 1)
ON CONFLICT (page, asker, begun_at) DO UPDATE SET times = kernel_asking.times + 1 RETURNING times
"""
HOME = 64  # bits of an IPv6 address that one household or office has to itself
KEPT = timedelta(days=1)


def seconds_to_wait(page: str, request: HttpRequest, at: datetime) -> int:
    """Count one more question and say how long this address waits before it may ask again; 0 when it need not.

    Counted in the shared database in a statement of its own, before anything is looked up, so that several server
    processes count together and a known answer costs what an unknown one does. The address is kept as a keyed digest.
    """
    on = clock.day_of(at)
    window = timedelta(minutes=parameters().value("public_check_minutes", on))
    begun_at = at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % window
    times = count_asking(page, asker_of(request), begun_at)
    if times <= parameters().value("public_check_times", on):
        return 0
    return max(int((begun_at + window - at).total_seconds()), 1)


def count_asking(page: str, asker: str, begun_at: datetime) -> int:
    """Count one more question of somebody since a moment, and say how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [page, asker, begun_at])
        return int(cursor.fetchone()[0])


def forget_askings(at: datetime) -> int:
    """Forget who asked before the day that ends at a moment; how many rows went."""
    gone, _by_table = Asking.objects.filter(begun_at__lt=at - KEPT).delete()
    return gone


def asker_of(request: HttpRequest) -> str:
    """Who asks, as a keyed digest of where the question comes from."""
    return blind_index(_home_of(_address(request)), context="asking.address").hex()


def _address(request: HttpRequest) -> str:
    """Where the question comes from; behind the city's own proxy, what the proxy saw last."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return seen.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def _home_of(address: str) -> str:
    """The address, of the newer kind the part that one home has; what is no address stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, HOME), strict=False))
    return str(found)
