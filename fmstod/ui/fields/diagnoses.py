"""The field for diagnoses: a code or a name, with hits at each keystroke."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from fmstod import clock
from fmstod.certificate.form import Diagnoses
from fmstod.domain.answers import Answer, Diagnosis
from fmstod.domain.icd import dotted, is_code, normalise, of_primary_care
from fmstod.knowledge.codes import CodeIndex, Codes, Hit
from fmstod.knowledge.library import Library
from fmstod.texts import text as say
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.field import Field
from fmstod.ui.fields.hits import HitPanel, words_of
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.parts import button, column, dress, panel, row, text
from fmstod.ui.kit.tokens import Look

CODE = 176  # px


@dataclass
class _Row:
    """What stands in a row besides its boxes: the code that its text was written for, and what was last told of it."""

    written_for: str = ""
    told: Diagnosis = field(default_factory=Diagnosis)


class FormerName(QFrame):
    """Asks whether a text that the user wrote for one code holds for the next one too."""

    taken = Signal()  # the new code's name
    kept = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, ground="hover")
        self._words = text("", wrap=True)
        take, keep = (
            button(look, say("field.diagnosis.take_name")),
            button(look, say("field.diagnosis.keep_text"), "plain"),
        )
        take.clicked.connect(self.taken)
        keep.clicked.connect(self.kept)
        self._take = take
        self.setLayout(column(self._words, row(take, 8, keep, ...), gap=8, pad=(12, 12, 12, 12)))
        self.hide()

    def ask(self, former: str, code: str, name: str) -> None:
        """The codes and the new one's name; no former code puts the question away."""
        self._words.setText(say("field.diagnosis.former", former=dotted(former), code=dotted(code), name=name))
        self._take.setAccessibleDescription(self._words.text())
        self.setVisible(bool(former))


class DiagnosesField(Field[Diagnoses]):
    """Rows of code and text. `use_codes` gives the codes to search; without it, codes are typed.

    Down and Up choose among the hits, Right shows the codes below the marked one, Left the one above; Enter takes one,
    Esc puts them away. A hit that needs a fourth character opens: its longer codes show, and the next character may
    also be typed. A well-formed code outside the list is kept as typed.
    """

    def __init__(self, look: Look, question: Diagnoses, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._index: Codes = CodeIndex({})
        self._library: Library | None = None
        self._codes = [LineBox(look, self._name(n, "code"), CODE, say("field.diagnosis.empty")) for n in self._range]
        self._texts = [LineBox(look, self._name(n, "text")) for n in self._range]
        self._rows = [_Row() for _ in self._range]
        self._notices = [FormerName(look) for _ in self._range]
        self._begin = text(say("field.diagnosis.begin"), "caption", "muted", wrap=True)
        self._hits = HitPanel(look)
        self._row = 0
        self._walking = False  # the arrows belong to the hits, not to the box
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for c, head in enumerate(("code", "text")):
            self._grid.addWidget(text(say(f"field.diagnosis.{head}"), "label", "muted"), 0, c)
        for n in self._range:
            self._put_row(n)
        self._open(0, ())
        self._hits.taken.connect(self._take)
        self._hits.lowered.connect(self._lower)
        self._hits.lifted.connect(self._lift)
        self._lay(panel(column(panel(self._grid), self._begin)))

    def use_codes(self, index: Codes, library: Library | None = None) -> None:
        """With `library` hits tell whether FMB has them; its names, too, are none that the user wrote."""
        self._index, self._library = index, library
        if library is not None:
            self._hits.list.covers = lambda code: library.resolve(code) is not None

    def show_value(self, value: Answer | None) -> None:
        values = [r for r in value if isinstance(r, Diagnosis)] if isinstance(value, tuple) else []
        self._begin.setVisible(not values)
        for n, kept in enumerate(self._rows):
            shown = values[n] if n < len(values) else Diagnosis()
            box = self._codes[n]
            if not (box.hasFocus() and _stored(box.text()) == shown.code):
                box.show_text(dotted(shown.code))
            self._texts[n].show_text(shown.text)
            if shown != kept.told:  # it came from elsewhere: another case, an undo
                self._rows[n] = _Row(shown.code, shown)
                self._notices[n].hide()

    def place(self, field: str) -> QWidget:
        """`6[0].text` is the text of the main diagnosis."""
        n = min(row_of(field) or 0, self.question.rows - 1)
        return self._texts[n] if part_of(field) == "text" else self._codes[n]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._codes:
            return self._pressed(event)
        if event.type() == QEvent.Type.FocusOut and watched in self._codes:
            self._hits.hide()
            box = self._codes[self._codes.index(watched)]
            box.show_text(dotted(box.text()))
        return super().eventFilter(watched, event)

    @property
    def _range(self) -> range:
        return range(self.question.rows)

    def _name(self, n: int, head: str) -> str:
        which = say("field.diagnosis.main") if n == 0 else say("field.diagnosis.other", number=n + 1)
        return f"{which}, {say(f'field.diagnosis.{head}')}"

    def _put_row(self, n: int) -> None:
        code, words, notice = self._codes[n], self._texts[n], self._notices[n]
        code.typed.connect(partial(self._code_typed, n))
        words.typed.connect(partial(self._text_typed, n))
        notice.taken.connect(partial(self._rename, n))
        notice.kept.connect(partial(self._text_typed, n))
        for box in (code, words):
            box.removed.connect(self._say_removed)
        self._watch(code, words)
        # Below each row there is a place for the hits and one for what is said of its text.
        self._grid.addWidget(code, 3 * n + 1, 0)
        self._grid.addWidget(words, 3 * n + 1, 1)
        self._grid.addWidget(notice, 3 * n + 3, 0, 1, 2)

    def _label(self, code: str) -> str:
        return self._names(code)[0]

    def _names(self, code: str) -> Sequence[str]:
        """The code's name, and FMB's, which came with it if no register was there yet."""
        if not is_code(code):
            return ("",)
        known = (self._index, *((self._library.codes,) if self._library else ()))
        return [codes.hit(code).label[: self.question.max] for codes in known]

    def _code_typed(self, n: int, typed: str) -> None:
        self._open(n, self._index.search(of_primary_care(typed) or typed), typed)
        self._follow_code(n)
        self._tell()

    def _follow_code(self, n: int) -> None:
        """The text follows the code while it is the former code's name; what the user wrote stays, and is asked of."""
        kept, own, code = self._rows[n], self._texts[n].text(), self._codes[n].text()
        name = self._label(code)
        if own in ("", *self._names(kept.written_for)):
            self._texts[n].show_text(name)
            kept.written_for = _stored(code)
        former = kept.written_for if is_code(kept.written_for) else ""
        asked = bool(former and name and own) and normalise(code) != former and self._texts[n].text() != name
        self._notices[n].ask(former if asked else "", code, name)

    def _text_typed(self, n: int, *_words: str) -> None:
        self._rows[n].written_for = _stored(self._codes[n].text())
        self._notices[n].hide()
        self._tell()

    def _rename(self, n: int) -> None:
        self._texts[n].show_text(self._label(self._codes[n].text()))
        self._text_typed(n)
        self._texts[n].setFocus()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the hits."""
        key, hits = event.key(), self._hits.list
        if self._hits.isHidden() or (hits.isHidden() and key != Qt.Key.Key_Escape):
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk_to(lambda: hits.move(1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Escape:
            self._hits.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if hit := hits.current:
                self._take(hit)
                return True
            self._walk_to(lambda: hits.move(1))  # the first Enter marks, the second takes: no code by haste
        elif key == Qt.Key.Key_Right and self._may_lower:
            self._lower()
        elif key == Qt.Key.Key_Left and self._walking:
            self._lift()
        else:
            return False
        return True

    @property
    def _may_lower(self) -> bool:
        """Right does nothing in the box once its cursor stands last."""
        box = self._codes[self._row]
        return self._hits.list.current is not None and (self._walking or box.cursorPosition() == len(box.text()))

    def _lower(self) -> None:
        """Show the codes below the marked one, under it."""
        hit = self._hits.list.current
        if hit and (below := self._index.children(hit.code)):
            self._walk_to(lambda: self._hits.show_level((hit, *below), 1))

    def _lift(self) -> None:
        """Show the code above the marked one, with the codes below it."""
        hit = self._hits.list.current
        if hit and (above := self._index.parent(hit.code)):
            self._walk_to(lambda: self._hits.show_level((above, *self._index.children(above.code)), 0))

    def _walk_to(self, step: Callable[[], None]) -> None:
        step()
        self._walking = True
        self._say_marked()

    def _say_marked(self) -> None:
        """The ways from the marked hit, and its words for a screen reader."""
        hit = self._hits.list.current
        self._hits.bring_into_sight(self._codes[self._row])
        if hit is None:
            self._hits.show_ways("", "")
            return
        above = self._index.parent(hit.code)
        self._hits.show_ways(hit.code if self._index.children(hit.code) else "", above.code if above else "")
        self._codes[self._row].setAccessibleDescription(words_of(hit, self._hits.list.covers(hit.code)))

    def _take(self, hit: Hit) -> None:
        n = self._row
        self._codes[n].show_text(f"{dotted(hit.code)}." if hit.opens else dotted(hit.code))
        self._codes[n].setFocus()
        self._follow_code(n)
        self._open(n, self._index.children(hit.code) if hit.opens else ())
        self._tell()
        if not hit.opens:
            self._texts[n].setFocus()

    def _open(self, n: int, hits: Sequence[Hit], typed: str = "") -> None:
        """Show the hits below a row, or say that there are none for what was typed."""
        self._row, self._walking = n, False
        self._grid.addWidget(self._hits, 3 * n + 2, 0, 1, 2)
        if hits or not typed.strip():
            self._hits.show_hits(hits, typed)
            self._say_marked()
        else:
            known = "all" if self._index.edition else "fmb"
            self._hits.show_words(say("field.diagnosis.kept" if is_code(typed) else f"field.diagnosis.none_{known}"))

    def _tell(self) -> None:
        values = [
            Diagnosis(code=_stored(c.text()), text=t.text()) for c, t in zip(self._codes, self._texts, strict=True)
        ]
        for kept, value in zip(self._rows, values, strict=True):
            kept.told = value
        while values and values[-1] == Diagnosis():
            values.pop()
        self._edit(tuple(values) or None)


def _stored(typed: str) -> str:
    """A code without its dot; anything else as typed."""
    return normalise(typed) if is_code(typed) else typed.strip()
