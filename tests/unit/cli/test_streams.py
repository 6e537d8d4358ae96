"""Streams that a caller has closed or filled, and an interruption before there is a command."""

import subprocess
import sys

import pytest

MODULE = [sys.executable, "-m", "apkg"]
INTERRUPTED_AT_IMPORT = """\
import sys
class Ctrl:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Ctrl())
sys.argv = ["apkg", "rules"]
from apkg.cli.main import run
run()
"""


def in_shell(words):
    return subprocess.run(
        ["bash", "-c", f'"$@" {words}', "-", *MODULE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["rules cwl/prefix >&-", "rules cwl/prefix <&- >&- 2>&-"])
def test_closed_streams_are_no_error(words):
    done = in_shell(words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_printed_lands_in_no_file_that_is_written(tmp_path):
    (tmp_path / "x.cwl").write_text("cwlVersion: v1.2\nclass: CommandLineTool\n")
    report = tmp_path / "report.jsonl"
    done = in_shell(f"validate {tmp_path}/x.cwl --report {report} >&-")
    assert done.returncode == 1
    assert "1 checked" in done.stderr
    assert [line[:1] for line in report.read_text().splitlines()] == ["{"]


def test_a_closed_standard_input_holds_nothing():
    done = in_shell("validate - <&-")
    assert done.returncode == 1
    assert "<stdin>" in done.stdout


@pytest.mark.parametrize("words", ["--version", "--help"])
def test_a_full_disk_is_told(words):
    done = in_shell(f"{words} >/dev/full")
    assert done.returncode == 3
    assert done.stderr.startswith("error: the system says: No space left on device\n")


def test_a_version_that_nobody_reads():
    done = in_shell("--version | true; echo ${PIPESTATUS[0]}")
    assert done.stdout.strip() in {"0", "141"}
    assert done.stderr == ""


def test_interrupted_while_modules_are_read():
    command = [sys.executable, "-c", INTERRUPTED_AT_IMPORT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nInterrupted.\n")
