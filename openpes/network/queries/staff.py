"""Staff of an area: where they work, their certificates, their years, and the subsidies that they are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from openpes.access.models import Account, Grant
from openpes.engine.parameters import parameters
from openpes.engine.qualifications import CertificateKind, certificate_kinds
from openpes.network.choices import PointKind
from openpes.network.models import Posting, StaffCertificate, SubsidyEntitlement, YearAssessment
from openpes.network.rules import days_in_month

STATIONS = (PointKind.COMMUNITY_STATION, PointKind.VILLAGE_STATION)


@dataclass(frozen=True)
class StaffRow:
    """Somebody posted inside an area and the state of their certificates: `lapsing` end within `expiry_notice_days`."""

    posting: Posting
    valid: list[StaffCertificate]
    lapsing: list[StaffCertificate]


@dataclass(frozen=True)
class StaffFile:
    """Everything that is kept about the work of one member of staff."""

    account: Account
    postings: list[Posting]
    certificates: list[StaffCertificate]
    assessments: list[YearAssessment]
    entitlements: list[SubsidyEntitlement]


@dataclass(frozen=True)
class Worked:
    """Days at stations within a month, and the last of these stations."""

    days: int
    point: int
    area: str


def staff_inside(*, scope: str, account: int, on: date) -> Account:
    """A member of staff who holds a role inside an area on a day.

    :raises Account.DoesNotExist: nobody of that number does
    """
    holders = Grant.objects.in_force_on(on).inside(scope).values("account")
    return Account.objects.get(pk=account, pk__in=holders)


def place_of_work(*, account: int, on: date) -> str:
    """The area of the point where an account works on a day, else of its widest role; empty when it has neither."""
    posted = Posting.objects.in_force_on(on).filter(account=account).values_list("area", flat=True).first()
    scopes = [] if posted else Grant.objects.in_force_on(on).filter(account=account).values_list("scope", flat=True)
    return posted or min(scopes, key=lambda scope: (len(scope), scope), default="")


def staff_rows(*, scope: str, inside: str, on: date) -> list[StaffRow]:
    """Everybody posted inside an area on a day, by point, with their certificates of the day."""
    postings = (
        Posting.objects.visible_to(scope).visible_to(inside).in_force_on(on)
        .select_related("account", "point").order_by("area", "point", "account__name", "pk")
    )  # fmt: skip
    rows, soon_on = list(postings), on + timedelta(days=notice_days(on))
    held: dict[int, list[StaffCertificate]] = {}
    valid = StaffCertificate.objects.visible_to(scope).filter(
        account__in=[row.account_id for row in rows], from_on__lte=on, until_on__gt=on, struck_on=None
    )
    for certificate in valid:
        held.setdefault(certificate.account_id, []).append(certificate)
    return [
        StaffRow(row, found := held.get(row.account_id, []), [one for one in found if one.until_on <= soon_on])
        for row in rows
    ]


def notice_days(on: date) -> int:
    """In how many days a certificate must end to stand on the list of those that end soon."""
    return int(parameters().value("expiry_notice_days", on))


def staff_file(*, scope: str, account: int, on: date) -> StaffFile:
    """The file of a member of staff as far as it lies inside an area.

    :raises Account.DoesNotExist: nobody of that number holds a role inside the area
    """
    holder = staff_inside(scope=scope, account=account, on=on)
    postings = Posting.objects.visible_to(scope).filter(account=holder).select_related("point").order_by("-from_on")
    return StaffFile(
        account=holder,
        postings=list(postings),
        certificates=list(StaffCertificate.objects.visible_to(scope).filter(account=holder).order_by("-from_on")),
        assessments=list(YearAssessment.objects.visible_to(scope).filter(account=holder)),
        entitlements=list(SubsidyEntitlement.objects.visible_to(scope).filter(account=holder)[:24]),
    )


def certificate_titles(language: str) -> list[tuple[str, str]]:
    """Every kind of certificate with its title in a language, for a drop-down."""
    return [(kind.code, title_of(kind, language)) for kind in certificate_kinds().values()]


def title_of(kind: CertificateKind, language: str) -> str:
    """The title of a kind of certificate in a language."""
    return kind.title_zh if language.startswith("zh") else kind.title_en


def days_at_stations(*, scope: str, from_on: date, until_on: date) -> dict[int, Worked]:
    """Days that each account was posted to stations inside an area within a month, with the last station."""
    found: dict[int, Worked] = {}
    postings = Posting.objects.visible_to(scope).filter(
        point__kind__in=STATIONS, from_on__lt=until_on
    ).exclude(until_on__lte=from_on).order_by("from_on", "pk")  # fmt: skip
    for posting in postings:
        days = days_in_month(posting.from_on, posting.until_on, from_on)
        before = found.get(posting.account_id)
        found[posting.account_id] = Worked(days + (before.days if before else 0), posting.point_id, posting.area)
    return found


def grades_before(*, scope: str, accounts: list[int], year: int) -> dict[int, str]:
    """The grade of the last year before `year` that was judged, by account."""
    judged = YearAssessment.objects.visible_to(scope).filter(account__in=accounts, year__lt=year).order_by("year")
    return {row.account_id: row.grade for row in judged}


def entitlements(*, scope: str, inside: str, month_on: date) -> list[SubsidyEntitlement]:
    """The subsidies of a month inside an area."""
    found = SubsidyEntitlement.objects.visible_to(scope).visible_to(inside).filter(month_on=month_on)
    return list(found.select_related("account", "point").order_by("area", "pk"))
