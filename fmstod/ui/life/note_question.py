"""Noting a question between Försäkringskassan and the unit: what it is about, its days, its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fmstod.domain.event import Asked, Subject
from fmstod.domain.inquiry import GROUPS
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import DayBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.counted import CountedBox
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.parts import above, column, panel, text
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look

FROM_FK = (Subject.COMPLEMENT, Subject.COORDINATION, Subject.CONTACT, Subject.OTHER)
FROM_UNIT = (Subject.COORDINATION, Subject.CONTACT, Subject.OTHER)
PICK = 280  # px


@dataclass(frozen=True)
class About:
    """What is to be noted: who asks, or the question that Försäkringskassan reminds of."""

    from_fk: bool = True
    reminds: str = ""

    @property
    def key(self) -> str:
        return "reminder" if self.reminds else "came" if self.from_fk else "own"


class NotePart(InPlace):
    """`wanted` with the question as `Asked`."""

    wanted = Signal(object)

    def __init__(self, look: Look, about: About, today: Callable[[], date], new_id: Callable[[], str]) -> None:
        super().__init__(look, say("question.keep"), say("question.leave"))
        self._about, self._today, self._id = about, today, new_id()
        subjects = FROM_FK if about.from_fk else FROM_UNIT
        self.subject = Pick(look, [(s, say(f"subject.{s}")) for s in subjects], say("question.subject"), PICK)
        self.subject.chosen.connect(self._choose)
        self.on = DayBox(look, say(f"question.on.{about.key}"), today)
        self.on.show_value(today().isoformat())
        self.due = DayBox(look, say("question.due"), today, back=0)
        self.groups = {group: Tick(look, say(f"group.{group}")) for group in GROUPS}
        self._groups = panel(column(text(say("question.groups"), "strong"), *self.groups.values()))
        self._groups.hide()
        self.words = CountedBox(look, say(f"question.words.{about.key}"), 4)
        subject, due = (panel(above(part.accessibleName(), part)) for part in (self.subject, self.due))
        if about.reminds:
            subject.hide()
        if about.reminds or not about.from_fk:
            due.hide()
        self.lay(
            text(say(f"question.title.{about.key}"), "strong", wrap=True),
            text(say(f"question.about.{about.key}"), tone="muted", wrap=True),
            subject,
            panel(above(self.on.accessibleName(), self.on)),
            due,
            self._groups,
            self.words,
        )

    def focus_first(self) -> None:
        (self.on if self._about.reminds else self.subject).setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _subject(self) -> Subject | None:
        chosen = Subject.REMINDER if self._about.reminds else self.subject.value
        return Subject(str(chosen)) if chosen else None  # the list gives its code back as plain text

    @property
    def _chosen(self) -> tuple[str, ...]:
        complement = self._subject is Subject.COMPLEMENT
        return tuple(group for group, tick in self.groups.items() if complement and tick.isChecked())

    def _choose(self, _subject: object) -> None:
        self._groups.setVisible(self._subject is Subject.COMPLEMENT)
        self.refuse("")

    def _fault(self) -> tuple[str, QWidget] | None:
        """The first thing that can't be kept, and where it is mended."""
        on, due, today = self.on.day, self.due.day, self._today()
        complement = self._subject is Subject.COMPLEMENT
        checks = (
            (self._subject is None, "no_subject", self.subject),
            (on is None, "no_day", self.on),
            (on is not None and on > today, "coming", self.on),
            (due is None and bool(self.due.text().strip()), "no_due", self.due),
            (due is not None and on is not None and due < on, "due_before", self.due),
            (complement and not self._chosen, "no_group", next(iter(self.groups.values()))),
            (self._subject in FROM_UNIT and not self.words.words, "no_words", self.words.box),
        )
        for wrong, key, place in checks:
            if wrong:
                return say(f"question.wrong.{key}"), place
        return (self.words.fault, self.words.box) if self.words.fault else None

    def do(self) -> None:
        if fault := self._fault():
            words, place = fault
            self.refuse(words)
            self.lead_to(place)
            return
        self.refuse("")
        told = {"due": self.due.day, "groups": self._chosen, "text": self.words.words, "reminds": self._about.reminds}
        kept = {"id": self._id, "subject": self._subject, "from_fk": self._about.from_fk, "on": self.on.day, **told}
        self.wanted.emit(Asked.model_validate(kept))
