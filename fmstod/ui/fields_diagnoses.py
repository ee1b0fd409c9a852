"""The field for diagnoses: a code or a name, with hits at each keystroke."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QWidget

from fmstod import clock
from fmstod.certificate.form import Diagnoses
from fmstod.domain.answers import Answer, Diagnosis
from fmstod.domain.icd import dotted, is_code, normalise
from fmstod.knowledge.codes import CodeIndex, Codes, Hit
from fmstod.texts import text as say
from fmstod.ui.boxes import LineBox
from fmstod.ui.field import Field
from fmstod.ui.fields_choices import part_of, row_of
from fmstod.ui.parts import column, panel, text
from fmstod.ui.tokens import Look

CODE = 176  # px
MOST_SHOWN = 8  # hits before the list scrolls


class _Hits(QListWidget):
    """The hits under a row. It never has the focus: the box beside it moves in it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hits: Sequence[Hit] = ()
        self.setAccessibleName(say("field.diagnosis.hits"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    @property
    def current(self) -> Hit | None:
        at = self.currentRow()
        return self._hits[at] if 0 <= at < len(self._hits) else None

    def show_hits(self, hits: Sequence[Hit], typed: str) -> None:
        """Marks a hit only when it is the code as typed; otherwise the user chooses."""
        self._hits = hits
        self.clear()
        self.addItems([_words(hit) for hit in hits])  # PySide frees items of its own making twice when they are cleared
        self.setCurrentRow(next((n for n, hit in enumerate(hits) if hit.code == normalise(typed)), -1))
        rows = min(len(hits), MOST_SHOWN)
        self.setFixedHeight(rows * self._look.px(32) + 4)
        self.setVisible(bool(hits))

    def hit_at(self, at: int) -> Hit:
        return self._hits[at]

    def move(self, by: int) -> None:  # type: ignore[override]  # a list is never moved by hand
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))


def _words(hit: Hit) -> str:
    words = f"{dotted(hit.code)}   {hit.label}"
    if hit.inherited and hit.label:
        words = say("field.diagnosis.inherited", hit=words, of=dotted(hit.of))
    return say("field.diagnosis.opens", hit=words) if hit.opens else words


class DiagnosesField(Field[Diagnoses]):
    """Rows of code and text. `use_codes` gives the codes to search; without it, codes are typed.

    Arrows choose among the hits, Enter takes one, Esc puts them away. A hit that needs a fourth character opens: its
    longer codes show, and the next character may also be typed. A well-formed code outside the list is kept as typed.
    """

    def __init__(self, look: Look, question: Diagnoses, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._index: Codes = CodeIndex({})
        self._given = [""] * question.rows  # the text that came with the code, until the user edits it
        self._codes = [LineBox(look, self._name(n, "code"), CODE, say("field.diagnosis.empty")) for n in self._range]
        self._texts = [LineBox(look, self._name(n, "text")) for n in self._range]
        self._hits = _Hits(look)
        self._row = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for c, head in enumerate(("code", "text")):
            self._grid.addWidget(text(say(f"field.diagnosis.{head}"), "label", "muted"), 0, c)
        for n in self._range:
            self._put_row(n)
        self._open(0, (), "")
        self._hits.itemClicked.connect(self._clicked)
        self._lay(panel(column(panel(self._grid))))

    def use_codes(self, index: Codes) -> None:
        self._index = index

    def show_value(self, value: Answer | None) -> None:
        values = [r for r in value if isinstance(r, Diagnosis)] if isinstance(value, tuple) else []
        for n in self._range:
            shown = values[n] if n < len(values) else Diagnosis()
            box = self._codes[n]
            if not (box.hasFocus() and _stored(box.text()) == shown.code):
                box.show_text(dotted(shown.code))
            self._texts[n].show_text(shown.text)

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
        code, words = self._codes[n], self._texts[n]
        code.typed.connect(partial(self._code_typed, n))
        words.typed.connect(partial(self._text_typed, n))
        for box in (code, words):
            box.removed.connect(self._say_removed)
        self._watch(code, words)
        # Each row has a place below it for the hits.
        self._grid.addWidget(code, 2 * n + 1, 0)
        self._grid.addWidget(words, 2 * n + 1, 1)

    def _code_typed(self, n: int, typed: str) -> None:
        self._open(n, self._index.search(typed), typed)
        own = self._texts[n].text()
        if own in ("", self._given[n]):  # what the user wrote stays
            label = self._index.hit(typed).label[: self.question.max] if is_code(typed) else ""
            self._given[n] = label
            self._texts[n].show_text(label)
        self._tell()

    def _text_typed(self, n: int, _words: str) -> None:
        self._given[n] = ""
        self._tell()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the hits."""
        if self._hits.isHidden():
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._hits.move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._hits.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if hit := self._hits.current:
                self._take(hit)
            else:
                self._hits.move(1)  # the first Enter marks, the second takes: no code by haste
        else:
            return False
        hit = self._hits.current
        if hit:
            self._codes[self._row].setAccessibleDescription(_words(hit))
        return True

    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(self._hits.hit_at(self._hits.row(item)))

    def _take(self, hit: Hit) -> None:
        n = self._row
        label = hit.label[: self.question.max]
        self._given[n] = label
        self._texts[n].show_text(label)
        self._codes[n].show_text(f"{dotted(hit.code)}." if hit.opens else dotted(hit.code))
        self._codes[n].setFocus()
        self._open(n, self._index.children(hit.code) if hit.opens else (), "")
        self._tell()
        if not hit.opens:
            self._texts[n].setFocus()

    def _open(self, n: int, hits: Sequence[Hit], typed: str) -> None:
        self._row = n
        self._grid.addWidget(self._hits, 2 * n + 2, 0, 1, 2)
        self._hits.show_hits(hits, typed)

    def _tell(self) -> None:
        values = [
            Diagnosis(code=_stored(c.text()), text=t.text()) for c, t in zip(self._codes, self._texts, strict=True)
        ]
        while values and values[-1] == Diagnosis():
            values.pop()
        self._edit(tuple(values) or None)


def _stored(typed: str) -> str:
    """A code without its dot; anything else as typed."""
    return normalise(typed) if is_code(typed) else typed.strip()
