"""The FMB column: what Socialstyrelsen recommends for the diagnoses, for this patient, with source and date."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.answers import IcfRating
from fmstod.domain.consultation import IMPAIRMENT, LIMITATION
from fmstod.domain.icd import dotted, normalise
from fmstod.domain.words import Phrases
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.advise import Advice, EntryAdvice
from fmstod.knowledge.library import Library
from fmstod.knowledge.suggest import suggest_icf
from fmstod.texts import text as say
from fmstod.ui.choices import Segments
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.fmb_parts import AnswerCard, Chip, IcfChips, OtherRecommendations
from fmstod.ui.pages.fmb_questions import INSIDE, DecidingQuestions
from fmstod.ui.pages.tab_order import read_order
from fmstod.ui.parts import button, column, empty, row, text
from fmstod.ui.tokens import Look

REFS: dict[Literal["b", "d"], str] = {"b": IMPAIRMENT, "d": LIMITATION}
OFFERED_BY_THE_STEP = (3, 4)  # these steps offer the same chips themselves


def open_link(url: str) -> None:
    """To the browser, on the user's click only; the address is on the clipboard too, for a machine without a net."""
    QApplication.clipboard().setText(url)
    QDesktopServices.openUrl(QUrl(url))


class FmbPanel(QWidget):
    """Stands in the FMB column, and tells the column's head and the folded strip what to say.

    `open_url` opens a page outside the program.
    """

    told = Signal(str, str, str)  # the entry's title, how long for this patient, when that applies

    def __init__(self, look: Look, model: ConsultationModel, open_url: Callable[[str], None] = open_link) -> None:
        super().__init__()
        self.look, self.model, self._open_url = look, model, open_url
        self._chosen = ""  # the code whose entry is shown; what is shown is no answer
        self._step = 0
        self.words = ("", "", "")  # what `told` says
        self._state: tuple[object, ...] = ()
        self._tabs_at = column()
        self._tabs: Segments | None = None
        self._codes: tuple[str, ...] = ()
        self.questions = DecidingQuestions(look, model.reference.phrases)
        self.questions.answered.connect(self._answer)
        self.answer = AnswerCard(self.questions)
        self.others = OtherRecommendations(look)
        self.icf = IcfChips(look)
        self.icf.toggled.connect(self._toggle_icf)
        self.source = text("", "caption", "muted", wrap=True)
        self.link = button(look, say("advice.open_source"), "plain", "open", "accent")
        self.link.clicked.connect(self._follow_link)
        self._lay()
        model.changed.connect(self.refresh)
        self.refresh()

    def follow_step(self, step: int) -> None:
        """The steps that offer ICF categories themselves need no second offer beside them."""
        self._step = step
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Follow the model; most keystrokes change nothing here."""
        advice, record = self.model.now.advice, self.model.consultation
        state = (advice, record.diagnoses, self._rated(), self._chosen, self._step, self.model.signed)
        if state != self._state:
            self._state = state
            self._show(advice)
        self.told.emit(*self.words)

    def _show(self, advice: Advice) -> None:
        self._show_tabs(_codes(advice, self._library))
        shown = self._shown(advice)
        if shown is None:
            self._show_nothing()
        else:
            self._show_entry(shown)
        for part in (self.source, self.link):
            part.setVisible(shown is not None)
        self._show_icf()
        read_order(self)

    def _rated(self) -> frozenset[tuple[str, str]]:
        record = self.model.consultation
        return frozenset((ref, rating.code) for ref in REFS.values() for rating in record.described(ref).icf)

    def _shown(self, advice: Advice) -> EntryAdvice | None:
        return next((e for e in advice.entries if e.resolved.asked == self._chosen), None)

    def _show_entry(self, entry: EntryAdvice) -> None:
        resolved, phrases = entry.resolved, self._phrases
        said, details = wording.headline(entry, phrases), wording.details(self._library, entry, phrases)
        changed = resolved.entry.changed_at_source
        self.answer.show_words("" if changed else say("advice.for_patient"), said, details)
        asked = () if changed else entry.questions
        self.questions.show_questions(asked, {q.key for q in entry.open_questions})
        self.questions.setEnabled(not self.model.signed)
        self.others.show_advice(entry, self._library, phrases)
        if changed:  # what it said in 2020 is known to be old
            self.others.hide()
        self.source.setText(provenance.source(resolved, phrases))
        self.link.setToolTip(resolved.entry.source.url)
        self.link.setAccessibleDescription(resolved.entry.source.url)
        self.words = (resolved.entry.title, said, details)

    def _show_nothing(self) -> None:
        """No diagnosis yet, or a code that FMB says nothing about: nothing false is offered."""
        if self._chosen:
            said, about = wording.no_fmb(self._library, self._chosen, self._phrases), say("advice.without_help")
        else:
            said, about = say("advice.no_diagnosis"), say("advice.no_diagnosis_help")
        self.answer.show_words("", said, about)
        self.questions.show_questions((), ())
        self.others.hide()
        written = (d.text for d in self.model.consultation.diagnoses if normalise(d.code) == self._chosen)
        self.words = (next(written, ""), said, "")

    def _show_tabs(self, codes: tuple[str, ...]) -> None:
        """With several diagnoses: whose recommendation is shown. The first until the user looks at another."""
        if codes == self._codes:
            return
        self._codes = codes
        empty(self._tabs_at)
        self._tabs = None
        if self._chosen not in codes:
            self._chosen = codes[0] if codes else ""
        if len(codes) > 1:
            options = [(code, dotted(code)) for code in codes]
            self._tabs = Segments(self.look, options, say("advice.diagnoses"), self.look.px(INSIDE))
            self._tabs.show_value(self._chosen)
            self._tabs.chosen.connect(self.choose)
            self._tabs_at.addWidget(self._tabs)
            self._tabs_at.addSpacing(12)

    def _show_icf(self) -> None:
        codes = [self._chosen] if self._chosen else []
        groups = []
        for component, ref in REFS.items():
            found = suggest_icf(self._library, codes, component)
            chips = [Chip(ref, item.code, item.label) for group in found for item in group.items]
            groups.append((say(f"advice.icf_{component}"), chips))
        self.icf.show_chips(groups, self._rated())
        if self._step in OFFERED_BY_THE_STEP or self.model.signed:
            self.icf.hide()

    @property
    def _phrases(self) -> Phrases:
        return self.model.reference.phrases

    @property
    def _library(self) -> Library:
        return self.model.reference.library

    @Slot(object)
    def choose(self, code: str | None) -> None:
        """Show what FMB says of this one of the diagnoses."""
        self._chosen = code or self._chosen
        if self._tabs is not None:
            self._tabs.show_value(self._chosen)
        self.refresh()

    @Slot(str, object)
    def _answer(self, key: str, value: object) -> None:
        conditions = {k: v for k, v in self.model.consultation.conditions.items() if k != key}
        if value is not None:
            conditions[key] = value  # type: ignore[assignment]  # a choice carries what it was built with
        self.model.change(f"conditions.{key}", conditions=conditions)

    @Slot(str, str, bool)
    def _toggle_icf(self, ref: str, code: str, on: bool) -> None:
        described = self.model.consultation.described(ref)
        kept = tuple(rating for rating in described.icf if rating.code != code)
        value = described.changed(icf=(*kept, IcfRating(code=code)) if on else kept)
        self.model.answer(ref, value if value.text or value.icf else None)

    @Slot()
    def _follow_link(self) -> None:
        if (shown := self._shown(self.model.now.advice)) is not None:
            self._open_url(shown.resolved.entry.source.url)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, as in the steps."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _lay(self) -> None:
        foot = column(self.source, 4, row(self.link, ...))
        parts = (self._tabs_at, self.answer, 12, self.others, 12, self.icf, 12, foot)
        self.setLayout(column(*parts, ..., pad=(16, 8, 24, 16)))


def _codes(advice: Advice, library: Library) -> tuple[str, ...]:
    """Those with an entry, then those without; nothing is said yet of a code that lacks its fourth character."""
    without = (code for code in advice.without if not library.codes.hit(code).opens)
    return (*(e.resolved.asked for e in advice.entries), *without)
