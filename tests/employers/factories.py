"""Employers made as the counter makes them."""

from itertools import count

from openpes.employers.actions import EmployerFacts, register_employer
from openpes.employers.models import Employer
from openpes.engine.identifiers import compose_credit_code
from openpes.kernel import Actor
from tests.cast import COUNTY

_serial = count(1)


def credit_code(number: int) -> str:
    """A credit code with right check digits that no firm has: its county does not exist."""
    return compose_credit_code("91", "450199", f"MA{number:06d}")


def facts_of_employer(**changes) -> EmployerFacts:
    number = next(_serial)
    stated = {
        "credit_code": credit_code(number),
        "name": f"南宁邕江食品有限公司{number}",
        "area": COUNTY,
        "address": "青秀区民族大道1号",
        "unit_type": "10",
        "economic_type": "170",
        "industry": "C",
        "contact_name": "陆小姐",
        "contact_phone": "0771-5550100",
    }
    return EmployerFacts(**stated | changes)


def make_employer(by: Actor, at, **changes) -> Employer:
    return register_employer(facts=facts_of_employer(**changes), by=by, at=at)
