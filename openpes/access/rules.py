"""Who may get which role, for which area."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openpes.engine.areas import areas
from openpes.kernel.refusal import Reason


def why_not_grant(
    *, known_role: bool, staff_role: bool, scope: str, own_scope: str, to_oneself: bool, self_service: bool
) -> Iterator[Reason]:
    """Why a role cannot be granted; nothing when it can."""
    if not known_role or not staff_role:
        yield Reason(_("Choose one of the roles of staff."), field="role")
    if scope not in areas():
        yield Reason(
            _("The city has no area %(area)s.") % {"area": scope},
            field="scope",
            next_step=_("Take the code from the list of areas: 4, 6, 9 or 12 digits."),
        )
    elif not own_scope or not scope.startswith(own_scope):
        yield Reason(_("The area is outside your own."), field="scope", next_step=_("Ask the office of that area."))
    if to_oneself:
        yield Reason(
            _("Nobody grants a role to themselves."), field="account", next_step=_("Ask another administrator.")
        )
    if self_service:
        yield Reason(
            _("This is the account of a person or an employer; staff have an account of their own."), field="account"
        )


def why_no_second(*, held: bool) -> Iterator[Reason]:
    """Why a role that is held already is not granted again."""
    if held:
        yield Reason(_("The account already holds this role for this area."), field="role")


def why_not_end(*, over: bool, own: bool) -> Iterator[Reason]:
    """Why a role cannot be ended."""
    if over:
        yield Reason(_("This role has ended already."))
    if own:
        yield Reason(_("Nobody ends their own role."), next_step=_("Ask another administrator."))
