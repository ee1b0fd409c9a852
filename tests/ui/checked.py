"""A case in the real view of the window, with a store of its own, for what the checker of quality says in it."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from fmstod.commands import demo
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, PeriodRow
from fmstod.domain.consultation import Earlier
from fmstod.storage.opening import create_store
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.session import Session
from fmstod.world import read_knowledge
from tests.ui.pages_1_4 import TESS, settle
from tests.ui.pages_5_7 import ACUTE, ISSUER
from tests.ui.windows import TODAY, dressed, show

CASE = "00000000-0000-4000-8000-0000000000c1"
# The impairment is only told, the limitation has no measure, and the work isn't met.
THIN = TESS.changed(
    earlier=Earlier(had=False),
    conditions=ACUTE,
    answers={
        **TESS.answers,
        "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),),
        "6": (Diagnosis(code="F438A", text="Utmattningssyndrom"),),
        "29": "Sjuksköterska på akuten, delar läkemedel och möter oroliga anhöriga.",
        "35": IcfText(text="Patienten upplever trötthet och uppger dålig sömn."),
        "17": IcfText(text="Orkar inte arbeta. Ringer syster Karin på 070-123 45 67 när det är svårt."),
        "32": (PeriodRow(first="2026-11-23", last="2026-12-20", degree=100),),
        "33": False,
        "39": "STOR_SANNOLIKHET",
    },
)


def opened(folder, record=THIN, look=None, store=None):
    """The view of a case that was stored, and its store."""
    store = store or create_store(folder, "lång nog lösenfras", cost=demo.CHEAP)
    store.save_issuer(ISSUER)
    if CASE not in {row.id for row in store.cases()}:
        store.save_case(CASE, record, 0)
    session = Session(
        home=folder,
        store=store,
        knowledge=read_knowledge(folder, TODAY),
        verify=lambda _passphrase: None,
        render=lambda _form, _document, _draft: b"",
        seal=lambda _document, pdf: pdf,
        papers=None,
        mark=lambda pdf, _mark: pdf,
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 23, 9, 42, tzinfo=UTC),
    )
    return ConsultationView(look or dressed(), session, store.open_case(CASE))


def at_step(qtbot, view, step, width=1280, height=800):
    show(qtbot, view, width, height)
    view.go(step)
    settle()
    QApplication.processEvents()
    return view
