"""The command line in this process: exit code, standard output, standard error."""

from dataclasses import dataclass

import pytest
from notebooks import cell, write

from apkg.cli.errors import guarded
from apkg.cli.root import root


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def apkg(monkeypatch, capsys, tmp_path):
    """``apkg(*arguments)`` in an empty folder, through the same door as the command."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr("sys.argv", ["apkg", *map(str, arguments)])
        code = guarded(root)
        caught = capsys.readouterr()
        return Done(code, caught.out, caught.err)

    return call


@pytest.fixture
def demo(tmp_path):
    """A small notebook, ``demo.ipynb``."""
    return write(
        tmp_path,
        cell("# A demo\n\nWhat it does.", kind="markdown"),
        "threshold = 0.5  # Above this is water\nname = 'x'",
        cell("mask = 'mask.tif'", "outputs"),
    )
