"""Own line icons (`resources/icons/*.svg`, 16 × 16, stroke 1.5), drawn in the colour of a token."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from fmstod.paths import RESOURCES
from fmstod.ui.kit.tokens import Look


@cache
def _shape(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(look: Look, name: str, token: str = "text", size: int = 16, after: int = 0) -> QPixmap:
    """`after` is clear room to the right, since a button's own gap between icon and text is too small."""
    side = look.px(size)
    svg = _shape(name).replace("currentColor", look.hex(token))
    image = QPixmap(side + after, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def icon(look: Look, name: str, token: str = "text") -> QIcon:
    return QIcon(pixmap(look, name, token))


def put(button: QAbstractButton, look: Look, name: str, token: str = "text") -> None:
    """Set an icon at the size of the text; no name takes it away."""
    if not name:
        button.setIcon(QIcon())
        return
    image = pixmap(look, name, token, after=4 if button.text() else 0)
    button.setIcon(QIcon(image))
    button.setIconSize(image.size())


class IconLabel(QLabel):
    """An icon that stands alone; the words beside it say the same."""

    def __init__(self, look: Look, size: int = 16) -> None:
        super().__init__()
        self._look, self._size = look, size
        self.setFixedSize(look.px(size), look.px(size))

    def show_mark(self, name: str, token: str = "text") -> None:
        self.setPixmap(pixmap(self._look, name, token, self._size))


def mark(look: Look, name: str, token: str = "text", size: int = 16) -> IconLabel:
    label = IconLabel(look, size)
    label.show_mark(name, token)
    return label


@cache
def degree(look: Look, percent: int) -> QIcon:
    """A small column, filled to the degree: the timeline's code beside a figure."""
    wide, tall = look.px(10), look.px(16)
    image = QPixmap(wide, tall)
    image.fill(look.colour("border"))
    painter = QPainter(image)
    painter.fillRect(1, 1, wide - 2, tall - 2, look.colour("surface"))
    filled = round(tall * percent / 100)
    painter.fillRect(0, tall - filled, wide, filled, look.colour(f"degree_{percent}"))
    painter.end()
    return QIcon(image)
