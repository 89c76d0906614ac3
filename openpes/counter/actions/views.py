"""Saved views of lists: kept, and taken away."""

from datetime import datetime

from django.db import IntegrityError, transaction

from openpes.counter.events import ViewDropped, ViewSaved
from openpes.counter.models import SavedView
from openpes.counter.rules import views as rules
from openpes.kernel import Actor, Refused, action, publish, refuse_if


@action
def save_view(*, page: str, query: str, name: str, is_shared: bool, by: Actor, at: datetime) -> SavedView:
    """Keep the filters of a list under a name, for oneself or for everybody of the same area.

    :raises Refused: no name, no filters, or one keeps a view under this name already
    """
    plain, name = rules.plain_query(query), name.strip()
    account = by.stands_for
    taken = SavedView.objects.visible_to(by.scope).filter(account=account, page=page, name=name).exists()
    refuse_if(rules.why_not_save(name=name, query=plain, taken=taken))
    row = {"area": by.scope, "account_id": account, "page": page, "name": name, "query": plain}
    try:
        with transaction.atomic():
            made = SavedView.objects.create(**row, is_shared=is_shared, saved_at=at)
    except IntegrityError as twice:
        raise Refused(*rules.why_not_save(name=name, query=plain, taken=True)) from twice
    publish(ViewSaved(area=by.scope, view=made.pk, page=page, is_shared=is_shared, by=by.id, at=at))
    return made


@action
def drop_view(*, view: int, by: Actor, at: datetime) -> None:
    """Take a view of one's own away.

    :raises SavedView.DoesNotExist: it is somebody else's, or gone
    """
    found = SavedView.objects.visible_to(by.scope).select_for_update().get(pk=view, account__in=by.hands)
    told = {"area": found.area, "view": found.pk, "page": found.page, "is_shared": found.is_shared}
    found.delete()
    publish(ViewDropped(**told, by=by.id, at=at))
