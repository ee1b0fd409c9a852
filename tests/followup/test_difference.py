from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import IcfText, Measure
from fmstod.files import read_catalogue, read_forms
from fmstod.followup.difference import Change, difference, measure_text, plainly

PLAN = read_forms()["plan", "1.0"]
LABELS = {question.ref: question.label for question in PLAN.questions()}
OPTIONS = {"plan.consent": {"EMPLOYER": "Arbetsgivaren", "OCCUPATIONAL_HEALTH": "Företagshälsovården"}}
SAY = plainly(OPTIONS, read_catalogue().words)
TALK, TRAIN = Measure(what="Samtal", owner="kuratorn", when="2026-12-07"), Measure(what="Träning", owner="patienten")


def changed(before, after):
    return difference(before, after, LABELS, SAY)


def test_what_reads_otherwise_is_told_with_its_label_in_the_order_of_the_form():
    found = changed(
        {"plan.followup": "2026-12-18", "plan.purpose": "Åter", "plan.copy": False},
        {"plan.purpose": "Åter halva tiden", "plan.followup": "2027-01-15", "plan.copy": True},
    )
    assert [(c.label, c.before, c.after) for c in found] == [
        ("Syfte", "Åter", "Åter halva tiden"),
        ("Nästa uppföljning", "2026-12-18", "2027-01-15"),
        ("Patienten har fått planen", "Nej", "Ja"),
    ]


def test_what_is_new_or_gone_has_one_empty_side():
    assert changed({}, {"plan.goal": "Orka."}) == (Change(label="Patientens egna ord", after="Orka."),)
    assert changed({"plan.goal": "Orka."}, {}) == (Change(label="Patientens egna ord", before="Orka."),)


def test_codes_are_told_by_their_options():
    (found,) = changed({"plan.consent": ("EMPLOYER",)}, {"plan.consent": ("EMPLOYER", "OCCUPATIONAL_HEALTH")})
    assert (found.before, found.after) == ("Arbetsgivaren", "Arbetsgivaren, Företagshälsovården")


def test_measures_are_compared_row_by_row():
    late = TALK.changed(when="2027-01-11")
    found = changed(
        {"plan.measures": (TALK, TRAIN)}, {"plan.measures": (late, Measure(what="Besök", owner="patienten"))}
    )
    assert [(c.before, c.after) for c in found] == [
        ("Samtal, kuratorn, 2026-12-07", "Samtal, kuratorn, 2027-01-11"),
        ("Träning, patienten", ""),
        ("", "Besök, patienten"),
    ]
    assert {c.label for c in found} == {"Åtgärder"}


def test_two_rows_of_the_same_measure_are_two():
    assert changed({"plan.measures": (TALK, TALK)}, {"plan.measures": (TALK,)}) == (
        Change(label="Åtgärder", before=measure_text(TALK)),
    )


def test_rows_that_say_nothing_and_another_order_change_nothing():
    assert changed({"plan.measures": (TALK, TRAIN, Measure())}, {"plan.measures": (TRAIN, TALK)}) == ()
    assert changed({"plan.measures": ()}, {}) == ()


def test_described_activities_are_compared_by_their_text():
    labels = {"17": "Aktivitet"}
    found = difference({"17": IcfText(text="Sitter.")}, {"17": IcfText(text="Står.")}, labels, SAY)
    assert found == (Change(label="Aktivitet", before="Sitter.", after="Står."),)


ROWS = st.lists(
    st.sampled_from([TALK, TRAIN, TALK.changed(when="snart"), Measure(), Measure(what="Besök")]), max_size=5
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "plan.purpose": st.text(alphabet="ab ", max_size=4),
        "plan.copy": st.booleans(),
        "plan.consent": st.lists(st.sampled_from(["EMPLOYER", "OTHER"]), max_size=2).map(tuple),
        "plan.measures": ROWS.map(tuple),
        "unknown": st.text(max_size=3),
    },
)


@given(ANSWERS)
def test_a_plan_has_no_difference_to_itself(answers):
    assert changed(answers, answers) == ()


@given(ANSWERS, ANSWERS)
def test_the_way_back_is_the_same_changes_with_the_sides_exchanged(one, two):
    there = {(c.label, c.before, c.after) for c in changed(one, two) if c.label != "Åtgärder"}
    assert {(c.label, c.after, c.before) for c in changed(two, one) if c.label != "Åtgärder"} == there


@given(ROWS, ROWS)
def test_rows_that_are_in_both_or_changed_make_the_one_list_out_of_the_other(one, two):
    found = changed({"plan.measures": tuple(one)}, {"plan.measures": tuple(two)})
    texts, wanted = ([measure_text(row) for row in rows if measure_text(row)] for rows in (one, two))
    for change in found:
        if change.before:
            texts.remove(change.before)
        if change.after:
            texts.append(change.after)
    assert sorted(texts) == sorted(wanted)
