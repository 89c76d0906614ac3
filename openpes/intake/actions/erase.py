"""Deleting records that a batch made, as long as nothing else stands on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from openpes.kernel import Actor, Refused, action


@action
def erase_records(
    *, records: Iterable[models.Model | models.QuerySet], otherwise: Any, by: Actor, at: datetime
) -> None:
    """Delete records, or whole sets of them by a statement each, in the given order, or none of them.

    The database itself is asked whether anything depends on them, also in areas that the actor cannot see.

    :raises Refused: with the words `otherwise`, when another record depends on one of them
    """
    try:
        with transaction.atomic():
            for record in records:
                if isinstance(record, models.QuerySet):
                    record._raw_delete(record.db)  # what follows it in the same set is named by the caller
                else:
                    record.delete()
            connection.check_constraints()
    except (ProtectedError, IntegrityError):
        raise Refused(otherwise) from None
