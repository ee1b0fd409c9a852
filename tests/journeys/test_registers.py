"""From the settings to a signed certificate with a code that only the register knows, and what a later edition changes."""

from string import ascii_uppercase

import pytest
from PySide6.QtWidgets import QLabel

from fmstod.domain.document import DocumentKind
from fmstod.texts import text
from tests.journeys.user import DRAFT

OWN = {
    "Q87": "Andra specificerade medfödda missbildningssyndrom",
    "F43": "Anpassningsstörningar",
    "F438A": "Utmattning",
}
CODE, NAME = "Huvuddiagnos, Kod eller namn", "Huvuddiagnos, Diagnos på intyget"


def edition(folder, year, **names):
    """A file of one edition: a category for each letter, and these codes."""
    codes = {f"{letter}00": f"Sjukdom {letter}" for letter in ascii_uppercase} | OWN | names
    file = folder / f"icd10se-{year}.tsv"
    file.write_text("".join(f"{code}\t\t{name}\n" for code, name in codes.items()), encoding="utf-8")
    return file


@pytest.fixture
def choose(tmp_path):
    """The files that the next question for files is answered with."""
    chosen = []
    return chosen, lambda: tuple(chosen)


def read_in(user, chosen, *files):
    chosen[:] = files
    user.keys.tab_to(text("frame.settings"))
    user.keys.press("Return")
    button = text("settings_codes.another" if user.desk._knowledge.codes.edition else "settings_codes.choose")
    user.keys.tab_to(button)
    user.keys.press("Return")


def settled(user, words):
    user.keys.wait(lambda: user.says(words), words)


def paper(user):
    documents = user.store.open_case(DRAFT).documents
    return user.store.preview(next(d.id for d in documents if d.kind is DocumentKind.CERTIFICATE))


def test_a_code_of_the_register_is_found_signed_and_keeps_its_name_in_a_later_edition(
    sit_down, draft, choose, tmp_path, own_home
):
    chosen, ask = choose
    with sit_down(choose_files=ask) as user:
        user.open_up()
        read_in(user, chosen, edition(tmp_path, 2026, Q874="Marfans syndrom"))
        settled(user, text("settings_codes.done", name="2026", codes="30"))
        assert user.says(text("settings_codes.register", name="2026", codes="30"))
        user.keys.tab_to(text("frame.tab.consultation"))
        user.keys.press("Return", "Ctrl+2")
        user.keys.fill(CODE, "marfan")
        user.keys.press("Down", "Return")
        assert user.says("FMB har inget för Q87.4")
        user.keys.fill(CODE, "q87.9")  # none of this edition
        user.keys.press("Tab")
        assert user.says(text("problem.DX-7.unknown", question="6", code="Q87.9", edition="2026"))
        user.keys.fill(CODE, "q87.4")
        user.keys.press("Return", "Ctrl+7")
        user.walk.sign()
        user.keys.wait(lambda: user.case.model.signed, "signature")
        before = paper(user)
    with sit_down(choose_files=ask) as user:
        user.open_up()
        user.today = user.today.replace(year=2027)
        read_in(user, chosen, edition(tmp_path, 2027, Q874="Marfans sjukdom", Q875="Ny kod"))
        settled(user, text("settings_codes.compared", before="2026", added=1, removed=0, renamed=1))
        assert user.desk._knowledge.codes.hit("Q874").label == "Marfans sjukdom"
        assert paper(user) == before
        user.keys.tab_to(text("frame.tab.cases"))
        user.keys.press("Return")
        (row,) = user.store.cases()
        assert (row.diagnosis, row.diagnosis_text) == ("Q874", "Marfans syndrom")
        user.keys.press("Return")
        user.keys.press("Ctrl+2")
        assert user.case.page(2).fields["6"].place("6[0].text").text() == "Marfans syndrom"
        user.keys.press("Ctrl+7")
        assert user.case.papers.preview(DocumentKind.CERTIFICATE) == before


def test_a_refused_file_says_why_and_an_older_edition_asks_first(sit_down, draft, choose, tmp_path):
    chosen, ask = choose
    broken = tmp_path / "icd10se-2026.tsv"
    broken.write_text("A00\t\tKolera\nA01 Tyfoidfeber\n", encoding="utf-8")
    with sit_down(choose_files=ask) as user:
        user.open_up()
        read_in(user, chosen, broken)
        settled(user, "icd10se-2026.tsv, rad 2: ")
        assert user.says("Inget är ändrat")
        read_in(user, chosen, edition(tmp_path, 2026))
        settled(user, text("settings_codes.done", name="2026", codes="29"))
        read_in(user, chosen, edition(tmp_path, 2025))
        settled(user, "Utgåvan 2025 är äldre än 2026")
        user.keys.press("Escape")
        assert not user.says("Utgåvan 2025")
        user.keys.press("Return")
        settled(user, "Utgåvan 2025 är äldre än 2026")
        user.keys.tab_to(text("settings_codes.anyway"))
        user.keys.press("Return")
        settled(user, text("settings_codes.register", name="2025", codes="29"))
        used = [label.text() for label in user.desk.findChildren(QLabel) if label.isVisible()]
        assert used.index(text("settings_codes.in_use")) < used.index(
            text("settings_codes.register", name="2025", codes="29")
        ), "2026 stays in use"


def test_files_without_a_year_ask_for_it(sit_down, draft, choose, tmp_path):
    chosen, ask = choose
    named = edition(tmp_path, 2026).rename(tmp_path / "koder.tsv")
    with sit_down(choose_files=ask) as user:
        user.open_up()
        read_in(user, chosen, named)
        assert user.says(text("settings_codes.ask_year"))
        user.keys.write("2026")
        user.keys.press("Return")
        settled(user, text("settings_codes.done", name="2026", codes="29"))
