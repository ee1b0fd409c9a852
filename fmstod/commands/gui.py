"""The window; where none can open, the example through the same windows without a screen."""

import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

# These draw on a device of their own, which someone sees without an X or Wayland display.
_OWN_DEVICE = {"vnc", "linuxfb", "eglfs", "vkkhrdisplay"}
_OPEN_DISPLAY = (sys.executable, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])")
_PATIENCE = 20  # seconds; a display at the far end of a dead connection never answers


def run(arguments: list[str]) -> int:
    """`fmstod` and `fmstod gui`. Never ends with an error of Qt's platform."""
    if not needs_display(os.environ, sys.platform):
        return open_window(arguments)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return _example("cli.no_display")
    if not opens_display():
        return _example("cli.display_refused")
    return open_window(arguments)


def needs_display(environment: Mapping[str, str], platform: str) -> bool:
    """Not on Windows or macOS, which always have one, and not where Qt is told to draw on a device of its own."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    return platform not in {"win32", "darwin"} and chosen not in _OWN_DEVICE


def opens_display(command: Sequence[str] = _OPEN_DISPLAY, patience: float = _PATIENCE) -> bool:
    """Whether a child can open the display: Qt ends the whole process when it can't."""
    import subprocess  # not at the top: where no display is needed, its import would only cost time

    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:  # noqa: S603 own
        _load_app()  # while the child tries, so that asking costs no time
        try:
            return child.wait(patience) == 0
        except subprocess.TimeoutExpired:
            child.kill()
            return False


def open_window(arguments: list[str]) -> int:
    """The window, on whatever platform Qt has."""
    code: int = _load_app().main(arguments)
    return code


def _load_app() -> Any:
    # What loads now stays, so a search for unused cycles at every 700th object would only delay the window.
    gc.set_threshold(50_000)
    importlib.import_module("fmstod.ui")  # before Qt, see there
    return importlib.import_module("fmstod.app")


def _example(why: str) -> int:
    from fmstod.commands import demo
    from fmstod.texts import text

    print(text(why), flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return demo.run([])
