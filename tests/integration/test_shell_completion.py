"""Completion as people meet it: keys typed into a real shell on a terminal."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest
from notebooks import write

from apkg import __version__

pytestmark = pytest.mark.slow

SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(_APKG_COMPLETE=bash_source apkg)"'),
    "zsh": (
        ["-f", "-i"],
        'autoload -Uz compinit && compinit -u -D && eval "$(_APKG_COMPLETE=zsh_source apkg)"',
    ),
    "fish": (["--no-config", "-i"], "_APKG_COMPLETE=fish_source apkg | source"),
}
#: Seconds; a command takes a fraction of one.
PATIENCE = 60


class Terminal:
    """A shell on a terminal of its own, in a folder."""

    def __init__(self, program, options, folder):
        path = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"  # noqa: PTH120
        environment = {
            "PATH": path, "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8", "PS1": "$ ",
        }  # fmt: skip
        self._keys, other = pty.openpty()
        self._shell = subprocess.Popen(
            # The terminal has to be its controlling one: fish insists.
            ["setsid", "--ctty", program, *options], stdin=other, stdout=other, stderr=other,
            cwd=folder, env=environment,
        )  # fmt: skip
        os.close(other)
        self._folder, self._shown = folder, b""

    def type(self, keys):
        """Type ``keys`` and Return; wait until the command is done."""
        mark = self._folder / "done"
        os.write(self._keys, f"{keys}\r".encode())
        os.write(self._keys, b"echo > done\r")
        limit = time.monotonic() + PATIENCE
        while not mark.exists():
            self._read()
            assert time.monotonic() < limit, self._shown.decode(errors="replace")
        mark.unlink()

    def _read(self):
        if select.select([self._keys], [], [], 0.1)[0]:
            self._shown += os.read(self._keys, 65536)

    def close(self):
        """End the shell and what it has started."""
        os.killpg(self._shell.pid, signal.SIGKILL)
        self._shell.wait()
        os.close(self._keys)


@pytest.fixture(params=sorted(SHELLS))
def terminal(request, tmp_path):
    program = shutil.which(request.param)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(f"on CI there has to be {request.param}")
        pytest.skip(f"there is no {request.param}")
    options, setup = SHELLS[request.param]
    opened = Terminal(program, options, tmp_path)
    try:
        opened.type(setup)
        yield opened
    finally:
        opened.close()


def test_commands_files_options_and_choices(terminal, tmp_path):
    write(tmp_path, "threshold = 0.5", name="water mask.ipynb")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", "level = 3", name="deep.ipynb")
    terminal.type("apkg insp\t wat\t --form\t js\t > shown.json")
    assert json.loads((tmp_path / "shown.json").read_text())["id"] == "water-mask"
    terminal.type("apkg conv\t su\tde\t -\b--out packa --exec\t hr\t --sty\t to\t")
    assert "class: CommandLineTool" in (tmp_path / "packa" / "deep.cwl").read_text()
    terminal.type("apkg val\t pac\tdeep.c\t --prof\t docu\t --form\t sa\t > found.sarif")
    assert json.loads((tmp_path / "found.sarif").read_text())["version"] == "2.1.0"
    terminal.type("apkg rul\t cwl/link-t\t > rule.txt")
    assert (tmp_path / "rule.txt").read_text().startswith("cwl/link-type")
    terminal.type("apkg --vers\t > version.txt")
    assert (tmp_path / "version.txt").read_text() == f"apkg {__version__}\n"
