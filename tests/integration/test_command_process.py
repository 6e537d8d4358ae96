"""The command as its own process: pipes, colours, completion, interruption."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from notebooks import write

MODULE = [sys.executable, "-m", "apkg"]


@pytest.fixture
def demo(tmp_path):
    return write(tmp_path, "\n".join(f"x{n} = 'some default text {n}'" for n in range(200)))


@pytest.mark.parametrize("arguments", [["inspect"], ["inspect", "--format", "json"], ["convert"]])
def test_a_reader_that_goes_away_is_no_error(demo, arguments):
    done = subprocess.run(
        ["bash", "-c", '"$@" | true; echo "${PIPESTATUS[0]}"', "-", *MODULE, *arguments, demo],
        capture_output=True, text=True, check=True, cwd=demo.parent,
    )  # fmt: skip
    assert done.stdout.strip() in {"141", "0"}
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_reader_that_has_gone_before_the_first_word(demo):
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [*MODULE, "inspect", demo], stdout=write_end, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


def on_terminal(arguments, folder, **environment):
    """What a terminal shows."""
    main, side = pty.openpty()
    env = {**os.environ, "TERM": "xterm", **environment}
    env = {name: value for name, value in env.items() if value}
    with subprocess.Popen([*MODULE, *arguments], stdout=side, stderr=side, env=env, cwd=folder):
        os.close(side)
        shown = b""
        while True:
            try:
                part = os.read(main, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(main)
    return shown


@pytest.mark.parametrize(("no_color", "coloured"), [("1", False), ("", True)])
def test_colours_are_for_terminals_that_want_them(tmp_path, no_color, coloured):
    shown = on_terminal(["convert", "nope.ipynb"], tmp_path, NO_COLOR=no_color)
    assert b"no such file" in shown
    assert (b"\x1b[31m" in shown) is coloured


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    source = f"{shell}_source"
    done = subprocess.run(
        ["apkg"], executable=str(Path(sys.executable).with_name("apkg")), capture_output=True,
        text=True, check=False, env={**os.environ, "_APKG_COMPLETE": source},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "_APKG_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("apkg con", "convert"),
        ("apkg convert --sty", "--style"),
        ("apkg convert --style w", "workflow"),
    ],
)
def test_completions(words, found):
    env = {
        **os.environ, "_APKG_COMPLETE": "bash_complete", "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }  # fmt: skip
    code = "import sys; sys.argv = ['apkg']; from apkg.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env
    )
    assert done.stdout.splitlines() == [f"plain,{found}"]


def test_interruption_is_130(tmp_path):
    os.mkfifo(tmp_path / "slow.ipynb")
    with subprocess.Popen(
        [*MODULE, "inspect", tmp_path / "slow.ipynb"], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    # Either the pipe is refused at once, or waiting for it can be interrupted; nothing hangs.
    assert process.returncode in {3, 130}, err
    assert "Traceback" not in err
