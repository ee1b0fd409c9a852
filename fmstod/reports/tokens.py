"""Every size, colour and text style of the papers; other modules hold no numbers of this kind.

Lengths are points. Text stands on a grid: line heights are whole steps, gaps are whole, half or quarter steps, and each
style says where in its line the baseline lies, so that a caption of 8.5 pt and an answer of 10 pt in neighbouring
columns share their baselines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

TEXT, MUTED = HexColor("#1B2733"), HexColor("#51606E")
BORDER, LINE = HexColor("#8796A5"), HexColor("#D5DCE3")
ACCENT, PAPER, WATERMARK = HexColor("#0B6E6E"), HexColor("#FFFFFF"), HexColor("#E9EDF1")
DEGREES: Mapping[int, Color] = {
    100: HexColor("#7A2E4D"),
    75: HexColor("#A85A3C"),
    50: HexColor("#B98A1F"),
    25: HexColor("#5E8F6B"),
}
PALER: Mapping[int, Color] = {  # what lies before: half of it white, so that dark words stand on it
    degree: Color((1 + full.red) / 2, (1 + full.green) / 2, (1 + full.blue) / 2) for degree, full in DEGREES.items()
}

PAGE_WIDTH, PAGE_HEIGHT = A4
STEP = 14.0  # one line of body text
HALF = STEP / 2
LARGE = 16.5  # one line on the patient's page

MARGIN = 20 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
SIDE = 48 * mm  # the margin column: section headings
GUTTER = 5 * mm
MAIN = WIDTH - SIDE - GUTTER  # the answer column, about 62 characters of body text
SECOND = SIDE + GUTTER  # where the answer column begins
HALF_MAIN = (MAIN - GUTTER) / 2
CODE = 62.0  # column of diagnosis codes
STEPS = 116.0  # column of degrees and days in the plan
MEASURE = (132.0, 120.0, MAIN - 252)  # what, by whom, when
DOCUMENT = (114.0, 92.0, MAIN - 206)  # what (företagshälsovården in one line), from which day, where
LARGE_GAP = 1.5 * GUTTER
LARGE_HALF = (WIDTH - LARGE_GAP) / 2  # of the patient's page
KEY = 26.0  # the signs before the words that explain them
INDENT = 16.0  # from a section's number to its title, from a tick box to its label

TALL = 50 * STEP  # a full page of text
BOTTOM = 24 * mm
TOP = BOTTOM + TALL
HEADER = 15 * mm  # baseline of the running header, from the top edge
FOOTER = 15 * mm  # first of the footer's two baselines, from the bottom edge
FOOTER_STEP = 11.0
EDGE = 10 * mm  # baseline of the id in the right margin, from the right edge
WATERMARK_SIZE = 150.0
HAIRLINE, RULE, AXIS = 0.5, 1.2, 0.8
BOX, CROSS = 8.5, 1.9  # a tick box, and how far from its edge the cross begins
FRAME = 10.0  # from a banner's frame to its words

REGULAR, STRONG = "Paper", "Paper-Strong"


@dataclass(frozen=True)
class Style:
    """How a text is set. `baseline` is measured from the top of its line, `before` is the gap it asks for above."""

    size: float
    line: float
    font: str = REGULAR
    colour: Color = TEXT
    before: float = 0.0
    right: bool = False
    stays: bool = False
    baseline: float = 0.0

    def to_right(self) -> "Style":
        """The same style set to the right, for columns of figures."""
        return replace(self, right=True)


def style(size: float, line: float, font: str = REGULAR) -> Style:
    """Capitals are centred in the line."""
    return Style(size, line, font, baseline=round(line / 2 + 0.36 * size, 1))


TITLE = style(20, 2 * STEP, STRONG)
NAME = style(16, 2 * STEP, STRONG)
HEADING = style(10, STEP, STRONG)
BODY = style(10, STEP)
NEXT = replace(BODY, before=HALF / 2)  # a paragraph after another
QUIET = replace(BODY, colour=MUTED)
NOTE = replace(QUIET, size=8.5)  # quieter, on the same lines and baseline
CAPTION = replace(NOTE, before=HALF, stays=True)

LARGE_TITLE = style(26, 2 * LARGE, STRONG)
LARGE_HEADING = replace(style(14, 1.25 * LARGE, STRONG), before=9.0, stays=True)
LARGE_KEY = style(20, 1.5 * LARGE, STRONG)
LARGE_BODY = style(12, LARGE)
LARGE_STRONG = replace(LARGE_BODY, font=STRONG)
LARGE_CAPTION = replace(LARGE_STRONG, stays=True)
LARGE_NOTE = replace(LARGE_BODY, size=10, colour=MUTED)
