"""The hits of a search among codes: a list that is moved in from the box beside it, and a line that says the keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fmstod.domain.icd import dotted, normalise
from fmstod.knowledge.codes import Hit
from fmstod.texts import text as say
from fmstod.ui.kit.parts import Flow, button, column, panel, text
from fmstod.ui.kit.tokens import Look

MOST_SHOWN = 8  # rows before the list scrolls
ROW, CODE, SIDE = 32, 72, 8  # px: the least height of a hit, the width of its code, the room beside
AROUND = 96  # px, the box above the hits and the keys below them
Index = QModelIndex | QPersistentModelIndex


def words_of(hit: Hit, covered: bool = False) -> str:
    """A hit in one line, as a screen reader says it."""
    return "   ".join(
        part for part in (dotted(hit.code), _name(hit)[0], say("field.diagnosis.fmb") if covered else "") if part
    )


def _name(hit: Hit) -> tuple[str, int]:
    """The name with what has to be added to it, and how much of it is the name."""
    added = say("field.diagnosis.inherited", of=dotted(hit.of)) if hit.inherited and hit.label else ""
    if hit.said:
        added += say("field.diagnosis.said", said=hit.said)
    if hit.opens:
        added += say("field.diagnosis.opens")
    return hit.label + added, len(hit.label)


class _Painter(QStyledItemDelegate):
    """Code, name with what the search hit in semibold, and whether FMB knows it. A long name takes more lines."""

    def __init__(self, look: Look, shown: "HitList") -> None:
        super().__init__(shown)
        self._look, self._shown = look, shown

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._shown.viewport().width()
        tall = self._laid(self._shown.hit(index.row()), width).boundingRect().height()
        return QSize(width, max(self._look.px(ROW), round(tall) + 2 * SIDE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area = self._look, QRect(option.rect)
        state = option.state
        hit = self._shown.hit(index.row())
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, look.colour("hover"))
        laid = self._laid(hit, area.width())
        top = area.top() + (area.height() - laid.boundingRect().height()) / 2
        line = QRect(area.left(), round(top), area.width(), round(laid.lineAt(0).height()))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("strong"))
        painter.drawText(line.adjusted(SIDE, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, dotted(hit.code))
        laid.draw(painter, QPointF(area.left() + SIDE + look.px(CODE), top))
        if self._shown.covers(hit.code):
            painter.setPen(look.colour("muted"))
            painter.setFont(look.font("label"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(line.adjusted(0, 0, -SIDE, 0), right, say("field.diagnosis.fmb"))
        painter.restore()

    def _laid(self, hit: Hit, width: int) -> QTextLayout:
        """The name in lines, beside the code and clear of FMB's mark."""
        look, (words, name) = self._look, _name(hit)
        laid = QTextLayout(words, look.font("body"))
        laid.setFormats(
            [_format(name, len(words) - name, look.colour("muted"))]
            + [_format(first, end - first, look.colour("text"), bold=True) for first, end in hit.marks]
        )
        mark = QFontMetrics(look.font("label")).horizontalAdvance(say("field.diagnosis.fmb"))
        room = max(look.px(CODE), width - look.px(CODE) - mark - 3 * SIDE)
        laid.beginLayout()
        y = 0.0
        while (line := laid.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, y))
            y += line.height()
        laid.endLayout()
        return laid


def _area_of(widget: QWidget) -> QScrollArea | None:
    """What the widget scrolls in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def _format(start: int, length: int, colour: QColor, bold: bool = False) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    how = QTextCharFormat()
    how.setForeground(colour)
    if bold:
        how.setFontWeight(600)
    found.format = how
    return found


class HitList(QListWidget):
    """The hits. It never has the focus: the box beside it moves in it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hits: Sequence[Hit] = ()
        self.covers: Callable[[str], bool] = lambda _code: False
        self.setAccessibleName(say("field.diagnosis.hits"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._painter = _Painter(look, self)
        self.setItemDelegate(self._painter)

    @property
    def current(self) -> Hit | None:
        at = self.currentRow()
        return self._hits[at] if 0 <= at < len(self._hits) else None

    def hit(self, at: int) -> Hit:
        return self._hits[at]

    def show_hits(self, hits: Sequence[Hit], at: int) -> None:
        """Marks the hit `at`; -1 marks none."""
        self.clear()
        self._hits = hits
        self.addItems(
            [words_of(hit, self.covers(hit.code)) for hit in hits]
        )  # PySide frees items of its own making twice when they are cleared
        self.setCurrentRow(at)
        self._fit()

    def move(self, by: int) -> None:  # type: ignore[override]  # a list is never moved by hand
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        tall = sum(self.sizeHintForRow(n) for n in range(min(self.count(), MOST_SHOWN)))
        most = MOST_SHOWN * self._look.px(ROW)
        if area := _area_of(self):  # the box above stays in sight, and the keys below
            most = min(most, max(self._look.px(ROW), area.viewport().height() - self._look.px(AROUND)))
        self.setFixedHeight(min(tall, most) + 4)
        self.setVisible(bool(self.count()))


class HitPanel(QFrame):
    """The list with the keys below it, or words where there is nothing to list. `taken` when a hit is clicked."""

    taken = Signal(object)
    lowered = Signal()  # to the codes below the marked one
    lifted = Signal()  # to the code above it

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.list = HitList(look)
        self._words = text("", "caption", "muted", wrap=True)
        self._below, self._above = button(look, "", "plain"), button(look, "", "plain")
        self._below.clicked.connect(self.lowered)
        self._above.clicked.connect(self.lifted)
        for way in (self._below, self._above):
            way.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ways = Flow(gap=16, lines=0)
        for part in (text(say("field.diagnosis.keys"), "caption", "muted"), self._below, self._above):
            ways.addWidget(part)
        self._ways = panel(ways)
        self._ways.setMinimumHeight(max(24, look.px(24)))  # the rows below don't move when a way comes or goes
        self.setLayout(column(self.list, self._words, self._ways, gap=4, pad=(0, 0, 0, 4)))
        self.list.itemClicked.connect(lambda item: self.taken.emit(self.list.hit(self.list.row(item))))
        self.hide()

    def show_hits(self, hits: Sequence[Hit], typed: str) -> None:
        """Marks a hit only when it is the code as typed; otherwise the user chooses."""
        self.show_level(hits, next((n for n, hit in enumerate(hits) if hit.code == normalise(typed)), -1))

    def show_level(self, hits: Sequence[Hit], at: int) -> None:
        """Hits with one of them marked."""
        self.list.show_hits(hits, at)
        self._words.hide()
        self._ways.setVisible(bool(hits))
        self.setVisible(bool(hits))

    def show_words(self, words: str) -> None:
        """Words instead of hits; none put the panel away."""
        self.show_level((), -1)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setVisible(bool(words))

    def bring_into_sight(self, box: QWidget) -> None:
        """Scroll the step so that the hits show, and the box that they belong to above them."""

        def scroll() -> None:
            if (area := _area_of(self)) and self.isVisible():
                area.ensureWidgetVisible(self, 0, 8)
                area.ensureWidgetVisible(box, 0, 8)

        QTimer.singleShot(0, self, scroll)  # once they have their place

    def show_ways(self, below: str, above: str) -> None:
        """The ways from the marked hit: the code that others lie below, the code that lies above it; empty for none."""
        for way, key, code in ((self._below, "below", below), (self._above, "above", above)):
            way.setText(say(f"field.diagnosis.{key}", code=dotted(code)))
            way.setAccessibleName(way.text())
            way.setVisible(bool(code))
