"""The foot of the FMB column: related codes, Webcert's figure, whose facts these are, the source's own words, reviews."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.issuer import Physician
from fmstod.domain.review import Review
from fmstod.domain.words import Phrases
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.entry import Entry
from fmstod.knowledge.library import Resolved
from fmstod.knowledge.official import Official
from fmstod.texts import text as say
from fmstod.ui.fmb.parts import Fold
from fmstod.ui.kit.parts import button, column, empty, row, text
from fmstod.ui.kit.tokens import Look

FEW = 8  # related codes that are told at once


class RelatedCodes(QWidget):
    """The other codes that the entry holds for, in a line; many are folded."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._line, self._inside = text("", "caption", "muted", wrap=True), text("", "caption", "muted", wrap=True)
        self.fold = Fold(look, "", self._inside)
        self.setLayout(column(self._line, self.fold))

    def show_codes(self, entry: Entry, shown: str, phrases: Phrases) -> None:
        """`shown` is the code that FMB knows the diagnosis by."""
        others = [code for code in entry.icd10se if code != shown]
        said = wording.code_list(others, phrases)
        self._line.setText(say("advice.related", codes=said))
        self._inside.setText(said)
        self.fold.show_words(say("advice.related_many", count=len(others)))
        self._line.setVisible(0 < len(others) <= FEW)
        self.fold.setVisible(len(others) > FEW)


class OfficialText(QWidget):
    """Socialstyrelsen's own text where the clinic has imported it, folded; plain text, never markup."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._official: Official | None = None
        self._words = column(gap=8)
        self.fold = Fold(look, say("advice.official"), self._words)
        self.fold.opened.connect(self._write)
        self.setLayout(column(self.fold))

    def show_text(self, official: Official | None) -> None:
        self.setVisible(official is not None)
        if official != self._official:
            self._official = official
            self.fold.fold()
            empty(self._words)

    @Slot()
    def _write(self) -> None:
        """Only when it is asked for: some are long."""
        empty(self._words)
        if self._official is None:
            return
        whose = say("advice.official_source", day=self._official.retrieved)
        self._words.addWidget(text(whose, "caption", "muted", wrap=True))
        for section in self._official.sections:
            self._words.addWidget(text(section.heading, "strong", wrap=True))
            for paragraph in section.paragraphs:
                self._words.addWidget(text(paragraph, wrap=True))


class ReviewOfEntry(QWidget):
    """Lets a clinician say that they have read the entry against its source. Folded, never asked for."""

    asked = Signal()
    taken_back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._means = text("", "caption", "muted", wrap=True)
        self.read = button(look, say("advice.review.do"))
        self.undo = button(look, say("advice.review.undo"))
        self.read.clicked.connect(self.asked)
        self.undo.clicked.connect(self.taken_back)
        self.fold = Fold(look, "", self._means, 8, row(self.read, self.undo, ...))
        self.setLayout(column(self.fold))

    def show_review(self, review: Review | None, physician: Physician, today: date) -> None:
        """The review of what the entry says now, or who would make one."""
        named = bool(physician.name.strip())
        if review is not None:
            said = say("advice.review.done", by=review.by, day=review.on)
        else:
            said = say("advice.review.means" if named else "advice.review.nameless", by=physician.name, day=today)
        self._means.setText(said)
        self.fold.show_words(say("advice.review.head_done" if review else "advice.review.head"))
        held = self.read.hasFocus() or self.undo.hasFocus()
        self.undo.setVisible(review is not None)
        self.read.setVisible(review is None and named)
        if held:  # the button that was pressed gives way to the other
            (self.read if review is None else self.undo).setFocus()


class SourceFoot(QWidget):
    """All that tells where the facts come from."""

    link_wanted = Signal()
    reviewed = Signal()
    review_taken_back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.codes = RelatedCodes(look)
        self.webcert = text("", "caption", "muted", wrap=True)
        self.source = text("", "caption", "muted", wrap=True)
        self.link = button(look, say("advice.open_source"), "plain", "open", "accent")
        self.link.clicked.connect(self.link_wanted)
        self.official = OfficialText(look)
        self.review = ReviewOfEntry(look)
        self.review.asked.connect(self.reviewed)
        self.review.taken_back.connect(self.review_taken_back)
        self.setLayout(
            column(self.codes, self.webcert, self.source, row(self.link, ...), self.official, self.review, gap=8)
        )

    def show_source(
        self, resolved: Resolved, webcert: str, reviews: Sequence[Review], today: date, phrases: Phrases
    ) -> None:
        """`webcert` is the sentence of what Webcert counts with."""
        of = resolved.entry.source
        self.codes.show_codes(resolved.entry, resolved.code, phrases)
        self.webcert.setText(webcert)
        self.webcert.setVisible(bool(webcert))
        self.source.setText("\n".join(provenance.lines(resolved, reviews, today, phrases)))
        self.link.setToolTip(of.url)
        self.link.setAccessibleDescription(of.url)
