"""Step 1: who the patient is, what the certificate rests on, and what the work demands."""

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fmstod.certificate.form import Choice, Day, Flag, Option, Question, Section, Text
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation
from fmstod.domain.patient import Doubt, IdentityKind, Patient, Sex, identified, in_doubt, problems_of, read_birth_day
from fmstod.files import read_demands
from fmstod.texts import text as say
from fmstod.ui.fields.identity import BirthField, NumberField, read, who
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import message_of
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.reference import WORK
from fmstod.ui.pages.demands import DemandPicker, Demands
from fmstod.ui.pages.questions import QuestionsPage
from fmstod.ui.pages.step import Read, Write

STEP = 1
NUMBER, RESERVE, BORN, NAME, SAME = "patient.id", "patient.reserve", "patient.born", "patient.name", "patient.same"


class PatientPage(QuestionsPage):
    """While what is typed is no number the record has none, and the text stays as typed."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, headed=True)
        self._numbers = {
            IdentityKind.PERSONNUMMER: self._number_field(NUMBER, "patient_page.has_reserve"),
            IdentityKind.RESERVNUMMER: self._number_field(RESERVE, "patient_page.has_number"),
        }
        self._born = self.own(Day(kind="day", **_asked(BORN)), _read_born, self._write_born, BirthField)
        self._sex = self.own(_sexes(), *_of_patient("sex"))
        self._name = self.own(_line(NAME, required=True), *_of_patient("name", ""))
        self._known = model.consultation  # whose patient and doubt the user has settled
        self._notice, self._notice_words = self._make_notice()
        protected = self.own(Flag(kind="flag", **_asked("patient.protected")), *_of_patient("protected", False))
        self.places[NUMBER] = panel(column(*self._numbers.values()))
        for part in (self.places[NUMBER], self._born, self._sex, self._name, self._notice, protected):
            self.add(part)
        described = model.reference.work
        # The work is judged where its question is, or the one that leads to it.
        self._work_ref = "" if described is None else described.when.ref if described.when else described.ref
        self._demands: DemandPicker | None = None
        self._work = self._make_work() if described else None
        self.add_questions()

    def parts_of(self, question: Question, section: Section) -> Iterable[QWidget]:
        if question.source == WORK and self._work:
            yield self._work
        yield from super().parts_of(question, section)

    def place(self, field: str) -> None:
        if field == NUMBER:
            self.go_to(self.number_box)
        else:
            super().place(field)

    def show_own(self) -> None:
        patient, reserve = self.model.consultation.patient, self._reserve
        for kind, field in self._numbers.items():
            field.setVisible((kind is IdentityKind.RESERVNUMMER) == reserve)
        number = self._number
        if patient.typed != number.typed.words and not patient.number:
            number.typed = read(patient.typed, patient.kind, self.model.reference.today())  # undone, or reopened
        number.show_value(patient.number)
        number.show_who(who(patient, self.model.reference.today()))
        number.show_problems([number.typed.refused] if number.typed.refused else self.model.shown_problems(NUMBER))
        self._born.setVisible(reserve)
        self._sex.setVisible(reserve)
        self._show_doubt()
        self.places[NUMBER].setEnabled(not self.model.signed)
        if self._work and self._demands:
            self._work.setEnabled(not self.model.signed)
            self._work.setVisible(self._work_ref in self.model.now.open_refs)
            self._demands.show_value(self.model.consultation.work.demands)

    @property
    def number_box(self) -> LineBox:
        """Where the number in use is typed."""
        return self._number.box

    def left(self, ref: str) -> None:
        """Once the number and the name are as the user wants them, whoever they tell of is the patient."""
        if ref in (NUMBER, NAME) and not self.model.signed:
            record = self.model.consultation
            if (doubt := self._doubt(record.patient)) != record.doubt:
                self.model.change(ref, doubt=doubt)
            if not doubt and record.patient.number and record.patient.name.strip():
                self._known = self.model.consultation
        super().left(ref)
        self._show_doubt()

    @property
    def _reserve(self) -> bool:
        return self.model.consultation.patient.kind is IdentityKind.RESERVNUMMER

    @property
    def _number(self) -> NumberField:
        return self._numbers[IdentityKind.RESERVNUMMER if self._reserve else IdentityKind.PERSONNUMMER]

    def _number_field(self, ref: str, other: str) -> NumberField:
        made = NumberField(self.look, _line(ref, required=True), say(other), self.model.reference.today)
        made.edited.connect(self._identify)
        made.other.clicked.connect(self._switch)
        return made

    def _make_work(self) -> QWidget:
        catalogue = read_demands()
        loads = tuple(Option(code=load.key, label=load.label) for load in catalogue.loads)
        occupation = self.own(_line("work.occupation"), *_of_work("occupation"))
        extent = self.own(_line("work.extent"), *_of_work("extent"))
        tasks = self.own(_line("work.tasks", lines=2), *_of_work("tasks"))
        load = self.own(Choice(kind="choice", options=loads, **_asked("work.load")), *_of_work("load"))
        demands = DemandPicker(self.look, catalogue)
        demands.edited.connect(self._demand)
        chosen = column(
            text(say("demands.title"), "strong"), text(say("demands.help"), "caption", "muted", wrap=True), 8, demands
        )
        pair = column(occupation, extent, gap=20) if self.look.narrow else row(occupation, extent, gap=16)
        work = QWidget()
        work.setLayout(column(pair, tasks, load, chosen, gap=20))
        self._demands = demands
        return work

    @Slot(str, object)
    def _identify(self, _ref: str, words: str) -> None:
        kind = IdentityKind.RESERVNUMMER if self._reserve else IdentityKind.PERSONNUMMER
        typed = read(words, kind, self.model.reference.today())
        self._number.typed = typed
        patient = identified(self.model.consultation.patient, typed.words, typed.found, kind)
        self.model.change(NUMBER, patient=patient, doubt=self._doubt(patient))

    @Slot()
    def _switch(self) -> None:
        """To the other kind of number, with what stands in its field."""
        kind = IdentityKind.PERSONNUMMER if self._reserve else IdentityKind.RESERVNUMMER
        typed = read(self._numbers[kind].typed.words, kind, self.model.reference.today())
        blank = self.model.consultation.patient.changed(born=None, typed_born="", sex=None)
        patient = identified(blank, typed.words, typed.found, kind)
        self.model.change("patient.kind", patient=patient, doubt=self._doubt(patient))
        self.go_to(self.number_box)

    @Slot(str, object)
    def _demand(self, label: str, demands: Demands) -> None:
        self.model.change(label, work=self.model.consultation.work.changed(demands=demands))

    def _write_born(self, record: Consultation, value: Answer | None) -> dict[str, object]:
        words = value if isinstance(value, str) else ""
        born = read_birth_day(words, self.model.reference.today())
        return {"patient": record.patient.changed(born=born, typed_born="" if born else words)}

    def _doubt(self, patient: Patient) -> Doubt:
        return in_doubt(self._known.patient, patient, self._known.doubt)

    def _make_notice(self) -> tuple[QWidget, QLabel]:
        words, right = text("", wrap=True), button(self.look, say("patient_page.same"))
        right.clicked.connect(self._confirm)
        line = row(column(2, mark(self.look, "tip", "muted"), ...), words, gap=8)
        line.setStretch(1, 1)
        notice = panel(column(line, row(right, ...), gap=8, pad=(12, 12, 12, 12)), ground="hover")
        notice.hide()
        self.places[SAME] = right
        return notice, words

    def _show_doubt(self) -> None:
        """Beside the fields, once the changed one is left: while it is being typed in it may become anything."""
        record = self.model.consultation
        for problem in problems_of(record.patient, record.doubt):
            if problem.field == SAME:
                self._notice_words.setText(message_of(problem))
        held, changed = QApplication.focusWidget(), self._name if record.doubt == "name" else self.places[NUMBER]
        typing = held is not None and changed.isAncestorOf(held)
        self._notice.setVisible(bool(record.doubt) and (not typing or self._notice.isVisible()))

    @Slot()
    def _confirm(self) -> None:
        self.go_to(self.number_box)
        self.model.change(SAME, doubt="")
        self._known = self.model.consultation


def _read_born(record: Consultation) -> Answer:
    return record.patient.born.isoformat() if record.patient.born else record.patient.typed_born


def _asked(ref: str) -> dict[str, object]:
    """What the page itself asks, worded in the texts."""
    return {"ref": ref, "step": STEP, "label": say(f"own.{ref}.label"), "help": say(f"own.{ref}.help")}


def _line(ref: str, lines: int = 1, required: bool = False) -> Text:
    return Text(kind="text", lines=lines, required=required, **_asked(ref))


def _sexes() -> Choice:
    options = (Option(code=sex, label=say(f"patient_page.{sex}")) for sex in Sex)
    return Choice(kind="choice", options=tuple(options), **_asked("patient.sex"))


def _of_patient(name: str, nothing: object = None) -> tuple[Read, Write]:
    return (
        lambda record: getattr(record.patient, name),
        lambda record, value: {"patient": record.patient.changed(**{name: nothing if value is None else value})},
    )


def _of_work(name: str) -> tuple[Read, Write]:
    return (
        lambda record: getattr(record.work, name) or None,
        lambda record, value: {"work": record.work.changed(**{name: value or ""})},
    )
