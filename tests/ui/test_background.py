"""Long work happens beside the window, and comes back to its thread."""

import gc
import threading

import pytest

from fmstod.errors import WrongPassphrase
from fmstod.ui import background


def test_the_result_comes_back_to_the_main_thread(qtbot):
    threads, found = [], []

    def work():
        threads.append(threading.current_thread())
        return 42

    def done(value):
        threads.append(threading.current_thread())
        found.append(value)

    background.run(work, done, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [42]
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_no_garbage_is_collected_in_the_thread(qtbot):
    """A widget that the collector destroys beside the main thread ends the program."""
    during, found = [], []
    background.run(lambda: during.append(gc.isenabled()), found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    assert during == [False]
    qtbot.waitUntil(gc.isenabled)


def test_a_failure_of_the_world_is_told(qtbot):
    def work():
        raise WrongPassphrase

    failed = []
    background.run(work, pytest.fail, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], WrongPassphrase)


def test_a_bug_reaches_the_main_thread(qtbot):
    def work():
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        background.run(work, pytest.fail, pytest.fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
