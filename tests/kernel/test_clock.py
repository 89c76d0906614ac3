"""One clock, in the business zone, that trials can stop."""

from datetime import UTC, date, datetime

import pytest

from openpes.kernel import clock


def test_a_day_is_a_day_in_nanning():
    assert clock.day_of(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert clock.day_of(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_the_clock_stops_and_goes_on(at):
    noon = datetime(2026, 3, 1, 12, tzinfo=clock.BUSINESS_ZONE)
    with clock.stopped(noon):
        assert clock.now() == noon
    assert clock.now() == at


def test_the_clock_goes_on_after_an_error(at):
    with pytest.raises(ZeroDivisionError), clock.stopped(datetime(2026, 3, 1, tzinfo=UTC)):
        raise ZeroDivisionError
    assert clock.now() == at


def test_the_environment_stops_the_clock_of_a_whole_process(monkeypatch):
    monkeypatch.setenv("OPENPES_CLOCK", "2026-11-22T16:00:00+00:00")
    token = clock._stopped_at.set(None)
    try:
        assert clock.now() == datetime(2026, 11, 23, tzinfo=clock.BUSINESS_ZONE)
        assert clock.now().tzinfo is clock.BUSINESS_ZONE
    finally:
        clock._stopped_at.reset(token)


def test_the_real_clock_knows_its_zone():
    token = clock._stopped_at.set(None)
    try:
        before = datetime.now(UTC)
        assert before <= clock.now() <= datetime.now(UTC)
        assert clock.now().tzinfo is clock.BUSINESS_ZONE
    finally:
        clock._stopped_at.reset(token)
