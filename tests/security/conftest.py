"""What the security tests share: apkg in a process of its own, with little time and memory."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY, SECONDS = 2**30, 20


def _little():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # Nobody fills the disk, either.
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 2**20, 64 * 2**20))


@pytest.fixture
def bounded(tmp_path):
    """``bounded(*words)``: apkg with 1 GiB and 20 s; its exit code is one that it means."""

    def call(*words, codes=(0, 1, 2, 3), cwd=None):
        done = subprocess.run(
            [sys.executable, "-m", "apkg", *map(str, words)],
            cwd=cwd or tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            preexec_fn=_little,
        )
        assert done.returncode in codes, (done.returncode, done.stderr[-2000:])
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.fixture
def tree():
    """``tree(folder)``: every path below it with what it is: to see that nothing was touched."""

    def call(folder):
        found = {}
        for path in sorted(Path(folder).rglob("*")):
            name = str(path.relative_to(folder))
            if path.is_symlink():
                found[name] = f"-> {path.readlink()}"
            else:
                found[name] = path.read_bytes() if path.is_file() else None
        return found

    return call
