"""What waits for somebody to look: holds, appeals, reports of readers, copies; and the holds of one vacancy."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from openpes.codes.queries import occupation_label
from openpes.employers.queries import employer_names
from openpes.engine.coding import code_titles, reasons_of
from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.scope import CITY
from openpes.vacancies.choices import HoldGround, ReportReason
from openpes.vacancies.models import (
    AdvertReport,
    AdvertReportQuerySet,
    Hold,
    HoldAppeal,
    HoldAppealQuerySet,
    HoldQuerySet,
    NearCopy,
    PublishedVacancy,
    Vacancy,
)

MOST, MOST_READ = 200, 1_000
MOST_WORDS = 3
# Holds that stand here until somebody looked; that of reports stands as its reports.
LOOKED_AT = (HoldGround.NEW_EMPLOYER, HoldGround.SCAM, HoldGround.PAY)


@dataclass(frozen=True)
class Look:
    """One thing that waits for a member of staff: its kind, what it is about, since when, and until when."""

    kind: str
    pk: int
    vacancy: int
    title: str
    employer_name: str
    words: str
    since_on: date
    clock: Clock | None

    @property
    def page(self) -> str:
        """The address by name that decides it."""
        return {"report": "vacancies:reports", "copy": "vacancies:copies"}.get(self.kind, "vacancies:held")


@dataclass(frozen=True)
class HoldCard:
    """A hold as its page shows it: who sees what is wrong, by which clause, what to do, and what came of it."""

    hold: Hold
    ground: str
    clock: Clock | None
    appeals: tuple[HoldAppeal, ...]
    waiting: HoldAppeal | None
    changed_since: bool


def holds_to_look_at(*, scope: str) -> HoldQuerySet:
    """Open holds of an area that wait for somebody to look, those against which an appeal waits left out."""
    appealed = HoldAppeal.objects.filter(hold=OuterRef("pk")).undecided()
    found = Hold.objects.visible_to(scope).open()
    return found.filter(~Exists(appealed), ground__in=LOOKED_AT, due_on__isnull=False)


def holds_waiting(*, scope: str) -> HoldQuerySet:
    """Open holds of an area that wait for a look or for the answer to an appeal, with the day `look_by`."""
    appeals = HoldAppeal.objects.filter(hold=OuterRef("pk")).undecided()
    look_by = Coalesce(Subquery(appeals.order_by("pk").values("due_on")[:1]), F("due_on"))
    found = Hold.objects.visible_to(scope).open().annotate(look_by=look_by)
    return found.filter(Q(ground__in=LOOKED_AT) | Exists(appeals), look_by__isnull=False)


def undecided_appeals(*, scope: str) -> HoldAppealQuerySet:
    """Appeals of employers of an area that wait for the office."""
    return HoldAppeal.objects.visible_to(scope).undecided()


def unlooked_reports(*, scope: str) -> AdvertReportQuerySet:
    """Reports of readers about vacancies of an area at which nobody has looked."""
    return AdvertReport.objects.visible_to(scope).unlooked()


def looks_waiting(*, scope: str, on: date, limit: int = MOST) -> list[Look]:
    """What waits in an area, the most urgent first, by one statement for all kinds and one for the employers' names."""
    parts = [
        undecided_appeals(scope=scope).order_by().values_list(
            Value("appeal"), "pk", "hold__vacancy_id", "hold__vacancy__title", "employer_id", "words",
            Value(0), "appealed_at", "due_on",
        ),
        holds_to_look_at(scope=scope).order_by().values_list(
            Case(When(ground=HoldGround.NEW_EMPLOYER, then=Value("new_employer")), default=Value("hold")),
            "pk", "vacancy_id", "vacancy__title", "employer_id", "words", Value(0), "held_at", "due_on",
        ),
        unlooked_reports(scope=scope).order_by().values_list(
            Value("report"), "pk", "vacancy_id", "vacancy__title", "vacancy__employer_id",
            Concat("reason", Value("\n"), "words"), Value(0), "reported_at", "due_on",
        ),
        NearCopy.objects.visible_to(scope).found().order_by().values_list(
            Value("copy"), "pk", "copy_id", "copy__title", "copy__employer_id", Cast("kept_id", CharField()),
            Cast("likeness", IntegerField()), "found_at", Cast(Value(None), DateField()),
        ),
    ]  # fmt: skip
    rows = list(parts[0].union(*parts[1:], all=True)[:MOST_READ])
    names = employer_names(pks={row[4] for row in rows}) if rows else {}
    found = [_look(row, names, on) for row in rows]
    far = date.max
    return sorted(found, key=lambda look: (look.clock.due_on if look.clock else far, look.since_on, look.pk))[:limit]


@dataclass(frozen=True)
class LikelyOccupation:
    """An occupation that a title may mean, with how sure that is and which words decided."""

    code: str
    label: str
    percent: int
    words: tuple[str, ...]


def likely_occupations(*, title: str) -> list[LikelyOccupation]:
    """The five likeliest occupations of a title, the likeliest first; none when nothing in it was ever learnt."""
    coded = code_titles([title])
    if not coded.known[0]:
        return []
    return [
        LikelyOccupation(
            code=code,
            label=occupation_label(code),
            percent=round(100 * score),
            words=tuple(one.words for one in reasons_of(title, code, most=MOST_WORDS)),
        )
        for code, score in zip(coded.codes[0].tolist(), coded.scores[0].tolist(), strict=True)
    ]


def holds_of(*, vacancy: Vacancy, actor: Actor, on: date) -> list[HoldCard]:
    """Every hold of a vacancy that the actor may see, the open ones first, with its appeals."""
    holds = list(Hold.objects.seen_by(actor).filter(vacancy=vacancy).order_by("-pk"))
    appeals: dict[int, list[HoldAppeal]] = {}
    for appeal in HoldAppeal.objects.seen_by(actor).filter(hold__in=holds).order_by("pk") if holds else []:
        appeals.setdefault(appeal.hold_id, []).append(appeal)
    cards = [_card(hold, appeals.get(hold.pk, []), vacancy, on) for hold in holds]
    return sorted(cards, key=lambda card: card.hold.ended_at is not None)


def public_vacancy(*, pk: int) -> PublishedVacancy | None:
    """What the public reads of a vacancy now; None when nothing."""
    return PublishedVacancy.objects.defer("terms").filter(pk=pk).first()


def copies_of(*, vacancy: int, scope: str) -> list[NearCopy]:
    """The pairs of which a vacancy of the area is the later, with both vacancies, wherever in the city they are."""
    pks = list(NearCopy.objects.visible_to(scope).filter(copy=vacancy).order_by("pk").values_list("pk", flat=True))
    with within(CITY):
        return list(NearCopy.objects.filter(pk__in=pks).select_related("kept", "copy").order_by("-pk"))


def reports_of(*, vacancy: int, scope: str) -> list[AdvertReport]:
    """Every report about a vacancy, the newest first."""
    return list(AdvertReport.objects.visible_to(scope).filter(vacancy=vacancy).order_by("-pk"))


def _card(hold: Hold, appeals: list[HoldAppeal], vacancy: Vacancy, on: date) -> HoldCard:
    waiting = next((appeal for appeal in appeals if appeal.decided_at is None), None)
    due_on = waiting.due_on if waiting else hold.due_on
    clock = clock_of(due_on, on) if due_on and hold.ended_at is None else None
    changed = hold.ended_at is None and vacancy.version > hold.version
    return HoldCard(hold, str(HoldGround(hold.ground).label), clock, tuple(appeals), waiting, changed)


def _look(row: tuple, names: dict[int, str], on: date) -> Look:
    kind, pk, vacancy, title, employer, words, likeness, since_at, due_on = row
    if kind == "report":
        reason, _line, told = words.partition("\n")
        label = str(ReportReason(reason).label)
        words = _("%(reason)s: %(words)s") % {"reason": label, "words": told} if told else label
    elif kind == "copy":
        words = _("Says the same as No. %(number)s: %(percent)s%%") % {"number": words, "percent": likeness}
    clock = clock_of(due_on, on) if due_on else None
    return Look(kind, pk, vacancy, title, names.get(employer, ""), words, day_of(since_at), clock)
