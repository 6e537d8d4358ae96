"""What ``apkg validate`` prints for people, and the code that it ends with."""

import io
import sys

import pytest
from notebooks import cell, write

from apkg.cli.findings import Sources
from apkg.errors import Location

GOOD = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: ls\ninputs: []\noutputs: []\n"
BAD = GOOD.replace("baseCommand", "baseComand")


@pytest.fixture
def files(tmp_path):
    (tmp_path / "good.cwl").write_text(GOOD)
    (tmp_path / "bad.cwl").write_text(BAD)
    return tmp_path


def test_a_finding_shows_its_place_its_rule_its_line_and_what_to_do(apkg, files):
    done = apkg("validate", "bad.cwl", "good.cwl")
    assert done.code == 1
    assert done.out.splitlines() == [
        "bad.cwl:3:1: error: 'baseComand' is not a field of CommandLineTool [cwl/unknown-field]",
        "  3 | baseComand: ls",
        "    | ^",
        "  Did you mean 'baseCommand'?",
        "bad.cwl: cwl: 1 error",
        "good.cwl: cwl: valid",
    ]
    assert done.err == "2 checked, 1 valid: 1 error\n"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good.cwl"], 0),
        (["bad.cwl"], 1),
        (["missing.cwl"], 3),
        (["missing.cwl", "good.cwl"], 3),
        (["missing.cwl", "bad.cwl"], 1),
        (["broken.cwl"], 1),
        (["empty"], 2),
        (["*.nothing"], 2),
    ],
)
def test_exit_codes(apkg, files, names, code):
    (files / "empty").mkdir()
    (files / "broken.cwl").write_text("a: [1\n")
    assert apkg("validate", *names).code == code


def test_warnings_fail_when_strict(apkg, files):
    (files / "warned.cwl").write_text(GOOD + "hints: {ScatterFeatureRequirement: {}}\n")
    done = apkg("validate", "warned.cwl")
    assert (done.code, done.out.splitlines()[-1]) == (0, "warned.cwl: cwl: valid (1 warning)")
    assert apkg("validate", "warned.cwl", "--strict").code == 1
    assert apkg("validate", "warned.cwl", "--strict", "--ignore", "cwl/requirement-place").code == 0
    assert apkg("validate", "warned.cwl", "--strict", "--ignore", "cwl/*").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--ignore", "cwl/prefxi"], "Did you mean cwl/prefix?"),
        (["--ignore", "cwll/*"], "Did you mean cwl/*?"),
        (["--profile", "zzz"], "best-practice, documentation, platform:calrissian"),
        (["--engine", "zzz"], "cwltool"),
        (["--format", "zzz"], "junit"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(apkg, files, arguments, words):
    done = apkg("validate", "good.cwl", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_profiles_that_always_hold_may_be_named(apkg, files):
    assert apkg("validate", "good.cwl", "--profile", "cwl", "--profile", "deploy").code == 0
    done = apkg("validate", "good.cwl", "--profile", "documentation")
    assert (done.code, done.out.count("[documentation/process]")) == (0, 1)


def test_globs_and_folders(apkg, files):
    below = files / "a" / "b"
    below.mkdir(parents=True)
    (below / "deep.cwl").write_text(GOOD)
    (below / "order.yml").write_text("threshold: 1\n")
    (below / "odd[1].cwl").write_text(GOOD)
    assert apkg("validate", "a/**/d*.cwl").out == "a/b/deep.cwl: cwl: valid\n"
    assert apkg("validate", "a/b/odd[1].cwl").out == "a/b/odd[1].cwl: cwl: valid\n"
    done = apkg("validate", "a")
    assert done.out == "a/b/deep.cwl: cwl: valid\na/b/odd[1].cwl: cwl: valid\n"
    assert done.err == "2 checked, 2 valid (1 other file passed over)\n"
    assert apkg("validate", "a/b/order.yml").code == 1


def test_a_folder_without_documents_is_nothing_to_check(apkg, files):
    (files / "a").mkdir()
    (files / "a" / "order.yml").write_text("threshold: 1\n")
    done = apkg("validate", "a", "--format", "json")
    assert (done.code, done.out) == (2, "[]\n")
    assert "nothing to check" in done.err


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (BAD, 1), ("a: [", 1)])
def test_standard_input(apkg, files, monkeypatch, text, code):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    done = apkg("validate", "-")
    assert done.code == code
    if text == BAD:
        assert "<stdin>:3:1: error" in done.out
        assert "  3 | baseComand: ls" in done.out


def test_terminal_escapes_stay_harmless(apkg, files):
    (files / "x\x1b[31m.cwl").write_text('cwlVersion: v1.2\nclass: X\nlabel: "\x9b31mred\u202e"\n')
    (files / "y.cwl").write_text(BAD.replace("ls", '"\\e[31mred"  # \u202e'))
    done = apkg("validate", ".")
    for hidden in "\x1b\x9b\u202e":
        assert hidden not in done.out + done.err
    assert 'baseComand: "\\e[31mred"' in done.out


def test_a_line_of_source_is_never_a_command_to_a_build_server(apkg, files):
    (files / "x.cwl").write_text(BAD + "::error::boo: 1\n")
    lines = apkg("validate", "x.cwl").out.splitlines()
    assert any("::error::" in line for line in lines)
    assert not any(line.strip().startswith("::") for line in lines)


def test_the_caret_stands_below_wide_characters_tabs_and_in_long_lines(apkg, files):
    (files / "wide.json").write_text(
        '{"cwlVersion": "v1.2", "class": "CommandLineTool", "inputs": [], "outputs": [],\n'
        '\t"doc": "日本", "baseComand": "ls", ' + '"label": "' + "x" * 300 + '"}\n'
    )
    lines = apkg("validate", "wide.json").out.splitlines()
    source, caret = lines[1], lines[2]
    # Each of the two wide characters takes two cells of a terminal.
    assert caret.index("^") == source.index('"baseComand"') + 2
    (files / "long.json").write_text(
        '{"cwlVersion": "v1.2", "class": "CommandLineTool", "inputs": [], "outputs": [], '
        '"label": "' + "x" * 300 + '", "baseComand": "ls", "doc": "' + "y" * 300 + '"}\n'
    )
    lines = apkg("validate", "long.json").out.splitlines()
    assert len(lines[1]) < 120
    assert lines[2].index("^") == lines[1].index('"baseComand"')


def test_lines_of_cells_and_of_files_that_have_changed(tmp_path):
    path = write(tmp_path, "a = 1\nb = 2", cell("c = 3"))
    sources = Sources({})
    assert sources.line(Location(path=str(path), cell=1, line=2)) == "b = 2"
    assert sources.line(Location(path=str(path), cell=2, line=1)) == "c = 3"
    assert sources.line(Location(path=str(path), cell=9, line=1)) is None
    assert sources.line(Location(path=str(path), line=99)) is None
    assert sources.line(Location(path=str(tmp_path / "gone"), line=1)) is None
    assert sources.line(Location(path=str(path))) is None


def test_colours_only_on_a_terminal_and_if_wanted(apkg, files, monkeypatch):
    import click

    assert "\x1b[" not in apkg("validate", "bad.cwl").out
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_args: False)
    assert "\x1b[31m" in apkg("validate", "bad.cwl").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in apkg("validate", "bad.cwl").out


@pytest.mark.parametrize("data", [b"", b"\n", b"a\0b" * 40])
def test_what_is_no_text_is_not_shown(apkg, tmp_path, data):
    (tmp_path / "x.cwl").write_bytes(data)
    done = apkg("validate", "x.cwl")
    assert done.code == 1
    assert " | " not in done.out
