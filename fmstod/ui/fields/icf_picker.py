"""Choosing ICF categories: suggestions as chips, a search among all, and what the marked one means."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QMoveEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QPushButton, QScrollArea

from fmstod.domain.icd import dotted
from fmstod.knowledge.categories import CategoryHit, CategoryIndex
from fmstod.knowledge.suggest import Suggestions
from fmstod.texts import text as say
from fmstod.ui.fields.icf_card import IcfCard, described, name_of, tooltip
from fmstod.ui.kit.boxes import PASSING, LineBox
from fmstod.ui.kit.marks import pixmap
from fmstod.ui.kit.parts import Flow, button, column, empty, panel, row, show_chosen, text, toggle_chip
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look

FEW = 6  # chips before "show all"
ROWS, ROWS_NARROW = 6, 2  # hits before the list scrolls
MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CategoryList(QListWidget):
    """The hits. It never has the focus: the box above it moves in it. A tick shows what is chosen."""

    marked = Signal(object)  # the hit that the mark has come to

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hits: Sequence[CategoryHit] = ()
        image = pixmap(look, "done")
        blank = QPixmap(image.size())
        blank.fill(Qt.GlobalColor.transparent)
        self._icons = {True: QIcon(image), False: QIcon(blank)}
        self.setIconSize(image.size())
        self.setAccessibleName(say("icf.hits"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._tell)

    @property
    def current(self) -> CategoryHit | None:
        return self.hit_at(self.currentRow())

    def hit_at(self, at: int) -> CategoryHit | None:
        return self._hits[at] if 0 <= at < len(self._hits) else None

    def show_hits(self, hits: Sequence[CategoryHit], chosen: frozenset[str]) -> None:
        """Marks none: as among diagnoses the first key marks the first."""
        self._hits = ()
        self.clear()
        self.addItems([_line(hit) for hit in hits])  # PySide frees items of its own making twice when they are cleared
        self._hits = hits
        self.show_ticks(chosen)
        rows = min(len(hits), ROWS_NARROW if self._look.narrow else ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), 0) + 4)
        self.setVisible(bool(hits))
        self.setCurrentRow(-1)

    def show_ticks(self, chosen: frozenset[str]) -> None:
        for n, hit in enumerate(self._hits):
            self.item(n).setIcon(self._icons[hit.code in chosen])

    def move(self, by: int) -> None:  # type: ignore[override]  # a list is never moved by hand
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))

    @Slot(int)
    def _tell(self, at: int) -> None:
        if hit := self.hit_at(at):
            self.marked.emit(hit)


def _line(hit: CategoryHit) -> str:
    line = say("icf.hit", code=hit.code, label=hit.label)
    return say("icf.suggested", hit=line) if hit.suggested else line


class IcfPicker(QFrame):
    """Asks for categories by `toggled`; whoever owns the answer says by `show_chosen` what is chosen.

    While something is sought the hits stand in place of the chips. Down in the empty box, or a click in it, lists all.
    Enter adds the marked one and takes it away again, Delete takes it away, Esc puts the list away.
    """

    toggled = Signal(str)

    def __init__(self, look: Look, index: CategoryIndex) -> None:
        super().__init__()
        self._look, self._index, self._all = look, index, False
        self._groups: Sequence[Suggestions] = ()
        self._chosen = frozenset[str]()
        self.chips: dict[str, QPushButton] = {}
        self._roving = Roving(self)
        self._count = text("", "caption", "muted")
        self.more = button(look, "", "plain")
        self.more.clicked.connect(self._show_all)
        self.more.hide()
        self.box = LineBox(look, say(f"icf.search.{index.component}"), empty=say(f"icf.search.{index.component}"))
        self.box.typed.connect(self._typed)
        self.box.installEventFilter(self)
        self.hits = CategoryList(look)
        self.hits.marked.connect(self._marked)
        self.hits.itemClicked.connect(self._clicked)
        self._keys = text(say("icf.keys"), "caption", "muted", wrap=True)
        self._none = text("", tone="muted", wrap=True)
        self._found = panel(column(self.hits, self._keys, self._none, gap=4))
        self._flows = column(gap=8)
        self._offered = panel(self._flows)
        self.card = IcfCard(look)
        head = row(text(say("icf.head"), "strong"), self._count, ..., self.more)
        self.setLayout(column(column(head, 4, self.box), self._found, self._offered, self.card, gap=8))
        self._soon = QTimer(self, singleShot=True, interval=0)  # the scroll area knows its length only after the layout
        self._soon.timeout.connect(self._bring_into_sight)
        self._close()

    def offer(self, groups: Sequence[Suggestions], index: CategoryIndex) -> None:
        """Suggest these; `index` is what can be found."""
        if (groups, index) != (self._groups, self._index):
            self._groups, self._index = groups, index
            self._make_chips()
            self._close()

    def show_chosen(self, codes: frozenset[str]) -> None:
        self._chosen = codes
        for code, chip in self.chips.items():
            show_chosen(self._look, chip, code in codes)
        self.hits.show_ticks(codes)
        self._count.setText(say("icf.count", count=len(codes)) if codes else "")
        self._say_marked()

    def show_category(self, code: str) -> None:
        """Tell what a category means."""
        self.card.show_hit(self._index.hit(code))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and watched is not self.box:
            self.show_category(watched.property("code"))
        elif watched is self.box and isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        elif watched is self.box and kind == QEvent.Type.MouseButtonPress and self._found.isHidden():
            self._search()
        elif watched is self.box and kind == QEvent.Type.FocusOut and event.reason() not in PASSING:  # type: ignore[attr-defined]
            self._close()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._soon.start()

    @Slot()
    def _bring_into_sight(self) -> None:
        """What the marked category means, and before all what has the focus."""
        held, area = QApplication.focusWidget(), self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or held is None or not self.isAncestorOf(held):
            return
        for part in (self.card, held):  # the last for sure
            if part.isVisible():
                # ensureWidgetVisible cares for the cursor only
                top = area.widget().mapFromGlobal(part.mapToGlobal(QPoint())).y()
                area.ensureVisible(0, top + part.height(), 0, 8)
                area.ensureVisible(0, top, 0, 8)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key, hit = event.key(), self.hits.current
        if self._found.isHidden():
            if key == Qt.Key.Key_Down:
                self._search()
            return key == Qt.Key.Key_Down
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in MOVES:
            self.hits.move(MOVES[Qt.Key(key)])
        elif hit is None and key in ENTER and self.hits.count():
            self.hits.move(1)  # the first Enter marks, the second takes
        elif hit is None:
            return False
        elif key in ENTER or (key == Qt.Key.Key_Delete and hit.code in self._chosen):
            self._toggle(hit)
        else:
            return False
        return True

    def _toggle(self, hit: CategoryHit) -> None:
        self.toggled.emit(hit.code)
        self.box.selectAll()  # the next word is typed over this one

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        if hit := self.hits.hit_at(self.hits.row(item)):
            self._toggle(hit)

    @Slot(str)
    def _typed(self, words: str) -> None:
        if words.strip():
            self._search()
        else:
            self._close()

    def _search(self) -> None:
        words = self.box.text()
        suggested = list(dict.fromkeys(item.code for group in self._groups for item in group.items))
        found = self._index.search(words, suggested)
        self.hits.show_hits(found, self._chosen)
        self._keys.setVisible(bool(found) and not self._look.narrow)  # what the category means needs the room
        self._none.setText("" if found else self._elsewhere(words))
        self._none.setHidden(bool(found))
        self._say_marked()
        if found:
            self.card.show_hit(found[0])  # what it means is told before it is marked
        else:
            self.card.hide()
        self._found.show()
        self._offered.hide()

    def _elsewhere(self, words: str) -> str:
        """What to say where nothing is found: the word may belong to the other step."""
        here = self._index.component
        there = replace(self._index, component="d" if here == "b" else "b").search(words)
        return say(f"icf.elsewhere.{here}", name=name_of(there[0])) if there else say("icf.none")

    def _close(self) -> None:
        self.box.show_text("")
        self.hits.show_hits((), self._chosen)
        self._found.hide()
        self._offered.setHidden(not self.chips)
        self._say_marked()

    @Slot(object)
    def _marked(self, hit: CategoryHit) -> None:
        self.card.show_hit(hit)
        self._say_marked()

    def _say_marked(self) -> None:
        """A screen reader hears of the box what is marked below it."""
        hit = self.hits.current
        said = "" if hit is None else described(hit)
        chosen = hit is not None and hit.code in self._chosen
        self.box.setAccessibleDescription(say("icf.chosen", hit=said) if chosen else said)

    def _make_chips(self) -> None:
        self._roving.clear()
        empty(self._flows)
        self.chips = {}
        total = len({item.code for group in self._groups for item in group.items})
        for group in self._groups:
            room = total if self._all else FEW - len(self.chips)
            items = [i for i in group.items if i.code not in self.chips][: max(room, 0)]
            flow = Flow()
            for item in items:
                flow.addWidget(self._make_chip(item.code))
            if items:
                key = "field.icf.shared" if group.shared else "field.icf.for"
                self._flows.addWidget(text(say(key, codes=", ".join(map(dotted, group.codes))), "caption", "muted"))
                self._flows.addWidget(panel(flow))
        self.more.setVisible(total > FEW)
        self.more.setText(say("field.icf.fewer" if self._all else "field.icf.all", all=total))
        self.more.setAccessibleName(self.more.text())

    def _make_chip(self, code: str) -> QPushButton:
        hit = self._index.hit(code)
        made = toggle_chip(self._look, name_of(hit))
        made.setToolTip(tooltip(hit))
        made.setAccessibleDescription(described(hit))
        made.setProperty("code", code)
        made.clicked.connect(partial(self.toggled.emit, code))
        made.installEventFilter(self)
        self.chips[code] = made
        self._roving.add(made)
        return made

    @Slot()
    def _show_all(self) -> None:
        self._all = not self._all
        self._make_chips()
        self._close()
        self.show_chosen(self._chosen)
