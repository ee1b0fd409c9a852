"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.judging import read_rulebook
from fmstod.quality.told import days_told, together
from fmstod.quality.words import Words

ON = date(2026, 11, 23)
LEXICON = read_rulebook().lexicon


def days(text, on=ON):
    return [told.day for told in days_told(Words(text, LEXICON), on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Besök 2026-12-04.", [date(2026, 12, 4)]),
        ("Besök 4 december och 11 jan.", [date(2026, 12, 4), date(2027, 1, 11)]),
        ("Besök 4 december 2026", [date(2026, 12, 4)]),
        ("Opererad 2/11, åter 7/1", [date(2026, 11, 2), date(2027, 1, 7)]),
        ("Vecka 50, v. 2", [date(2026, 12, 7), date(2027, 1, 11)]),
        ("Om två veckor, om 10 dagar", [date(2026, 12, 7), date(2026, 12, 3)]),
        ("Ny bedömning i januari", [date(2027, 1, 1)]),
        ("Opererades i juni", [date(2026, 6, 1)]),
        ("Blodtryck 142/85, kraft 3 av 5, 31 februari, vecka 60, 2026-13-01", []),
        ("", []),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_come(text, expected):
    assert days(text) == expected


def test_the_places_are_those_of_the_text():
    text = "Åter 4 december."
    ((day, (start, end)),) = days_told(Words(text, LEXICON), ON)
    assert (day, text[start:end]) == (date(2026, 12, 4), "4 december")


def test_only_a_part_can_be_asked_for():
    assert [told.day for told in days_told(Words("4 december. Åter 5 december.", LEXICON), ON, 12)] == [
        date(2026, 12, 5)
    ]


def test_together_means_in_one_sentence():
    words = Words("Läkarbesök planeras. Kuratorn ringer varje vecka.", LEXICON)
    assert together(words, "follow_up", "interval") == [(20, 49)]
    assert together(words, "actor", "planned") == []


@given(st.text(), st.dates(date(1901, 1, 1), date(2098, 1, 1)))
def test_no_text_is_too_much(text, on):
    list(days_told(Words(text, LEXICON), on))


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_whole_date_is_itself_whenever_it_is_read(day, on):
    assert days(f"Besök {day.isoformat()}", on) == [day]
