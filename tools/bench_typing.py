"""What bench.py measures of typing: a frame is a key and all that the window draws because of it."""

import json
import os
import statistics
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench_quality import SENTENCES
from timing import in_ms

CASE = "00000000-0000-4000-8000-0000000000be"
LENGTH = 3600  # characters that are there before; the typed ones bring it to 4000 at most
LETTERS = "sitter i högst tjugo minuter och "
TODAY = date(2026, 11, 23)
ROUNDS = 8


def frame_p99(home: Path) -> float:
    """A key in a text of 4000 characters with marks, painted; ms. What is read when the user pauses isn't in it."""
    view, app = _view(home)
    return _p99(_keys(view, app))


def pause_time(home: Path) -> float:
    """What the window does once the user pauses: the rules, and their marks drawn; ms, median."""
    view, app = _view(home)
    box = view.page(4).fields["17"].box

    def read() -> None:
        view.checking.quality.read()
        app.processEvents()

    times = []
    for n in range(20):
        box.insertPlainText(str(n))
        app.processEvents()
        times.append(in_ms(read))
    return statistics.median(times)


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _keys(view: Any, app: Any) -> list[float]:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    box = view.page(4).fields["17"].box
    box.setFocus()

    def press(letter: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            app.sendEvent(box, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        box.viewport().repaint()
        app.processEvents()

    times = [in_ms(lambda letter=letter: press(letter)) for _ in range(ROUNDS) for letter in LETTERS]  # type: ignore[misc]
    return times[len(LETTERS) :]  # the first round warms up


def _view(home: Path) -> tuple[Any, Any]:
    """Step 4 of a case with long texts, as the program shows it."""
    from fmstod import ui  # noqa: F401 - before Qt, see there

    from PySide6.QtWidgets import QApplication  # isort: skip - fmstod.ui comes before Qt

    app = QApplication([])
    from fmstod.domain.answers import Diagnosis, IcfText
    from fmstod.domain.consultation import Consultation
    from fmstod.storage.key import Cost
    from fmstod.storage.opening import create_store
    from fmstod.ui.consultation_view import ConsultationView
    from fmstod.ui.kit import style
    from fmstod.ui.kit.tokens import Look
    from fmstod.ui.session import Session
    from fmstod.world import read_knowledge

    look = Look(theme="light", text=1.0)
    style.apply(app, look)
    store = create_store(home / "store", "bänk och åter bänk", cost=Cost(8, 1, 1))
    text = " ".join(SENTENCES * 10)[:LENGTH]
    answers = {ref: IcfText(text=text) for ref in ("35", "17")}
    record = Consultation(
        answers={"28": ("NUVARANDE_ARBETE",), "6": (Diagnosis(code="F438A", text="Utmattning"),), "29": text, **answers}
    )
    store.save_case(CASE, record, 0)
    session = Session(
        home=home,
        store=store,
        knowledge=read_knowledge(home, TODAY),
        verify=lambda _passphrase: None,
        render=lambda _form, _document, _draft: b"",
        seal=lambda _document, pdf: pdf,
        papers=None,  # type: ignore[arg-type] # nothing is printed
        mark=lambda pdf, _mark: pdf,
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
    )
    view = ConsultationView(look, session, store.open_case(CASE))
    view.resize(1280, 800)
    view.show()
    view.activateWindow()
    view.go(4)
    for _ in range(10):
        app.processEvents()
    return view, app


MEASURES = {each.__name__: each for each in (frame_p99, pause_time)}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        value = MEASURES[sys.argv[1]](Path(home))
        print(json.dumps({"value": value}), flush=True)
    os._exit(0)  # what Qt takes down at the end is no part of any row
