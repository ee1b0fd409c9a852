"""The open case on paper: as it would be printed, signed, and let out of the program."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.problem import Level
from fmstod.errors import FmstodError
from fmstod.followup.order import order_text
from fmstod.storage.store import Activity, DocumentRow, Recipient
from fmstod.texts import text
from fmstod.ui import background
from fmstod.ui.autosave import Autosave
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.handing_out import hand_out, offers
from fmstod.ui.life.releasing import print_pdf, save_pdf
from fmstod.ui.life.way_out import SAVE
from fmstod.ui.messages import failure_of
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.plan_version import is_changing
from fmstod.ui.models.signing import document_of, hindrances, procedures_for
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.session import Session

DRAFT_ID = "00000000-0000-4000-8000-000000000000"  # a draft has no id of its own yet


class CasePapers(QObject):
    """Does what the review page asks for.

    `busy` while a signature is under way: nothing may be changed or left. `failed` tells a failure of the world,
    `announced` a sentence and its level.
    """

    busy = Signal(bool)
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(
        self, look: Look, session: Session, model: ConsultationModel, autosave: Autosave, rows: Sequence[DocumentRow]
    ) -> None:
        super().__init__()
        self._session, self._model, self._autosave, self._documents = session, model, autosave, tuple(rows)
        self.review = ReviewPage(
            look, model, self.preview, lambda: offers(session, self._documents, model.consultation)
        )
        self.review.show_documents(self._documents)
        self.review.sign_wanted.connect(self._prove)
        self.review.release_wanted.connect(self._release)
        self.review.handout_wanted.connect(lambda w: self._let_out(partial(hand_out, session, model.case, w)))

    def preview(self, kind: DocumentKind) -> bytes:
        """The newest that was signed, if there is one and it isn't being changed, else the draft as it stands."""
        changing = kind is DocumentKind.PLAN and is_changing(self._model)
        if not changing and (row := next((d for d in reversed(self._documents) if d.kind is kind), None)):
            return self._session.store.preview(row.id)
        return self._paper(document_of(self._model, kind, DRAFT_ID, self._session.now()), draft=True)

    def copy_order(self) -> None:
        """What the plan's examinations are ordered from, on the clipboard, logged."""
        session, model = self._session, self._model
        ref = model.reference
        words = order_text(model.consultation, model.now.answers, ref.issuer, ref.catalogue, ref.today(), say=text)
        if not words:
            self.announced.emit(text("order.none"), Level.WARNING)
            return
        try:
            if not self._autosave.flush():
                return
            session.store.log(Activity.COPY, model.case, Recipient.JOURNAL)
        except FmstodError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(words)
        self.announced.emit(text("order.copied"), Level.TIP)

    def _prove(self, passphrase: str, with_plan: bool) -> None:
        """Meanwhile nothing can be changed or left: what is signed is what was read when it was asked for."""
        self.busy.emit(True)
        background.run(partial(self._session.verify, passphrase), lambda _: self._proved(with_plan), self._disproved)

    def _proved(self, with_plan: bool) -> None:
        self.busy.emit(False)
        self._sign(with_plan)

    def _disproved(self, error: FmstodError) -> None:
        self.busy.emit(False)
        self.review.refuse(failure_of(error))

    def _sign(self, with_plan: bool) -> None:
        """Freeze what isn't signed yet: certificate and plan in one transaction, with DV077 for the plan."""
        signed = {d.kind for d in self._documents}
        wanted = [DocumentKind.CERTIFICATE, *([DocumentKind.PLAN] if with_plan else [])]
        signed -= {DocumentKind.PLAN} if is_changing(self._model) else set()
        kinds = [kind for kind in wanted if kind not in signed]
        if not kinds or any(hindrances(self._model, kind) for kind in kinds) or not self._autosave.flush():
            return
        session, model, at = self._session, self._model, self._session.now()
        made = tuple(document_of(model, kind, session.new_id(), at) for kind in kinds)
        try:
            with_pdf = [(document, session.seal(document, self._paper(document))) for document in made]
            model.version = session.store.sign(model.case, model.version, with_pdf, procedures_for(made))
            stored = session.store.open_case(model.case)
        except FmstodError as error:
            self.review.refuse(failure_of(error))
            return
        self._documents = stored.documents
        signed |= set(kinds)
        plan = next((d for d in made if d.kind is DocumentKind.PLAN), None)
        model.seal(signed=DocumentKind.CERTIFICATE in signed, plan_signed=DocumentKind.PLAN in signed, plan=plan)
        self.review.show_documents(stored.documents)

    def _paper(self, document: Document, *, draft: bool = False) -> bytes:
        return self._session.render(self._session.knowledge.forms[document.form], document, draft)

    def _release(self, document: str, recipient: Recipient, how: str) -> None:
        kind = next(d.kind for d in self._documents if d.id == document)
        if how == SAVE:
            self._let_out(partial(save_pdf, self._session, document, kind, recipient))
        else:
            self._let_out(partial(print_pdf, self._session, document, recipient))

    def _let_out(self, way: Callable[[], str]) -> None:
        try:
            said = way()
        except FmstodError as error:
            self.failed.emit(error)
            return
        if said:
            self.announced.emit(said, Level.TIP)
