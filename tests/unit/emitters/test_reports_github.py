"""Workflow commands: one line for each finding, and no finding can write a second one."""

import re

import pytest

from apkg.emitters.reports.github import github
from apkg.errors import Location
from apkg.report import Finding, Report

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)+)::(.*)")


def one(path="a.cwl", severity="error", message="m", **more):
    found = Finding(rule="cwl/source", severity=severity, message=message, **more)
    (line,) = github([Report(path, "cwl", (found,))]).splitlines()
    name, properties, data = COMMAND.fullmatch(line).groups()
    return name, dict(part.split("=", 1) for part in properties.split(",")), data


def test_a_finding_is_an_annotation():
    place = Location(path="a.cwl", line=3, column=7)
    assert one(location=place, advice="Do this.") == (
        "error",
        {"file": "a.cwl", "line": "3", "col": "7", "title": "cwl/source"},
        "m%0ADo this.",
    )
    assert one(severity="note")[0] == "notice"
    assert one(severity="warning")[1] == {"file": "a.cwl", "title": "cwl/source"}
    assert github([Report("a.cwl", "cwl")]) == ""


def test_a_cell_is_told_in_words():
    name, properties, data = one("n.ipynb", location=Location(path="n.ipynb", cell=2, line=5))
    assert (name, "line" in properties, data) == ("error", False, "cell 2, line 5: m")


def test_paths_are_relative_to_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert one(str(tmp_path / "b" / "a.cwl"))[1]["file"] == "b/a.cwl"


@pytest.mark.parametrize(
    "hostile",
    [
        "a\n::error::b",
        "a\r::stop-commands::x",
        "a,line=9",
        "a::b",
        "100%0A",
        "\x1b[31m\x9b",
        "\u2028",
    ],
)
def test_hostile_text_stays_in_its_command(hostile):
    text = github([Report(hostile, "cwl", (Finding(rule="r", severity="error", message=hostile),))])
    assert text.count("\n") == 1
    assert "\r" not in text
    assert not set(text) & set("\x1b\x9b")
    properties, _, data = text[len("::error ") :].partition("::")
    assert properties.split(",title=")[0].count(",") == 0
    assert "%0A" not in hostile or "%250A" in data
