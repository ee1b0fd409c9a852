"""The only place that asks for the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The instant, in UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """The day in Sweden; ask anew at each check, midnight passes while the app is open."""
    return datetime.now(SWEDEN).date()
