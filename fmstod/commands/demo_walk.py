"""The example's way through the consultation: for each kind of question, the keys that answer it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Day,
    Diagnoses,
    Flag,
    Icf,
    Measures,
    Option,
    Periods,
    Steps,
    Text,
    Whole,
    YesNo,
)
from fmstod.clock import SWEDEN
from fmstod.commands.demo_keys import Keyboard
from fmstod.domain.answers import STEP_PARTS, Basis
from fmstod.domain.consultation import FORM, PLAN_FORM
from fmstod.domain.document import DocumentKind
from fmstod.domain.icd import normalise
from fmstod.files import read_demands
from fmstod.knowledge import wording
from fmstod.knowledge.advise import advise
from fmstod.knowledge.suggest import suggest_icf
from fmstod.texts import text
from fmstod.ui.life.handing_out import Paper
from fmstod.ui.session import Knowledge

# Where the words of a unit's fields aren't called as in the record.
WITHIN = {2}  # steps that are most telling before they are done
# Where the user is at the end of a step, if not where it begins.
LEFT_AT = {5: lambda: _of("period", "length", 2), 7: lambda: text("sign.passphrase")}
ISSUER_WORDS = {("unit", "name"): "unit_name"}


class Walk:
    """Enters the facts of a case step by step. `pause(step)` is called where a step is worth a look."""

    def __init__(
        self, keys: Keyboard, case: Mapping[str, Any], knowledge: Knowledge, pause: Callable[[int], None]
    ) -> None:
        self._keys, self._case, self._pause = keys, case, pause
        self._library, self._phrases = knowledge.library, knowledge.phrases
        self._questions = {q.ref: q for form in (FORM, PLAN_FORM) for q in knowledge.forms[form].questions()}
        # What no question of a form asks, before or after the step's questions.
        self._first = {1: self._patient, 4: self._abilities, 5: self._weigh}
        self._last = {1: self._work}

    def choose_passphrase(self) -> None:
        """The first start."""
        self._keys.fill(text("unlock.passphrase"), self._case["passphrase"])
        self._keys.fill(text("unlock.first.again"), self._case["passphrase"])
        self._keys.press("Return")

    def set_up(self) -> None:
        """Physician and unit."""
        for part, values in self._case["issuer"].items():
            for key, value in values.items():
                self._keys.fill(text(f"issuer.field.{ISSUER_WORDS.get((part, key), key)}"), value)
        self._keys.tab_to(text("issuer.go_on"))
        self._keys.press("Space")

    def step(self, step: int) -> None:
        """All that the case says in one step."""
        self._keys.press(f"Ctrl+{step}")
        self._first.get(step, _nothing)()
        for ref, value in self._case["answers"].items():
            if self._questions[ref].step == step:
                self.answer(ref, value)
        self._last.get(step, _nothing)()
        if step not in WITHIN:
            self._keys.press(f"Ctrl+{step}")  # saves, and shows the step from its top
            if step in LEFT_AT:
                self._keys.tab_to(LEFT_AT[step]())
            self._pause(step)

    def sign(self) -> None:
        """Certificate and plan together, with the passphrase again."""
        self._keys.fill(text("sign.passphrase"), self._case["passphrase"])
        self._keys.tab_to(text("sign.both"))
        self._keys.press("Space")

    def hand_over(self, kind: DocumentKind, signed_at: datetime) -> None:
        """Save a signed document for the patient."""
        when = f"{signed_at.astimezone(SWEDEN):%Y-%m-%d %H:%M}"
        said = text("signed.when", kind=text(f"review.kind.{kind}"), when=when)
        self._keys.tab_to(f"{text('signed.save')}, {said}")
        self._keys.press("Space", text("signed.key.patient"))

    def hand_out(self, paper: Paper, ticks: Sequence[str]) -> None:
        """Save a paper that is made from the signed documents, with these texts along."""
        keys = self._keys
        if ticks:
            keys.tab_to(text("handout.texts"))
            keys.press("Space")
        for ref in ticks:
            keys.tab_to(text(f"handout.tick.{ref.replace('.', '_')}"))
            keys.press("Space")
        keys.tab_to(f"{text('signed.save')}, {text(f'handout.name.{paper}')}")
        keys.press("Space")

    def answer(self, ref: str, value: Any) -> None:
        """Answer a question with the keys of its kind."""
        question, keys = self._questions[ref], self._keys
        name = question.ask or question.label
        match question:
            case Flag():
                keys.tab_to(name)
                keys.press("Space")
            case YesNo():
                keys.choose(name, text("choice.yes" if value else "choice.no"))
            case Choice():
                keys.choose(name, _words(question.options, value))
            case Choices():
                for code in value:
                    keys.choose(name, _words(question.options, code))
            case DatedChoices():
                for row in value:
                    keys.tab_to(next(o.label for o in question.options if o.code == row["kind"]))
                    keys.press("Space")  # and the focus is in the day
                    keys.write(row["date"])
            case Text() | Whole() | Day():
                keys.fill(name, str(value))
            case Diagnoses():
                self._diagnoses(value)
            case Icf():
                self._icf(question, value)
            case Periods():
                self._periods(value)
            case Measures():
                self._measures(value)
            case Steps():
                self._steps(value)
            case _:
                assert_never(question)

    def _patient(self) -> None:
        for key, value in self._case["patient"].items():
            self._keys.fill(text(f"own.patient.{'id' if key == 'number' else key}.label"), value)

    def _work(self) -> None:
        """The present work and its demands."""
        keys, work = self._keys, self._case["work"]
        for key in ("occupation", "extent", "tasks"):
            keys.fill(text(f"own.work.{key}.label"), work[key])
        demands = read_demands()
        labels = {demand.key: demand.label for demand in demands.demands()}
        keys.choose(text("own.work.load.label"), next(load.label for load in demands.loads if load.key == work["load"]))
        for key in work["demands"]:
            keys.tab_to(labels[key])
            keys.press("Space")
        keys.press("Ctrl+1")
        for key, demand in work["demands"].items():
            keys.fill(text("demands.note_of", demand=labels[key]), demand["note"])

    def _abilities(self) -> None:
        labels = {demand.key: demand.label for demand in read_demands().demands()}
        for key, demand in self._case["work"]["demands"].items():
            self._keys.choose(labels[key], text(f"demands.ability.{demand['ability']}"))
        self._keys.press("Ctrl+4")

    def _weigh(self) -> None:
        """Earlier sick leave, and what FMB asks before it can say how long."""
        had = self._case["earlier"]["had"]
        self._keys.choose(text("earlier.ask"), text("earlier.yes" if had else "earlier.no"))
        given = self._case["conditions"]
        for entry in advise(self._library, self._codes, given).entries:
            for question in entry.questions:
                if question.key in given:
                    yes = text("choice.yes" if given[question.key] else "choice.no")
                    self._keys.choose(wording.question(question, self._phrases), yes)
        self._keys.press("Ctrl+5")

    def _diagnoses(self, rows: Sequence[Mapping[str, str]]) -> None:
        keys = self._keys
        for n, row in enumerate(rows):
            which = text("field.diagnosis.main") if n == 0 else text("field.diagnosis.other", number=n + 1)
            keys.fill(f"{which}, {text('field.diagnosis.code')}", row["code"].lower())
            self._pause(2)  # while the hits are there
            keys.press("Return")  # takes the hit, and the focus is in its text

    def _icf(self, question: Icf, value: Mapping[str, Any]) -> None:
        keys = self._keys
        offered = {
            item for group in suggest_icf(self._library, self._codes, question.component) for item in group.items
        }
        names = {item.code: f"{item.code} {item.label}" for item in offered}
        keys.tab_to(text("field.icf.all", all=len(names)))
        keys.press("Space")
        for row in value["icf"]:
            keys.tab_to(names[row["code"]])
            keys.press("Space")
        keys.tab_to(text("field.icf.fewer"))
        keys.press("Space", f"Ctrl+{question.step}")
        for row in value["icf"]:
            keys.tab_into(text("choice.severity", of=names[row["code"]]))
            keys.write(str(row["severity"]))
            keys.pick(text("field.icf.basis_of", of=row["code"]), text(f"field.icf.basis_{Basis(row['basis'])}"))
        keys.fill(question.ask, value["text"].strip())

    def _periods(self, rows: Sequence[Mapping[str, Any]]) -> None:
        keys = self._keys
        for n, row in enumerate(rows, 1):
            if n > 1:
                keys.tab_to(text("field.period.new"))
                keys.press("Space")
            for part in ("from", "length"):
                if part in row:
                    keys.fill(_of("period", part, n), row[part])
            keys.pick(_of("period", "degree", n), f"{row['degree']} %")

    def _steps(self, value: Sequence[Mapping[str, str]]) -> None:
        """What each step holds; its days and degree stand there already."""
        for row in value:
            for part in STEP_PARTS:
                if said := row.get(part, ""):
                    self._keys.fill(text("field.step.of", what=text(f"field.step.{part}"), degree=row["degree"]), said)

    def _measures(self, rows: Sequence[Mapping[str, str]]) -> None:
        keys = self._keys
        for n, row in enumerate(rows, 1):
            if n > 1:
                keys.tab_to(text("field.measure.new"))
                keys.press("Space")
            for part, value in row.items():
                keys.fill(_of("measure", part, n), value)

    @property
    def _codes(self) -> list[str]:
        return [normalise(row["code"]) for row in self._case["answers"]["6"]]


def _nothing() -> None:
    pass


def _words(options: Sequence[Option], code: str) -> str:
    """An option as it stands on the screen."""
    return next(o.short or o.label for o in options if o.code == code)


def _of(kind: str, part: str, number: int) -> str:
    """«Längd, period 2»."""
    return text(f"field.{kind}.of", what=text(f"field.{kind}.{part}"), number=number)
