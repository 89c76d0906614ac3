"""A small labour market and a visitor."""

import pytest
from django.test import Client


@pytest.fixture
def vacancies(db, at) -> list[int]:
    from tests.portal.factories import market

    return market(at)


@pytest.fixture
def visitor(db) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client
