"""Registering employers, keeping their facts true, and what the office does with them."""

from openpes.employers.actions.blacklist import (
    Blame,
    answer_blacklist_appeal,
    appeal_blacklisting,
    decide_blacklisting,
    propose_blacklisting,
    tell_blacklist_changes,
)
from openpes.employers.actions.members import change_member, end_member, invite_member
from openpes.employers.actions.records import (
    ContactFacts,
    DocumentFacts,
    note_contact,
    note_document,
    strike_document,
    withdraw_consent,
)
from openpes.employers.actions.registering import change_employer, facts_of, register_employer
from openpes.employers.actions.sites import SiteFacts, add_site, change_site, give_up_site
from openpes.employers.rules import EmployerFacts

__all__ = [
    "Blame",
    "ContactFacts",
    "DocumentFacts",
    "EmployerFacts",
    "SiteFacts",
    "add_site",
    "answer_blacklist_appeal",
    "appeal_blacklisting",
    "change_employer",
    "change_member",
    "change_site",
    "decide_blacklisting",
    "end_member",
    "facts_of",
    "give_up_site",
    "invite_member",
    "note_contact",
    "note_document",
    "propose_blacklisting",
    "register_employer",
    "strike_document",
    "tell_blacklist_changes",
    "withdraw_consent",
]
