"""How precision and recall are counted, and that the open half of the examples keeps what it promises."""

from collections import Counter

import pytest

from fmstod.domain.problem import Level
from fmstod.judging import read_rulebook
from tools import quality

MEASURED = quality.scores("open")
RIGHT, ON_GOOD = 0.9, 1 / 3
WARNINGS = {rule.under or rule.id for rule in read_rulebook().rules if rule.level is Level.WARNING}


def test_a_figure_is_told_only_where_there_are_examples_enough():
    few = quality.Score(hits=["a"] * 6, missed=["b"])
    enough = quality.Score(hits=["a"] * 6, missed=["b"] * 2, false=["c"] * 2)
    assert (few.precision, few.recall) == (None, None)
    assert (enough.n, enough.precision, enough.recall) == (8, 0.75, 0.75)
    assert quality.Score(missed=["a"] * 8).precision is None


@pytest.mark.parametrize("rule", sorted(WARNINGS & MEASURED.keys()))
def test_a_warning_is_right_in_nine_cases_of_ten(rule):
    precision = MEASURED[rule].precision
    assert precision is None or precision >= RIGHT


def test_no_rule_fires_on_more_than_a_third_of_the_good_certificates():
    good = sum(example.good for example in quality.examples("open"))
    alarmed = Counter({rule: len(score.good) for rule, score in MEASURED.items()})
    assert good > 20
    assert [rule for rule, times in alarmed.items() if times > good * ON_GOOD] == []
