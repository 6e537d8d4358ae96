"""Texts of every dialect, and what they say, written down and checked by eye."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from apkg.sources.helptext import read_help

HERE = Path(__file__).parent
TEXTS = sorted((HERE / "texts").glob("*.txt"))


def _told():
    spec = importlib.util.spec_from_file_location("helptext_told", HERE / "told.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.told


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_text_says(path):
    command = read_help(path.read_text(encoding="utf-8"), path=path.name)
    assert _told()(command) == path.with_suffix(".told").read_text(encoding="utf-8")


def test_there_are_texts():
    assert len(TEXTS) > 25


def test_a_name_that_the_caller_knows_comes_first():
    text = "usage: app.py crop [-h] --aoi AOI\n\noptions:\n  -h, --help  show this help\n"
    assert read_help(text, path="h.txt").words == ("app.py", "crop")
    assert read_help(text, name="mytool", path="h.txt").words == ("mytool", "crop")


def test_the_path_of_the_program_is_not_kept():
    command = read_help("usage: /opt/conda/bin/tool [-q] FILE\n", path="h.txt")
    assert command.words == ("tool",)
