"""What most tests of the register begin with; their sentences are the English ones."""

from datetime import date

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(cast):
    """The county's clerk, who begins."""
    return cast.county_clerk


@pytest.fixture
def judge(cast):
    """Another officer, for what the law wants two for."""
    return cast.city_clerk


@pytest.fixture
def person(clerk, at):
    """Somebody who has lived in the county for long."""
    from tests.people.factories import a_person  # the framework is not ready when this file is read

    return a_person(by=clerk.actor, at=at, resides_from_on=date(2015, 1, 1)).pk


@pytest.fixture
def period(clerk, person, at):
    """Their unemployment registration."""
    from tests.registration.factories import unemployed

    return unemployed(person, by=clerk.actor, at=at)
