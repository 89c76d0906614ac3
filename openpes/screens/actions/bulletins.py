"""Bulletins: printed once from what is open, numbered, sealed, and kept as they were printed."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.engine.areas import contains
from openpes.kernel import Actor, Reason, action, clock, publish, refuse_if
from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, qr_svg, typeset
from openpes.network.queries import area_label
from openpes.screens import queries, rules
from openpes.screens.choices import RULES, Group
from openpes.screens.events import BulletinPrinted
from openpes.screens.models import Bulletin
from openpes.screens.queries import Selection
from openpes.screens.rules import Told

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BulletinFacts:
    """What a bulletin holds, for which days `[from_on, until_on)`, and on which paper."""

    area: str
    from_on: date
    until_on: date
    paper: str
    language: str
    occupations: tuple[str, ...] = ()
    group: str = ""
    title: str = ""


@action
def print_bulletin(*, facts: BulletinFacts, link: str, by: Actor, at: datetime) -> Bulletin:
    """Print the vacancies that are open and were published in the period; `link` is where their code leads.

    Number, list and pages are kept, so that every reprint is the same file; the digest of the list is told to the
    journal.

    :raises Refused: nothing fits, or too much, the period is wrong, or the area is not the actor's
    """
    today = clock.day_of(at)
    chosen = Selection(facts.area, facts.occupations, facts.group, facts.from_on)
    rows = list(queries.selected(chosen, on=today).filter(published_on__lt=facts.until_on)[: rules.MOST_ROWS + 1])
    refuse_if(_outside(facts.area, by.scope))
    refuse_if(
        rules.why_not_print(
            from_on=facts.from_on, until_on=facts.until_on, today=today, rows=len(rows), paper=facts.paper
        )
    )
    with translation.override(facts.language):
        told = queries.told_of(rows, inside=facts.area)
        listed = [asdict(one) for one in told]
        made = Bulletin(
            area=facts.area, year=today.year, edition=_next_edition(facts.area, today.year), language=facts.language,
            paper=facts.paper, occupations=list(facts.occupations), group=facts.group, from_on=facts.from_on,
            until_on=facts.until_on, title=facts.title or _("Open vacancies"), listed=listed, digest=digest_of(listed),
            printed_at=at, printed_by=by.id,
        )  # fmt: skip
        made.pages = _pages(made, told, link, at)
    made.save(force_insert=True)
    publish(
        BulletinPrinted(
            area=made.area, bulletin=made.pk, number=made.number, rows=len(listed), digest=made.digest, by=by.id, at=at
        )
    )
    return made


def digest_of(listed: list[dict]) -> str:
    """The seal of a list: SHA-256 of its JSON with sorted keys."""
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _outside(area: str, scope: str) -> list[Reason]:
    if contains(scope, area):
        return []
    return [Reason(_("This area is not yours."), field="area", next_step=_("Choose your own area or one below it."))]


def _next_edition(area: str, year: int) -> int:
    """The next number of an area in a year; who prints at the same moment waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"bulletin {area} {year}"])
    last = Bulletin.objects.filter(area=area, year=year).order_by().aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def _pages(made: Bulletin, told: list[Told], link: str, at: datetime) -> bytes:
    last = made.until_on - A_DAY
    values = {
        "city": city_name(), "area": area_label(made.area), "title": made.title, "paper": made.paper,
        "language": made.language, "qr": qr_svg(link), "link": link,
        "group": f"{Group(made.group).label}: {RULES[Group(made.group)]}" if made.group else "",
        "number": pgettext("bulletin", "No. %(number)s") % {"number": made.number},
        "period": _("Published %(first)s to %(last)s") % {
            "first": spoken_day(made.from_on), "last": spoken_day(last)
        },
        "printed": _("Printed %(day)s") % {"day": spoken_day(clock.day_of(at))},
        "sum": _("%(n)s vacancies, %(m)s places") % {"n": len(told), "m": sum(one.places for one in told)},
        "scan": _("Search on your phone"), "seal": _("Seal %(digest)s") % {"digest": made.digest[:16]},
        "free": _("All services are free of charge. Never pay a fee or a deposit for a job."),
        "heads": [_("No."), _("Job"), _("Employer"), _("Place"), _("Yuan a month"), _("Places")],
        "rows": [[str(one.id), one.title, one.employer, one.place, one.pay, str(one.places)] for one in told],
    }  # fmt: skip
    return typeset("screens/bulletin.typ", values, at)
