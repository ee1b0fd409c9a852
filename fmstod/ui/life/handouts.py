"""After signing: the patient's page and the extract for the employer, with the texts that may go along this once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.certificate.sharing import left_before_sharing
from fmstod.domain.document import Document
from fmstod.domain.lifecycle import Life
from fmstod.domain.transitions import Act, refusal
from fmstod.errors import FmstodError
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, empty, panel, row, text
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.handing_out import Offer, Paper, Wanted
from fmstod.ui.messages import failure_of

PAD = (16, 12, 16, 16)
EXCERPT = 160  # characters of a text beside its tick: enough to know it again


class HandoutsCard(QWidget):
    """`offers` reads the texts that can be ticked, once they are asked for: that is logged.

    `plan_wanted` with what the plan lacks before the patient gets it (L-28).
    """

    wanted = Signal(object)  # Wanted
    plan_wanted = Signal(str)

    def __init__(self, look: Look, offers: Callable[[], Mapping[str, Offer]]) -> None:
        super().__init__()
        self._look, self._offers = look, offers
        self.ticks: dict[str, Tick] = {}
        self.ways = {(paper, printed): self._way(paper, printed) for paper in Paper for printed in (False, True)}
        self.texts = button(look, say("handout.texts"), "plain")
        self.texts.clicked.connect(self._toggle)
        self._list = column(gap=4)
        self._ticked = panel(self._list)
        self._ticked.hide()
        parts: list[Part] = [text(say("handout.title"), "heading")]
        self._notes = {paper: text("", "caption", "muted", wrap=True) for paper in Paper}
        self._open: dict[Paper, QWidget] = {}
        self._lacks, self._lack = text("", "caption", "warn", wrap=True), ""
        self.to_plan = button(look, say("handout.to_plan"), "plain")
        self.to_plan.clicked.connect(self._to_plan)
        warned = row(mark(look, "warn", "warn"), self._lacks, gap=8)
        warned.setStretch(1, 1)
        self._left = panel(column(warned, row(self.to_plan, ...), gap=4))
        self._left.hide()
        for paper, note in self._notes.items():
            note.hide()
            about = text(say(f"handout.about.{paper}"), "caption", "muted", wrap=True)
            own: Sequence[Part] = (self._ticked, row(self.texts, ...)) if paper is Paper.EMPLOYER else ()
            own = (self._left,) if paper is Paper.PATIENT else own
            ways = row(*(self.ways[paper, printed] for printed in (False, True)), ...)
            self._open[paper] = panel(column(about, 4, *own, 4, ways))
            parts.append(column(text(say(f"handout.name.{paper}"), "strong"), note, self._open[paper]))
        self.setLayout(column(panel(column(*parts, gap=12, pad=PAD), card="true")))

    def show_plan(self, plan: Document | None) -> None:
        """Before a plan was gone through with the patient the page goes without it: what is missing, and the way there."""
        lacks = left_before_sharing(plan.answers) if plan else ()
        self._lack = lacks[0] if lacks else ""
        what = [say(f"handout.lack.{ref.removeprefix('plan.')}") for ref in lacks]
        self._lacks.setText(say("handout.lacks", what=", ".join(what)))
        self._left.setVisible(bool(lacks))

    @Slot()
    def _to_plan(self) -> None:
        self.plan_wanted.emit(self._lack)

    def show_life(self, life: Life) -> None:
        """Nothing is made of a revoked certificate, and no extract of one that another has taken the place of."""
        revoked = refusal(Act.HAND_OUT, life) is not None
        for paper, note in self._notes.items():
            closed = revoked or (paper is Paper.EMPLOYER and life.mark is not None)
            note.setText(say("handout.revoked" if revoked else "handout.superseded"))
            note.setVisible(closed)
            self._open[paper].setVisible(not closed)

    def _way(self, paper: Paper, printed: bool) -> QWidget:
        words = say("signed.print" if printed else "signed.save")
        made = button(self._look, words, name=f"{words}, {say(f'handout.name.{paper}')}")
        made.clicked.connect(partial(self._ask, paper, printed))
        return made

    def _ask(self, paper: Paper, printed: bool, _checked: bool = False) -> None:
        """A tick holds for one copy: afterwards all are gone."""
        chosen = tuple(ref for ref, tick in self.ticks.items() if tick.isChecked()) if paper is Paper.EMPLOYER else ()
        self.wanted.emit(Wanted(paper, chosen, printed))
        for tick in self.ticks.values():
            tick.setChecked(False)

    @Slot()
    def _toggle(self) -> None:
        """The texts with their ticks, none of them ticked; or none of them again."""
        shows = self._ticked.isHidden()
        empty(self._list)
        self.ticks = {}
        if shows:
            try:
                self._fill(self._offers())
            except FmstodError as error:
                self._list.addWidget(text(failure_of(error), tone="error", wrap=True))
        self._ticked.setVisible(shows)
        words = say("handout.close" if shows else "handout.texts")
        self.texts.setText(words)
        self.texts.setAccessibleName(words)
        if self.ticks:
            next(iter(self.ticks.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, offers: Mapping[str, Offer]) -> None:
        note = say("handout.ticks" if offers else "handout.nothing")
        self._list.addWidget(text(note, "caption", "muted", wrap=True))
        for ref, offer in offers.items():
            line = " ".join(offer.said.split())
            short = line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
            self.ticks[ref] = Tick(self._look, offer.label)
            self.ticks[ref].setAccessibleDescription(short)
            said = text(short, "caption", "muted", wrap=True)
            said.setToolTip(offer.said)
            self._list.addWidget(self.ticks[ref])
            self._list.addWidget(said)
            if offer.names:
                warning = text(say("handout.names", word=offer.names), "caption", "warn", wrap=True)
                line_ = row(mark(self._look, "warn", "warn"), warning, gap=8)
                line_.setStretch(1, 1)
                self._list.addLayout(line_)
