"""Every page of the frame and every field, at every size: keys reach all, all has a name, nothing is cut."""

from datetime import UTC, date, datetime

import pytest

from fmstod.domain.answers import Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.issuer import Issuer
from fmstod.domain.patient import Patient, Sex
from fmstod.domain.period import Period
from fmstod.domain.problem import Level, Problem
from fmstod.files import read_descriptions
from fmstod.knowledge.categories import CategoryIndex
from fmstod.knowledge.library import IcfLabel
from fmstod.knowledge.suggest import Suggestion, Suggestions
from fmstod.storage.store import CaseRow
from fmstod.ui.cases.start import StartPage
from fmstod.ui.frame import BottomBar, PatientBanner, StepNav
from fmstod.ui.kit.parts import column, panel, text
from fmstod.ui.kit.tokens import TEXT_SIZES
from fmstod.ui.messages import MessageBar
from fmstod.ui.models.steps import steps_of
from fmstod.ui.pages.unlock import UnlockPage
from fmstod.ui.settings.page import SettingsPage
from fmstod.ui.settings.setup import SetupPage
from fmstod.ui.top_bar import TopBar, TrialStrip
from fmstod.ui.workbench import FmbColumn, Workbench
from tests.ui import walk
from tests.ui.keys import stops
from tests.ui.pages_1_4 import reference
from tests.ui.windows import TODAY, Sheet, dressed, listed, questions, show, waits

CASE = CaseRow(
    id="1", version=1, name="Tess Testsson", number="19840512-9803", born=date(1984, 5, 12), diagnosis="F438A",
    diagnosis_text="Utmattningssyndrom", periods=(Period(degree=100, first=TODAY, last=date(2026, 12, 20)),),
    changed_at=datetime(2026, 11, 23, 9, tzinfo=UTC), signed_at=None, has_plan=False, followup=None,
)  # fmt: skip
SIGNED = CASE.changed(id="2", name="Björn Mallgren", signed_at=datetime(2026, 10, 26, 9, tzinfo=UTC))
DUE = SIGNED.changed(id="3", name="Maj-Britt Övning", has_plan=True, followup=date(2026, 11, 27))
TESS = Consultation(
    patient=Patient(number=CASE.number, name=CASE.name, born=CASE.born, sex=Sex.WOMAN, protected=True),
    earlier=Earlier(had=False),
    answers={
        "6": (Diagnosis(code="F438A", text="Utmattningssyndrom"),),
        "32": (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),),
    },
)


def unlock(look):
    return UnlockPage(look, note="Låst 10:47 efter 5 minuter. Ditt utkast är sparat.")


def first_start(look):
    page = UnlockPage(look, first=True)
    page.show_error("Lösenfraserna är inte lika. Skriv samma i båda fälten.")
    return page


def setup(look):
    page = SetupPage(look, lambda: TODAY)
    page.form.check()
    return page


def settings(look):
    page = SettingsPage(look, lambda: TODAY)
    page.show_settings(Issuer(), "system", 1.0)
    return page


def cases(look):
    page = StartPage(look, lambda: TODAY)
    rows = (CASE, SIGNED, DUE)
    page.show_cases(listed(*rows), datetime(2026, 11, 22, 16, 2, tzinfo=UTC), waits=waits(*rows))
    return page


def no_cases(look):
    page = StartPage(look, lambda: TODAY)
    page.show_cases(listed())
    return page


def consultation(look):
    """The frame of a consultation, with some fields in it."""
    top, banner, nav, bottom, bar = (
        TopBar(look),
        PatientBanner(look),
        StepNav(look, steps_of(reference())),
        BottomBar(look),
        MessageBar(look),
    )
    top.show_tab("consultation")
    banner.show_case(TESS, TODAY, "10:42", 1)
    nav.show_steps(["done", "done", "begun", "warn", "begun", "untouched", "untouched"], 5)
    bottom.show_problems([Problem("AB-1", "17"), Problem("SL-1", "32", Level.WARNING), Problem("MU-1", "1", Level.TIP)])
    bottom.show_way("Plan", back=True)
    inside = panel(column(text("Upp till 6 månader", "figure"), ...), ground="window")
    bench = Workbench(look, nav, Sheet(look, ["32", "33", "39"]), FmbColumn(look, inside))
    bench.show_answer("Upp till 6 månader", "akut fas · heltid eller deltid")
    layout = column(top, TrialStrip(look), banner, bar, bench, bottom)
    layout.setStretch(4, 1)
    window = panel(layout, ground="window")
    bar.show_message("Det går inte att spara: disken är full.", Level.ERROR, "Försök igen")
    return window


def fields(look):
    sheet = Sheet(look, list(questions()))
    show_answers(sheet)
    return sheet


def show_answers(sheet):
    own = sheet.fields
    own["32"].show_value(
        (
            PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),
            PeriodRow(degree=50, first="2026-12-21", last="2027-01-03"),
        )
    )
    own["35"].suggest(
        [Suggestions(("F438A",), (Suggestion("b140", "Uppmärksamhet", "Uppmärksamhetsfunktioner", central=True),))],
        CategoryIndex(
            {
                "b140": IcfLabel("Uppmärksamhetsfunktioner", "Uppmärksamhet"),
                "b1641": IcfLabel("Organisering och planering, högre kognitiva funktioner", ""),
            },
            read_descriptions(),
            "b",
        ),
    )
    own["35"].show_value(IcfText(text="x", icf=(IcfRating(code="b140", severity=2), IcfRating(code="b1641"))))
    own["35"].picker.show_category("b140")
    own["plan.measures"].show_value((Measure(what="Avstämning"), Measure(what="Samtal")))
    own["29"].show_value("Egen text")
    own["29"].show_draft("Ny text från källan")
    own["37"].show_problems([Problem("MU-1", "37")])


PAGES = (unlock, first_start, setup, settings, cases, no_cases, consultation, fields)


@pytest.fixture(params=PAGES, ids=lambda make: make.__name__)
def make(request):
    return request.param


def opened(qtbot, make, text=1.0, theme="light"):
    window = show(qtbot, make(dressed(theme, text)))
    for _ in range(3):
        qtbot.wait(1)  # layouts settle, labels that wrap among them
    return window


def test_tab_visits_every_control_once_and_comes_back(qtbot, make):
    window = opened(qtbot, make)
    expected = walk.reachable(window)
    expected[0].setFocus()
    found = stops()
    assert len(found) == len(set(found))
    assert set(found) == set(expected)


def test_tab_goes_as_the_page_is_read(qtbot, make):
    window = opened(qtbot, make)
    walk.reachable(window)[0].setFocus()
    for form in window.findChildren(Sheet) or [window]:
        inside = [stop for stop in stops() if form.isAncestorOf(stop)]
        assert walk.by_geometry(window, inside) or make in (setup, settings, cases), [
            s.accessibleName() for s in inside
        ]


def test_everything_that_can_be_used_has_a_name(qtbot, make):
    assert walk.nameless(opened(qtbot, make)) == []


@pytest.mark.parametrize("text", TEXT_SIZES)
def test_no_words_are_cut_and_nothing_lies_outside(qtbot, make, text):
    window = opened(qtbot, make, text)
    assert window.width() == 1280, f"the page wants {window.minimumSizeHint().width()} px"
    assert walk.clipped(window) == []
    assert walk.outside(window) == []


def test_every_target_is_24_px_or_more(qtbot, make):
    assert walk.small(opened(qtbot, make)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen(qtbot, theme):
    """Two pictures, with and without focus, differ by a ring in a colour with 3:1 against the ground."""
    window = opened(qtbot, fields, theme=theme)
    stop = walk.reachable(window)[3]
    window.ring.hide()
    stop.setFocus()
    qtbot.wait(1)
    focus = dressed(theme).colour("focus").rgb()
    place = stop.mapTo(window, stop.rect().topLeft())
    picture = window.grab().toImage()
    ratio = picture.devicePixelRatio()
    y = int((place.y() + stop.height() / 2) * ratio)
    columns = [x for x in range(max(0, place.x() - 6), place.x()) if picture.pixel(int(x * ratio), y) == focus]
    assert len(columns) >= 2
