"""Saves the open consultation by itself: one second after the last change, and every five while typing."""

import contextlib
from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from fmstod.domain.consultation import Consultation
from fmstod.domain.transitions import Refusal
from fmstod.errors import FmstodError, NotAllowed, StaleRecord
from fmstod.ui.models.consultation_model import ConsultationModel

# What the store refuses for good, and what is said once the text is safe elsewhere.
PARTING = {StaleRecord().text_key: "desk.other_saved", Refusal.LOCKED.text_key: "desk.locked_meanwhile"}
QUIET_MS, LONGEST_MS, AGAIN_MS = 1000, 5000, 10_000


class Autosave(QObject):
    """`saved` after each write; `failed` with the error, then it tries again; the draft stays on screen meanwhile.

    When somebody else has saved the case first, or it was locked meanwhile, the draft goes on as a case of its own (of a
    locked one, as its copy), so both texts are kept: `parted` tells the key of the sentence that says so.
    """

    saved = Signal()
    failed = Signal(object)
    parted = Signal(str)

    def __init__(
        self,
        model: ConsultationModel,
        save: Callable[[str, Consultation, int], int],
        new_id: Callable[[], str] = lambda: str(uuid4()),
        copy: Callable[[str, Consultation, str], int] | None = None,
    ) -> None:
        """`copy` stores a record as the copy of a locked draft, under an id of its own. Raises NotAllowed."""
        super().__init__(model)
        self._model, self._save, self._new_id = model, save, new_id
        self._copy, self._of = copy, ""  # the locked draft that what is written next goes on from
        self._stored = model.consultation
        self._quiet, self._longest = QTimer(self), QTimer(self)
        for timer, length in ((self._quiet, QUIET_MS), (self._longest, LONGEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.flush)
        model.changed.connect(self._note)

    @property
    def pending(self) -> bool:
        """Whether something on screen isn't in the store yet."""
        return self._model.consultation is not self._stored

    def _note(self) -> None:
        if not self.pending:
            return
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> bool:
        """Save now if there is anything to save; True if all is stored."""
        self._quiet.stop()
        self._longest.stop()
        record = self._model.consultation
        if not self.pending:
            return True
        try:
            self._model.version = self._write(record)
        except FmstodError as error:
            if error.text_key in PARTING:
                self._of = self._model.case if error.text_key == Refusal.LOCKED.text_key else ""
                self._model.case, self._model.version = self._new_id(), 0
                if kept := self.flush():
                    self.parted.emit(PARTING[error.text_key])
                return kept
            self._longest.start(AGAIN_MS)
            self.failed.emit(error)
            return False
        self._stored = record
        self.saved.emit()
        return True

    def _write(self, record: Consultation) -> int:
        """The new version. Where a locked draft can't be copied, for it has a copy, nothing of the text is lost."""
        case, locked = self._model.case, self._of
        if locked and self._copy:
            with contextlib.suppress(NotAllowed):
                version = self._copy(case, record, locked)
                self._of = ""
                return version
        version = self._save(case, record, self._model.version)
        self._of = ""
        return version
