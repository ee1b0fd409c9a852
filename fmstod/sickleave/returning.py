"""Two rules that look like the counting of days and aren't: sickleave.md 4.2."""

from datetime import date

# Falling ill again within so many days goes on with the period before: no new deduction, the same first fourteen days
# (27 kap. 32 § SFB, 7 § sjuklönelagen). Not the setting of Rehabstöd, which is 5 too.
RELAPSE = 5
# 27 kap. 33 §: the same for those who have a business and have chosen a longer waiting time than one day.
LONG_WAIT_RELAPSE = 20
LONG_WAITS = range(14, 91)  # the waiting times with which that rule goes


def goes_on(ended: date, begins: date) -> bool:
    """Whether sick leave that begins after one ended goes on with it (återinsjuknande)."""
    return _within(ended, begins, RELAPSE)


def goes_on_with_long_wait(ended: date, begins: date, waiting_days: int | None) -> bool:
    """The same for someone who has a business. `waiting_days` is the chosen waiting time, None for the ordinary one.

    Only waiting times of 14 to 90 days have the longer rule; with any other the ordinary one holds.
    """
    return _within(ended, begins, LONG_WAIT_RELAPSE if waiting_days in LONG_WAITS else RELAPSE)


def _within(ended: date, begins: date, days: int) -> bool:
    """Whether it begins on one of so many days after the last one, so that fewer lie strictly between."""
    return (begins - ended).days <= days
