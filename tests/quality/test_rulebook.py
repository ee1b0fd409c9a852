"""The rules of quality as a whole: complete, in known groups, none an error."""

import pytest

from fmstod.domain.inquiry import GROUPS
from fmstod.domain.problem import Level
from fmstod.files import QUALITY
from fmstod.judging import read_rulebook
from fmstod.quality.checks import CHECKS
from fmstod.quality.rulebook import load_rulebook, load_rules
from fmstod.texts import catalogue

RULES = read_rulebook().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_tells_what_why_and_who_says_so(rule):
    for sentence in (rule.says, rule.plain, rule.why, *rule.also.values()):
        assert sentence.endswith((".", "…"))
    assert rule.source.endswith(".")
    assert rule.group in GROUPS
    assert rule.level is not Level.ERROR
    assert catalogue()[f"problem.{rule.id}"] == rule.says
    assert catalogue()[f"rules.why.{rule.id}"] == rule.why


def test_every_rule_has_a_condition_and_every_condition_a_rule():
    ids = {rule.id for rule in RULES}
    assert [rule.id for rule in RULES if not (rule.id in CHECKS or rule.lacks or rule.has)] == []
    assert CHECKS.keys() - ids == set()


def test_the_files_of_the_rules_are_all_read():
    assert {file.parent.name for file in QUALITY.rglob("*.toml")} == {"rules", "lexicon"}


def rule(**changes):
    plain = {"id": "FUN-09", "level": "tip", "group": "impairment", "ref": "35", "has": ["a"]}
    return {"rule": [{**plain, **dict.fromkeys(("says", "plain", "why", "source"), "x."), **changes}]}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"group": "weather"}, "weather"),
        ({"level": "error"}, "no error"),
        ({"has": ["b"]}, "no lexicon b"),
        ({"unknown": 1}, "unknown"),
        ({"id": "FUN"}, "id"),
    ],
)
def test_a_rule_that_can_not_hold_is_refused(changes, word):
    with pytest.raises(ValueError, match=word):
        load_rulebook(load_rules([rule(**changes)]), {"b.toml": {"a": {"words": ["x"]}}}, str)


def test_nothing_may_be_there_twice():
    with pytest.raises(ValueError, match="FUN-09 is there twice"):
        load_rules([rule(), rule()])
    with pytest.raises(ValueError, match="a is there twice"):
        load_rulebook((), {"b.toml": {"a": {}}, "c.toml": {"a": {}}}, str)


@pytest.mark.parametrize(
    "words", [{"words": ["two words"]}, {"phrases": ["one"]}, {"phrases": ["… last"]}, {"phrases": ["first …"]}]
)
def test_words_and_phrases_are_told_apart(words):
    with pytest.raises(ValueError, match="phrase"):
        load_rulebook((), {"a.toml": {"a": words}}, str)
