"""A draft of Webcert's opened from the list: what becomes different is shown, then it is kept or left."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from fmstod.certificate.fill import MEASURES
from fmstod.commands import export
from fmstod.domain.answers import DatedChoice, Measure
from fmstod.domain.consultation import Consultation
from fmstod.texts import text
from fmstod.ui.cases.arriving import Incoming
from fmstod.ui.cases.incoming import IncomingPage
from fmstod.ui.cases.start import StartPage
from tests.certificate.drafts import DRAFTS, LISJP, changed
from tests.certificate.test_webcert_carry import carry
from tests.ui.keys import press
from tests.ui.walk import clipped, nameless
from tests.ui.windows import dressed, show

OLD = changed(LISJP, textVersion="1.2", arbetstidsforlaggning=True, arbetstidsforlaggningMotivering="Skäl", okänt=[1])

TODAY = {
    "lisjp": ("fk7804", "2.0"), "ag7804": ("ag7804", "2.0"), "ag114": ("ag1-14", "2.0"),
    "luse": ("luse", "1.3"), "luae_na": ("luae_na", "1.2"), "luae_fs": ("luae_fs", "1.1"),
}  # fmt: skip
NAMES = {
    "lisjp": "FK 7804", "ag7804": "AG 7804", "ag114": "AG1-14",
    "luse": "FK 7800", "luae_na": "FK 7801", "luae_fs": "FK 7802",
}  # fmt: skip


@pytest.fixture
def chosen(tmp_path):
    """The file that the next question for a draft is answered with."""
    file = tmp_path / "utkast.json"

    def write(content):
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    return write


def ask_for_draft(user):
    user.unlock()
    user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
    user.keys.tab_to(text("incoming.open"))
    user.keys.press("Return")


def page(user, kind):
    found = [p for p in user.desk.findChildren(kind) if p.isVisible()]
    return found[0] if found else None


def test_a_draft_is_shown_kept_and_open(sit_down, draft, chosen):
    with sit_down(choose_draft=lambda: chosen(OLD)) as user:
        ask_for_draft(user)
        shown = page(user, IncomingPage)
        words = " ".join(label.text() for label in shown.findChildren(QLabel))
        for said in ("version 1.2", "19840512-9803", text("webcert.turned"), text("webcert.examined")):
            assert said in words
        before = len(user.store.cases())
        user.keys.press("Return")
        user.keys.wait(lambda: user.case is not None, "open case")
        assert len(user.store.cases()) == before + 1
        record = user.store.open_case(user.case.model.case).consultation
        assert record.patient.number == "19840512-9803"
        assert record.patient.born is not None
        assert record.answers["1"] == (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),)
        assert record.answers[MEASURES] == (Measure(what="Arbetsträning"),)
        assert "33" not in record.answers  # it may have meant the opposite
        assert record.answers["33.2"] == "Skäl"
        assert json.loads(record.webcert) == OLD


@pytest.mark.parametrize(("typ", "form"), sorted(TODAY.items()))
def test_a_draft_of_every_type_opens_on_the_form_that_is_written_today(sit_down, draft, chosen, typ, form):
    with sit_down(choose_draft=lambda: chosen(DRAFTS[typ])) as user:
        ask_for_draft(user)
        shown = page(user, IncomingPage)
        assert any(f"Öppnas som {NAMES[typ]} {form[1]}." in label.text() for label in shown.findChildren(QLabel))
        user.keys.press("Return")
        user.keys.wait(lambda: user.case is not None, "open case")
        record = user.store.open_case(user.case.model.case).consultation
        assert record.form == form
        assert json.loads(record.webcert) == DRAFTS[typ]
        # What stands in the draft stands in the case: only what the draft doesn't tell is left to fill in.
        left = {problem.rule for problem in user.case.model.now.problems if not problem.ref.startswith("plan.")}
        assert left <= {"L-02", "WT-1", "U-11"}, left
        for step in range(1, 8):
            user.keys.press(f"Ctrl+{step}")
            assert user.case.isVisible()


def test_a_draft_for_the_employer_promises_no_plan(sit_down, draft, chosen):
    with sit_down(choose_draft=lambda: chosen(DRAFTS["ag7804"])) as user:
        ask_for_draft(user)
        assert user.says(text("webcert.actions_alone"))
        assert not user.says(text("webcert.actions"))
        user.keys.press("Return")
        user.keys.wait(lambda: user.case is not None, "open case")
        assert MEASURES not in user.case.model.consultation.answers


def test_a_long_list_is_read_with_the_keep_button_in_focus(qtbot):
    many = dict.fromkeys(
        ("nuvarandeArbete", "ovrigt", "pagaendeBehandling", "forsakringsmedicinsktBeslutsstod"), "x" * 4001
    )
    incoming = Incoming(Consultation(), carry({**OLD, **many}).changes, "Läkarintyg", "1.2")
    shown = show(qtbot, IncomingPage(dressed(text=2.0), incoming))
    shown.focus_first()
    assert not clipped(shown)
    assert not nameless(shown)
    bar = shown.findChild(QScrollArea).verticalScrollBar()
    press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_a_draft_that_is_left_leaves_nothing(sit_down, draft, chosen):
    with sit_down(choose_draft=lambda: chosen(OLD)) as user:
        ask_for_draft(user)
        before = len(user.store.cases())
        user.keys.press("Escape")
        assert page(user, StartPage) is not None
        assert len(user.store.cases()) == before


def test_cancelling_the_choice_of_a_file_changes_nothing(sit_down, draft):
    with sit_down(choose_draft=lambda: None) as user:
        ask_for_draft(user)
        assert page(user, StartPage) is not None


def test_what_can_not_be_opened_is_told_on_the_list(sit_down, draft, chosen, tmp_path):
    """One after the other, in the same window."""
    strange = {**DRAFTS["ag7804"], "sysselsattning": [{"typ": "PENSION"}]}
    contents = iter(["?", strange, {"typ": "doi"}])

    def ask():
        content = next(contents, None)
        return chosen(content) if content else tmp_path / "borta.json"

    with sit_down(choose_draft=ask) as user:
        ask_for_draft(user)
        for words in ("giltig JSON", "sysselsattning", "doi", "borta.json"):
            assert user.says(words)
            assert page(user, StartPage) is not None
            user.keys.tab_to(text("incoming.open"))
            user.keys.press("Return")


def test_the_kept_draft_is_exported_with_what_it_came_from(sit_down, draft, chosen, tmp_path, monkeypatch):
    with sit_down(choose_draft=lambda: chosen(OLD)) as user:
        ask_for_draft(user)
        user.keys.press("Return")
        user.keys.wait(lambda: user.case is not None, "open case")
        case = user.store.open_case(user.case.model.case)
        out = tmp_path / "ut.json"
        export._draft(user.store, case, out)
        assert json.loads(out.read_text(encoding="utf-8"))["webcert"] == OLD
