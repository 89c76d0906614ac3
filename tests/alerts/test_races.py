"""Two workers tell the same search at the same moment."""

from datetime import timedelta

import pytest

from openpes.alerts.actions import confirm_search, tell_new
from openpes.alerts.models import ToldVacancy
from openpes.kernel.action import PLATFORM
from tests.alerts.factories import alerts, code_of, confirmed, saved
from tests.races import at_once, or_refused

pytestmark = pytest.mark.city


def test_the_same_alert_twice_at_once_is_written_once(city, at):
    search = confirmed(at)
    tomorrow = at + timedelta(days=1)
    found = [(1, "包装工"), (2, "打包员")]

    def tell(_worker: int) -> int:
        return tell_new(search=search.pk, found=found, link="https://example.org/", by=PLATFORM, at=tomorrow)

    assert sorted(at_once(tell, range(6))) == [0, 0, 0, 0, 0, 2]
    assert len(alerts()) == 1
    with PLATFORM.standing():
        assert ToldVacancy.objects.filter(search=search).count() == 2


def test_a_code_told_twice_at_once_confirms_once(city, at):
    search = saved(at)
    code = code_of(search)

    def confirm(_time: int):
        return confirm_search(key=search.key, code=code, known=[1, 2], by=PLATFORM, at=at)

    assert set(at_once(or_refused(confirm), range(4))) == {True}
    with PLATFORM.standing():
        assert ToldVacancy.objects.filter(search=search).count() == 2
