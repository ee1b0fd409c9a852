"""Questions between Försäkringskassan and the unit about one certificate, in step 7: noted, reminded of, answered."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.clock import SWEDEN
from fmstod.domain.inquiry import Inquiry, Status
from fmstod.domain.lifecycle import Life
from fmstod.domain.transitions import Act, refusal
from fmstod.texts import text as say
from fmstod.ui.kit.counted import CountedBox
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, empty, panel, row, rule, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.note_question import About, NotePart

PAD = (16, 12, 16, 16)
WAITING, LATE, DONE = ("missing", "text"), ("error", "error"), ("done", "ok")


def standing(inquiry: Inquiry, today: date) -> tuple[tuple[str, str], str]:
    """Shape with its colour, and the words, of where a question stands."""
    if inquiry.is_late(today):
        return LATE, say("inquiry_status.late", day=inquiry.asked.due)
    if inquiry.status is Status.OURS and inquiry.asked.due:
        return WAITING, say("inquiry_status.until", day=inquiry.asked.due)
    if inquiry.answered:
        day = inquiry.answered.astimezone(SWEDEN).date()
        return DONE, say("inquiry_status.answered_on", day=day)
    return WAITING if inquiry.is_open else DONE, say(f"inquiry_status.{inquiry.status}")


class InquiriesCard(QWidget):
    """`noted` with an `Asked`, `answered` with a question's id and words, `complement_wanted` for a case that complements.

    The owner answers with another card, or with `refuse`.
    """

    noted = Signal(object)
    answered = Signal(str, str)
    complement_wanted = Signal()

    def __init__(self, look: Look, life: Life, today: Callable[[], date], new_id: Callable[[], str]) -> None:
        super().__init__()
        self._look, self._life, self._today, self._new_id = look, life, today, new_id
        self.writing: NotePart | AnswerPart | None = None
        self._place = column()
        self.ways: dict[str, QWidget] = {}
        parts: list[Part] = [text(say("inquiries.title"), "heading")]
        if not life.inquiries:
            can = refusal(Act.NOTE_QUESTION, life) is None
            parts.append(text(say("inquiries.none" if can else "inquiries.none_over"), tone="muted", wrap=True))
        for each in life.inquiries:
            parts += [self._one(each), rule()]
        self._ways = panel(column(gap=8))
        offers = ((Act.NOTE_QUESTION, "note", About()), (Act.ASK, "ask", About(from_fk=False)))
        for act, key, about in offers:
            if refusal(act, life) is None:
                self._ways.layout().addWidget(self._way(key, say(f"inquiries.{key}"), partial(self._write, about)))
        parts += [self._ways, self._place]
        self.setLayout(column(panel(column(*parts, gap=12, pad=PAD), card="true")))

    def focus_first(self) -> bool:
        first = next(iter(self.ways.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def refuse(self, words: str) -> None:
        """Why what was written wasn't kept; it stays."""
        if self.writing is not None:
            self.writing.refuse(words)

    def _one(self, inquiry: Inquiry) -> Part:
        asked, (shape, state) = inquiry.asked, standing(inquiry, self._today())
        words = text(state, "caption", shape[1] if shape is LATE else "", wrap=True)
        head = row(mark(self._look, *shape), words, gap=8)
        head.setStretch(1, 1)
        whose = "came" if asked.from_fk else "own"
        lines = [say(f"inquiries.line.{whose}", subject=say(f"subject.{asked.subject}"), day=asked.on)]
        lines += [say("inquiries.reminded", day=day) for day in inquiry.reminders]
        said = [text(line, "caption", "muted", wrap=True) for line in lines]
        about = ", ".join(say(f"group.{group}") for group in asked.groups)
        body = [text(each, wrap=True) for each in (about, asked.text) if each]
        if inquiry.answer or inquiry.document:
            answer = inquiry.answer or say("inquiries.by_certificate", id=inquiry.document)
            body += [text(say("inquiries.answer"), "caption", "muted"), text(answer, wrap=True)]
        return column(text(lines[0], "strong", wrap=True), head, *said[1:], *body, *self._answers(inquiry), gap=4)

    def _answers(self, inquiry: Inquiry) -> list[QWidget]:
        """The ways to answer it, once it waits."""
        if not inquiry.is_open:
            return []
        found: list[QWidget] = []
        name = inquiry.asked.id
        if inquiry.is_complement and refusal(Act.COMPLEMENT, self._life) is None:
            found.append(self._way(f"complement {name}", say("life.complement"), self.complement_wanted.emit))
        key = "cannot" if inquiry.is_complement else "words" if inquiry.asked.from_fk else "theirs"
        found.append(self._way(f"answer {name}", say(f"inquiries.reply.{key}"), partial(self._reply, name, key)))
        if inquiry.asked.from_fk:
            about = About(reminds=name)
            found.append(self._way(f"remind {name}", say("inquiries.remind"), partial(self._write, about), "plain"))
        return found

    def _way(self, key: str, words: str, act: Callable[[], object], kind: str = "") -> QWidget:
        made = button(self._look, words, kind)
        made.clicked.connect(lambda _checked=False: act())
        self.ways[key] = made
        return panel(row(made, ...))

    def _write(self, about: About) -> None:
        part = NotePart(self._look, about, self._today, self._new_id)
        part.wanted.connect(self.noted)
        self._show(part)

    def _reply(self, inquiry: str, key: str) -> None:
        part = AnswerPart(self._look, key)
        part.wanted.connect(partial(self.answered.emit, inquiry))
        self._show(part)

    def _show(self, part: "NotePart | AnswerPart") -> None:
        """One thing is written at a time; where it began is where the focus goes back to."""
        empty(self._place)
        self._from = self.focusWidget()
        self.writing = part
        part.left.connect(self._leave)
        self._place.addWidget(part)
        part.show()
        self._ways.hide()
        part.focus_first()

    @Slot()
    def _leave(self) -> None:
        self._ways.show()
        if self._from is not None:
            self._from.setFocus(Qt.FocusReason.TabFocusReason)
        self.writing = None
        empty(self._place)


class AnswerPart(InPlace):
    """An answer in words."""

    wanted = Signal(str)

    def __init__(self, look: Look, key: str) -> None:
        super().__init__(look, say("inquiries.reply_keep"), say("question.leave"))
        self.words = CountedBox(look, say(f"inquiries.reply_words.{key}"), 4)
        self.lay(self.words, text(say("inquiries.reply_about"), tone="muted", wrap=True))

    def focus_first(self) -> None:
        self.words.box.setFocus(Qt.FocusReason.TabFocusReason)

    def do(self) -> None:
        fault = self.words.fault or ("" if self.words.words else say("not_allowed.no_answer"))
        self.refuse(fault)
        if fault:
            self.lead_to(self.words.box)
        else:
            self.wanted.emit(self.words.words)
