"""A page as somebody reads it."""

import re

from django.http import HttpResponse

INLINE = r"a|abbr|b|bdi|code|em|i|kbd|label|mark|small|span|strong|sub|sup|time|u"


def text_of(response: HttpResponse) -> str:
    """The words of a page: what stands in one line stays together, everything else is apart by one blank."""
    html = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(rf"</?(?:{INLINE})\b[^>]*>", "", html)))
