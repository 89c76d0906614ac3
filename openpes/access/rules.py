"""Who may get which role for which area, who may open, keep and close an account, and sign in by a code."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.areas import areas
from openpes.engine.identifiers import IdentifierError, parse_mobile
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason, Refused

USERNAME_SHAPE = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def why_not_open(*, username: str, taken: bool) -> Iterator[Reason]:
    """Why an account cannot be opened under a user name."""
    if not USERNAME_SHAPE.fullmatch(username):
        yield Reason(
            _("The user name “%(name)s” cannot be used.") % {"name": username},
            field="username",
            next_step=_("Begin with a small letter; then 2 to 39 small letters, digits, dots, dashes or underlines."),
        )
    elif taken:
        yield Reason(
            _("The user name “%(name)s” is taken.") % {"name": username},
            field="username",
            next_step=_("Add the office or a number, such as “%(name)s2”.") % {"name": username},
        )


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
            next_step=_("Type a part of its name and choose from the list."),
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


def why_not_on_level(*, level: str, scope: str) -> Iterator[Reason]:
    """Why a role of one level, such as that of a county clerk, is not granted for an area of another."""
    if level and scope in areas() and areas()[scope].level != level:
        wanted = {
            "city": _("Choose the whole city."),
            "county": _("Choose a county or district."),
            "town": _("Choose a town or street."),
            "village": _("Choose a community or village."),
        }[level]
        yield Reason(_("This role is for an area of another level."), field="scope", next_step=wanted)


def why_no_second(*, held: bool, asked: bool = False) -> Iterator[Reason]:
    """Why a role that is held or asked for already is not granted again."""
    if held:
        yield Reason(_("The account already holds this role for this area."), field="role")
    elif asked:
        yield Reason(
            _("This role was asked for already and waits for a second administrator."),
            field="role",
            next_step=_("Another administrator confirms or declines it on the page of accounts."),
        )


def why_not_confirm(*, decided: bool, own_request: bool, to_oneself: bool, changed: bool) -> Iterator[Reason]:
    """Why somebody cannot confirm a role that was asked for: two people decide, and neither of them gets it."""
    if decided:
        yield Reason(_("This role was decided already."), next_step=_("Load the page again to see by whom."))
    if own_request:
        yield Reason(
            _("Whoever asks for a role does not confirm it as well."),
            next_step=_("A second administrator of this area or of a wider one confirms it."),
        )
    if to_oneself:
        yield Reason(_("Nobody confirms a role for themselves."), next_step=_("Ask another administrator."))
    if changed:
        yield Reason(
            _("The request is not the one that was shown to you."), next_step=_("Load the page again and read it anew.")
        )


def why_not_on_behalf(*, on_behalf: bool) -> Iterator[Reason]:
    """Why a role is not asked for or confirmed on behalf of somebody: two administrators must be two people."""
    if on_behalf:
        yield Reason(
            _("Roles are not granted on behalf of somebody else."),
            next_step=_("Act for yourself first, or ask another administrator."),
        )


def why_not_end(*, over: bool, own: bool) -> Iterator[Reason]:
    """Why a role cannot be ended."""
    if over:
        yield Reason(_("This role has ended already."))
    if own:
        yield Reason(_("Nobody ends their own role."), next_step=_("Ask another administrator."))


def why_not_keep(*, open_scopes: Iterable[str], own_scope: str, oneself: bool, closed: bool) -> Iterator[Reason]:
    """Why an administrator may not change an account: it is their own, closed, or reaches beyond their area."""
    if closed:
        yield Reason(_("The account is closed."), next_step=_("Open a new account for this person."))
    if oneself:
        yield Reason(
            _("This is your own account."),
            next_step=_("Change your password on the page “My account”; another administrator does the rest."),
        )
    if any(not scope.startswith(own_scope) for scope in open_scopes):
        yield Reason(
            _("The account also holds a role outside your area."),
            next_step=_("An administrator of the wider area has to do this."),
        )


def why_not_renew(*, administrator_of: Iterable[str], own_scope: str) -> Iterator[Reason]:
    """Why a password is not renewed: whoever could sign in as the second administrator would be both."""
    if any(len(scope) <= len(own_scope) for scope in administrator_of):
        yield Reason(
            _("The password of an administrator of your own level is not yours to renew."),
            next_step=_("An administrator of a wider area renews it; for the city it is done at the server."),
        )


@dataclass(frozen=True, kw_only=True)
class Handing:
    """Rights that somebody wants to hand to another: the day, the last day, and what each of the two is."""

    on: date
    until_on: date
    longest_days: int
    own_rights: frozenset[str]
    rights: Collection[str]
    own_scope: str
    scope: str
    to_oneself: bool
    taker_is_staff: bool
    on_behalf: bool


def why_not_delegate(wanted: Handing) -> Iterator[Reason]:
    """Why rights are not handed on: at most one's own, inside one's own area, and only for a short time."""
    if wanted.on_behalf:
        yield Reason(
            _("Rights that were handed to you are not handed on."),
            next_step=_("Act for yourself first, and hand on what is your own."),
        )
    if wanted.to_oneself or not wanted.taker_is_staff:
        yield Reason(_("Rights are handed to another member of staff who has an account."), field="taker")
    if not wanted.rights or not set(wanted.rights) <= wanted.own_rights:
        yield Reason(_("Only rights of one's own can be handed on, and at least one of them."), field="rights")
    if not wanted.own_scope or not wanted.scope.startswith(wanted.own_scope) or wanted.scope not in areas():
        yield Reason(
            _("The area is outside your own."), field="scope", next_step=_("Ask the office of that area.")
        )
    yield from _wrong_days(wanted)


def _wrong_days(wanted: Handing) -> Iterator[Reason]:
    if wanted.until_on <= wanted.on:
        yield Reason(_("The last day lies before tomorrow."), field="until_on")
    elif (wanted.until_on - wanted.on).days > wanted.longest_days:
        yield Reason(
            _("Rights are handed on for at most %(days)s days.") % {"days": wanted.longest_days},
            field="until_on",
            next_step=_("Choose an earlier day; it can be done anew when it is over."),
        )


def why_not_end_delegation(*, over: bool) -> Iterator[Reason]:
    """Why a delegation is not ended before its day."""
    if over:
        yield Reason(_("This delegation is over already."))


@dataclass(frozen=True)
class CodeTerms:
    """How long a code is valid, how often it may be tried, and how many are made for a number."""

    minutes: int
    tries: int
    lately: int
    today: int


def code_terms(on: date) -> CodeTerms:
    """The terms of sign-in codes that hold on a day."""
    known = parameters()
    names = ("sign_in_code_minutes", "sign_in_code_tries", "sign_in_codes_at_once", "sign_in_codes_a_day")
    return CodeTerms(*(known.value(name, on) for name in names))


def why_not_ask(*, lately: int, today: int, known: CodeTerms) -> list[Reason]:
    """Why no further code is made for a number, whoever has it."""
    if lately < known.lately and today < known.today:
        return []
    wait = _("Try again in %(n)s minutes.") % {"n": known.minutes} if today < known.today else _("Try again tomorrow.")
    return [Reason(_("Too many codes were asked for this number."), field="phone", next_step=wait)]


def mobile_of(text: str) -> str:
    """The mobile number that was typed.

    :raises Refused: it is none
    """
    try:
        return parse_mobile(text)
    except IdentifierError as wrong:
        raise Refused(Reason(wrong.message.translated(_), field="phone")) from None


def digits_of(text: str) -> str:
    """The digits of what was typed, full-width ones as ordinary ones; at most as many as a number has."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isascii() and sign.isdigit())[:11]
