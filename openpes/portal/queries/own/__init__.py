"""The own pages: what a seeker and an employer may know of themselves, and what comes next for them."""

from openpes.portal.queries.own.employer import Workplace, own_workplace
from openpes.portal.queries.own.seeker import OwnFile, own_file

__all__ = ["OwnFile", "Workplace", "own_file", "own_workplace"]
