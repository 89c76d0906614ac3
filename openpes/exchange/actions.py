"""Keys of the open interfaces: issued, rotated, ended; old changes forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.engine.parameters import parameters
from openpes.exchange import rules
from openpes.exchange.events import ApiKeyEnded, ApiKeyIssued, ApiKeyRotated
from openpes.exchange.models import ApiKey, FeedEntry
from openpes.exchange.rules import Secret
from openpes.kernel import Actor, action, clock, publish, refuse_if


@dataclass(frozen=True)
class KeyFacts:
    """Who holds a key, what it opens, how often, and until when."""

    holder: str
    scopes: Sequence[str]
    per_minute: int = 600
    contact: str = ""
    ends_at: datetime | None = None


@action
def issue_key(*, facts: KeyFacts, by: Actor, at: datetime) -> tuple[ApiKey, Secret]:
    """Issue a key; its secret is given once and kept as a digest only.

    :raises Refused: nobody holds it, it opens nothing, or its rate is out of range
    """
    refuse_if(rules.why_not_issue(holder=facts.holder, scopes=facts.scopes, per_minute=facts.per_minute))
    secret = rules.fresh_secret()
    made = ApiKey.objects.create(
        holder=facts.holder, contact=facts.contact, prefix=secret.prefix, digest=secret.digest,
        scopes=sorted(facts.scopes), per_minute=facts.per_minute, issued_at=at, issued_by=by.id, ends_at=facts.ends_at,
    )  # fmt: skip
    publish(ApiKeyIssued(key=made.pk, rights=tuple(made.scopes), by=by.id, at=at))
    return made, secret


@action
def rotate_key(*, key: int, by: Actor, at: datetime) -> tuple[ApiKey, Secret]:
    """Give a key a new secret; the old one works for the dated days more.

    :raises ApiKey.DoesNotExist: there is none of that number
    :raises Refused: it has ended
    """
    found = _open_key(key)
    secret = rules.fresh_secret(found.prefix)
    grace = timedelta(days=parameters().value("api_key_grace_days", clock.day_of(at)))
    found.old_digest, found.old_until, found.digest = found.digest, at + grace, secret.digest
    found.save(update_fields=["old_digest", "old_until", "digest"])
    publish(ApiKeyRotated(key=found.pk, by=by.id, at=at))
    return found, secret


@action
def end_key(*, key: int, by: Actor, at: datetime) -> ApiKey:
    """End a key at once.

    :raises ApiKey.DoesNotExist: there is none of that number
    :raises Refused: it has ended
    """
    found = _open_key(key)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    publish(ApiKeyEnded(key=found.pk, by=by.id, at=at))
    return found


def _open_key(key: int) -> ApiKey:
    found = ApiKey.objects.select_for_update().get(pk=key)
    refuse_if(rules.why_not_change(is_ended=found.ended_at is not None))
    return found


@action
def note_use(*, key: int, on: date, by: Actor, at: datetime) -> None:
    """Note the day on which a key was used last."""
    ApiKey.objects.filter(pk=key).exclude(used_on=on).update(used_on=on)


@action
def forget_old_entries(*, by: Actor, at: datetime) -> int:
    """Forget changes that are kept no longer; gives how many."""
    days = timedelta(days=rules.days_kept(clock.day_of(at)))
    gone, _by_table = FeedEntry.objects.filter(noted_at__lt=at - days).delete()
    return gone
