"""The application: the only module that knows everyone. The window comes first; what is slow follows its first paint."""

import importlib
import sys
from functools import partial
from types import TracebackType
from typing import Any

import fmstod.ui  # noqa: F401 - before any module of Qt, see its docstring

# isort: split
from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QThreadPool, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from fmstod import paths, settings
from fmstod.errors import FmstodError
from fmstod.texts import text
from fmstod.ui import background
from fmstod.ui.idle import IdleWatch
from fmstod.ui.kit import style
from fmstod.ui.kit.focus import FocusRing
from fmstod.ui.kit.tokens import Look
from fmstod.ui.pages.unlock import UnlockPage
from fmstod.world import (
    World,
    code_door,
    fmb_door,
    has_store,
    let_go,
    mark,
    open_store,
    papers_for,
    read_files,
    read_knowledge,
    render_for,
    seal_for,
    verify,
)

AHEAD = "fmstod.ui.session", "fmstod.ui.fields.kinds", "fmstod.ui.consultation_view", "fmstod.ui.workspace"
READ_AHEAD_MS = 60  # after the first paint: before, the reading would take its time from the painting
LOCK_AFTER = 5 * 60  # seconds (T-04)


class Desk(QMainWindow):
    """The one window: the way in, or the workspace of an unlocked store. Locking takes the workspace down."""

    def __init__(self, look: Look, world: World) -> None:
        super().__init__()
        self.look, self.world = look, world
        self.workspace: Any = None
        self._store: Any = None
        self._place: Any = None
        self._knowledge: Any = None
        self._idle = IdleWatch(LOCK_AFTER, self)
        self._idle.warned.connect(self._warn)
        self._idle.resumed.connect(self._unwarn)
        self._idle.expired.connect(self._lock_idle)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock)
        self.setWindowTitle("fmstod")  # never patient data
        self.setMinimumSize(1024, 680)
        self.resize(1280, 800)
        self.show_unlock()
        self._ring = FocusRing(self, look)

    def show_unlock(self, note: str = "") -> None:
        """Ask for the passphrase, or at the first start for a new one."""
        page = UnlockPage(self.look, first=not has_store(self.world.home), note=note)
        page.submitted.connect(self._submit)
        self.setCentralWidget(page)
        page.focus_first()

    def lock(self, note: str = "") -> None:
        """Save, close the store, forget the key, show the way in. A draft that can't be saved keeps the window open."""
        if self.workspace is None or not self.workspace.flush():
            return
        self._idle.stop()
        self._place = self.workspace.place()
        self._note_lock()
        self._close_store()
        self.show_unlock(note or text("unlock.locked", time=self._time()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.workspace is not None and not self.workspace.flush():
            event.ignore()  # the message says what could not be saved; nothing is lost while the window stands
            return
        self._close_store()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Show and self._knowledge is None:
            QTimer.singleShot(READ_AHEAD_MS, self._read_ahead)
        return handled

    def meet_bug(self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        """The last resort: keep the draft, leave a trace without any values in it, and say so."""
        import traceback

        print("".join(traceback.format_tb(trace)), kind.__name__, file=sys.stderr)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif self.workspace is not None and self.workspace.flush():
            self.workspace.announce(text("desk.bug"))

    def _read_ahead(self) -> None:
        """While the user types: the imports and files that the unlock window does without."""
        background.run(partial(read_files, self.world.home), lambda _: self._import_ahead(list(AHEAD)), self._tell)

    def _import_ahead(self, modules: list[str]) -> None:
        """The windows' own modules, one at a turn, so that no key waits for them."""
        importlib.import_module(modules.pop(0))
        if modules:
            QTimer.singleShot(0, lambda: self._import_ahead(modules))

    def _submit(self, passphrase: str) -> None:
        page, world = self.centralWidget(), self.world
        page.show_busy(True)

        def open_up() -> Any:
            read_files(world.home)
            return open_store(world, passphrase)

        background.run(open_up, self._enter, self._refuse)

    def _refuse(self, error: FmstodError) -> None:
        page = self.centralWidget()
        page.show_busy(False)
        page.show_error(text(error.text_key, **error.values))

    def _enter(self, store: Any) -> None:
        from fmstod.ui.workspace import Workspace

        self._store, self._knowledge = store, read_knowledge(self.world.home, self.world.today())
        self.workspace = Workspace(self.look, self._session())
        self.workspace.lock_wanted.connect(self.lock)
        self.workspace.look_wanted.connect(self.change_look)
        self.workspace.knowledge_changed.connect(self.read_anew)
        self.setCentralWidget(self.workspace)
        self.workspace.restore(self._place)
        self._idle.start()

    def change_look(self, theme: str, size: float) -> None:
        """Another theme or text size: kept for this computer, and everything made anew in it."""
        settings.keep_screen(self.world.home, theme, size)
        self.look = dress(theme, size)
        self._ring.wear(self.look)
        self.read_anew()

    def read_anew(self, words: str = "", card: str = "") -> None:
        """After an import: everything made anew from what is known now, and the settings shown again with its words."""
        self._place = self.workspace.place()
        self.workspace.close_down()
        let_go(self._knowledge)
        self._enter(self._store)
        self.workspace.show_settings(card)
        if words:
            self.workspace.message.show_message(words)

    def _session(self) -> Any:
        from fmstod.ui.session import Session

        world = self.world
        return Session(
            home=world.home,
            store=self._store,
            knowledge=self._knowledge,
            verify=partial(verify, world),
            render=render_for(self._knowledge),
            seal=seal_for(world, self._store),
            papers=papers_for(self._knowledge),
            mark=mark,
            today=world.today,
            now=world.now,
            screen=settings.read_screen(world.home),
            **{**self._doors(), **world.extra},
        )

    def _doors(self) -> dict[str, Any]:
        """What of the session tests and the example may replace."""
        home = self.world.home
        return {
            "code_door": code_door(self.world, self._knowledge.codes),
            "fmb_door": fmb_door(home),
            "put_away": partial(settings.is_put_away, home),
            "put_note_away": partial(settings.put_away, home),
        }

    def _note_lock(self) -> None:
        """In the log; a full disk must not keep the window open to everyone."""
        from fmstod.storage.store import Activity

        try:
            self._store.log(Activity.LOCK)
        except FmstodError as error:
            self._tell(error)

    def _close_store(self) -> None:
        if self._store is None:
            return
        if self.workspace is not None:
            self.workspace.close_down()
        self.workspace = None
        try:
            self._store.backup_daily(self.world.home / "backup", self.world.today())
        except FmstodError as error:
            self._tell(error)
        self._store.close()
        let_go(self._knowledge)
        self._store = None

    def _tell(self, error: FmstodError) -> None:
        print(text(error.text_key, **error.values), file=sys.stderr)

    def _lock_idle(self) -> None:
        self.lock(text("unlock.idle", time=self._time()))

    def _time(self) -> str:
        from fmstod.clock import SWEDEN

        return f"{self.world.now().astimezone(SWEDEN):%H:%M}"

    def _warn(self) -> None:
        if self.workspace is not None:
            self.workspace.announce(text("desk.locks_soon"))

    def _unwarn(self) -> None:
        if self.workspace is not None:
            self.workspace.announce("")


def dress(theme: str, size: float) -> Look:
    """Put the application in a theme (`system` asks the desktop) and a text size."""
    look = Look(theme=style.system_theme() if theme == "system" else theme, text=size)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        style.apply(app, look)
    return look


def start_qt(arguments: list[str]) -> QApplication:
    """The Qt application in Swedish."""
    app = QApplication(["fmstod", "-style", "fusion", *arguments])
    swedish = QLocale("sv_SE")
    QLocale.setDefault(swedish)
    translator = QTranslator(app)
    if translator.load(swedish, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def main(arguments: list[str]) -> int:
    """Open the window and stay until it is closed."""
    app = start_qt(arguments)
    home = paths.home()
    desk = Desk(dress(*settings.read_screen(home)), World(home))
    sys.excepthook = desk.meet_bug
    desk.show()
    code = app.exec()
    desk.hide()  # a box that still has the focus when the interpreter ends takes it down
    QThreadPool.globalInstance().waitForDone()  # work under way must not tell a window that is gone
    sys.excepthook = sys.__excepthook__
    return code
