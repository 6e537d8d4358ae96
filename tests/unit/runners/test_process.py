"""Programs: their lines at once, their output whole, and nothing of them left behind."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from apkg import process
from apkg.errors import ToolError


def python(code, **more):
    lines = []
    more.setdefault("on_line", lines.append)
    return process.run([sys.executable, "-c", code], **more), lines


def test_streams_and_status():
    code = "import sys; print('x' * 200000); sys.stderr.write('a\\r\\n\\xe9\\nb'); sys.exit(3)"
    finished, lines = python(code, environment={"PYTHONUTF8": "1"})
    assert (finished.status, finished.stdout) == (3, "x" * 200000 + "\n")
    assert lines == ["a", "é", "b"]


def test_lines_come_at_once():
    seen = []
    code = "import sys, time; print(1, file=sys.stderr, flush=True); time.sleep(1)"
    start = time.monotonic()
    python(code, on_line=lambda _line: seen.append(time.monotonic() - start))
    assert time.monotonic() - start - seen[0] > 0.8


def test_missing_program():
    with pytest.raises(ToolError, match="cannot run /no/such/program: No such file"):
        process.run(["/no/such/program"], on_line=print)


#: Starts a child in a session of its own, as Jupyter does with kernels, which writes its pid.
FAMILY = """\
import subprocess, sys, time
child = "import os, sys, time; print(os.getpid(), file=sys.stderr, flush=True); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
time.sleep(60)
"""


def is_running(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        return stat.rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


def stop_when_started(number):
    pids = []

    def on_line(line):
        pids.append(int(line))
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()

    return pids, on_line


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(
    ("number", "expected"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_signal_leaves_nothing_behind(number, expected):
    pids, on_line = stop_when_started(number)
    with pytest.raises(expected):
        python(FAMILY, on_line=on_line)
    assert len(pids) == 1
    for _ in range(50):
        if not is_running(pids[0]):
            break
        time.sleep(0.1)
    assert not is_running(pids[0])


def test_timeout():
    start = time.monotonic()
    with pytest.raises(ToolError, match=r"not done in 0\.5 seconds"):
        python("import time; time.sleep(60)", timeout=0.5)
    assert time.monotonic() - start < 60


def test_a_process_left_behind_does_not_hold_us():
    code = FAMILY.replace("time.sleep(60)\n", "sys.exit(0)\n") + "sys.exit(0)"
    start = time.monotonic()
    finished, lines = python(code)
    assert finished.status == 0
    assert time.monotonic() - start < 20
    for line in lines:
        os.kill(int(line), signal.SIGKILL)


def test_who_has_something_to_tell_others_has_the_time(tmp_path):
    told = tmp_path / "told"
    code = f"""\
import signal, sys, time
def stop(*_):
    time.sleep(3)
    open({str(told)!r}, "w").close()
    sys.exit(1)
signal.signal(signal.SIGTERM, stop)
time.sleep(60)
"""
    with pytest.raises(ToolError, match="was not done"):
        python(code, timeout=1.0, grace=20.0)
    assert told.exists()
