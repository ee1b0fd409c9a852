"""What is asked for in place among the codes: whom a file is for, and whose coordination is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot

from fmstod.domain.code_page import Receiver
from fmstod.domain.icd import dotted
from fmstod.domain.period import PAST
from fmstod.domain.procedure import LONGEST_CONTACT, Contact
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.table import shown_name
from fmstod.ui.followup.card import MINUTES, PICK
from fmstod.ui.kit.boxes import DayBox, LineBox, NumberBox
from fmstod.ui.kit.choices import Pick, Segments
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.parts import above, row, text
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look

ROWS, COUNTS = "rows", "counts"
CSV, JSON = "csv", "json"
HITS = 8  # cases that a search offers
WHO = 440  # px
PAUSE_MS = 150  # between the last letter and the search: each search is a row in the log


@dataclass(frozen=True)
class FileWanted:
    """Each code or only how many, in which shape and for whom; `names` only with each code."""

    what: str
    shape: str
    to: Receiver
    names: bool = False


class SavePart(InPlace):
    """`wanted` with a FileWanted; nothing is chosen beforehand."""

    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, say("procedures.saving.do"), say("procedures.saving.leave"))

        def choice(name: str, options: Sequence[str]) -> Segments:
            told = [(option, say(f"procedures.saving.{option}")) for option in options]
            return Segments(look, told, say(f"procedures.saving.{name}"), look.form_width)

        self.what, self.shape = choice("what", (ROWS, COUNTS)), choice("shape", (CSV, JSON))
        self.to = choice("to", tuple(Receiver))
        self.names = Tick(look, say("procedures.saving.names"))
        self.names.hide()
        self.what.chosen.connect(self._follow)
        self.lay(
            above(say("procedures.saving.what"), self.what),
            row(self.names, ...),
            above(say("procedures.saving.shape"), self.shape),
            above(say("procedures.saving.to"), self.to),
            text(say("procedures.saving.about"), "caption", "muted", wrap=True),
        )

    def focus_first(self) -> None:
        self.what.stop.setFocus(Qt.FocusReason.TabFocusReason)

    def do(self) -> None:
        lacking = next((part for part in (self.what, self.shape, self.to) if part.value is None), None)
        if lacking is not None:
            self.refuse(say("procedures.saving.lacks"))
            self.lead_to(lacking.stop)
            return
        self.refuse("")
        what = str(self.what.value)
        names = what == ROWS and self.names.isChecked()
        self.wanted.emit(FileWanted(what, str(self.shape.value), Receiver(str(self.to.value)), names))

    @Slot(object)
    def _follow(self, what: object) -> None:
        self.names.setVisible(what == ROWS)


class CoordinatePart(InPlace):
    """`wanted` with case, contact, minutes and day. Who is looked for is asked outside (`searched`), answered with `show_hits`."""

    searched = Signal(str)
    wanted = Signal(str, object, int, object)  # case, Contact, minutes, date

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__(look, say("procedures.coordinating.do"), say("procedures.coordinating.leave"))
        self._today = today
        name = say("procedures.coordinating.find")
        self.search = LineBox(look, name, WHO, say("procedures.coordinating.find_help"))
        self.who = Pick(look, (), say("procedures.coordinating.who"), WHO)
        self.who.setEnabled(False)
        self._found = text("", "caption", "muted", wrap=True)
        self._found.hide()
        kinds = [(contact, say(f"contact.{contact}")) for contact in Contact]
        self.contact = Pick(look, kinds, say("case_followup.contact_kind"), PICK)
        self.minutes = NumberBox(look, say("case_followup.minutes"), 3, MINUTES)
        self.on = DayBox(look, say("procedures.coordinating.on"), today, back=PAST)
        self.on.show_value(today().isoformat())
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.timeout.connect(self._search)
        self.search.typed.connect(lambda _words: self._typed.start(PAUSE_MS))
        self.lay(
            text(say("procedures.coordinating.about"), "caption", "muted", wrap=True),
            above(name, self.search),
            self._found,
            above(say("procedures.coordinating.who"), self.who),
            row(above(say("case_followup.contact_kind"), self.contact), ...),
            row(
                above(say("case_followup.minutes"), self.minutes),
                above(say("procedures.coordinating.on"), self.on),
                ...,
                gap=24,
            ),
        )

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def show_hits(self, cases: Sequence[CaseRow], number: int) -> None:
        """The first of so many; none is chosen, since the wrong patient is worse than a key more."""
        held = self.who.value
        with QSignalBlocker(self.who):
            self.who.clear()
            for case in cases:
                self.who.addItem(_told(case), case.id)
        self.who.show_value(held)
        self.who.setEnabled(bool(cases))
        words = "" if cases else say("procedures.coordinating.no_hits")
        self._found.setText(say("procedures.coordinating.many") if number > len(cases) else words)
        self._found.setVisible(bool(self._found.text()))

    def do(self) -> None:
        minutes, day = int(self.minutes.text() or 0), self.on.day
        if self.who.value is None:
            self.refuse(say("procedures.coordinating.no_case"))
            self.lead_to(self.who if self.who.isEnabled() else self.search)
        elif self.contact.value is None or not 1 <= minutes <= LONGEST_CONTACT:
            self.refuse(say("case_followup.no_contact"))
            self.lead_to(self.minutes if self.contact.value else self.contact)
        elif day is None or day > self._today():
            self.refuse(say("procedures.coordinating.no_day"))
            self.lead_to(self.on)
        else:
            self.refuse("")
            self.wanted.emit(str(self.who.value), Contact(str(self.contact.value)), minutes, day)

    @Slot()
    def _search(self) -> None:
        if words := self.search.text().strip():
            self.searched.emit(words)


def _told(case: CaseRow) -> str:
    """As the list of cases tells it; of someone protected neither day nor diagnosis."""
    if case.protected:
        return shown_name(case)
    born = case.born.isoformat() if case.born else ""
    about = ", ".join(part for part in (born, f"{dotted(case.diagnosis)} {case.diagnosis_text}".strip()) if part)
    return say("procedures.coordinating.hit", who=shown_name(case), about=about) if about else shown_name(case)
