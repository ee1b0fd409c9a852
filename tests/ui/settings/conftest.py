"""A clinic with its settings open."""

import pytest

from tests.knowledge.exports import brought_in, saved
from tests.ui.settings.clinic import LONGER, Clinic


@pytest.fixture
def clinic(qapp, qtbot, own_home, tmp_path):
    brought_in(own_home)
    return Clinic(qtbot, own_home, saved(tmp_path, single=LONGER))
