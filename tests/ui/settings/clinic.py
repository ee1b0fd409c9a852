"""A clinic that reads in another edition of FMB, by keys."""

from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fmstod.app import Desk, dress
from fmstod.domain.answers import Diagnosis
from fmstod.storage.key import Cost
from fmstod.ui.cases.touched import TouchedCard
from fmstod.ui.fmb.report import ReportView
from fmstod.ui.settings.fmb import FmbCard
from fmstod.world import World
from tests.knowledge.exports import TYPFALL, bent
from tests.storage.sample import ISSUER, TESS
from tests.ui import walk

Key = Qt.Key


CHEAP = Cost(8, 1, 1)
TODAY = date(2026, 11, 23)
R = ("data", 0, "attributes", "rekommenderadsjukskrivning")
LONGER = bent(
    bent(TYPFALL, (*R, "maximalsjukskrivningstid"), "3"),
    (*R, "typfalletsrekommenderadesjukskrivning"),
    "Upp till 3 veckor",
)
COUGH = TESS.changed(
    conditions={"900001:severity": "mild"}, answers={**TESS.answers, "6": (Diagnosis(code="J20", text="Hosta"),)}
)


class Clinic:
    """A desk at a clinic that goes by an edition of its own, and a physician's hands."""

    def __init__(self, qtbot, home, chosen):
        self.qtbot, self.home, self.chosen = qtbot, home, chosen
        world = World(
            home,
            now=lambda: datetime(2026, 11, 23, 9, 42, tzinfo=UTC),
            today=lambda: TODAY,
            cost=CHEAP,
            floor=CHEAP,
            extra={"choose_fmb_files": lambda: self.chosen},
        )
        self.desk = Desk(dress("light", 1.0), world)
        qtbot.addWidget(self.desk)
        self.desk.show()
        self.desk.activateWindow()
        self.unlock()
        if not self.store.issuer().physician.name:
            self.desk.workspace._set_up(ISSUER)

    def unlock(self):
        self.desk.centralWidget().submitted.emit("fyra ord räcker långt")
        self.qtbot.waitUntil(lambda: self.desk.workspace is not None, timeout=10_000)

    def lock(self):
        self.desk.workspace.restore(None)
        self.desk.lock()

    @property
    def store(self):
        return self.desk._store

    def settings(self):
        self.desk.workspace.show_settings("fmb")
        return self.card

    @property
    def card(self):
        QApplication.processEvents()  # what is put into a layout shows with the next round
        return walk.shown(self.desk.workspace, FmbCard)[-1]

    @property
    def notice(self):
        QApplication.processEvents()
        return next(iter(walk.shown(self.desk, TouchedCard)), None)

    def words(self, widget):
        QApplication.processEvents()
        return [label.text() for label in walk.shown(widget, QLabel) if label.text()]

    def press(self, words, inside=None):
        next(b for b in walk.shown(inside or self.card, QPushButton) if b.text() == words).click()

    def read(self):
        """Choose the files and wait for what is said of them."""
        self.settings()
        self.press("Välj filer med FMB…")
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.card._work.busy)

    def tell_day(self, day="2026-11-01"):
        box = self.card._day
        box.setFocus()
        box.setText(day)
        box.editingFinished.emit()
        self.settle()

    def use(self):
        before = self.desk.workspace
        self.press("Använd filerna")
        self.qtbot.waitUntil(lambda: self.desk.workspace is not before)

    def report(self):
        return self.card.findChild(ReportView)._page.toPlainText().splitlines()
