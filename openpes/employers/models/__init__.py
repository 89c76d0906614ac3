"""Employers, each once by its unified social credit code, and what the office keeps of them."""

from openpes.employers.models.blacklist import BlacklistEntry, BlacklistQuerySet
from openpes.employers.models.employer import Employer, EmployerQuerySet
from openpes.employers.models.records import Contact, FormerName, LicenceDocument
from openpes.employers.models.sites import Site, SiteQuerySet

__all__ = [
    "BlacklistEntry",
    "BlacklistQuerySet",
    "Contact",
    "Employer",
    "EmployerQuerySet",
    "FormerName",
    "LicenceDocument",
    "Site",
    "SiteQuerySet",
]
