"""Acts of two persons: both accounts of the first act are kept, so that neither of them does the second."""

from collections.abc import Iterable, Set
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel.action import Actor


class HandsField(ArrayField):
    """The accounts that did an act (`Actor.hands`): whoever acted, and on whose behalf; a set in Python."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(models.BigIntegerField(), **kwargs)

    def deconstruct(self) -> Any:
        """Without the base field and size, which are always the same."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("base_field", "size"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Hands in one order, so that equal hands are equal rows."""
        if isinstance(value, Set):
            value = sorted(value)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> frozenset[int] | None:
        """The hands of a row; None where the act was not done."""
        return None if value is None else frozenset(value)


def has_hand_in(by: Actor, *acts: Iterable[int] | None) -> bool:
    """Whether an account that acts now had a hand in one of these acts; None stands for an act not done yet."""
    return any(not by.hands.isdisjoint(hands) for hands in acts if hands is not None)


def by_another(second: str, *firsts: str, name: str, where: Q | None = None) -> models.CheckConstraint:
    """The database's own rule that no hand in the act `second` had one in an act of `firsts`; both are `HandsField`s.

    `where` names the rows for which it holds.
    """
    apart = Q(**{f"{second}__isnull": True})
    strangers = Q()
    for first in firsts:
        strangers &= ~Q(**{f"{second}__overlap": F(first)})
    return models.CheckConstraint(condition=(apart if where is None else apart | ~where) | strangers, name=name)
