"""``apkg build``: what is wrong usage, and how it goes on a terminal and elsewhere."""

import io
import subprocess
import sys

import pytest

from apkg.cli.build import short_step, size_text
from apkg.cli.progress import Progress


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["demo.ipynb", "-t", "Eo/demo"], "no name for an image"),
        (["demo.ipynb", "-t", "demo@sha256:" + "1" * 64], "has its digest after"),
        (["demo.ipynb", "other.ipynb"], "one folder or notebook is built at once"),
        (["demo.ipynb", "--", "--network=host", "--tag=x"], "--tag is for apkg to say"),
        (["demo.ipynb", "--lean"], "--lean needs an image to start from"),
        (["demo.ipynb", "--context", "x"], "--context is for --dry-run"),
        (["demo.ipynb", "--timeout", "0"], "0"),
        (["demo.ipynb", "--engine", "dokcer"], "no container engine 'dokcer'"),
        (["data.txt"], "neither a folder nor a notebook"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_written(apkg, demo, tmp_path, arguments, message):
    (tmp_path / "data.txt").write_text("")
    done = apkg("build", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.txt", "demo.ipynb"]


def test_without_an_engine_it_says_how_to_get_one_and_what_works(apkg, demo, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = apkg("build", "demo.ipynb")
    assert (done.code, done.out) == (3, "")
    assert "there is no container engine here" in done.err
    for word in ("Install one", "apkg convert", "--dry-run", "--no-container"):
        assert word in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["demo.ipynb"]


def test_help_imports_neither_repo2docker_nor_rich():
    code = "import sys; sys.argv[1:] = ['build', '--help']\nfrom apkg.cli.errors import guarded\n"
    code += "from apkg.cli.root import root\nguarded(root)\n"
    code += "print(sorted({'repo2docker', 'rich', 'yaml', 'ruamel'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Build the image" in done.stdout


def test_plain_progress_is_every_line_and_quiet_is_none(capsys):
    for mode in ("plain", "quiet"):
        with Progress(mode) as progress:
            progress.stage("building x")
            progress.log("Step 1")
            progress.log("bad\x1b[2J")
    assert capsys.readouterr().err == "building x …\nStep 1\nbad\N{REPLACEMENT CHARACTER}[2J\n"
    assert progress.last == ("Step 1", "bad\N{REPLACEMENT CHARACTER}[2J")


def test_live_progress_shows_stage_and_last_lines_and_goes_away(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with Progress("live") as progress:
        progress.stage("building x")
        progress.log("step 2/3: RUN much")
        for number in range(9):
            progress.log(f"[bold]line {number}")
        progress.refresh()
        shown = terminal.getvalue()
    assert "building x (0:00)" in shown
    # A step stays in sight, however much it prints.
    assert "step 2/3: RUN much" in shown
    assert "[bold]line 8" in shown
    assert "line 2" not in shown
    # The cursor goes up over what was shown, and each line is cleared.
    assert terminal.getvalue()[len(shown) :].count("\x1b[2K") >= 6


def test_sizes_and_steps_fit_a_line():
    assert size_text(1_234_567_890) == "1.23 GB"
    assert size_text(987_654) == "1.0 MB"
    assert short_step("RUN  a \\\n  b") == "RUN a \\ b"
    assert len(short_step("x" * 500)) == 100
