"""U-8: what a certificate can carry, and what is said of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.certificate.latin1 import latin1


@given(st.text())
def test_what_is_left_is_latin_1(said):
    clean, removed = latin1(said)
    clean.encode("latin-1")
    assert all(ord(c) > 255 or ord(c) < 32 or 126 < ord(c) < 160 for c in removed)
    assert len(set(removed)) == len(removed)
    assert latin1(clean) == (clean, "")


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_is_left_alone(said):
    assert latin1(said) == (said, "")


@pytest.mark.parametrize(
    ("typed", "kept", "removed"),
    [
        ("Åke, Zoë & Ærø: ½ §", "Åke, Zoë & Ærø: ½ §", ""),
        ("9–12 — ”ont” i ’rygg’…", "9-12 - \"ont\" i 'rygg'...", ""),
        ("temp ≥ 38 → vila", "temp >= 38 -> vila", ""),
        ("A\u030ake", "Åke", ""),  # ring as a sign of its own
        ("5 μg", "5 µg", ""),  # Greek mu
        ("a\u200bb\u00adc\ufeff", "abc", ""),
        ("mår bra 🙂🙂 漢", "mår bra  ", "🙂漢"),
        ("Łukasz Đorđević, Şahin Čapek, Nguyễn", "Lukasz Dordevic, Sahin Capek, Nguyen", "ŁĐđćŞČễ"),
        ("åäö ÅÄÖ éü", "åäö ÅÄÖ éü", ""),
        ("rad\r\nrad\trad", "rad\r\nrad\trad", ""),
        ("\x00\x07x\x9f", "x", "\x00\x07\x9f"),
    ],
)
def test_typographic_signs_become_plain_and_the_rest_is_named(typed, kept, removed):
    assert latin1(typed) == (kept, removed)
