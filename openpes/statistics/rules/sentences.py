"""The text of the report, written from its figures by rule, and what a reader must know about them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.engine.calendars import Period
from openpes.engine.indicators import Gap, OfficialRow, Tables, half_up, percentage
from openpes.engine.indicators.tables import NOT_RECORDED
from openpes.kernel.days import spoken_day

FEW = 3
NameOf = Callable[[str], str]


@dataclass(frozen=True)
class Sentence:
    """One sentence of the report, under a key that stays the same from report to report."""

    key: str
    text: str


@dataclass(frozen=True)
class Beside:
    """What another period had valid: its name, and its last row of table 1."""

    title: str
    valid: OfficialRow


@dataclass(frozen=True)
class Told:
    """What the text is written from: the place and period in words, the tables, two other periods, names of rows."""

    place: str
    title: str
    tables: Tables
    before: Beside
    year_before: Beside
    name_of: NameOf

    @property
    def valid(self) -> OfficialRow:
        """What was valid in the period."""
        return self.tables.overall[-1]


def sentences(told: Told) -> tuple[Sentence, ...]:
    """The text, sentence by sentence; what has no figures is not written about."""
    written = [Sentence("overall", _overall(told))]
    if None in (told.valid.demand, told.valid.seekers):
        return tuple(written)
    if told.valid.demand or told.valid.seekers:
        written += [Sentence("before", _change(told, told.before)), Sentence("year", _change(told, told.year_before))]
        written += list(_of_demand(told))
        written += list(_of_both(told))
        written += list(_of_seekers(told))
    return tuple(written)


def notices(tables: Tables, period: Period, today: date, renamed: tuple[tuple[str, str, date], ...]) -> list[str]:
    """What a reader must know before reading the figures: nothing counted, no seekers, no requirements, the calendar.

    `renamed` names what the area was called, is called, and since when, for each change inside the period.
    """
    found = notices_of_days(period, today, renamed)
    valid = tables.overall[-1]
    if not valid.demand and not valid.seekers and period.from_on <= today:
        found.append(
            _("No vacancy and no job wish was valid here in this period: there is nothing to report, and no ratio.")
        )
    elif not valid.seekers:
        found.append(_("No job seeker was registered in this period, so no ratio can be printed."))
    elif valid.demand:
        found += _without_requirements(tables)
    return found


def notices_of_days(period: Period, today: date, renamed: tuple[tuple[str, str, date], ...]) -> list[str]:
    """What a reader must know of the period of any figures: that it lies ahead or runs, new names inside it."""
    found = []
    if period.from_on > today:
        begins = {"day": spoken_day(period.from_on)}
        found.append(_("This period begins on %(day)s; there are no figures yet.") % begins)
    elif period.until_on is None or period.until_on > today:
        found.append(_("This period is not over: the figures are those of today and still change."))
    for was, now, since in renamed:
        text = _("%(was)s was renamed %(now)s on %(day)s; its figures stand under the one unit, before and after.")
        if not now:
            text = _("%(was)s was merged on %(day)s; what was registered there stays under it and the units above it.")
        found.append(text % {"was": was, "now": now, "day": spoken_day(since)})
    return found


def _without_requirements(tables: Tables) -> list[str]:
    found = []
    bare = [
        number
        for number, rows in tables.grouped.items()
        if (free := _row(rows, "无要求")) and free.demand and free.demand == rows[-1].demand
    ]
    if bare:
        numbers = {"numbers": _joined([str(number) for number in bare])}
        found.append(_("No vacancy states a requirement in tables %(numbers)s, so they print no ratio.") % numbers)
    wishes = _row(tables.grouped[5], "无要求")
    if wishes and wishes.seekers and wishes.seekers == tables.overall[-1].seekers:
        found.append(_("No job seeker has named an occupation: the ratios of table 5 rest on the allotment alone."))
    return found


def _overall(told: Told) -> str:
    valid = told.valid
    if valid.demand is None or valid.seekers is None:
        hidden = {"place": told.place, "title": told.title}
        return _("The numbers of %(place)s in %(title)s are too small to be told in words.") % hidden
    values = {"place": told.place, "title": told.title, "demand": f"{valid.demand:,}", "seekers": f"{valid.seekers:,}"}
    if not valid.demand and not valid.seekers:
        return _("In %(title)s no vacancy and no job wish was valid in %(place)s.") % values
    if valid.ratio is None:
        text = _("In %(title)s %(demand)s places were open in %(place)s and nobody was registered as seeking work.")
        return text % values
    return _(
        "In %(title)s %(demand)s places were open in %(place)s and %(seekers)s people sought work: %(ratio)s places for"
        " each job seeker."
    ) % {**values, "ratio": valid.ratio}


def _change(told: Told, beside: Beside) -> str:
    then, now = beside.valid, told.valid
    if then.demand is None or then.seekers is None:
        return _("The numbers of %(title)s are too small to be compared with.") % {"title": beside.title}
    if not then.demand and not then.seekers:
        return _("There are no figures of %(title)s to compare with.") % {"title": beside.title}
    values = {
        "title": beside.title,
        "demand": _moved(then.demand or 0, now.demand or 0),
        "seekers": _moved(then.seekers or 0, now.seekers or 0),
    }
    if then.ratio is None or now.ratio is None:
        return _("Against %(title)s demand %(demand)s and the number of job seekers %(seekers)s.") % values
    return _(
        "Against %(title)s demand %(demand)s and the number of job seekers %(seekers)s; the ratio went from %(then)s to"
        " %(now)s."
    ) % {**values, "then": then.ratio, "now": now.ratio}


def _moved(then: int, now: int) -> str:
    values = {"n": f"{abs(now - then):,}", "share": percentage(abs(now - then), then)}
    if now == then:
        return _("stayed the same")
    if not then:
        return _("rose from nothing to %(n)s") % values
    return (_("rose by %(n)s (%(share)s %%)") if now > then else _("fell by %(n)s (%(share)s %%)")) % values


def _of_demand(told: Told) -> Iterator[Sentence]:
    grouped = told.tables.grouped
    if not told.valid.demand:
        return
    sectors = [row for row in grouped[2][:-1] if row.row != "其他"]
    if largest := _largest(sectors, "demand", 1):
        values = {"sector": told.name_of(largest[0].row), "share": largest[0].demand_pct}
        yield Sentence("sectors", _("%(sector)s: %(share)s %% of all places.") % values)
    if industries := _largest(grouped[3][:-1], "demand", FEW):
        listed = _listed(told, [(row.row, row.demand_pct) for row in industries])
        yield Sentence("industries", _("The most places are in: %(list)s.") % {"list": listed})
    if employers := _largest([row for row in grouped[4] if row.row in ("企业", "事业", "机关", "其他")], "demand", 1):
        values = {"kind": told.name_of(employers[0].row), "share": employers[0].demand_pct}
        yield Sentence("employers", _("%(kind)s offer %(share)s %% of the places.") % values)


def _of_both(told: Told) -> Iterator[Sentence]:
    classes = [row for row in told.tables.grouped[5][:-1] if row.ratio is not None]
    if len(classes) > 1:
        tight, slack = max(classes, key=_by_ratio), min(classes, key=_by_ratio)
        names = {"tight": told.name_of(tight.row), "slack": told.name_of(slack.row)}
        values = {**names, "most": tight.ratio, "least": slack.ratio}
        text = _("By occupation the ratio is highest for %(tight)s (%(most)s) and lowest for %(slack)s (%(least)s).")
        yield Sentence("occupations", text % values)
    for key, gaps, text in (
        ("shortage", told.tables.shortage, _("Most short of people are: %(list)s.")),
        ("surplus", told.tables.surplus, _("More people than places have above all: %(list)s.")),
    ):
        if gaps:
            yield Sentence(key, text % {"list": _listed_gaps(told, gaps[:FEW])})


def _of_seekers(told: Told) -> Iterator[Sentence]:
    if not told.valid.seekers:
        return
    grouped = told.tables.grouped
    groups = [row for row in grouped[8][:-1] if row.row != "应届高校毕业生"]
    for key, rows, text in (
        ("groups", groups, _("The largest groups of job seekers are: %(list)s.")),
        ("ages", grouped[10][:-1], _("By age the job seekers are above all: %(list)s.")),
        ("education", [row for row in grouped[11][:-1] if row.row not in ("职高、技校、中专", NOT_RECORDED)],
         _("By education they are above all: %(list)s.")),
    ):  # fmt: skip
        if largest := _largest(rows, "seekers", 2):
            listed = _listed(told, [(row.row, row.seekers_pct) for row in largest])
            yield Sentence(key, text % {"list": listed})
    women = _row(grouped[9], "女")
    if women and women.seekers_pct is not None:
        yield Sentence("women", _("%(share)s %% of the job seekers are women.") % {"share": women.seekers_pct})


def _largest(rows: list[OfficialRow] | tuple[OfficialRow, ...], side: str, most: int) -> list[OfficialRow]:
    found = sorted((row for row in rows if getattr(row, side)), key=lambda row: -getattr(row, side))
    return found[:most]


def _by_ratio(row: OfficialRow) -> Decimal:
    return row.ratio if row.ratio is not None else half_up(0)


def _listed(told: Told, parts: list[tuple[str, object]]) -> str:
    return _joined([_("%(name)s (%(share)s %%)") % {"name": told.name_of(row), "share": share} for row, share in parts])


def _listed_gaps(told: Told, gaps: tuple[Gap, ...]) -> str:
    return _joined([_("%(name)s (%(n)s)") % {"name": told.name_of(gap.code), "n": f"{gap.gap:,}"} for gap in gaps])


def _joined(parts: list[str]) -> str:
    return pgettext("between parts of a list", ", ").join(parts)


def _row(rows: tuple[OfficialRow, ...], name: str) -> OfficialRow | None:
    return next((row for row in rows if row.row == name), None)
