"""Any answers to any version of the form, with any certificate before: nothing crashes, and every problem is a sentence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.files import own_codes, read_library
from fmstod.judging import given_of, is_judged, judged, read_rulebook
from fmstod.texts import text
from tests.certificate.test_any_answers import FORMS, TODAY, answered, problems

JUDGED = [name for name, form in FORMS.items() if is_judged(form)]
LIBRARY = read_library()
read_rulebook()  # kept from then on


@settings(max_examples=60)
@given(answered(JUDGED), st.data())
def test_whatever_is_answered_is_judged_in_whole_sentences(made, data):
    form, answers = made
    _, before = data.draw(answered([f"{form.form}-{form.version}"]))
    seen = given_of(form, answers, TODAY, LIBRARY, previous=before, codes=own_codes(LIBRARY))
    for problem in judged(form, seen, problems(form, answers)):
        sentence = text(problem.text_key, **problem.values)
        assert sentence.endswith((".", "…"))
        assert "{" not in sentence


def test_versions_1_and_2_of_the_form_are_judged_and_no_other_form():
    assert {name.rpartition("-")[0] for name in JUDGED} == {"fk7804"}
    assert len(JUDGED) == 5
