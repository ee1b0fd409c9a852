"""The engine: what the rules say together, whatever is written."""

from dataclasses import replace

from hypothesis import given as drawn
from hypothesis import strategies as st

from fmstod.domain.problem import Level, Problem
from fmstod.judging import read_rulebook
from fmstod.quality.judge import joined, judge
from fmstod.quality.reader import Given
from fmstod.quality.rulebook import Rulebook
from tests.quality.certificates import WELL, found, given, rules

BOOK = read_rulebook()
TEXTS = ("29", "35", "17", "19", "37", "33.2", "39.2", "44", "25")


def test_a_good_certificate_gives_nothing_to_say():
    assert found() == []


def test_nothing_is_said_of_an_empty_certificate():
    assert judge(BOOK, Given(answers={}, on=given().on)) == []


def test_nothing_is_said_with_smittskydd():
    poor = {"35": "Trött.", "17": "Trött.", "25": "Pat mår dåligt, ring 08-465 004 22."}
    assert found(poor)
    assert found({**poor, "27.1": True}) == []


@drawn(st.dictionaries(st.sampled_from(TEXTS), st.text(max_size=300)))
def test_no_text_is_too_much(texts):
    for problem in judge(BOOK, replace(given(), answers={**given().answers, **texts}, texts=TEXTS)):
        assert problem.level is not Level.ERROR


@drawn(st.permutations(BOOK.rules))
def test_the_order_of_the_rules_does_not_matter(order):
    poor = given({"35": "Uppger värk.", "17": "Ont.", "25": "Pat ringer."})
    first, second = (judge(Rulebook(tuple(rules), BOOK.lexicon), poor) for rules in (BOOK.rules, order))
    assert {(p.rule, p.field, p.level) for p in first} == {(p.rule, p.field, p.level) for p in second}


def test_the_groups_that_the_unit_is_asked_about_come_first():
    poor = {"35": "Uppger värk.", "17": "Klarar inte arbetet.", "25": "Pat ringer."}
    assert found(poor)[0].ref == "17"
    assert found(poor, asked={"other": 3})[0].ref == "25"


def test_every_place_is_told_by_its_characters():
    (problem,) = (p for p in found({"25": "Ringer gärna. Pat vet om det."}) if p.rule == "INT-02")
    ((start, end),) = problem.spans
    assert "Ringer gärna. Pat vet om det."[start:end] == problem.values["word"] == "Pat"


def test_of_two_that_say_the_same_the_stronger_is_told():
    said = [Problem("U-2", "1", Level.TIP), Problem("SL-1", "32")]
    again = Problem("U-2", "1", Level.WARNING)
    assert joined(said, [again]) == [said[1], again]


def test_what_was_read_before_is_only_read_again_where_it_has_changed():
    shelf = {}
    poor, now = {"35": "Uppger värk.", "25": "Pat ringer."}, {"35": "Uppger värk.", "25": "Patienten ringer."}
    assert judge(BOOK, given(poor), shelf=shelf) == judge(BOOK, given(poor))
    kept = shelf["Uppger värk."]
    assert judge(BOOK, given(now), shelf=shelf) == judge(BOOK, given(now))
    assert shelf["Uppger värk."] is kept
    assert "Pat ringer." not in shelf


def test_the_example_of_these_tests_is_whole():
    assert rules({"35": None}) == rules()  # an empty answer is the form's to tell
    assert WELL["35"]
