"""The checker of quality in the open case: what it says beside the fields, and the way from place to place."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from fmstod.domain.consultation import LIMITATION
from fmstod.domain.lifecycle import Relation
from fmstod.domain.problem import Level, Problem
from fmstod.files import read_frames
from fmstod.judging import is_judged
from fmstod.quality.frames import frame_of
from fmstod.storage.store import StoredCase
from fmstod.texts import text as say
from fmstod.ui.fields.frames import FrameList
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.notes import Notes
from fmstod.ui.kit.parts import button
from fmstod.ui.kit.tokens import Look
from fmstod.ui.kit.underlines import Underlines
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.progress import step_of
from fmstod.ui.models.quality import Around, Quality, rule_of
from fmstod.ui.models.reference import ACTIVITY, REVIEW
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.handler import show_handler
from fmstod.ui.pages.step import StepPage
from fmstod.ui.session import Session

FOLLOWED = (3, ACTIVITY, REVIEW)  # the steps that lead to how a handler reads


class _Place(NamedTuple):
    """Where something is to be thought over: step, field in its order, character (-1: the whole answer)."""

    step: int
    field: int
    at: int


class Checking(QObject):
    """It goes with its `host`, which has the fields. `show_step` shows a step and gives its page; `count` counts what is
    kept anyway, by rule.
    """

    announced = Signal(str, object)

    def __init__(
        self,
        host: QObject,
        look: Look,
        quality: Quality,
        show_step: Callable[[int], StepPage],
        count: Callable[[str, int], None] = lambda _rule, _by: None,
    ) -> None:
        super().__init__(host)
        self._look, self.quality, self._show_step, self._count = look, quality, show_step, count
        self.over: QWidget | None = None  # what the view of the chain lies over
        self._notes: dict[str, Notes] = {}
        self._marks: dict[str, Underlines] = {}
        self._fields: dict[str, Any] = {}
        self._frames: dict[str, FrameList] = {}
        self._went: tuple[_Place, _Place] | None = None  # the last place gone to, and where that has led
        self._order = [q.ref for q in quality.model.reference.form.questions()]
        quality.changed.connect(self.refresh)
        quality.model.changed.connect(self._follow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def attach(self, page: StepPage) -> None:
        """From now on the page's fields say what is to be thought over."""
        if not is_judged(self.quality.model.reference.form):
            return
        for ref, field in page.fields.items():
            if ref in self._order:
                notes = self._notes[ref] = Notes(self._look)
                notes.keep_wanted.connect(self._keep)
                notes.back_wanted.connect(self._take_back)
                field.put_below(notes)
                self._fields[ref] = field
                box = getattr(field, "box", None)
                if isinstance(box, TextBox):
                    marks = self._marks[ref] = Underlines(self._look, box)
                    marks.pointed.connect(partial(self._point, ref))
                    self._offer_frames(ref, field, box)
        if page.step in FOLLOWED:
            way = button(self._look, say("handler.open"), "plain")
            way.clicked.connect(self.show_handler)
            page.offer(way)
        if isinstance(page, ActivityPage) and (about := self._frames.get(LIMITATION)):
            page.abilities.offer({demand for frame in read_frames() for demand in frame.demands})
            page.abilities.told.connect(partial(self._answer_demand, about))
        self.refresh()

    def _offer_frames(self, ref: str, field: Any, box: TextBox) -> None:
        if any(frame.ref == ref for frame in read_frames()):
            made = self._frames[ref] = FrameList(self._look, box, read_frames(), ref, partial(self._about, ref))
            field.put_below(made)

    def _about(self, ref: str) -> frozenset[str]:
        """The categories that are picked, and those that FMB gives for the diagnoses."""
        record, library = self.quality.model.consultation, self.quality.model.reference.library
        picked = {each.code for each in record.described(ref).icf}
        found = (library.resolve(code) for code in record.codes)
        return frozenset(picked or {code for each in found if each for code in each.entry.icf.codes})

    def _answer_demand(self, about: FrameList, demand: str) -> None:
        if frame := frame_of(read_frames(), demand):
            about.gaps.put_in(frame.sentence)

    @Slot()
    def refresh(self) -> None:
        """Marks and lines, of what was read last."""
        for ref, marks in self._marks.items():
            marks.show_problems(self._of(ref), self.quality.texts.get(ref, ""))
        self._follow()

    def next_place(self, way: int) -> None:
        """The caret to the next place, or the one before, in whichever field and step it is."""
        self.quality.read()
        places = sorted(dict(self._places()).items(), key=lambda each: each[0])
        if not places:
            self.announced.emit(say("quality.none"), Level.TIP)
            return
        here = self._here()
        if self._went and self._went[1] == here:
            here = self._went[0]  # nothing has moved since
        ahead = [each for each in places if (each[0] > here if way > 0 else each[0] < here)]
        place, problem = (ahead or places)[0 if way > 0 else -1]
        self.go_to(problem, place.at)
        self._went = (place, self._here())

    def go_to(self, problem: Problem, at: int = -1) -> None:
        """Its place, with the caret there, and its sentence below."""
        page = self._show_step(step_of(self.quality.model, problem))
        page.place(problem.field)
        marks = self._marks.get(problem.ref)
        if marks:
            marks.go_to(at if at >= 0 else problem.spans[0][0] if problem.spans else None)
        self._point(problem.ref, problem)

    @Slot()
    def show_handler(self) -> None:
        """How a handler follows what is written now; and away with it."""
        if self.over is not None and self.quality.is_on:
            show_handler(self._look, self.over, self.quality)

    def _of(self, ref: str) -> list[Problem]:
        return [problem for problem in self.quality.model.heard if problem.ref == ref]

    @Slot()
    def _follow(self) -> None:
        for ref, notes in self._notes.items():
            field = self._fields[ref]
            if not isValid(notes):  # the window closes, and moves the focus while it does
                return
            held, shown = QApplication.focusWidget(), notes.problems
            inside = held is not None and field.isAncestorOf(held) and not notes.isAncestorOf(held)
            told = [p for p in self._of(ref) if self.quality.is_told(p) and (p.spans or p in shown or not inside)]
            kept = [(p, self.quality.reason(p)) for p in self.quality.kept if p.ref == ref]
            notes.show_problems(told, kept)
            field.say_also(notes.said)

    def _point(self, ref: str, problem: Problem | None) -> None:
        notes = self._notes.get(ref)
        if notes:
            notes.point(problem)
            self._fields[ref].say_also(notes.said)

    def _places(self) -> Iterator[tuple[_Place, Problem]]:
        for problem in reversed(self.quality.model.heard):  # of several in one place the first is told
            step, field = step_of(self.quality.model, problem), self._order.index(problem.ref)
            for start in [span[0] for span in problem.spans] or [-1]:
                yield _Place(step, field, start), problem

    def _here(self) -> _Place:
        held = QApplication.focusWidget()
        for ref, field in self._fields.items():
            if held is not None and field.isAncestorOf(held):
                step = self.quality.model.reference.question(ref).step
                at = held.textCursor().position() if isinstance(held, TextBox) and ref in self._marks else -1
                return _Place(step, self._order.index(ref), at)
        return _Place(0, 0, 0)

    @Slot(object, str)
    def _keep(self, problem: Problem, reason: str) -> None:
        self._count(rule_of(problem), 1)
        self._fields[problem.ref].place(problem.field).setFocus()  # the row that was pressed goes
        self.quality.keep(problem, reason)

    @Slot(object)
    def _take_back(self, problem: Problem) -> None:
        self._count(rule_of(problem), -1)
        self._fields[problem.ref].place(problem.field).setFocus()
        self.quality.take_back(problem)


def around(session: Session, stored: StoredCase) -> Around:
    """What the store knows of the unit, and of the certificate that this one renews. Raises FmstodError."""
    store, origin = session.store, stored.origin
    renewed = origin.document if origin and origin.kind is Relation.RENEWS else ""
    return Around(
        previous=store.document(renewed).answers if renewed else None,
        asked=store.checker.asked(),
        muted=store.checker.muted,
    )


def checking(
    host: QObject,
    look: Look,
    session: Session,
    stored: StoredCase,
    model: ConsultationModel,
    show: Callable[[int], StepPage],
) -> Checking:
    """The checker of the open case; where the rules aren't about it, it says nothing and asks the store nothing."""
    known = around(session, stored) if is_judged(model.reference.form) and not model.signed else Around()
    return Checking(host, look, Quality(host, model, known), show, session.store.checker.count_kept)
