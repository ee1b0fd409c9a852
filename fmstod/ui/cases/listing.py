"""What is done in the list of cases: searching, discarding and fetching back, and looking at an update of FMB."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from fmstod.domain.consultation import Consultation
from fmstod.domain.listing import Wanted, standing
from fmstod.errors import FmstodError
from fmstod.storage.store import CaseRow, Store
from fmstod.texts import text as say
from fmstod.ui.cases.start import PART, StartPage
from fmstod.ui.cases.table import shown_name
from fmstod.ui.cases.touched import TouchedCard, Update, see, unseen_update
from fmstod.ui.cases.waiting import Waits
from fmstod.ui.followup.due import due_of, read_watched
from fmstod.ui.kit.tokens import Look
from fmstod.ui.pages.paper import show_signed
from fmstod.ui.session import Session


class CaseList(QObject):
    """It outlives its page: a draft can be fetched back until the window is locked.

    `failed` tells a failure of the world, `said` a sentence and the words of a way to take the deed back.
    """

    opened = Signal(str)
    failed = Signal(object)
    said = Signal(str, str)
    taken_back = Signal()

    def __init__(self, look: Look, session: Session, owner: QObject) -> None:
        super().__init__(owner)
        self._look, self._session = look, session
        self._page: StartPage | None = None
        self._discarded: list[tuple[str, Consultation]] = []  # drafts by id, as they were
        self._waits = Waits()
        self._update: Update | None = None  # of FMB, that the physician hasn't seen

    def new_page(self) -> StartPage:
        """An empty list; `fill` once it stands in the window."""
        page = self._page = StartPage(self._look, self._session.today)
        page.opened.connect(self.opened)
        page.searched.connect(self._search)
        page.discard_wanted.connect(self._discard)
        page.paper_wanted.connect(self._show_paper)
        QShortcut(QKeySequence.StandardKey.Undo, page, self.take_back)
        return page

    def leave(self) -> None:
        """The page goes; what was discarded stays within reach."""
        self._page = None

    def fill(self, case: str = "") -> None:
        """What there is now, if the list stands in the window, with `case` in focus."""
        page, store = self._page, self._session.store
        if page is not None:
            self._try(partial(self._fill, page, store, case))

    def _fill(self, page: StartPage, store: Store, case: str) -> None:
        today = self._session.today()
        watched = read_watched(store, today)
        self._waits = Waits(due_of(store, watched, today), standing(watched, today))
        listing = store.listing(self._wanted()._replace(also=self._waits.named))
        page.show_cases(listing, store.last_backup(), case, self._waits)

    def look_for_update(self) -> None:
        def look() -> None:
            self._update = unseen_update(self._session)

        self._try(look)

    def note_update(self) -> None:
        """Which open cases an update of FMB touches, until the physician has seen it."""
        page = self._page
        if self._update is None or page is None:
            return

        def put_away() -> None:
            self._try(lambda: see(self._session))
            self._update = None
            page.show_notice(None)
            page.focus_first()

        card = TouchedCard(self._look, self._update)
        card.opened.connect(self.opened)
        card.seen.connect(put_away)
        page.show_notice(card)

    def _show_paper(self, row: CaseRow) -> None:
        """What the case has signed, over the list. A draft is seen on paper once it is open."""
        page, store = self._page, self._session.store

        def show() -> None:
            ids = {document.kind: document.id for document in store.open_case(row.id).documents}
            if page is not None and ids:
                show_signed(self._look, page, shown_name(row), tuple(ids), lambda kind: store.preview(ids[kind]))

        if row.signed_at is None:
            self.said.emit(say("paper_page.draft"), "")
        else:
            self._try(show)

    def take_back(self) -> None:
        """The draft that was discarded last."""

        def save() -> None:
            case, record = self._discarded[-1]
            self._session.store.save_case(case, record, 0)
            self._discarded.pop()
            self.taken_back.emit()
            self.fill(case)

        if self._discarded:
            self._try(save)

    def _search(self, words: str) -> None:
        page = self._page
        if page is not None:
            wanted = self._wanted()._replace(find=words, which=page.which, most=page.most)
            self._try(lambda: page.show_found(self._session.store.listing(wanted)))

    def _wanted(self) -> Wanted:
        """The beginning of the whole list."""
        return Wanted(most=PART, standing=self._waits.standing)

    def _discard(self, row: CaseRow) -> None:
        """At once, without a question: it can be taken back."""

        def discard() -> None:
            self._discarded.append((row.id, self._session.store.discard_case(row.id, row.version)))
            self.fill()
            self.said.emit(say("start.discarded", name=shown_name(row)), say("start.take_back"))

        self._try(discard)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except FmstodError as error:
            self.failed.emit(error)
