"""Registering employers, keeping their facts true, and what the office does with them."""

from openpes.employers.actions.registering import change_employer, facts_of, register_employer
from openpes.employers.actions.sites import SiteFacts, add_site, change_site, give_up_site
from openpes.employers.rules import EmployerFacts

__all__ = [
    "EmployerFacts",
    "SiteFacts",
    "add_site",
    "change_employer",
    "change_site",
    "facts_of",
    "give_up_site",
    "register_employer",
]
