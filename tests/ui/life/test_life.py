"""What has become of a certificate, in the list and in step 7."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from fmstod.domain.event import Asked, Event, Happened, Subject
from fmstod.domain.lifecycle import Origin, Relation, State, Successor, life_of
from fmstod.domain.transitions import Act
from fmstod.files import read_forms
from fmstod.texts import catalogue, text
from fmstod.ui.cases.start import StartPage
from fmstod.ui.life.life import WAYS, LifeCard, lines_of
from fmstod.ui.states import SHAPES
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.test_walk import CASE, SIGNED
from tests.ui.windows import TODAY, dressed, listed, show

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
QUESTION = Asked(id="q", subject=Subject.COMPLEMENT, on=date(2026, 12, 1), groups=("work",))
DETAILS = {
    Happened.RELEASED: {"recipient": "fk", "document": "d"},
    Happened.NOT_RELEASED: {"recipient": "patient", "document": "d"},
    Happened.REVOKED: {"reason": "FEL_PATIENT"},
    Happened.ASKED: {"asked": QUESTION},
    Happened.ANSWERED: {"inquiry": "q"},
    Happened.SIGNED: {"document": "d"},
    Happened.CLOSED: {"reason": "back"},
}


def events(*kinds):
    return [Event(kind=kind, at=AT, **DETAILS.get(kind, {})) for kind in kinds]


def card(qtbot, kinds, successors=(), origin=None):
    happened = events(*kinds)
    return show(qtbot, LifeCard(dressed(), life_of(happened, successors), happened, origin), 344, 700)


def words(shown):
    return [label.text() for label in walk.shown(shown, QLabel) if label.text()]


C, S, L, E = Happened.CREATED, Happened.SIGNED, Happened.LOCKED, Happened.ENDED


@pytest.mark.parametrize(
    ("kinds", "state", "ways"),
    [
        ([C, L], State.LOCKED, {Act.COPY, Act.REVOKE}),
        ([C, E], State.WITHOUT_LEAVE, {Act.REOPEN}),
        ([C, E, L], State.WITHOUT_LEAVE, {Act.COPY, Act.REVOKE}),
        ([C, S], State.SIGNED, {Act.RENEW, Act.REPLACE, Act.REVOKE}),
        ([C, S, Happened.RELEASED], State.SENT, {Act.RENEW, Act.REPLACE, Act.REVOKE}),
        ([C, S, Happened.RELEASED, Happened.ASKED], State.SENT, {Act.COMPLEMENT, Act.RENEW, Act.REVOKE}),
        ([C, S, Happened.REVOKED], State.REVOKED, set()),
    ],
)
def test_the_card_says_the_state_and_offers_only_what_is_allowed(qtbot, kinds, state, ways):
    shown = card(qtbot, kinds)
    assert text(f"state.{state}") in words(shown)
    assert shown.ways.keys() == ways


def test_a_way_asks_for_a_case_of_its_kind(qtbot):
    for kinds, act in (([C, L], Act.COPY), ([C, S], Act.RENEW)):
        shown, begun = card(qtbot, kinds), []
        shown.begun.connect(begun.append)
        shown.ways[act].click()
        assert begun == [WAYS[act]]


def test_the_card_leads_to_where_it_came_from_and_to_what_came_of_it(qtbot):
    origin = Origin(kind=Relation.RENEWS, case="before", document="d0")
    made = [Successor(kind=Relation.RENEWS, case="after"), Successor(kind=Relation.RENEWS, case="gone", locked=True)]
    shown, opened = card(qtbot, [C, S], made, origin), []
    shown.opened.connect(opened.append)
    for button in walk.shown(shown, QPushButton):
        if button.property("kind") == "plain":
            button.click()
    assert opened == ["before", "after"]


@pytest.mark.parametrize("kind", Happened)
def test_each_thing_that_happens_has_a_line_with_its_time_in_sweden(kind):
    (happened,) = events(kind)
    lines = lines_of(happened)
    if kind in (Happened.DISCARDED, Happened.RESTORED):
        assert lines == ()
    else:
        (line,) = lines
        assert line.startswith("2026-11-23 10:30 ")
        assert "{" not in line


def test_every_state_and_every_tie_has_its_words():
    keys = {
        *(f"state.{state}" for state in State),
        *(f"life.{way}.{kind}" for way in ("from", "to") for kind in Relation),
        *(f"life{about}.{act}" for about in ("", ".about") for act in WAYS),
    }
    assert keys <= catalogue().keys()
    assert SHAPES.keys() <= set(State)


def test_a_draft_that_is_only_read_has_no_heading_over_an_empty_history(qtbot):
    assert text("life.history") in words(card(qtbot, [C]))
    assert words(card(qtbot, [])) == [text("state.draft")]


# The list


def test_a_locked_draft_is_told_by_icon_and_word_and_cannot_be_discarded(qtbot):
    page, gone = show(qtbot, StartPage(dressed(), lambda: TODAY)), []
    page.discard_wanted.connect(gone.append)
    page.show_cases(listed(CASE.changed(state=State.LOCKED), SIGNED))
    page.focus_first()
    table = page._table
    assert table.item(1, 4).text() == text("state.locked")
    assert not table.item(1, 4).icon().isNull()
    press(Qt.Key.Key_Delete)
    table.clicked.emit(table.model().index(1, 5))
    assert gone == []
    assert table.item(1, 5).icon().isNull()


def test_what_a_renewal_leaves_out_is_true_of_every_form():
    """A certificate to the employer for two weeks has no prognosis, a statement of health no period; all have a basis."""
    said = text("life.about.renew")
    left_out = [
        {q.label.casefold() for q in form.questions() if not q.renewed}
        for form in read_forms().values()
        if form.status == "new" and form.form != "plan"
    ]
    assert all(any("baserat på" in label for label in labels) for labels in left_out)
    assert "bygger på" in said
    for word in ("prognos", "period", "kontakt"):
        if not all(any(word in label for label in labels) for labels in left_out):
            assert word not in said.casefold()
