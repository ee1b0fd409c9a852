"""The open draft is stored by itself, and nothing typed is ever lost."""

from datetime import date

import pytest

from fmstod import files
from fmstod.domain.consultation import Consultation
from fmstod.errors import NotAllowed, StaleRecord, StoreUnwritable
from fmstod.texts import catalogue
from fmstod.ui.autosave import LONGEST_MS, QUIET_MS, Autosave
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.reference import Reference


@pytest.fixture
def model(qapp):
    forms = files.read_forms()
    reference = Reference(
        form=forms["fk7804", "2.0"],
        plan_form=forms[files.PLAN],
        library=files.read_library(),
        codes=files.read_library().codes,
        phrases={**catalogue(), **files.read_demands().phrases()},
        today=lambda: date(2026, 11, 23),
    )
    return ConsultationModel("case", Consultation(), reference)


class Shelf:
    """Keeps what is saved by case; `broken` makes the next save fail with it."""

    def __init__(self):
        self.kept, self.broken = {}, None

    def save(self, case, consultation, version):
        if self.broken:
            error, self.broken = self.broken, None
            raise error
        self.kept[case] = consultation
        return version + 1


def test_the_draft_is_saved_a_second_after_the_last_key_and_at_least_every_five():
    assert (QUIET_MS, LONGEST_MS) == (1000, 5000)


def test_a_change_is_saved_by_itself(model, qtbot, monkeypatch):
    monkeypatch.setattr("fmstod.ui.autosave.QUIET_MS", 50)
    shelf = Shelf()
    autosave = Autosave(model, shelf.save)
    with qtbot.waitSignal(autosave.saved, timeout=2500):
        model.answer("25", "Första sjukskrivningen.")
    assert shelf.kept["case"].answers["25"] == "Första sjukskrivningen."
    assert model.version == 1
    assert not autosave.pending


def test_steady_typing_is_saved_too(model, qtbot, monkeypatch):
    monkeypatch.setattr("fmstod.ui.autosave.QUIET_MS", 400)
    monkeypatch.setattr("fmstod.ui.autosave.LONGEST_MS", 600)
    shelf = Shelf()
    autosave = Autosave(model, shelf.save)
    with qtbot.waitSignal(autosave.saved, timeout=3000):
        for n in range(9):
            model.answer("25", "a" * (n + 1))
            qtbot.wait(100)
    assert "case" in shelf.kept


def test_a_full_disk_keeps_the_draft_on_screen_and_is_tried_again(model):
    shelf = Shelf()
    autosave, told = Autosave(model, shelf.save), []
    autosave.failed.connect(told.append)
    model.answer("25", "text")
    shelf.broken = StoreUnwritable()
    assert autosave.flush() is False
    assert isinstance(told[0], StoreUnwritable)
    assert autosave.pending
    assert autosave.flush() is True
    assert shelf.kept["case"].answers["25"] == "text"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (StaleRecord(), "desk.other_saved"),
        (NotAllowed(why="not_allowed.locked"), "desk.locked_meanwhile"),
    ],
)
def test_when_someone_else_saved_first_or_the_draft_was_locked_both_texts_are_kept(model, refusal, said):
    shelf = Shelf()
    shelf.kept["case"] = Consultation(answers={"25": "den andras"})
    autosave, told = Autosave(model, shelf.save, lambda: "own"), []
    autosave.parted.connect(told.append)
    model.answer("25", "min")
    shelf.broken = refusal
    assert autosave.flush() is True
    assert {case: kept.answers["25"] for case, kept in shelf.kept.items()} == {"case": "den andras", "own": "min"}
    assert (told, model.case, model.version) == ([said], "own", 1)


def test_undo_back_to_what_is_stored_saves_nothing(model):
    shelf = Shelf()
    autosave = Autosave(model, shelf.save)
    model.answer("25", "fel")
    model.undo()
    assert autosave.flush() is True
    assert shelf.kept == {}


def test_what_is_written_in_a_locked_draft_goes_on_as_its_copy(model):
    shelf, copied = Shelf(), []

    def copy(case, record, locked):
        copied.append((case, locked))
        shelf.kept[case] = record
        return 1

    autosave = Autosave(model, shelf.save, lambda: "own", copy)
    shelf.broken = NotAllowed(why="not_allowed.locked")
    model.answer("25", "för sent")
    assert autosave.flush()
    model.answer("25", "och mer")
    assert autosave.flush()
    assert copied == [("own", "case")]
    assert model.version == 2
    assert shelf.kept["own"].answers["25"] == "och mer"


def test_a_locked_draft_that_has_a_copy_already_loses_no_text(model):
    shelf = Shelf()

    def copy(*_):
        raise NotAllowed(why="not_allowed.has_copy")

    autosave = Autosave(model, shelf.save, lambda: "own", copy)
    shelf.broken = NotAllowed(why="not_allowed.locked")
    model.answer("25", "för sent")
    assert autosave.flush()
    assert shelf.kept["own"].answers["25"] == "för sent"


def test_a_full_disk_does_not_untie_the_copy(model):
    shelf, copied = Shelf(), []

    def copy(case, record, locked):
        copied.append(locked)
        if len(copied) == 1:
            raise StoreUnwritable
        return 1

    autosave = Autosave(model, shelf.save, lambda: "own", copy)
    shelf.broken = NotAllowed(why="not_allowed.locked")
    model.answer("25", "för sent")
    assert not autosave.flush()
    assert autosave.flush()
    assert copied == ["case", "case"]
    assert shelf.kept == {}
