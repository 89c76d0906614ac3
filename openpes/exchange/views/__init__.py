"""Pages of the open interfaces: sitemap, the page for developers, keys."""

from openpes.exchange.views.keys import end, issue, keys, rotate
from openpes.exchange.views.pages import developers, sitemap, sitemap_part

__all__ = [
    "developers",
    "end",
    "issue",
    "keys",
    "rotate",
    "sitemap",
    "sitemap_part",
]
