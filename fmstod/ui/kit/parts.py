"""Small parts that the pages are built from: layout shorthands, labels, buttons."""

from types import EllipsisType
from typing import TypeAlias

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fmstod.ui.kit.marks import put
from fmstod.ui.kit.tokens import Look

Part: TypeAlias = QWidget | QLayout | int | EllipsisType
Pad: TypeAlias = tuple[int, int, int, int]
BESIDE = 160  # px, the width of labels that stand beside their choices


def fill(layout: QBoxLayout, items: tuple[Part, ...], gap: int, pad: Pad) -> QBoxLayout:
    """Add widgets, layouts, gaps (int, px) and stretches (...) in order."""
    layout.setContentsMargins(*pad)
    layout.setSpacing(gap)
    for item in items:
        if isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addStretch(1)
    return layout


def row(*items: Part, gap: int = 8, pad: Pad = (0, 0, 0, 0)) -> QBoxLayout:
    """`pad` is left, top, right, bottom, as in Qt."""
    return fill(QHBoxLayout(), items, gap, pad)


def column(*items: Part, gap: int = 0, pad: Pad = (0, 0, 0, 0)) -> QBoxLayout:
    return fill(QVBoxLayout(), items, gap, pad)


def panel(layout: QLayout, width: int = 0, height: int = 0, **properties: str) -> QFrame:
    """A ground for a layout; `ground`, `edge` and `card` are known to the style sheet."""
    frame = QFrame()
    frame.setLayout(layout)
    dress(frame, **properties)
    if width:
        frame.setFixedWidth(width)
    if height:
        frame.setFixedHeight(height)
    return frame


def dress(widget: QWidget, **properties: str) -> None:
    """A ground for a widget that is made by its own class; the properties are those of `panel`."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    for name, value in properties.items():
        widget.setProperty(name, value)


def rule() -> QFrame:
    """A hairline between two parts of one card."""
    return panel(column(), height=1, rule="true")


def text(words: str, role: str = "body", tone: str = "", wrap: bool = False) -> QLabel:
    """A label; one-line labels get the line height of their role from the sheet and keep the 4 px grid."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)  # what a user typed is never markup
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    label.setProperty("lines", "many" if wrap else "one")
    label.setWordWrap(wrap)
    return label


def restyle(widget: QWidget, **properties: str) -> None:
    """Change what a widget is, and let the sheet see it."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(look: Look, words: str, kind: str = "", icon: str = "", tone: str = "text", name: str = "") -> QPushButton:
    """Pressed by click, Space and Enter. `name` is what a screen reader says when the words don't suffice."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setAccessibleName(name or words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(True)
    if icon:
        put(made, look, icon, tone)
    return made


def toggle_chip(look: Look, words: str, name: str = "") -> QPushButton:
    """A choice that stays chosen; `show_chosen` shows it with its tick or plus."""
    made = button(look, words, "chip", "plus", "muted", name)
    made.setProperty("shape", "plus")
    made.setCheckable(True)
    made.setAutoDefault(False)  # Enter goes to the next field
    return made


def show_chosen(look: Look, chip: QPushButton, chosen: bool) -> None:
    """A chip with its tick or plus. The icon is told apart from the state, which a click has changed already."""
    chip.setChecked(chosen)
    shape = "done" if chosen else "plus"
    if chip.property("shape") != shape:
        chip.setProperty("shape", shape)
        put(chip, look, shape, "text" if chosen else "muted")


def room_for_bold(look: Look, made: QPushButton) -> None:
    """A chosen button turns semibold; without this its text is cut."""
    plain, bold = (QFontMetrics(look.font(role)).horizontalAdvance(made.text()) for role in ("body", "strong"))
    made.setMinimumWidth(0)
    made.ensurePolished()
    made.setMinimumWidth(made.sizeHint().width() + bold - plain)


def above(label: str, field: QWidget, note: str = "", aside: QWidget | None = None) -> QBoxLayout:
    """Label above field; `note` says in words that the answer is required, or where it is asked."""
    caption = text(label, "strong")
    caption.setBuddy(field)  # gives the field its accessible name
    line: tuple[Part, ...] = (caption, text(note, "caption", "muted"), ...)
    return column(row(*line, *((aside,) if aside else ())), field, gap=4)


def beside(look: Look, label: str, choices: QWidget, note: str = "") -> QBoxLayout:
    """A choice among a few short answers stands on the line of its label while there is room, else below it."""
    width = max(look.px(BESIDE), QFontMetrics(look.font("strong")).horizontalAdvance(label) + 4)
    choices.ensurePolished()
    if look.narrow or width + 16 + choices.sizeHint().width() > look.form_width:
        return above(label, choices, note)
    caption = text(label, "strong")
    caption.setBuddy(choices)
    words = column(caption, *((text(note, "caption", "muted"),) if note else ()))
    if choices.sizeHint().height() > look.px(40):
        words.addStretch(1)  # beside several lines, at their top
    return row(panel(words, width=width), choices, ..., gap=16)


def scroller(inside: QWidget, ground: str) -> QScrollArea:
    """Scrolls in one direction only and is no Tab stop itself."""
    area = QScrollArea()
    area.setViewport(_viewport())
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setProperty("ground", ground)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _viewport() -> QWidget:
    """As Qt's own. For that one PySide6 would look through all kinds of widgets, to tell whoever asks what it is: 8 ms."""
    view = QWidget()
    view.setObjectName("qt_scrollarea_viewport")
    view.setAutoFillBackground(True)
    return view


class Flow(QLayout):
    """Left to right, wrapping; for chips, at any text size. Parts of one line stand on its middle."""

    def __init__(self, gap: int = 8, lines: int | None = None) -> None:
        """`gap` between the parts, `lines` between the lines (default: the same)."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._lines = gap, gap if lines is None else lines
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:
        """A part that can be narrower than it would like never makes the window wider."""
        least = (item.minimumSize().width() for item in self._items if not item.isEmpty())
        return QSize(max(least, default=0), self.sizeHint().height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, move: bool) -> int:
        y = rect.y()
        for line in self._broken(rect.width()):
            x, tall = rect.x(), max(size.height() for _, size in line)
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))
                x += size.width() + self._gap
            y += tall + self._lines
        return max(0, y - self._lines - rect.y())

    def _broken(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The shown parts in lines no wider than `width`."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), width))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines


def empty(layout: QLayout) -> None:
    """Take out and delete everything that the layout holds."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            empty(inner)
