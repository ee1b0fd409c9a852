"""Tab goes through a page as it is read: parts that are made late stand where they stand, not last."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def read_order(root: QWidget) -> None:
    """Put everything inside that can have the focus in the order of the layouts."""
    for before, after in pairwise(list(_controls(root))):
        QWidget.setTabOrder(before, after)


def stops(root: QWidget) -> list[QWidget]:
    """What Tab reaches inside, in the order of the layouts; also before Qt has painted the page."""
    return [w for w in _controls(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and _usable(w, root)]


def _usable(widget: QWidget, root: QWidget) -> bool:
    return widget.isVisibleTo(root) and widget.isEnabled() and widget.focusProxy() is None


def _controls(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        yield from _controls(widget.widget())
    elif (layout := widget.layout()) is not None:
        yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for member in _members(layout):
        if isinstance(member, QWidget):
            yield from _controls(member)
        else:
            yield from _inside(member)


def _members(layout: QLayout) -> list[QWidget | QLayout]:
    """Widgets and layouts in it, in their order.

    QLayout.itemAt would tell it simply, but PySide keeps what it returns after Qt has deleted it, and ends in a crash.
    """
    widgets = layout.parentWidget().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    layouts = [child for child in layout.children() if isinstance(child, QLayout)]
    placed = [(layout.indexOf(member), member) for member in (*widgets, *layouts)]
    return [member for at, member in sorted(placed, key=lambda pair: pair[0]) if at >= 0]
