"""Wherever words are written, on every form: what a certificate can't carry goes and is said (U-8), and a count begins
before the text is full."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.answers import IcfText
from fmstod.domain.event import LONGEST_TEXT
from fmstod.files import read_forms
from fmstod.ui.fields.icf_picker import IcfPicker
from fmstod.ui.fields.kinds import field_of
from fmstod.ui.kit.boxes import DayBox, LengthBox, LineBox, NumberBox, TextBox
from fmstod.ui.kit.counted import CountedBox
from fmstod.ui.life.signing import SignCard
from fmstod.ui.settings.issuer import IssuerForm
from tests.ui.keys import type_text
from tests.ui.walk import clipped, shown
from tests.ui.windows import TODAY, dressed, show

ELSEWHERE = (DayBox, LengthBox, NumberBox)  # days and numbers are no words
ALL = {f"{form.form}-{form.version} {q.ref}": q for form in read_forms().values() for q in form.questions()}
WRITTEN = {name: q for name, q in ALL.items() if q.kind in ("text", "icf", "diagnoses", "measures")}
WRITTEN |= {name: q for name, q in ALL.items() if q.kind == "dated_choices" and q.listed}
LIMITED = {name: q for name, q in WRITTEN.items() if q.kind in ("text", "icf")}


def boxes(root):
    """Where words of the certificate are written; what is searched for isn't one."""
    found = [box for box in (*shown(root, LineBox), *shown(root, TextBox)) if not isinstance(box, ELSEWHERE)]
    return [box for box in found if not any(picker.isAncestorOf(box) for picker in root.findChildren(IcfPicker))]


def words(root):
    return [label.text() for label in shown(root, QLabel) if label.text()]


def shown_field(qtbot, question):
    return show(qtbot, field_of(question)(dressed(), question, lambda: TODAY), 704)


def tells_what_goes(root, box):
    box.setFocus()
    type_text("a♥b")
    QApplication.processEvents()  # the sentence is laid out
    told = box.text() if isinstance(box, LineBox) else box.toPlainText()
    assert told.endswith("ab"), told
    assert any(line.startswith("Togs bort: ♥") for line in words(root)), box.accessibleName()


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_what_a_certificate_cannot_carry_goes_and_is_said_beside_the_box(qtbot, name):
    field = shown_field(qtbot, WRITTEN[name])
    assert boxes(field)
    for box in boxes(field):
        tells_what_goes(field, box)


@pytest.mark.parametrize("name", sorted(LIMITED))
def test_a_count_begins_before_a_text_is_full(qtbot, name):
    question = LIMITED[name]
    field = shown_field(qtbot, question)

    def count(length):
        field.show_value("x" * length if question.kind == "text" else IcfText(text="x" * length))
        return [line for line in words(field) if " tecken" in line and " av " in line]

    assert not count(int(question.max * 0.8) - 1)
    assert len(count(question.max)) == 1
    assert len(count(question.max + 1)) == 1


def test_what_is_written_outside_the_questions_is_told_too(qtbot):
    issuer = show(qtbot, IssuerForm(dressed(), lambda: TODAY))
    for place in ("physician.name", "unit.name"):
        tells_what_goes(issuer, issuer.box(place))
    assert not clipped(issuer)
    counted = show(qtbot, CountedBox(dressed(), "Svar"), 600)
    tells_what_goes(counted, counted.box)
    counted.box.show_text("x" * LONGEST_TEXT)
    card = SignCard(dressed())
    card.ask_reason()
    show(qtbot, card, 344)
    tells_what_goes(card, card.reason)
    card.passphrase.setFocus()
    assert not [line for line in words(card) if line.startswith("Togs bort")], "gone once the box is left"
