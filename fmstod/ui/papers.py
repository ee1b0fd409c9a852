"""The maker of the papers that aren't stored. The owner of the window makes it; tests give their own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from fmstod.domain.document import Document


@dataclass(frozen=True)
class Papers:
    """Makes the papers from signed documents. `page` takes the earlier days of the case, None when nobody knows, and
    the id of the certificate that took this one's place, if any.
    """

    offered: Callable[[Document, Document | None], Mapping[str, str]]
    page: Callable[[Document, Document | None, int | None, str], bytes]
    extract: Callable[[Document, Document | None, Collection[str]], bytes]
    questions: Callable[[Document, Document | None], bytes]
