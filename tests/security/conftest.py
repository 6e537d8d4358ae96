"""What the security tests share: apkg in a process of its own, with little time and memory."""

import os
from pathlib import Path

import pytest
from nest import Nest

MEMORY, SECONDS = 2**30, 20
LIMITS = (
    ("RLIMIT_AS", MEMORY),
    ("RLIMIT_CPU", SECONDS),
    # Nobody fills the disk, either.
    ("RLIMIT_FSIZE", 64 * 2**20),
)


@pytest.fixture(scope="session")
def nest():
    """The process that every command here is a copy of."""
    with Nest() as made:
        yield made


@pytest.fixture
def bounded(tmp_path, nest):
    """``bounded(*words)``: apkg with 1 GiB and 20 s; its exit code is one that it means."""

    def call(*words, codes=(0, 1, 2, 3), cwd=None):
        env = {**os.environ, "NO_COLOR": "1"}
        done = nest.run(words, cwd=cwd or tmp_path, env=env, limits=LIMITS)
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
