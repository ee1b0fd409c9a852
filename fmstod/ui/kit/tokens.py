"""Design tokens: the only place that names a colour, a type size or a control height.

A widget says what it *is* (`setProperty("role", "title")`), a painter asks `look.colour("muted")`.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette

COLOURS = {  # token: (light, dark)
    "window": ("#F4F6F8", "#12181E"),
    "surface": ("#FFFFFF", "#1B232B"),
    "hover": ("#E9EEF2", "#26313B"),
    "text": ("#1B2733", "#E8EDF2"),
    "muted": ("#51606E", "#A7B4C0"),
    "border": ("#8796A5", "#6B7B8A"),
    "line": ("#D5DCE3", "#2E3944"),
    "accent": ("#0B6E6E", "#4FC3BC"),
    "on_accent": ("#FFFFFF", "#06201F"),
    "selection": ("#CFE8E6", "#1F4644"),
    "focus": ("#0B57D0", "#8AB4F8"),
    "ok": ("#1E7B3A", "#7BD08F"),
    "warn": ("#8A5A00", "#F2C14E"),
    "error": ("#B3261E", "#F28B82"),
    "warn_ground": ("#FFF4DC", "#33290F"),
    "error_ground": ("#FDECEA", "#3A1D1B"),
    "degree_100": ("#7A2E4D", "#C2668D"),
    "degree_75": ("#A85A3C", "#CC8260"),
    "degree_50": ("#B98A1F", "#CFA63F"),
    "degree_25": ("#5E8F6B", "#78B189"),
}
TYPE = {  # role: (size, weight, line), in px at 100 % text
    "caption": (12, 400, 16),
    "label": (12, 600, 16),
    "body": (14, 400, 20),
    "strong": (14, 600, 20),
    "patient": (16, 700, 24),
    "heading": (16, 600, 24),
    "title": (20, 600, 28),
    "figure": (26, 700, 36),
}
THEMES = ("light", "dark")
TEXT_SIZES = (1.0, 1.25, 1.5, 2.0)
RADIUS = 6
FAMILY = "Noto Sans"
NAV = 176  # px, the steps beside the form, less their margins
NAV_SMALL = 64  # px, the same with numbers only
FMB = 376  # px, what FMB says beside the form
SMALLEST = 1280  # px, the narrowest window that the layout is made for
PALETTE = {  # Qt's role: token; all of them, so that Fusion never falls back to its own greys
    "Window": "window",
    "WindowText": "text",
    "Base": "surface",
    "AlternateBase": "window",
    "Text": "text",
    "Button": "surface",
    "ButtonText": "text",
    "PlaceholderText": "muted",
    "Highlight": "selection",
    "HighlightedText": "text",
    "Link": "accent",
    "LinkVisited": "accent",
    "ToolTipBase": "surface",
    "ToolTipText": "text",
    "Mid": "line",
    "Dark": "border",
    "Light": "surface",
}


@dataclass(frozen=True)
class Look:
    """One theme at one text size; `text` is 1.0 at 100 % and scales type and control heights, not gaps."""

    theme: str = "light"
    text: float = 1.0

    @property
    def narrow(self) -> bool:
        """True when 1200 px at this text size would not fit the smallest window: side columns fold."""
        return 1200 * self.text > SMALLEST

    @property
    def form_width(self) -> int:
        """The width that a step's column surely has in the smallest window, px."""
        side = self.px(NAV) + 24 if self.narrow else NAV + 24 + FMB
        return SMALLEST - side - 48 - 10  # its own margins, a scroll bar

    def hex(self, token: str) -> str:
        """The token as `#RRGGBB`."""
        return COLOURS[token][THEMES.index(self.theme)]

    def colour(self, token: str) -> QColor:
        return QColor(self.hex(token))

    def px(self, length: int) -> int:
        """A length that follows the text size, kept on whole even pixels."""
        return round(length * self.text / 2) * 2

    def font(self, role: str) -> QFont:
        """For painters and measuring; labels get theirs from the sheet."""
        size, weight, _ = TYPE[role]
        font = QFont(FAMILY)
        font.setPixelSize(round(size * self.text))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def palette(self) -> QPalette:
        palette = QPalette()
        for role, token in PALETTE.items():
            palette.setColor(getattr(QPalette.ColorRole, role), self.colour(token))
        return palette
