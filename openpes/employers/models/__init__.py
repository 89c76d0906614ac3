"""Employers, each once by its unified social credit code, and where their people work."""

from openpes.employers.models.employer import Employer, EmployerQuerySet
from openpes.employers.models.sites import Site, SiteQuerySet

__all__ = ["Employer", "EmployerQuerySet", "Site", "SiteQuerySet"]
