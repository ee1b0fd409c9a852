"""The maker of the papers that aren't stored. The owner of the window makes it; tests give their own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from fmstod.domain.document import Document
from fmstod.domain.followup import FollowUp
from fmstod.domain.procedure import Procedure
from fmstod.followup.note import Note


@dataclass(frozen=True)
class Papers:
    """Makes the papers from signed documents. `page` takes the earlier days of the case, None when nobody knows, and
    the id of the certificate that took this one's place, if any. `followup` takes the note of a finished follow-up, and a
    document that tells whom it is about, who made it and when.
    """

    offered: Callable[[Document, Document | None], Mapping[str, str]]
    page: Callable[[Document, Document | None, int | None, str], bytes]
    extract: Callable[[Document, Document | None, Collection[str]], bytes]
    questions: Callable[[Document, Document | None], bytes]
    followup: Callable[[Note, FollowUp, Document, Sequence[Procedure]], bytes]
