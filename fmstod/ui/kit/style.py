"""Dresses the application: fonts, palette and style sheet from the tokens."""

from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from fmstod.paths import RESOURCES
from fmstod.ui.kit.tokens import COLOURS, RADIUS, TYPE, Look


def apply(app: QApplication, look: Look) -> None:
    """Before the first widget: a size hint taken earlier is wrong. Widgets made for another look must be made anew."""
    made = sheet(look)
    if app.styleSheet() == made:
        return
    load_fonts()
    app.setFont(look.font("body"))
    app.setPalette(look.palette())
    app.setStyleSheet(made)


@cache
def load_fonts() -> None:
    """The program's own fonts, never the system's: measured texts and pictures are the same everywhere."""
    for file in sorted((RESOURCES / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def system_theme() -> str:
    """What the desktop asks for: `dark` or `light`."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


@cache
def sheet(look: Look) -> str:
    """`resources/style.qss` with the tokens filled in; `h28` and `h32` are heights inside a 1 px border."""
    type_rules = "".join(
        f'*[role="{role}"] {{ font-size: {round(size * look.text)}px; font-weight: {weight}; }}\n'
        f'QLabel[role="{role}"][lines="one"] {{ min-height: {look.px(line)}px; max-height: {look.px(line)}px; }}\n'
        for role, (size, weight, line) in TYPE.items()
    )
    lengths = {f"h{n}": look.px(n) - 2 for n in (28, 32)} | {f"full{n}": look.px(n) for n in (24, 40)}
    sizes = {role: round(TYPE[role][0] * look.text) for role in ("body", "caption")}
    colours = {token: look.hex(token) for token in COLOURS}
    template = Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    return type_rules + template.substitute(colours, **lengths, **sizes, radius=RADIUS)
