"""What others read by machine: the open vacancies, their changes, and who may read much."""

from openpes.exchange.queries.feed import Changes, Snapshot, changed_at, changes_behind, newest, snapshot_page
from openpes.exchange.queries.keys import key_of, keys_of_city
from openpes.exchange.queries.posts import Post, post_of
from openpes.exchange.queries.sitemaps import addresses_in, parts

__all__ = [
    "Changes",
    "Post",
    "Snapshot",
    "addresses_in",
    "changed_at",
    "changes_behind",
    "key_of",
    "keys_of_city",
    "newest",
    "parts",
    "post_of",
    "snapshot_page",
]
