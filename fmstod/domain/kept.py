"""What the physician keeps although a rule of quality would have it otherwise."""

from pydantic import Field

from fmstod.domain.record import Record

LONGEST_REASON = 200  # characters


class Kept(Record):
    """`said` is the key of what the rule said and `field` the problem's place; `words` those that it was about, if any.

    `reason` is the physician's own. Of other words in the same place it is said again.
    """

    said: str
    field: str
    words: tuple[str, ...] = ()
    reason: str = Field(default="", max_length=LONGEST_REASON)
