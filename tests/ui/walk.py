"""Walks over any window: what Tab reaches, what has no name, what is cut (A-01, A-05, A-06, A-08)."""

import itertools

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QScrollBar, QWidget

from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.elided import Elided

QUIET = {"", "qt_scrollarea_viewport"}


def shown(root, kind=QWidget):
    return [widget for widget in root.findChildren(kind) if widget.isVisible()]


def reachable(root):
    """What Tab should visit."""
    return [
        w for w in shown(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled() and not w.focusProxy()
    ]


def nameless(root):
    """Controls that a screen reader has no name for."""
    found = []
    for widget in shown(root):
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        if inner or (widget.focusPolicy() == Qt.FocusPolicy.NoFocus and not isinstance(widget, QAbstractButton)):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face or not face.text(QAccessible.Text.Name):
            found.append(widget)
    return found


def clipped(root):
    """One-line labels and buttons narrower than their words, and labels lower than their lines."""
    found = []
    for label in shown(root, QLabel):
        if not label.text() or (label.visibleRegion().isEmpty() and not label.rect().isValid()):
            continue
        metrics = QFontMetrics(label.font())
        if isinstance(label, Elided):
            cut = label.shown != label.text() and label.toolTip() != label.text()
        elif label.wordWrap():
            need = metrics.boundingRect(0, 0, label.width(), 10_000, Qt.TextFlag.TextWordWrap, label.text()).height()
            longest = max(metrics.horizontalAdvance(word) for word in label.text().split())
            cut = label.height() < need - 2 or label.width() < longest
        else:
            cut = label.width() < metrics.horizontalAdvance(label.text())
        if cut:
            found.append((label.text(), label.size()))
    for button in shown(root, QAbstractButton):
        icon = 0 if button.icon().isNull() or isinstance(button, QCheckBox) else button.iconSize().width()
        words = QFontMetrics(button.font()).horizontalAdvance(button.text())
        if button.text() and not isinstance(button, LinkButton) and button.width() < words + icon:
            found.append((button.text(), button.size()))
    return found


def outside(root):
    """Controls that reach beyond the part of the window that they can be scrolled into."""
    found = []
    for widget in shown(root):
        if isinstance(widget, (QAbstractButton, QLineEdit, QPlainTextEdit)):
            right = widget.mapTo(root, QPoint(widget.width(), 0)).x()
            if right > root.width() or widget.mapTo(root, QPoint(0, 0)).x() < 0:
                found.append((widget.accessibleName(), right))
    return found


def small(root):
    """Targets under 24 px (2.5.8)."""
    return [(b.accessibleName(), b.size()) for b in shown(root, QAbstractButton) if min(b.width(), b.height()) < 24]


def by_geometry(root, widgets):
    """Whether the widgets come line by line, left to right: the order in which they are read."""
    places = [widget.mapTo(root, QPoint(0, 0)) for widget in widgets]
    return all(after.y() > before.y() - 24 or after.x() > before.x() for before, after in itertools.pairwise(places))
