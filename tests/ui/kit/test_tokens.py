"""The look keeps what it promises: contrast, sizes, the 4 px grid (look.md 2, A-07)."""

import pytest

from fmstod.ui.kit.style import sheet
from fmstod.ui.kit.tokens import COLOURS, TEXT_SIZES, THEMES, TYPE, Look

PROMISED = [  # colour, ground, light, dark: the table of look.md
    ("text", "surface", 15.2, 13.5),
    ("muted", "surface", 6.5, 7.5),
    ("border", "surface", 3.0, 3.7),
    ("on_accent", "accent", 6.1, 8.0),
    ("text", "selection", 11.8, 8.8),
    ("muted", "hover", 5.5, 6.3),
    ("focus", "surface", 6.4, 7.5),
    ("ok", "surface", 5.3, 8.5),
    ("warn", "surface", 5.9, 9.5),
    ("error", "surface", 6.5, 6.7),
    ("degree_100", "surface", 9.0, 4.2),
    ("degree_75", "surface", 5.0, 5.2),
    ("degree_50", "surface", 3.1, 6.9),
    ("degree_25", "surface", 3.7, 6.4),
]
# What is read needs 4.5:1, what is only seen 3:1, on every ground that it stands on.
READ = [
    *((token, ground) for token in ("text", "muted") for ground in ("window", "surface", "hover", "selection")),
    *((token, ground) for token in ("accent", "error", "warn", "ok") for ground in ("surface", "window")),
    ("text", "warn_ground"),
    ("muted", "warn_ground"),
    ("accent", "warn_ground"),
    ("warn", "warn_ground"),
    ("text", "error_ground"),
    ("accent", "error_ground"),
    ("error", "error_ground"),
    ("accent", "hover"),
    ("on_accent", "accent"),
]
SEEN = [
    ("border", "surface"),
    ("focus", "surface"),
    ("focus", "window"),
    ("accent", "surface"),
    ("accent", "selection"),
]


def luminance(value):
    parts = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    """WCAG's ratio of two `#RRGGBB` colours, 1.0 to 21.0."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ratio(theme, one, other):
    look = Look(theme=theme)
    return contrast(look.hex(one), look.hex(other))


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # WCAG's well-known near miss


@pytest.mark.parametrize(("token", "ground", "light", "dark"), PROMISED)
def test_contrast_is_what_the_table_says(token, ground, light, dark):
    assert ratio("light", token, ground) == pytest.approx(light, abs=0.06)
    assert ratio("dark", token, ground) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("token", "ground"), READ)
def test_what_is_read_has_contrast_4_5(theme, token, ground):
    assert ratio(theme, token, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("token", "ground"), SEEN)
def test_what_is_seen_has_contrast_3(theme, token, ground):
    assert ratio(theme, token, ground) >= 3.0


def test_type_is_never_below_12_and_lines_keep_the_grid():
    for size, _, line in TYPE.values():
        assert size >= 12
        assert line % 4 == 0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", TEXT_SIZES)
def test_the_sheet_has_no_gap_left(theme, text):
    made = sheet(Look(theme=theme, text=text))
    assert "$" not in made
    assert COLOURS["accent"][THEMES.index(theme)] in made


def test_the_palette_leaves_no_colour_to_the_system(qapp):
    light, dark = Look().palette(), Look(theme="dark").palette()
    for role in ("Window", "Base", "Text", "Button", "Highlight", "HighlightedText", "PlaceholderText", "Link"):
        value = getattr(light.ColorRole, role)
        assert light.color(value) != dark.color(value)


def test_a_large_text_folds_the_side_columns():
    assert not Look().narrow
    assert Look(text=1.1).narrow
