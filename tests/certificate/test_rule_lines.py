"""The list of all rules: every rule that a check can give is on it, and nothing else."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fmstod
from fmstod.certificate.check import plan_problems
from fmstod.certificate.rule_lines import form_name, rule_lines
from fmstod.certificate.rules import WORDED, rules_of
from fmstod.certificate.subject import Facts
from fmstod.domain.period import iso_day
from fmstod.domain.problem import Level
from fmstod.files import PLAN, read_forms
from fmstod.texts import catalogue, text
from tests.certificate.test_any_answers import answered, problems

ALL = read_forms()
CERTIFICATES = tuple(form for key, form in ALL.items() if key[0] != PLAN[0])
LINES = {line.rule: line for line in rule_lines(CERTIFICATES, ALL[PLAN], catalogue())}
RULE = re.compile(r"(H1|[A-Z]+[0-9]*-[0-9]+(?:\.[0-9]+)?)(?:\.[a-z_]+)*")
JUDGES = [*Path(fmstod.__path__[0], "certificate").glob("*.py"), *Path(fmstod.__path__[0], "domain").glob("*.py")]


def given_in_code():
    """The ids that stand in the source of what judges, alone or before the key of a sentence."""
    for file in (file for file in JUDGES if file.name != "rule_lines.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and (told := RULE.fullmatch(node.value)):
                yield told[1]


def test_every_rule_that_forms_or_code_can_give_is_listed_and_no_other():
    named = {rule for form in ALL.values() for rule in rules_of(form)}
    hours = {"U-5"}  # of sickleave/working_hours.py
    assert LINES.keys() == named | set(given_in_code()) | hours
    assert LINES.keys() >= WORDED


@settings(max_examples=150)
@given(answered())
def test_what_a_check_says_of_a_form_is_listed_for_it_with_its_level(made):
    form, answers = made
    name = form_name(form, catalogue())
    for problem in problems(form, answers):
        line = LINES[problem.rule]
        assert problem.level in line.levels
        assert any(of == "alla intyg" or of.split(" (")[0] == name for of in line.forms), (problem.rule, line.forms)
        told = next((of for of in line.forms if of.startswith(f"{name} (")), "")
        assert not told or form.version in told
        if problem.ref[0].isdigit():
            assert problem.ref.split(".")[0] in line.questions or not line.questions
        assert any(alike(said, text(problem.text_key, **problem.values)) for said in line.says), problem


def alike(listed, said):
    """Whether the listed sentence is this one with its gaps left open."""
    return re.fullmatch(".*".join(map(re.escape, listed.split("…"))), said, re.DOTALL)


@given(st.dictionaries(st.sampled_from([q.ref for q in ALL[PLAN].questions()]), st.just("x" * 4001)))
def test_what_a_plan_lacks_is_listed(answers):
    for problem in plan_problems(ALL[PLAN], answers, Facts(iso_day("2026-11-23")), has_periods=False):
        assert "Planen" in LINES[problem.rule].forms


@pytest.mark.parametrize("rule", sorted(LINES))
def test_each_rule_has_sentences_a_level_a_why_a_source_and_somewhere_to_hold(rule):
    line = LINES[rule]
    assert line.says
    assert all(said.endswith((".", ")", "…")) and "{" not in said for said in line.says)
    assert line.levels
    assert line.source.endswith(".")
    assert line.why.endswith(".")
    assert bool(line.forms) is (rule != "U-5")


def test_levels_are_those_of_the_sources():
    """certificates.md 2.9: what is only a notice never stops."""
    notices = [line for rule, line in LINES.items() if rule.startswith("U-") and rule != "U-5"]
    assert not [line.rule for line in notices if Level.ERROR in line.levels]
    assert LINES["ADM-01"].levels == (Level.ERROR,)
    assert LINES["DX-8"].levels == (Level.ERROR, Level.WARNING)


def test_a_rule_of_every_certificate_says_so_in_one_word_and_one_of_a_version_names_it():
    assert LINES["L-02"].forms == ("alla intyg",)
    assert LINES["MU-6"].forms == ("AG 7804 (1.0)", "FK 7804 (1.0, 1.1, 1.2, 1.3)")
    assert LINES["U-11"].forms == ("FK 7801",)


def test_a_new_form_is_listed_without_a_word_of_code():
    new = CERTIFICATES[0].changed(form="newcomer", title="Ett nytt intyg")
    lines = {line.rule: line for line in rule_lines((new,), ALL[PLAN], catalogue())}
    assert "Ett nytt intyg" in form_name(new, catalogue())
    assert rules_of(new) <= lines.keys()
