"""Fields to write in: text, a number, a day."""

from collections.abc import Callable
from datetime import date

from fmstod import clock
from fmstod.certificate.form import Day, Icf, Text, Whole
from fmstod.domain.answers import Answer, IcfText
from fmstod.domain.period import COMING, NEAREST, PAST
from fmstod.texts import text as say
from fmstod.ui.fields.field import Field
from fmstod.ui.kit.boxes import DayBox, LineBox, NumberBox, TextBox
from fmstod.ui.kit.parts import column, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look

NEAR = 0.8  # of the greatest length: from here on the count is shown


class Counter:
    """`3 480 av 4 000 tecken` under a box, when it begins to matter."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.label = text("", "caption", "muted")
        self.label.hide()

    def show_count(self, count: int) -> None:
        self.label.setVisible(count >= NEAR * self._most)
        self.label.setText(say("field.count", count=thousands(count), most=thousands(self._most)))
        restyle(self.label, tone="error" if count > self._most else "muted")


def thousands(number: int) -> str:
    """`4 000`, with a space that doesn't break."""
    return f"{number:,}".replace(",", "\u00a0")


class TextField(Field[Text]):
    """A text; one with a source is drafted until the user writes."""

    stands = "below"

    def __init__(self, look: Look, question: Text, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self.box = self._make_box()
        self._counter = Counter(question.max)
        self.box.typed.connect(self._typed)
        self.box.removed.connect(self._say_removed)
        self._watch(self.box)
        self._lay(panel(column(self.box, self._counter.label, gap=4)), self.stands)

    @property
    def words(self) -> str:
        return self.box.text() if isinstance(self.box, LineBox) else self.box.toPlainText()

    def show_value(self, value: Answer | None) -> None:
        words = value if isinstance(value, str) else ""
        self.box.show_text(words)
        self._counter.show_count(len(words))

    def _make_box(self) -> LineBox | TextBox:
        lines = self.question.lines
        return LineBox(self.look, self.label) if lines == 1 else TextBox(self.look, self.label, lines)

    def _typed(self, words: str) -> None:
        self._counter.show_count(len(words))
        # An emptied draft is the user's own empty text; without a source, nothing has been said.
        self._edit(words if words or self.question.source else None)

    def _keep_own(self) -> None:
        self._edit(self.words)


class AreaField(TextField):
    """One of several texts that need not all be written: a line until there is more in it."""

    stands = "close"

    def _make_box(self) -> TextBox:
        return TextBox(self.look, self.label, 1)


class DescriptionField(Field[Icf]):
    """An impairment or limitation in words alone. Categories that are there already are kept."""

    def __init__(self, look: Look, question: Icf, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._value = IcfText()
        self.box = TextBox(look, self.label, 6)
        self._counter = Counter(question.max)
        self.box.typed.connect(self._typed)
        self.box.removed.connect(self._say_removed)
        self._watch(self.box)
        self._lay(panel(column(self.box, self._counter.label, gap=4)))

    def show_value(self, value: Answer | None) -> None:
        self._value = value if isinstance(value, IcfText) else IcfText()
        self.box.show_text(self._value.text)
        self._counter.show_count(len(self._value.text))

    def _typed(self, words: str) -> None:
        value = self._value.changed(text=words)
        self.show_value(value)
        self._edit(value if value.text or value.icf else None)


class WholeField(Field[Whole]):
    def __init__(self, look: Look, question: Whole, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._box = NumberBox(look, self.label, len(str(question.max)), 72)
        self._box.typed.connect(lambda digits: self._edit(int(digits) if digits else None))
        self._watch(self._box)
        self._lay(self._box, "beside")

    def show_value(self, value: Answer | None) -> None:
        self._box.show_text("" if value is None else str(value))


class DayField(Field[Day]):
    """A day, typed; a day from elsewhere is a draft until the user writes."""

    def __init__(self, look: Look, question: Day, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._box = self._make_box()
        self._box.day_typed.connect(self._typed)
        self._watch(self._box)
        self._lay(panel(row(self._box, ...)))

    def show_value(self, value: Answer | None) -> None:
        self._box.show_value(value if isinstance(value, str) else "")

    def _make_box(self) -> DayBox:
        rules = self.question.rules
        # What may not have passed is a coming day, and what may not lie ahead one that has been.
        back = COMING if "past" in rules else PAST if "future" in rules else NEAREST
        return DayBox(self.look, self.label, self.today, say("field.day_empty"), back)

    def _typed(self, value: str) -> None:
        self._edit(value if value or self.question.source else None)

    def _keep_own(self) -> None:
        self._edit(self._box.value)
