"""Help, inspect, init and validate: words, streams and exit codes."""

import json
import re

import pytest
import yaml
from notebooks import write

from apkg import __version__
from apkg.cli.root import COMMANDS


def test_help_lists_all_commands(apkg):
    done = apkg("--help")
    assert done.code == 0
    assert all(name in done.out for name in COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_with_examples(apkg, command):
    done = apkg(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert "Examples:" in done.out
    assert f"apkg {command} " in done.out
    short = apkg(command, "-h")
    assert (short.code, short.err, short.out) == (0, "", done.out)


def test_version(apkg):
    done = apkg("--version")
    assert (done.code, done.out) == (0, f"apkg {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["convrt"], "Did you mean 'convert'?"),
        (["zzz"], "no such command"),
        (["--wrong"], "no such option"),
        (["validate"], "missing argument"),
        (["run"], "missing argument"),
        (["inspect", "a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_2_and_on_standard_error(apkg, arguments, words):
    done = apkg(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    # In the form of all other errors, and with the way to the manual.
    assert done.err.startswith("error: ")
    assert "--help' tells more." in done.err


def test_advice_on_wrong_usage_is_one_hint(apkg):
    assert apkg("graph", "--fromat", "json").err == (
        "error: no such option '--fromat'\n"
        "  hint: Did you mean '--format' or '--out'?\n"
        "  Usage: apkg graph [OPTIONS] PACKAGE\n"
        "  'apkg graph --help' tells more.\n"
    )


@pytest.mark.parametrize("command", ["build", "convert", "init", "launch", "watch"])
def test_a_missing_source_is_told_alike(apkg, command):
    done = apkg(command, "nowhere/")
    assert (done.code, done.out) == (3, "")
    assert done.err.replace("file or ", "").replace("/", "") == (
        "error: nowhere: there is no such folder\n"
    )


def test_a_current_folder_that_is_gone(apkg, demo, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = apkg("convert", demo)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: the current folder is no longer there\n")


def test_inspect_reads_what_convert_writes(apkg, demo):
    apkg("convert", demo)
    shown = [
        json.loads(apkg("inspect", name, "--format", "json").out)
        for name in ("demo.ipynb", "demo.cwl", "demo.deploy.json")
    ]
    for field in ("id", "title", "abstract"):
        assert {one[field] for one in shown} == {shown[0][field]}
    assert [[i["id"] for i in one["inputs"]] for one in shown] == [["threshold", "name"]] * 3
    assert [i["default"] for i in shown[1]["inputs"]] == [0.5, "x"]


def test_inspect_as_text(apkg, demo):
    done = apkg("inspect", demo)
    assert done.code == 0
    for word in ("A demo", "threshold", "double", "0..1", "mask.tif", "Above this is water"):
        assert word in done.out


@pytest.mark.parametrize(("width", "table"), [(120, True), (60, False), (30, False)])
def test_inspect_loses_nothing_on_a_narrow_terminal(apkg, demo, monkeypatch, width, table):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", apkg("inspect", demo).out)
    assert ("Occurs   Default" in shown) is table
    assert max(map(len, shown.splitlines())) <= width
    for word in ("threshold", "double", "0..1", "0.5", "Above", "water", "mask.tif", "cell 2"):
        assert word in shown


def test_inspect_in_a_file_has_no_blanks_at_the_end_of_lines(apkg, demo):
    lines = apkg("inspect", demo).out.splitlines()
    assert lines == [line.rstrip() for line in lines]


@pytest.mark.parametrize("name", ["nope", "text.txt", "folder"])
def test_inspect_of_what_is_no_application(apkg, tmp_path, name):
    (tmp_path / "text.txt").write_text("hello")
    (tmp_path / "folder").mkdir()
    done = apkg("inspect", name)
    assert (done.code, done.out) == (3, "")
    assert name in done.err


def test_init_writes_a_manifest_that_changes_nothing(apkg, demo, tmp_path):
    before = json.loads(apkg("inspect", demo, "--format", "json").out)
    assert apkg("init").code == 0
    text = (tmp_path / "apkg.yaml").read_text()
    assert isinstance(yaml.safe_load(text), dict)
    assert "#" in text
    after = json.loads(apkg("inspect", demo, "--format", "json").out)
    for field in ("id", "title", "abstract", "inputs", "outputs", "image", "resources"):
        assert after[field] == before[field], field
    assert apkg("validate", "apkg.yaml").code == 0


def test_init_does_not_overwrite(apkg, demo, tmp_path):
    (tmp_path / "apkg.yaml").write_text("{}")
    done = apkg("init")
    assert done.code == 3
    # It has no -o.
    assert done.err.endswith("  hint: --force overwrites it.\n")
    assert (tmp_path / "apkg.yaml").read_text() == "{}"
    assert apkg("init", "--force").code == 0


def test_init_where_nobody_may_write(apkg, demo, tmp_path):
    (tmp_path / "apkg.yaml").mkdir()
    done = apkg("init", "--force")
    assert (done.code, done.out) == (3, "")
    assert "there is a folder of this name\n  hint: Remove it.\n" in done.err


@pytest.mark.parametrize("name", ["x.cwl", "x.txt", "notebook"])
def test_init_of_what_is_no_notebook(apkg, tmp_path, name):
    (tmp_path / name).write_text("class: CommandLineTool\n")
    done = apkg("init", name)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(
        f"error: {name}: is not a notebook (*.ipynb)\n  hint: Name a notebook"
    )


def test_init_of_a_folder_with_two_notebooks(apkg, demo, tmp_path):
    write(tmp_path, "x = 1", name="other.ipynb")
    done = apkg("init")
    assert done.code == 3
    assert "demo.ipynb, other.ipynb" in done.err


def test_validate_is_1_for_an_invalid_document_and_json_is_json(apkg, demo, tmp_path):
    apkg("convert", demo)
    path = tmp_path / "demo.deploy.json"
    broken = json.loads(path.read_text())
    del broken["processDescription"]["process"]["id"]
    path.write_text(json.dumps(broken))
    done = apkg("validate", "demo.cwl", path, "--format", "json")
    assert (done.code, done.err) == (1, "")
    assert [one["valid"] for one in json.loads(done.out)] == [True, False]
