"""Whether a case already has its plan in the case that it takes the place of."""

from fmstod.domain.document import DocumentKind
from fmstod.domain.lifecycle import SUPERSEDING, Origin
from fmstod.storage.store import Store


def has_plan_before(store: Store, origin: Origin | None) -> bool:
    """In any case of the row of those that were replaced or complemented."""
    while origin is not None and origin.kind in SUPERSEDING:
        before = store.open_case(origin.case)
        if any(row.kind is DocumentKind.PLAN for row in before.documents):
            return True
        origin = before.origin
    return False
