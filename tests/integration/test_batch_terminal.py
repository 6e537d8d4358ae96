"""The progress bar of a batch: on a terminal, past the lines, and nowhere else."""

import os
import pty
import re
import subprocess
import sys

import pytest
from batches import run, unmeasured, write_many

#: Notebooks of 40 inputs that one process takes more than a second for: long enough for a bar.
NUMBER = 60


def on_terminal(arguments, folder, *, stdout=None, **environment):
    """What a terminal shows, and the exit code; standard output goes there, too, or elsewhere."""
    main, side = pty.openpty()
    env = {**unmeasured(), "TERM": "xterm", "COLUMNS": "100", **environment}
    command = [sys.executable, "-m", "apkg", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=stdout or side, stderr=side, env=env, cwd=folder
    ) as process:
        os.close(side)
        shown = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(main)
    return process.returncode, shown.decode()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bar_goes_and_the_lines_stay(tmp_path, jobs):
    source = write_many(tmp_path / "source", NUMBER * jobs, lines=40)
    code, shown = on_terminal(["convert", source, "-o", "out", "--jobs", jobs], tmp_path)
    assert code == 0
    counts = re.findall(rf"(\d+)/{NUMBER * jobs}", shown)
    assert len(counts) >= 2
    assert counts == sorted(counts, key=int)
    assert re.search(r"\d+/s", shown)
    assert re.search(r"\d:\d\d", shown)
    # Each line once, whole, in order, whatever was drawn in between.
    lines = re.findall(r"n(\d+)\.ipynb: n\1 \(3 files\)\r\n", shown)
    assert lines == [f"{number:03}" for number in range(NUMBER * jobs)]
    assert f"{NUMBER * jobs} sources: {NUMBER * jobs} converted" in shown
    # Rich hides the cursor; it is there again at the end.
    assert shown.rfind("\x1b[?25h") >= shown.rfind("\x1b[?25l")


def test_results_that_go_elsewhere_are_no_part_of_the_picture(tmp_path):
    source = write_many(tmp_path / "source", NUMBER, lines=40)
    with (tmp_path / "log").open("w") as log:
        code, shown = on_terminal(
            ["convert", source, "-o", "out", "--jobs", 1], tmp_path, stdout=log
        )
    assert code == 0
    assert f"/{NUMBER}" in shown
    assert "ipynb" not in shown
    text = (tmp_path / "log").read_text()
    assert text.count("\n") == NUMBER
    assert "\x1b" not in text


def test_no_terminal_no_bar(tmp_path):
    source = write_many(tmp_path / "source", NUMBER, lines=40)
    code, out, err = run("convert", source, "-o", tmp_path / "out")
    assert code == 0
    assert "\x1b" not in out + err
    assert err.count("\n") == 1


def test_validation_has_the_bar(tmp_path):
    source = write_many(tmp_path / "source", 1, lines=40)
    out = tmp_path / "out"
    assert run("convert", source, "-o", out)[0] == 0
    for number in range(1, 4 * NUMBER):
        for end in (".cwl", ".inputs.yml"):
            (out / f"n{number:03}{end}").write_bytes((out / f"n000{end}").read_bytes())
    code, shown = on_terminal(["validate", "out", "--jobs", 2], tmp_path)
    assert code == 0
    assert f"/{8 * NUMBER + 1}" in shown
    assert shown.count(": valid\r\n") == 4 * NUMBER + 1
    assert f"{4 * NUMBER + 1} checked, {4 * NUMBER + 1} valid" in shown
