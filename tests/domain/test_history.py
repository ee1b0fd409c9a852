"""Undo and redo against a list of everything that was ever on the table."""

from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.history import History

steps = st.lists(st.tuples(st.integers(), st.sampled_from("abc")), max_size=40)


@given(steps)
def test_undoing_all_then_redoing_all_changes_nothing(made):
    history = History("start")
    for value, label in made:
        history.put(value, label)
    end, count = history.present, 0
    while history.can_undo:
        history.undo()
        count += 1
    assert history.present == "start"
    for _ in range(count):
        history.redo()
    assert history.present == end
    assert not history.can_redo


@given(steps)
def test_a_run_of_one_label_is_one_undo(made):
    history, oracle, last = History(object()), [], None
    oracle.append(history.present)
    for value, label in made:
        if value == history.present:
            continue
        history.put(value, label)
        if label == last:
            oracle[-1] = value
        else:
            oracle.append(value)
        last = label
    seen = [history.present]
    while history.can_undo:
        seen.append(history.undo())
    assert seen[::-1] == oracle


def test_settling_ends_a_run():
    history = History("")
    history.put("a", "text")
    history.settle()
    history.put("ab", "text")
    assert (history.undo(), history.undo()) == ("a", "")


def test_a_new_change_forgets_what_was_undone():
    history = History(0)
    history.put(1, "a")
    history.undo()
    history.put(2, "b")
    assert not history.can_redo
    assert history.redo() == 2


def test_undo_and_redo_at_the_ends_stay_where_they_are():
    history = History(0)
    assert (history.undo(), history.redo()) == (0, 0)


def test_the_oldest_steps_are_forgotten_past_the_limit():
    history = History(0)
    for value in range(1, History.LIMIT + 100):
        history.put(value, str(value))
    while history.can_undo:
        history.undo()
    assert history.present == 99
