"""The help's page of all rules: which, what each says, how much it matters, who says so and which forms have it."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from fmstod.certificate.rule_lines import form_name, rule_lines
from fmstod.domain.consultation import FORM
from fmstod.domain.rule_line import RuleLine
from fmstod.files import PLAN, read_forms, read_rules
from fmstod.quality.rule_lines import between
from fmstod.quality.rule_lines import rule_lines as quality_lines
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.cases.forms import certificates
from fmstod.ui.kit.over import STEPS, Over
from fmstod.ui.kit.parts import text
from fmstod.ui.kit.tokens import Look

TONES = {"error": "error", "warning": "warn", "tip": "muted"}
ID = re.compile(r"[a-z]{1,3}\d*-[\d.]*")
HEADING = 2  # its level for a screen reader, below the page's title


@cache
def all_rules() -> tuple[RuleLine, ...]:
    """What the program judges by. Raises BadDataFile."""
    own = read_forms()[FORM]
    headings = {question.ref: section.title for section in own.sections for question in section.questions}
    of_forms = rule_lines(certificates(), read_forms()[PLAN], catalogue())
    return between(of_forms, quality_lines(read_rules(), headings, form_name(own, catalogue())))


class RulesPage(Over):
    """Searched as you type; the arrows scroll what is found."""

    def __init__(self, look: Look, window: QWidget, lines: Sequence[RuleLine]) -> None:
        super().__init__(look, window, say("rules.title"))
        self._look, self._lines = look, lines
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("rules.search"))
        self.search.setAccessibleName(say("rules.search"))
        self.search.setMaximumWidth(look.px(480))
        self.search.textChanged.connect(self._fill)
        self._count = text("", "caption", "muted")
        self.page = QTextEdit()
        self.page.setReadOnly(True)
        self.page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.page.setTabChangesFocus(True)
        self.page.setAccessibleName(say("rules.list"))
        for part in (text(say("rules.about"), tone="muted", wrap=True), self.search, self._count, self.page):
            self.body.addWidget(part)
        self.body.setSpacing(8)
        self.body.setStretchFactor(self.page, 1)
        self._fill()

    def open_page(self) -> None:
        self.open_over(self.search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.page.verticalScrollBar().triggerAction(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        found = [line for line in self._lines if all(_has(line, word) for word in words)]
        count = {0: say("rules.no_hits"), 1: say("rules.one")}.get(len(found))
        self._count.setText(count or say("rules.count", count=len(found)))
        self.page.clear()
        cursor = QTextCursor(self.page.document())
        group = ""
        for line in found:
            if line.group != group:
                group = line.group
                self._put(cursor, [(group, "heading", "text")], above=24 if cursor.position() else 4, heading=True)
            self._put_rule(cursor, line)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _put_rule(self, cursor: QTextCursor, line: RuleLine) -> None:
        head = [(line.rule, "strong", "text")]
        for n, level in enumerate(line.levels):
            head.append((f"  {'· ' if n else ''}{say(f'rules.level.{level}')}", "strong", TONES[level]))
        if asked := _asked(line.questions):
            head.append((f"  {asked}", "caption", "muted"))
        self._put(cursor, head, above=12)
        for words in line.says:
            self._put(cursor, [(words, "body", "text")], above=2)
        told = (line.why, say("rules.source_line", source=line.source) if line.source else "", _forms(line))
        if words := " ".join(part for part in told if part):
            self._put(cursor, [(words, "caption", "muted")], above=2)

    def _put(
        self, cursor: QTextCursor, parts: Iterable[tuple[str, str, str]], above: int, *, heading: bool = False
    ) -> None:
        """A paragraph of (words, role, tone)."""
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setHeadingLevel(HEADING if heading else 0)
        if cursor.position():
            cursor.insertBlock(block)
        else:
            cursor.setBlockFormat(block)
        for words, role, tone in parts:
            letters, font = QTextCharFormat(), QFont(self._look.font(role))
            letters.setFont(font)
            letters.setForeground(self._look.colour(tone))
            cursor.insertText(words, letters)


def _asked(questions: Sequence[str]) -> str:
    if len(questions) < 2:
        return say("rules.question", question=questions[0]) if questions else ""
    listed = say("rules.and", first=", ".join(questions[:-1]), last=questions[-1])
    return say("rules.questions", questions=listed)


def _forms(line: RuleLine) -> str:
    return say("rules.forms", forms=", ".join(line.forms)) if line.forms else ""


def _has(line: RuleLine, word: str) -> bool:
    """A word may stand inside another; what is written as the beginning of a rule's id is that."""
    if ID.fullmatch(word):
        return line.rule.casefold().startswith(word)
    return word in _whole(line)


@cache
def _whole(line: RuleLine) -> str:
    """All words of a rule, to search in."""
    parts = (line.rule, line.group, _asked(line.questions), *line.says, line.why, line.source, *line.forms)
    levels = (say(f"rules.level.{level}") for level in line.levels)
    return " ".join((*parts, *levels)).casefold()
