"""Asking the command line for FMB."""

import pytest

from fmstod.cli import main


@pytest.fixture
def ask(capsys):
    def asked(*arguments):
        code = main(["fmb", *arguments])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return asked
