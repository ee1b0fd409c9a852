"""What the patient's signed certificates tell of days, read when it is known who the patient is."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from fmstod.clock import SWEDEN
from fmstod.domain.document import DocumentKind
from fmstod.domain.lifecycle import SUPERSEDING
from fmstod.errors import FmstodError
from fmstod.sickleave.cases import Certificate
from fmstod.storage.store import StoredCase
from fmstod.ui.models.consultation_model import ConsultationModel


class KnownLeave(QObject):
    """Reads them anew whenever the patient's number is another; each reading is logged. `failed` with what went wrong.

    `read` takes the number, and the case for which they are read.
    """

    failed = Signal(object)

    def __init__(self, model: ConsultationModel, read: Callable[[str, str], Sequence[Certificate]]) -> None:
        super().__init__(model)
        self._model, self._read, self._number = model, read, ""
        model.changed.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        number = self._model.consultation.patient.number
        if number == self._number or not self._model.reference.counts_days:
            return
        self._number = number
        try:
            found = self._read(number, self._model.case)
        except FmstodError as error:
            found = ()
            self.failed.emit(error)
        self._model.tell_certificates(found)


def taken_place_of(stored: StoredCase) -> tuple[str, ...]:
    """The documents that a case doesn't count beside itself: its own, and the one that it replaces or complements."""
    origin = stored.origin
    found = (stored.life.document, origin.document if origin and origin.kind in SUPERSEDING else "")
    return tuple(each for each in found if each)


def day_signed(stored: StoredCase) -> date | None:
    """The day in Sweden on which the case's certificate was signed."""
    signed = (row.signed_at for row in stored.documents if row.kind is DocumentKind.CERTIFICATE)
    return next((at.astimezone(SWEDEN).date() for at in signed), None)
