"""Who of an employer keeps its accounts."""

from django.utils.translation import gettext as _

from openpes.employers.choices import MemberRight
from openpes.kernel.refusal import Reason


def why_not_invite(*, name: str, right: str, first: bool) -> list[Reason]:
    """Why somebody does not get an account of an employer; the first one keeps the accounts."""
    found = []
    if not name:
        found.append(Reason(_("Say who gets the account."), field="name"))
    if right not in MemberRight.values:
        found.append(Reason(_("Choose what this person may do."), field="right"))
    elif first and right != MemberRight.ADMIN:
        text = _("The first account of an employer keeps its accounts, so it is an administrator's.")
        found.append(Reason(text, field="right", next_step=_("Choose “Administrator”.")))
    return found


def why_not_end(*, last_admin: bool) -> list[Reason]:
    """Why an account of an employer is not ended or made less."""
    if not last_admin:
        return []
    return [
        Reason(
            _("This is the only administrator of the employer; without one nobody could keep its accounts."),
            next_step=_("Make somebody else an administrator first."),
        )
    ]
