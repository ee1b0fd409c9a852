"""Step 7: what stands on paper, all that is left to mend, and the signature."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.document import DocumentKind
from fmstod.domain.lifecycle import Life
from fmstod.storage.store import DocumentRow
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, empty
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.ending import EndCard
from fmstod.ui.life.handing import HandingNotice
from fmstod.ui.life.handing_out import Offer
from fmstod.ui.life.handouts import HandoutsCard
from fmstod.ui.life.roles import RoleNote
from fmstod.ui.life.signing import DocumentsCard, SignCard
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.progress import step_of
from fmstod.ui.models.signing import hindrances
from fmstod.ui.models.steps import steps_of
from fmstod.ui.models.to_sign import lacking, settled_kinds, signed_kinds
from fmstod.ui.pages.journal import JournalView
from fmstod.ui.pages.preview import PdfPreview
from fmstod.ui.pages.problem_list import ProblemList
from fmstod.ui.pages.review_room import ReviewRoom
from fmstod.ui.pages.reviewed import place_of, recipients_of, tells_of_leave
from fmstod.ui.pages.step import StepPage
from fmstod.ui.plan.page import REASON

STEP = 7
PAPER = 400  # px at 100 % text: the least height of the paper


class ReviewPage(StepPage):
    """The paper, and beside it what is left to do; without sick leave the journal text, and the way to end.

    `render` makes the PDF of a kind as it would be signed now, `offers` reads what may go along to an employer. The page
    signs nothing itself: it asks for it, once nothing hinders, and the owner answers with `show_documents` or `refuse`.
    """

    place_wanted = Signal(str)  # a problem's field
    sign_wanted = Signal(str, bool)  # passphrase, with the plan
    release_wanted = Signal(str, object, str)  # document id, Recipient, `save` or `print`
    handout_wanted = Signal(object)  # Wanted
    end_wanted = Signal()  # without a certificate
    journal_wanted = Signal()  # its text, on the clipboard

    def __init__(
        self,
        look: Look,
        model: ConsultationModel,
        render: Callable[[DocumentKind], bytes],
        offers: Callable[[], Mapping[str, Offer]] = dict,
    ) -> None:
        super().__init__(look, model, STEP, refs=())
        self._offers = offers
        self.documents: tuple[DocumentRow, ...] = ()
        self.preview = PdfPreview(look, render, model.reference.kinds)
        self.preview.setMinimumHeight(look.px(PAPER))
        self._steps = {step.step: (step.number, f"{step.number}. {step.name}") for step in steps_of(model.reference)}
        self.list = ProblemList(look, lambda problem: self._steps[step_of(model, problem)])
        self.list.place_wanted.connect(self._go)
        self.sign = SignCard(look)
        self.sign.wanted.connect(self._sign)
        self.sign.reason.typed.connect(self._give_reason)
        self.journal = JournalView(look, model)
        self.journal.wanted.connect(self.journal_wanted)
        self.end = EndCard(look)
        self.end.wanted.connect(self.end_wanted)
        self.roles = RoleNote(look)
        self._over, self._signed, self._life, self.origin = column(), column(), column(), column()
        self._followup = column()
        self._handing = HandingNotice(look)  # before signing; afterwards it stands with the ways out
        questions = _apart([self.field(q.ref) for q in model.reference.questions(STEP)])
        first = (self._over, self._signed, self._life, self._followup)
        above = column(*first, self.end, self.list, 8, self._handing, *questions, self.roles, self.origin)
        self._papers: DocumentsCard | None = None
        self._handouts: HandoutsCard | None = None
        self._now: Life | None = None
        self.planned_before = False  # whether the plan stands in the case that this one takes the place of
        self.room = ReviewRoom(look, (self.preview, self.journal), above, self.sign, self.area)
        self.add(self.room.layout)
        if not look.narrow:
            self.sheet.setStretchFactor(self.body, 100)  # the paper takes the height that is left
        self.roles.unfolded.connect(self.room.unfold)
        self.places["no_plan"] = self.sign.reason

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """The case's signed documents: what is left to sign follows from them."""
        self.documents = tuple(documents)
        empty(self._signed)
        self.refuse("")
        if DocumentKind.CERTIFICATE in signed_kinds(self.model, self.documents):
            for field in self.fields.values():
                field.hide()  # before the step is shown: the focus would go there, and be lost
        if documents:
            made = self._papers = DocumentsCard(self.look, documents, recipients_of(self.model.reference.form))
            made.released.connect(self.release_wanted)
            notice = HandingNotice(self.look)
            self._signed.addWidget(notice)
            self._signed.addWidget(made)
            notice.show_for(self.model)
            self._signed.addSpacing(16)
            made.show()
        if DocumentKind.CERTIFICATE in signed_kinds(self.model, self.documents) and tells_of_leave(
            self.model.reference.form
        ):
            handouts = self._handouts = HandoutsCard(self.look, self._offers)
            handouts.wanted.connect(self.handout_wanted)
            handouts.plan_wanted.connect(self.place_wanted)
            handouts.show_plan(self.model.plan)
            self._signed.addWidget(handouts)
            self._signed.addSpacing(16)
            handouts.show()
        self._tell_papers()
        if self.isVisible():
            self.refresh()
            self.preview.refresh()  # a draft stands no moment longer where the signed document is
            if documents:
                self.go_to(made.cards[0].save)

    def show_life(self, card: QWidget, over: QWidget | None = None, life: Life | None = None) -> None:
        """What has become of the certificate, and what can be done with it now; `over`, that it no longer holds."""
        self._now = life
        self._tell_papers()
        if self.isVisible():
            self.show_own()
        for place in (self._over, self._life, self.origin):
            empty(place)
        if over is not None:
            self._over.addWidget(over)
            self._over.addSpacing(16)
            over.show()
        self._life.addWidget(card)
        self._life.addSpacing(16)
        card.show()

    def show_followup(self, card: QWidget) -> None:
        """What has been followed up and recorded, below what can be done with the certificate."""
        empty(self._followup)
        self._followup.addWidget(card)
        self._followup.addSpacing(16)
        card.show()

    def go_on(self, widget: QWidget | None) -> None:
        """After something was done beside the preview: to what is next there, or to the top when nothing is left."""
        if widget is not None:
            QTimer.singleShot(0, widget, lambda: self.go_to(widget))  # when the new cards have their places
            return
        self.focus_first()
        self.room.to_top()

    def show_origin(self, card: QWidget) -> None:
        """What a draft came out of, below what is left to do in it."""
        empty(self.origin)
        self.origin.addSpacing(16)
        self.origin.addWidget(card)
        card.show()

    def refuse(self, words: str) -> None:
        """Why nothing was signed: a wrong passphrase, a full disk. Empty words take it back."""
        self.sign.refuse(words)
        if words and self.isVisible():
            self.go_to(self.sign.passphrase)

    def show_own(self) -> None:
        record, kinds = self.model.consultation, settled_kinds(self.model, self.documents, before=self.planned_before)
        plan, leave = self.model.reference.form.plan, record.instead is None
        unsigned = DocumentKind.CERTIFICATE not in kinds
        closed = "locked" if self.model.locked else "read" if self.model.read_only else ""
        closed = "ended" if self.model.ended else closed
        left = len(kinds) < len(self.model.reference.kinds) and not closed
        self.list.show_problems(lacking(self.model, kinds), to_sign=not self.model.read_only)
        self.list.setVisible(leave and not self.model.locked)
        self.sign.setVisible(left and leave)
        self.roles.setVisible(left and leave and unsigned)
        self.end.setVisible(not leave and not closed)
        self.show_words(place_of(self._now, closed=closed, signed=not unsigned, left=left, leave=leave))
        self.sign.show_patient(record.patient)
        self.sign.show_choice(certificate=unsigned, plan=plan, reason=record.no_plan)
        for ref, field in self.fields.items():
            field.setVisible(unsigned and ref in self.model.now.open_refs)
        self._handing.show_for(self.model)
        self._handing.setVisible(not self._handing.isHidden() and unsigned and leave)
        self.preview.setVisible(leave)
        self.journal.setVisible(not leave)
        self.journal.show_own()
        self.preview.refresh_soon()

    def focus_first(self) -> None:
        """In large text the paper stands below all that can be done with what is signed."""
        ends = self.model.signed or self.model.consultation.instead is not None
        first = self.room.first if self.look.narrow and ends else None
        if first is not None:
            self.begin_at(first)
        else:
            super().focus_first()

    def go_to(self, widget: QWidget) -> None:
        super().go_to(widget)
        self.room.reveal(widget)

    def place(self, field: str) -> None:
        """The unit is mended in the settings, so its place here is the list."""
        if field.startswith("unit."):
            self.list.focus_first()
        else:
            super().place(field)

    def show_words(self, place: str) -> None:
        """Title and help by what the case has become: of a draft those of the step, else those of `place`."""
        own = next(each for each in steps_of(self.model.reference) if each.step == self.step)
        self.title.setText(say(f"reviewed.{place}.title") if place else own.title)
        self.help.setText(say(f"reviewed.{place}.help") if place else own.help)

    def _tell_papers(self) -> None:
        """What may go out, by what has become of the certificate."""
        for papers in (self._papers, self._handouts):
            if papers is not None and self._now is not None:
                papers.show_life(self._now)

    @Slot(bool)
    def _sign(self, with_plan: bool) -> None:
        planned = self.model.reference.form.plan
        with_plan = with_plan and planned
        kinds = (
            [DocumentKind.CERTIFICATE]
            if DocumentKind.CERTIFICATE not in signed_kinds(self.model, self.documents)
            else []
        )
        stops = [
            p for kind in (*kinds, *([DocumentKind.PLAN] if with_plan else [])) for p in hindrances(self.model, kind)
        ]
        if stops:
            self.model.ask()
            self.refuse(say("sign.hindered_one") if len(stops) == 1 else say("sign.hindered", count=len(stops)))
            self.go_to(self.list.rows[0])
        elif planned and not with_plan and not self.model.consultation.no_plan.strip():
            self.sign.ask_reason()
        elif not (passphrase := self.sign.take_passphrase()):
            self.refuse(say("sign.passphrase_missing"))
            self.sign.passphrase.setFocus()
        else:
            self.refuse("")
            self.sign_wanted.emit(passphrase, with_plan)

    @Slot(str)
    def _give_reason(self, words: str) -> None:
        self.model.change(REASON.ref, no_plan=words)

    @Slot(str)
    def _go(self, field: str) -> None:
        self.place_wanted.emit(field)


def _apart(fields: Sequence[QWidget]) -> list[QWidget | int]:
    return [part for field in fields for part in (field, 12)]
