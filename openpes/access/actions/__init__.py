"""Accounts, roles that a second person confirms, delegations, and sign-in by a code to a telephone."""

from openpes.access.actions.accounts import (
    DelegationFacts,
    choose_password,
    close_account,
    confirm_role,
    delegate_rights,
    end_delegation,
    end_role,
    forget_sessions,
    grant_role,
    note_certificate,
    open_account,
    open_staff_account,
    renew_password,
    strike_certificate,
)
from openpes.access.actions.codes import DELIVERY, arm_code, ask_code, close_code, forget_codes, try_code

__all__ = [
    "DELIVERY",
    "DelegationFacts",
    "arm_code",
    "ask_code",
    "choose_password",
    "close_account",
    "close_code",
    "confirm_role",
    "delegate_rights",
    "end_delegation",
    "end_role",
    "forget_codes",
    "forget_sessions",
    "grant_role",
    "note_certificate",
    "open_account",
    "open_staff_account",
    "renew_password",
    "strike_certificate",
    "try_code",
]
