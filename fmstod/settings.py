"""What the user chose for this computer's screen. It is read before anything is unlocked and tells nothing of anyone."""

import contextlib
from pathlib import Path

import tomli

FILE = "screen.toml"
NOTES = "notes"  # a folder with an empty file for each note that was put away


def read_screen(home: Path) -> tuple[str, float]:
    """Theme (`light`, `dark`, or `system`) and text size; the usual ones when nothing readable has been kept."""
    try:
        kept = tomli.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "system", 1.0
    theme, size = kept.get("theme"), kept.get("text")
    return (
        theme if theme in {"light", "dark"} else "system",
        float(size) if isinstance(size, int | float) and 1 <= size <= 2 else 1.0,
    )


def keep_screen(home: Path, theme: str, text: float) -> None:
    """Remember the choice; a disk that can't be written only means that it is asked for again."""
    with contextlib.suppress(OSError):
        (home / FILE).write_text(f'theme = "{theme}"\ntext = {text}\n', encoding="utf-8")


def is_put_away(home: Path, note: str) -> bool:
    """Whether the user has put a note by this name away."""
    return (home / NOTES / note).is_file()


def put_away(home: Path, note: str) -> None:
    """Remember it; a disk that can't be written only means that the note comes again."""
    with contextlib.suppress(OSError):
        (home / NOTES).mkdir(exist_ok=True)
        (home / NOTES / note).touch()
