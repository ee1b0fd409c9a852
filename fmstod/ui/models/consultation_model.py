"""The open consultation: holds the record and its history, derives the rest, is the only door for change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from fmstod.certificate import fill
from fmstod.certificate.check import check, plan_problems
from fmstod.certificate.form import open_refs
from fmstod.certificate.plan_versions import is_changed, of_plan
from fmstod.certificate.subject import Facts, subject_of
from fmstod.certificate.without_leave import not_asked, still_said
from fmstod.clock import SWEDEN
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.document import Document
from fmstod.domain.followup import FollowUp
from fmstod.domain.history import History
from fmstod.domain.lifecycle import Life
from fmstod.domain.patient import problems_of
from fmstod.domain.problem import Problem
from fmstod.knowledge.advise import Advice, advise
from fmstod.knowledge.codes import standing
from fmstod.quality.judge import joined
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.earlier import Compared, compared
from fmstod.ui.models.reference import Reference


@dataclass(frozen=True)
class Derived:
    """All that follows from one record on one day.

    `changed_sources` gives, for each text that the user has edited and whose source has changed since, what the source
    says now. `leave` is what the days are held against FMB with.
    """

    answers: Mapping[str, Answer]
    open_refs: frozenset[str]
    changed_sources: Mapping[str, str]
    advice: Advice
    leave: Compared
    problems: tuple[Problem, ...]


class ConsultationModel(QObject):
    """Pages read `consultation` and the derived properties, and knock at `answer` and `change`."""

    changed = Signal()

    def __init__(
        self,
        case: str,
        consultation: Consultation,
        reference: Reference,
        *,
        version: int = 0,
        signed: bool = False,
        plan_signed: bool = False,
        locked: bool = False,
        ended: bool = False,
        leaving_out: Collection[str] = (),
        plan: Document | None = None,
        signed_on: date | None = None,
    ) -> None:
        super().__init__()
        signed, self.signed_on = signed or signed_on is not None, signed_on  # what is signed is judged as of that day
        self.case, self.version, self.reference = case, version, reference
        # A draft that is locked is as closed as what is signed, and says why; so is one on a form that is only read, which
        # tells at once what it lacks.
        self.locked, self.ended = locked, ended  # ended without a certificate
        closed = signed or locked or ended
        self.read_only = reference.form.status == "read" and not closed
        self.plan = plan  # the one in force; what is written afterwards is its next version
        unchanged = plan is not None and not is_changed(reference.plan_form, consultation, plan)
        self.signed = closed or self.read_only
        self.plan_signed = plan_signed or unchanged or locked or ended
        self.asked = self.read_only
        self.heard: tuple[Problem, ...] = ()  # what the rules of quality say; `Quality` puts it here
        # What the patient's signed certificates tell of days, but this case's own and those that it takes the place of.
        self.others: tuple[Certificate, ...] = ()
        self._leaving_out = leaving_out
        self.followed: tuple[FollowUp, ...] = ()  # those that are done, oldest first
        self.replanned = False  # whether a plan was signed since
        self.taken: Mapping[str, tuple[Answer | None, str]] = {}  # by ref: what a renewal was begun with, and its words
        self.life = Life()  # what has become of the certificate
        self._history = History(consultation)
        self._seen: set[str] = set()
        self._derived: tuple[Consultation, date, Derived] | None = None

    @property
    def consultation(self) -> Consultation:
        return self._history.present

    @property
    def now(self) -> Derived:
        """What follows from the record today; computed once for each record and day."""
        record, today = self.consultation, self.reference.today()
        if self._derived is None or self._derived[0] is not record or self._derived[1] != today:
            self._derived = (record, today, self._derive(record, today))
        return self._derived[2]

    def tell_certificates(self, certificates: Iterable[Certificate]) -> None:
        """What the patient's signed certificates tell of days has been read."""
        self.others = tuple(each for each in certificates if each.id not in self._leaving_out)
        self._derived = None
        self.changed.emit()

    def tell_life(self, life: Life) -> None:
        """What has become of the certificate has been read."""
        before, self.life = self.life, life
        if (life.closed, life.void) != (before.closed, before.void):
            self.changed.emit()

    def answer(self, ref: str, value: Answer | None) -> None:
        """Answer a question; None takes the answer back, and a drafted text then shows its draft again."""
        known, record = self.reference, self.consultation
        if self.signed and not is_of_plan(ref):  # closed: what couldn't be stored would keep the plan unstored too
            self.changed.emit()
        elif value is None:
            self._put(fill.took_draft(record, ref), ref)
        else:
            form = known.form_of(ref)
            self._put(fill.answered(form, record, ref, value, known.phrases, known.sources), ref)

    def keep_own(self, ref: str) -> None:
        """The user has seen that the source of an edited text changed, and keeps the text."""
        known = self.reference
        record = fill.kept_own(known.form_of(ref), self.consultation, ref, known.phrases, known.sources)
        self._put(record, f"{ref} kept")

    def change(self, label: str, **fields: object) -> None:
        """Change other parts of the record; steps with one label in a row are one undo."""
        self._put(self.consultation.changed(**fields), label)

    def undo(self) -> None:
        self._history.undo()
        self.changed.emit()

    def redo(self) -> None:
        self._history.redo()
        self.changed.emit()

    def seal(self, *, signed: bool, plan_signed: bool, plan: Document | None = None) -> None:
        """After signing: what was signed can't be undone."""
        self.signed, self.plan_signed, self.plan = signed, plan_signed, plan or self.plan
        self._history, self._derived = History(self.consultation), None
        self.changed.emit()

    def origin(self, ref: str) -> str:
        """Where an answer was taken from, as long as it is as it was taken."""
        answer, words = self.taken.get(ref, (None, ""))
        return words if not self.signed and self.consultation.answers.get(ref) == answer else ""

    def end(self) -> None:
        """It has ended without a certificate: what was written is read."""
        self.ended = True
        self.seal(signed=True, plan_signed=True)

    def ask(self) -> None:
        """From now on also what is only missing is shown."""
        self.asked = True
        self.changed.emit()

    def settle(self) -> None:
        """What is typed from now on is an undo of its own."""
        self._history.settle()

    def leave(self, ref: str) -> None:
        """The user has left a field: what is missing in it is shown from now on."""
        self.settle()
        if ref not in self._seen:
            self._seen.add(ref)
            self.changed.emit()

    def knows(self, ref: str) -> bool:
        """Whether the user has asked for what is missing, or left this field."""
        return self.asked or ref in self._seen

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the form says, and the rules of quality; of two under one id the stronger."""
        return tuple(joined(self.now.problems, self.heard))

    def shown_problems(self, ref: str) -> tuple[Problem, ...]:
        """What the form says beside a field: missing answers only once asked for or left."""
        known, said = self.knows(ref), {(p.rule, p.ref) for p in self.heard}
        own = (p for p in self.now.problems if p.ref == ref and (p.rule, p.ref) not in said)
        return tuple(p for p in own if known or not p.missing)

    @property
    def _plan_day(self) -> date | None:
        """The day in Sweden on which the plan that stands was signed; None while it is written."""
        return self.plan.signed_at.astimezone(SWEDEN).date() if self.plan and self.plan_signed else None

    def _put(self, record: Consultation, label: str) -> None:
        self._history.put(record, label)
        self.changed.emit()

    def _derive(self, record: Consultation, today: date) -> Derived:
        ref = self.reference
        subject = subject_of(ref.form, record, ref.issuer.unit, ref.phrases)
        planned = fill.effective(ref.plan_form, record, ref.phrases, ref.sources) if ref.form.plan else {}
        if self.plan and self.plan_signed:  # what was drafted then stays as it was signed
            planned |= of_plan(self.plan.answers)
        advice = advise(ref.library, record.codes, record.conditions, record.work.load)
        leave = compared(record, self.others, on=today, before=record.days_before, reduced=record.still_reduced)
        facts = Facts(
            today=self.signed_on or today,
            standing=partial(standing, ref.codes, self.signed_on or today),
            limits=advice.limits,
            days=leave.days,
            physician=ref.issuer.physician.number,
        )
        problems = [*problems_of(record.patient, record.doubt), *check(ref.form, subject, facts)]
        shown = open_refs(ref.form, subject.answers)
        if ref.form.plan:
            as_of = replace(facts, today=self._plan_day or today)
            problems += plan_problems(ref.plan_form, planned, as_of, has_periods=bool(record.periods))
            shown |= open_refs(ref.plan_form, planned)
        if record.instead is not None:
            problems = [] if self.ended else still_said(problems)  # what is over isn't mended
            shown = shown.difference(*map(not_asked, ref.forms))
        changed = (fill.changed_sources(form, record, ref.phrases, ref.sources) for form in ref.forms)
        return Derived(
            answers={**subject.answers, **planned},
            open_refs=shown,
            changed_sources={key: text for found in changed for key, text in found.items()},
            advice=advice,
            leave=leave,
            problems=tuple(problems),
        )
