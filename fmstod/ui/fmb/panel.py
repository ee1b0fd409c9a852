"""The FMB column: what Socialstyrelsen recommends for the diagnoses, for this patient, with source, date and age."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.certificate.form import Diagnoses
from fmstod.domain.answers import Diagnosis, IcfRating
from fmstod.domain.icd import dotted, is_code, normalise, of_primary_care
from fmstod.domain.review import Review
from fmstod.domain.words import Phrases
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.advise import Advice, EntryAdvice
from fmstod.knowledge.entry import Kind
from fmstod.knowledge.library import Library
from fmstod.knowledge.spans import spans
from fmstod.knowledge.suggest import suggest_icf
from fmstod.texts import text as say
from fmstod.ui.fmb.compare import SideBySide, folded, table
from fmstod.ui.fmb.diagram import LimitsDiagram
from fmstod.ui.fmb.event import EventDay
from fmstod.ui.fmb.icf import Chip, IcfChips
from fmstod.ui.fmb.near import NearCodes, below
from fmstod.ui.fmb.parts import AnswerCard, OtherRecommendations
from fmstod.ui.fmb.questions import INSIDE, DecidingQuestions
from fmstod.ui.fmb.source import SourceFoot
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import column, empty, panel, text
from fmstod.ui.kit.tab_order import read_order
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel

OFFERED_BY_THE_STEP = (3, 4)  # these steps offer the same chips themselves
DIAGNOSIS_STEP = 2  # and this one the codes near by


def open_link(url: str) -> None:
    """To the browser, on the user's click only; the address is on the clipboard too, for a machine without a net."""
    QApplication.clipboard().setText(url)
    QDesktopServices.openUrl(QUrl(url))


class FmbPanel(QWidget):
    """Stands in the FMB column, and tells the column's head and the folded strip what to say.

    `open_url` opens a page outside the program.
    """

    told = Signal(str, str, str)  # the entry's title, how long for this patient, when that applies
    reviewed = Signal(object)  # a Review to keep
    review_taken_back = Signal(object)

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
        self.compare = SideBySide(look)
        self.questions = DecidingQuestions(look, model.reference.phrases)
        self.event_day = EventDay(look, model.reference.phrases)
        self.near = NearCodes(look)
        self.answer = AnswerCard(look, self.questions, self.event_day, self.near)
        self.diagram = LimitsDiagram(look)
        self._picture = panel(
            column(text(say("advice.diagram.head"), "strong"), 8, self.diagram, pad=(16, 12, 16, 12)), card="true"
        )
        self.others = OtherRecommendations(look)
        self.icf = IcfChips(look)
        self.foot = SourceFoot(look)
        self._lay()
        self._connect()
        self.refresh()

    def follow_step(self, step: int) -> None:
        """The steps that offer ICF categories themselves need no second offer beside them."""
        self._step = step
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Follow the model; most keystrokes change nothing here."""
        model, reference = self.model, self.model.reference
        record = model.consultation
        on_record = (model.now.advice, record.diagnoses, model.now.leave.days, record.conditions, self._rated())
        state = (*on_record, self._chosen, self._step, model.signed, reference.reviews, reference.today())
        if state != self._state:
            self._state = state
            self._show(model.now.advice)
        self.told.emit(*self.words)

    @Slot(object)
    def choose(self, code: str | None) -> None:
        """Show what FMB says of this one of the diagnoses."""
        self._chosen = code or self._chosen
        if self._tabs is not None:
            self._tabs.show_value(self._chosen)
        self.refresh()

    def _show(self, advice: Advice) -> None:
        codes = _codes(advice, self.model.consultation.diagnoses)
        self._show_tabs(codes)
        lines = table(advice, codes, self._library, self._phrases)
        self.compare.show_lines(lines)
        shown = self._shown(advice)
        for part in (self._picture, self.others, self.foot):
            part.setVisible(shown is not None)
        if shown is None:
            self._show_nothing()
        else:
            self._show_entry(shown, advice)
        if len(lines) > 1:  # the strip speaks for no diagnosis alone
            title, *_ = self.words
            first = next(line for line in lines if line.code == self._chosen)
            self.words = (title, *folded(lines, first))
        self._show_icf()
        read_order(self)

    def _rated(self) -> frozenset[tuple[str, str]]:
        record, refs = self.model.consultation, self.model.reference.picked.values()
        return frozenset((ref, rating.code) for ref in refs for rating in record.described(ref).icf)

    def _shown(self, advice: Advice) -> EntryAdvice | None:
        return next((e for e in advice.entries if e.resolved.asked == self._chosen), None)

    def _show_entry(self, advice: EntryAdvice, whole: Advice) -> None:
        resolved, phrases, reference = advice.resolved, self._phrases, self.model.reference
        entry, today = resolved.entry, reference.today()
        said, details = wording.headline(advice, phrases), wording.details(self._library, advice, phrases)
        changed = entry.changed_at_source
        old = provenance.warning(entry.source, today, phrases)
        self.answer.show_words("" if changed else say("advice.for_patient"), said, _why(advice, details), old)
        self.questions.show_questions(() if changed else advice.questions, advice.asks, whole.shared)
        self.questions.setEnabled(not self.model.signed)
        record = self.model.consultation
        self.event_day.show_limit(advice.limit, self.model.now.leave.days, record.conditions, today)
        self.event_day.setEnabled(not self.model.signed)
        self.near.show_codes(())
        drawn = spans(advice, phrases)
        self.diagram.show_spans(drawn, self.model.now.leave.days)
        self._picture.setVisible(bool(drawn))
        self.others.show_advice(advice, self._library, phrases)
        if changed:  # what it said in 2020 is known to be old
            self.others.hide()
        webcert = wording.webcert(whole, phrases)
        self.foot.show_source(resolved, webcert and f"{webcert}.", reference.reviews, today, phrases)
        self.foot.official.show_text(reference.official.get(entry.fmb))
        review = provenance.review_of(entry, reference.reviews)
        self.foot.review.show_review(review, reference.issuer.physician, today)
        dates = provenance.brief(entry.source, phrases)
        self.words = (entry.title, said, phrases["fmb.panel.apart"].join(filter(None, (details, dates))))

    def _show_nothing(self) -> None:
        """No diagnosis yet, or a code that FMB says nothing about: nothing false is offered."""
        offered = below(self._library, self._chosen) if self._chosen else ()
        if not self._chosen:
            said, about = say("advice.no_diagnosis"), say("advice.no_diagnosis_help")
        elif self._library.codes.hit(self._chosen).opens and offered:
            said, about = say("advice.choose_code"), say("advice.choose_code_help", code=dotted(self._chosen))
        else:
            said, about = wording.no_fmb(self._library, self._chosen, self._phrases), say("advice.without_help")
        self.answer.show_words("", said, about)
        self.questions.show_questions((), ())
        self.event_day.hide()
        asked = not self.model.signed and self._step != DIAGNOSIS_STEP
        self.near.show_codes([self.model.reference.codes.hit(code) for code in offered] if asked else ())
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

    def _show_icf(self) -> None:
        codes = [self._chosen] if self._chosen else []
        groups = []
        for component, ref in self.model.reference.picked.items():
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

    @Slot(str, object)
    def _answer(self, key: str, value: object) -> None:
        conditions = {k: v for k, v in self.model.consultation.conditions.items() if k != key}
        if value is not None:
            conditions[key] = value  # type: ignore[assignment]  # a choice carries what it was built with
        self.model.change(f"conditions.{key}", conditions=conditions)

    @Slot(str)
    def _take_code(self, code: str) -> None:
        """The chosen diagnosis gets a more precise code. Its text follows, unless the user wrote it."""
        reference, before = self.model.reference, self._chosen
        if (asked := reference.of_kind(Diagnoses)) is None:
            return
        names = {"", reference.codes.hit(before).label, self._library.icd.get(before, "")}
        name = reference.codes.hit(code).label[: asked.max]
        self._chosen = normalise(code)
        changed = tuple(
            Diagnosis(code=self._chosen, text=name if row.text in names else row.text)
            if normalise(row.code) == before
            else row
            for row in self.model.consultation.diagnoses
        )
        self.model.answer(asked.ref, changed)

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

    @Slot()
    def _review(self) -> None:
        reference = self.model.reference
        if (shown := self._shown(self.model.now.advice)) is not None:
            entry, by = shown.resolved.entry, reference.issuer.physician.name.strip()
            self.reviewed.emit(Review(entry=entry.fmb, content=entry.content, on=reference.today(), by=by))

    @Slot()
    def _take_back(self) -> None:
        shown = self._shown(self.model.now.advice)
        if shown and (review := provenance.review_of(shown.resolved.entry, self.model.reference.reviews)):
            self.review_taken_back.emit(review)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, as in the steps."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.questions.answered.connect(self._answer)
        self.event_day.answered.connect(self._answer)
        self.near.taken.connect(self._take_code)
        self.icf.toggled.connect(self._toggle_icf)
        self.foot.link_wanted.connect(self._follow_link)
        self.foot.reviewed.connect(self._review)
        self.foot.review_taken_back.connect(self._take_back)
        self.model.changed.connect(self.refresh)

    def _lay(self) -> None:
        parts = (self.compare, self._tabs_at, self.answer, self._picture, self.others, self.icf, self.foot)
        self.setLayout(column(*parts, ..., gap=12, pad=(16, 8, 24, 16)))


def _why(advice: EntryAdvice, details: str) -> str:
    """What the recommendation is for; one without conditions is for everybody."""
    r = advice.deciding.recommendation if advice.deciding else None
    if advice.asks or r is None or r.id not in advice.ruling or any(r.when.terms()) or r.kind is Kind.MISSING:
        return details
    return say("advice.for_all_with", details=details) if details else say("advice.for_all")


def _codes(advice: Advice, diagnoses: Sequence[Diagnosis]) -> tuple[str, ...]:
    """Those with an entry, then those without."""
    others = (normalise(d.code) for d in diagnoses if of_primary_care(d.code) and not is_code(d.code))
    return tuple(dict.fromkeys((*(e.resolved.asked for e in advice.entries), *advice.without, *others)))
