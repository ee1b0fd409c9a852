"""The rules of quality in the help: under the id that they speak under, with what only a certificate knows left open."""

from dataclasses import replace

from fmstod.domain.problem import Level
from fmstod.domain.rule_line import RuleLine
from fmstod.judging import read_rules
from fmstod.quality.rule_lines import between, rule_lines

HEADINGS = {str(number): f"Fråga {number}" for number in range(1, 45)}
LINES = {line.rule: line for line in rule_lines(read_rules(), HEADINGS, "FK 7804")}


def test_a_rule_that_restates_the_forms_is_listed_under_the_forms_id():
    assert {"U-1", "U-2", "U-3"} <= LINES.keys()
    assert not {"STR-07", "YRK-02", "GRU-01"} & LINES.keys()


def test_every_rule_has_its_why_and_its_source_from_the_data():
    assert all(line.why.endswith(".") and line.source.endswith(".") for line in LINES.values())
    assert "27 kap. 46–49 §§" in LINES["VAR-05"].source


def test_the_question_is_told_as_the_user_sees_it():
    assert LINES["NED-02"].questions == ("33",)
    assert LINES["NED-02"].says[0].startswith("Fråga 33:")


def test_a_rule_about_any_text_names_none():
    assert LINES["STR-09"].questions == ()
    assert LINES["STR-09"].says[0].startswith("Texten i fråga … verkar")


def test_what_a_form_says_already_is_joined_and_told_once():
    form = RuleLine("U-1", "Fråga 32", (Level.TIP,), ("32",), ("Säg varför.",), "Därför.", "Källan.", ("AG 7804",))
    every = between([form], LINES.values())
    (joined,) = (line for line in every if line.rule == "U-1")
    assert joined.says == ("Säg varför.", *LINES["U-1"].says)
    assert joined.levels == (Level.WARNING, Level.TIP)
    assert (joined.why, joined.forms) == (f"Därför. {LINES['U-1'].why}", ("AG 7804",))
    assert joined.source == f"Källan; {LINES['U-1'].source}"
    assert len(every) == len(LINES)


def test_a_source_that_both_have_is_told_once():
    form = replace(LINES["U-1"], forms=("AG 7804",))
    (joined,) = (line for line in between([form], [LINES["U-1"]]))
    assert (joined.why, joined.source) == (form.why, form.source)
