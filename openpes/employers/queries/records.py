"""What the office keeps of an employer: former names, papers, people to call, the size class, the blacklist."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openpes.employers import rules
from openpes.employers.choices import Purpose, SizeClass
from openpes.employers.models import BlacklistEntry, BlacklistQuerySet, Contact, Employer, FormerName, LicenceDocument
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Reason, within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY


def former_names(*, employer: int) -> list[FormerName]:
    """The names that an employer had, the last first, as far as the reader sees them."""
    return list(FormerName.objects.filter(employer_id=employer).order_by("-until_on", "-pk"))


def documents_of(*, employer: int) -> list[LicenceDocument]:
    """The papers of an employer that were seen and not struck out."""
    return list(LicenceDocument.objects.kept().filter(employer_id=employer).order_by("kind", "-pk"))


def ending_documents(*, scope: str, on: date) -> list[LicenceDocument]:
    """The papers of an area's employers that have run out or soon will, the earliest first."""
    soon = on + timedelta(days=int(parameters().value("document_warning_days", on)))
    found = LicenceDocument.objects.visible_to(scope).ending_by(soon).select_related("employer")
    return list(found.order_by("valid_until_on", "pk")[:200])


def runs_out(document: LicenceDocument, on: date) -> str:
    """`over` for a paper that has run out, `soon` for one that will within the warning time, else nothing."""
    if document.valid_until_on is None:
        return ""
    if document.valid_until_on < on:
        return "over"
    soon = on + timedelta(days=int(parameters().value("document_warning_days", on)))
    return "soon" if document.valid_until_on <= soon else ""


def contacts_of(*, employer: int) -> list[Contact]:
    """The people of an employer whose consent stands, as far as the reader sees them."""
    return list(Contact.objects.open().filter(employer_id=employer).order_by("pk"))


def agreeing_contact(*, employer: int, purpose: Purpose, on: date) -> Contact | None:
    """Whom of an employer one may call or write to for a purpose on a day; nobody without consent."""
    return Contact.objects.agreeing(purpose, on).filter(employer_id=employer).order_by("pk").first()


def size_of(employer: Employer, on: date) -> SizeClass | None:
    """The size class of an employer by its staff, as the thresholds of a day say; nothing for other kinds of unit."""
    if employer.unit_type not in ("", "10"):
        return None
    names = {one: f"enterprise_{one.value}_staff" for one in SizeClass if one != SizeClass.MICRO}
    least = {one.value: parameters().value(name, on) for one, name in names.items()}
    return rules.size_class(industry=employer.industry, staff=employer.staff_count, least=least)


def blacklist_of(*, employer: int, actor: Actor) -> list[BlacklistEntry]:
    """Every entry about an employer that the actor may see, the newest first."""
    return list(BlacklistEntry.objects.seen_by(actor).filter(employer_id=employer).order_by("-pk"))


def blacklist_work(*, scope: str) -> BlacklistQuerySet:
    """Proposals and appeals of an area that wait for a second officer, the oldest first."""
    return BlacklistEntry.objects.visible_to(scope).waiting().select_related("employer").order_by("pk")


def blacklisted(*, employers: Collection[int], on: date) -> set[int]:
    """Which of these employers, wherever in the city, are on the blacklist on a day."""
    with within(CITY):
        found = BlacklistEntry.objects.in_force_on(on).filter(employer_id__in=list(employers)).order_by("pk")
        return set(found.values_list("employer_id", flat=True))


def why_not_serve(*, employer: int, on: date) -> list[Reason]:
    """Why nothing of an employer is published, and nobody is referred to it, on a day; empty when it may be."""
    with within(CITY):
        entry = BlacklistEntry.objects.in_force_on(on).filter(employer_id=employer).order_by("-ends_on", "pk").first()
    if entry is None:
        return []
    told = {"ground": entry.get_ground_display(), "day": spoken_day(entry.ends_on)}
    return [
        Reason(
            _("This employer is on the blacklist until %(day)s: %(ground)s.") % told,
            clause=entry.clause,
            next_step=_("It ends by itself; until then only a successful appeal helps."),
        )
    ]
