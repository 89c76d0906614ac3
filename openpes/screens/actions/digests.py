"""Digests: who subscribed to an area or an occupation is written once a day what is new, if anything is."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from openpes.kernel import Actor, action, publish
from openpes.messages.actions import send_message
from openpes.messages.models import Consent
from openpes.messages.queries import words_for
from openpes.network.queries import area_label
from openpes.screens import queries
from openpes.screens.events import DigestSent
from openpes.screens.models import DigestEntry
from openpes.screens.queries import Selection

FIRST = 3  # vacancies that the text names
A_WEEK = timedelta(days=7)
LANGUAGE = "zh-hans"


@action
def send_digest(*, consent: Consent, on: date, by: Actor, at: datetime) -> bool:
    """Write a subscriber what was published since the last digest, or in the last week; False when nothing was.

    Called twice for a day, the second changes nothing.
    """
    since = DigestEntry.objects.filter(consent=consent).order_by("-on").values_list("on", flat=True).first()
    area, _bar, occupation = consent.subject.partition("|")
    chosen = Selection(area, (occupation,) if occupation else (), since_on=max(since or on - A_WEEK, on - A_WEEK))
    found = queries.selected(chosen, on=on).filter(published_on__lt=on)
    count = found.count()
    try:
        with transaction.atomic():
            entry = DigestEntry.objects.create(consent=consent, on=on, count=count)
    except IntegrityError:
        return False
    if not count:
        return False
    with translation.override(LANGUAGE):
        jobs = "；".join(f"{one.title} {one.pay}元" for one in queries.told_of(list(found[:FIRST]), inside=area))
        told = {"place": area_label(area), "count": count, "jobs": jobs, "link": _link(area, occupation)}
        text = words_for("digest", LANGUAGE, **told)
    written = send_message(
        channel=consent.channel, to=consent.to().reveal(), text=text, purpose="digest", area=consent.area, by=by, at=at
    )
    DigestEntry.objects.filter(pk=entry.pk).update(message_id=written.pk)
    publish(DigestSent(on=on, rows=count, by=by.id, at=at))
    return True


def _link(area: str, occupation: str) -> str:
    query = f"?place={area}" + (f"&class={occupation}" if occupation else "")
    return settings.MESSAGES["site"] + reverse("portal:search") + query
