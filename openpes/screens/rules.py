"""Which vacancies suit which readers, and how one is said in a sentence or a line."""

import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.kernel import Reason
from openpes.screens.choices import Paper

# Education of 2006 (GB/T 4658) by what it is above.
UP_TO_JUNIOR = ("", "70", "71", "81", "90")
UP_TO_SENIOR = (*UP_TO_JUNIOR, "40", "41", "44", "47", "61")
FROM_COLLEGE = ("10", "11", "14", "20", "30")
A_YEAR = ("open_ended", "fixed")
# A stated age limit below fifty, as the database reads it: 45岁以下, 35周岁以内, 18-40岁, 年龄不超过45.
AGE_LIMIT = (
    "(1[6-9]|[234][0-9])[ ]*周?岁?[ ]*(及|（含）)?(以下|以内|之内)"
    "|[-—~至到][ ]*(1[6-9]|[234][0-9])[ ]*周?岁"
    "|(不超过|小于)[ ]*(1[6-9]|[234][0-9])"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
TAIL = 4
MOST_ROWS = 600
LONGEST_PERIOD = 92


@dataclass(frozen=True)
class Told:
    """A vacancy in the words of the reader: what a line or a sentence says."""

    id: int
    title: str
    employer: str
    place: str
    pay_min: int
    pay_max: int
    places: int
    education: str = ""

    @property
    def pay(self) -> str:
        """The pay in yuan, one amount when both are the same."""
        return f"{self.pay_min}" if self.pay_min == self.pay_max else f"{self.pay_min}–{self.pay_max}"


def line_of(told: Told) -> str:
    """A vacancy in one line for a strip of lights."""
    words = _("[%(place)s] %(title)s %(pay)s yuan, %(n)s wanted, %(employer)s, No. %(id)s")
    return plain(words % _values(told))


def sentence_of(told: Told) -> str:
    """A vacancy in one sentence, as a newspaper prints it or a radio reads it."""
    if told.pay_min == told.pay_max:
        pay = _("%(pay)s yuan a month") % {"pay": told.pay_min}
    else:
        pay = _("%(low)s to %(high)s yuan a month") % {"low": told.pay_min, "high": told.pay_max}
    words = ngettext(
        "%(employer)s looks for %(n)s person as “%(title)s”, %(pay)s, at %(place)s%(education)s.",
        "%(employer)s looks for %(n)s persons as “%(title)s”, %(pay)s, at %(place)s%(education)s.",
        told.places,
    )
    education = _(", from %(level)s") % {"level": told.education} if told.education else ""
    return plain(words % (_values(told) | {"pay": pay, "education": education}))


def _values(told: Told) -> dict[str, object]:
    return {
        "place": told.place, "title": told.title, "pay": told.pay, "n": told.places, "employer": told.employer,
        "id": told.id,
    }  # fmt: skip


def is_tail(phone: str, tail: str) -> bool:
    """Whether a telephone number ends with these four digits, in constant time."""
    return len(tail) == TAIL and tail.isascii() and tail.isdecimal() and hmac.compare_digest(phone[-TAIL:], tail)


def plain(text: str) -> str:
    """A text without line breaks and control characters."""
    return CONTROL.sub(" ", text).strip()


def fitting(sentences: Sequence[str], *, characters: int) -> list[str]:
    """As many whole sentences, from the first, as fit into a number of characters; at least one when there is any."""
    found: list[str] = []
    used = 0
    for sentence in sentences:
        used += len(sentence)
        if found and used > characters:
            break
        found.append(sentence)
    return found


def why_not_print(*, from_on: date, until_on: date, today: date, rows: int, paper: str) -> Iterator[Reason]:
    """What is wrong with a bulletin."""
    if paper not in Paper.values:
        yield Reason(_("A bulletin is printed on A4 or A3."), field="paper")
    if until_on <= from_on or (until_on - from_on).days > LONGEST_PERIOD:
        yield Reason(_("The period ends after it begins and is no longer than three months."), field="until_on")
    if from_on > today:
        yield Reason(_("A bulletin cannot begin in the future: nothing is published yet."), field="from_on")
    if not rows:
        yield Reason(
            _("No open vacancy fits, so there is nothing to print."),
            next_step=_("Choose a wider area, a longer period or other occupations."),
        )
    if rows > MOST_ROWS:
        yield Reason(
            _("%(n)s vacancies fit; a bulletin holds %(most)s.") % {"n": rows, "most": MOST_ROWS},
            next_step=_("Choose a smaller area, a shorter period or fewer occupations."),
        )
