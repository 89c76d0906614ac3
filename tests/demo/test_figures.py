"""The demo city has targets in force on two levels, a published report, and figures for everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from openpes.demo.actions import build_city, open_demo_accounts, play_figures
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.actions import lay_out_service_points, load_areas
from openpes.statistics.models import ReportEdition, Target
from tests.demo.factories import SEED, owner_of


@pytest.mark.city
def test_targets_a_report_and_public_figures_are_there_once(city, at):
    open_demo_accounts(by=PLATFORM, at=at)
    build_city(people=2000, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    assert play_figures(by=PLATFORM, at=at) == 6
    assert play_figures(by=PLATFORM, at=at) == 0
    with within(CITY):
        assert Target.objects.filter(area=CITY).count() == 6
        assert Target.objects.filter(area__regex=r"^\d{6}$").count() == 6 * 12
        edition = ReportEdition.objects.get()
        assert str(edition.period.from_on) == "2026-07-01"
    for name in ("statistics:public_board", "statistics:published"):
        page = Client().get(reverse(name)).content.decode()
        assert "尚未" not in page


def test_a_city_without_figures_has_targets_but_no_report(db, at):
    load_areas(by=PLATFORM, at=at)
    lay_out_service_points(by=PLATFORM, at=at)
    open_demo_accounts(by=PLATFORM, at=at)
    assert play_figures(by=PLATFORM, at=at) == 6
    with within(CITY):
        assert not ReportEdition.objects.exists()
