"""A clinician's own reading of an FMB entry, kept by the clinic and never shipped."""

from datetime import date

from fmstod.domain.record import Record


class Review(Record):
    """`content` is `Entry.content` of what was read: the review holds for that and for nothing else.

    `entry` is the number that the entry had then; the source may give the same content another number later.
    """

    entry: int
    content: str
    on: date
    by: str
