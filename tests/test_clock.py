"""The day is Sweden's, the instant is UTC."""

from datetime import UTC, date, datetime

import pytest

from fmstod import clock


class Stopped(datetime):
    """A clock that stands still."""

    instant = datetime(2026, 11, 23, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.instant.astimezone(tz)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ((2026, 11, 23, 22, 59, 59), date(2026, 11, 23)),
        ((2026, 11, 23, 23, 0, 0), date(2026, 11, 24)),  # winter: one hour ahead of UTC
        ((2026, 6, 30, 21, 59, 59), date(2026, 6, 30)),
        ((2026, 6, 30, 22, 0, 0), date(2026, 7, 1)),  # summer: two
    ],
)
def test_the_day_changes_at_midnight_in_sweden_wherever_the_computer_is(monkeypatch, instant, day):
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr(Stopped, "instant", datetime(*instant, tzinfo=UTC))
    monkeypatch.setattr(clock, "datetime", Stopped)
    assert clock.today() == day
    assert clock.now().utcoffset().total_seconds() == 0
