"""The summary of a run, and what stands on a terminal while it runs."""

import os
import pty
import re
import subprocess
import sys

import pytest

from apkg.cli.run_output import show_results

IANA = "https://www.iana.org/assignments/media-types/"
PROGRAM = """\
import time
from apkg.cli.run_output import RunLog
with RunLog("running x.cwl", quiet=QUIET) as log:
    log.line("a [bold]line[/bold] :smile: \\x1b[31m")
    time.sleep(0.5)
    log.tell()
"""


def test_rows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "out" / "d"
    folder.mkdir(parents=True)
    (folder / "x").write_bytes(b"x" * 1500)
    file = {"class": "File", "path": str(tmp_path / "out" / "a.csv"), "size": 999}
    elsewhere = {"class": "File", "path": "/o/b.bin", "size": 2_500_000_000}
    show_results(
        {
            "table": {**file, "checksum": "sha1$0", "format": IANA + "text/csv"},
            "both": [file, elsewhere],
            "folder": {"class": "Directory", "path": str(folder)},
            "none": None,
            "numbers": [1, 2.5],
        }
    )
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["table", "out/a.csv", "999", "B", "text/csv", "sha1$0"],
        ["both", "out/a.csv", "999", "B", "text/csv"],
        ["both", "/o/b.bin", "2.5", "GB", "application/octet-stream"],
        ["folder", "out/d/", "1.5", "kB"],
        ["none", "(none)"],
        ["numbers", "[1,", "2.5]"],
    ]


def on_terminal(code, **environment):
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment}
    process = subprocess.Popen([sys.executable, "-c", code], stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    try:
        while data := os.read(ours, 65536):
            seen += data
    except OSError:
        # Linux: the other end is closed.
        pass
    os.close(ours)
    assert process.wait() == 0
    return seen.decode()


def test_on_a_terminal_time_goes_by_below_the_lines():
    seen = on_terminal(PROGRAM.replace("QUIET", "False"))
    assert "a [bold]line[/bold] :smile: \N{REPLACEMENT CHARACTER}[31m\r\n" in seen
    assert re.search(r"running x\.cwl \(0:00\)", seen)
    assert seen.rstrip().endswith(("\x1b[2K", "\x1b[?25h"))


@pytest.mark.parametrize(
    ("environment", "spinner"),
    [({"PYTHONIOENCODING": "utf-8"}, "⠋ "), ({"PYTHONIOENCODING": "ascii"}, "- ")],
)
def test_the_spinner_is_of_what_the_terminal_has(environment, spinner):
    seen = on_terminal(PROGRAM.replace("QUIET", "False"), **environment)
    assert f"{spinner}running x.cwl (0:00)" in seen


def test_a_terminal_that_draws_nothing_gets_lines_alone():
    seen = on_terminal(PROGRAM.replace("QUIET", "False"), TERM="dumb")
    assert seen == "a [bold]line[/bold] :smile: \N{REPLACEMENT CHARACTER}[31m\r\n"


def test_quiet_and_in_a_file(tmp_path):
    for quiet in (True, False):
        command = [sys.executable, "-c", PROGRAM.replace("QUIET", str(quiet))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == "a [bold]line[/bold] :smile: \N{REPLACEMENT CHARACTER}[31m\n"
    assert "running x.cwl" not in on_terminal(PROGRAM.replace("QUIET", "True"))
