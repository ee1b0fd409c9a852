"""Qt may be called as often as the user works (docs/decisions/0010)."""

from PySide6.QtWidgets import QWidget


def test_many_calls_of_qt_do_not_use_up_python_s_none(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(20_000):  # 5 700 ended a Python 3.11 process
        widget.setAccessibleName("a")
        assert widget.isEnabled()
