"""Whether a community is one of full employment."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How it stands with work in a community on a day; `found` of the `registered` unemployed of the period."""

    employed: int = 0
    unemployed: int = 0
    found: int = 0
    registered: int = 0
    hard_employed: int = 0
    hard: int = 0
    long: int = 0
    unsolved: int = 0


def why_not_full_employment(standing: Standing, *, share: int, months: int) -> Iterator[str]:
    """Every condition that is not met; nothing when the community is one of full employment.

    Of the labour force, of the registered unemployed and of the hard-to-employ `share` per cent or more have work,
    nobody is unemployed for more than so many months, and no zero-employment household is unsolved, which is a veto by
    itself (standards of full-employment communities, secondary).
    """
    one = standing
    if not one.employed + one.unemployed:
        yield _("Nobody of the labour force is registered.")
    shares = (
        (one.employed, one.employed + one.unemployed, _("Of the labour force %(n)s of %(of)s have work.")),
        (one.found, one.registered, _("Of the registered unemployed %(n)s of %(of)s found work.")),
        (one.hard_employed, one.hard, _("Of the hard-to-employ %(n)s of %(of)s have work.")),
    )
    for number, whole, words in shares:
        if number * 100 < share * whole:
            yield words % {"n": number, "of": whole}
    if one.long:
        yield _("Unemployed for more than %(months)s months: %(n)s.") % {"months": months, "n": one.long}
    if one.unsolved:
        yield _("Veto: %(n)s zero-employment households without anybody at work.") % {"n": one.unsolved}
