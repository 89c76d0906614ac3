"""Keeping the places where an employer's people work."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.employers import rules
from openpes.employers.events import SiteAdded, SiteChanged, SiteGivenUp
from openpes.employers.models import Employer, Site
from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.network.queries import area_exists


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """What is known of a site; latitude and longitude are degrees of WGS 84, both or neither."""

    name: str
    area: str
    address: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@action
def add_site(*, employer: int, facts: SiteFacts, by: Actor, at: datetime) -> Site:
    """Write down a place where the employer's people work, anywhere in the city, from today on.

    :raises Employer.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: the facts are not right, or the employer has a site of that name
    """
    row = Employer.objects.seen_by(by).select_for_update().get(pk=employer)
    facts = _checked(facts)
    with within(CITY):
        site = Site(employer_id=row.pk, from_on=day_of(at), **vars(facts))
        _save_once(site)
        publish(SiteAdded(employer=row.pk, site=site.pk, area=site.area, by=by.id, at=at))
    return site


@action
def change_site(*, site: int, facts: SiteFacts, by: Actor, at: datetime) -> Site:
    """Change the facts of a site of an employer that the actor may see.

    :raises Site.DoesNotExist: no such employer has it, or it is given up
    :raises Refused: the facts are not right, or the employer has another site of that name
    """
    facts = _checked(facts)
    _refuse_unseen(site, by)
    with within(CITY):
        row = _kept(site)
        changed = tuple(name for name, value in vars(facts).items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, getattr(facts, name))
        if changed:
            _save_once(row)
            publish(SiteChanged(employer=row.employer_id, site=row.pk, area=row.area, changed=changed, by=by.id, at=at))
    return row


@action
def give_up_site(*, site: int, by: Actor, at: datetime) -> Site:
    """End a site today: nobody of the employer works there any more.

    :raises Site.DoesNotExist: no employer that the actor may see has it, or it is given up already
    """
    _refuse_unseen(site, by)
    with within(CITY):
        row = _kept(site)
        row.until_on = day_of(at)
        row.save(update_fields=["until_on"])
        publish(SiteGivenUp(employer=row.employer_id, site=row.pk, area=row.area, by=by.id, at=at))
    return row


def _refuse_unseen(site: int, by: Actor) -> None:
    """A site may stand in another area of the city; its employer is one that the actor sees, by queryset and database.

    :raises Site.DoesNotExist: the actor sees no such employer
    """
    with within(CITY):
        employer = Site.objects.values_list("employer_id", flat=True).get(pk=site)
    if not Employer.objects.seen_by(by).filter(pk=employer).exists():
        raise Site.DoesNotExist


def _kept(site: int) -> Site:
    return Site.objects.select_for_update(of=("self",)).get(pk=site, until_on=None)


def _checked(facts: SiteFacts) -> SiteFacts:
    facts = replace(facts, name=facts.name.strip(), address=facts.address.strip())
    refuse_if(
        rules.why_not_a_site(
            name=facts.name, address=facts.address, area=facts.area, area_known=area_exists(facts.area),
            located=(facts.latitude, facts.longitude),
        )
    )  # fmt: skip
    return facts


def _save_once(site: Site) -> None:
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as error:
        if "site_named_once" not in str(error):
            raise
        raise Refused(
            _("The employer has a site “%(name)s” already.") % {"name": site.name},
            field="name",
            next_step=_("Change that one, or give this one another name."),
        ) from None
