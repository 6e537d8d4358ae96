"""Batches that are killed at any moment: what is there is whole, and resuming completes it."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from batches import documents, kills, run, session, start, write_many

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at /proc")
NUMBER = 48


def test_kill_9_at_random_moments(tmp_path):
    source = write_many(tmp_path / "source", NUMBER)
    begin = time.monotonic()
    assert run("convert", source, "-o", tmp_path / "undisturbed", "--jobs", 2)[0] == 0
    duration = time.monotonic() - begin
    expected = documents(tmp_path / "undisturbed")
    assert len(expected) == 3 * NUMBER
    moments = random.Random(20181113)
    hit = 0
    for number in range(kills()):
        out = tmp_path / f"out{number}"
        words = ("convert", source, "-o", out, "--jobs", 2, "--resume")
        # Early and late in turn, and now and then a second one while it resumes.
        for _ in range(moments.choice([1, 1, 2])):
            with start(*words) as batch:
                time.sleep(moments.uniform(0.15, 1.0) * duration)
                everyone = moments.random() < 0.5
                hit += batch.poll() is None
                (os.killpg if everyone else os.kill)(batch.pid, signal.SIGKILL)
            left = documents(out)
            assert {name: expected[name] for name in left} == left
        code, printed, said = run(*words)
        assert code == 0, said
        assert printed.count("\n") == NUMBER
        assert documents(out) == expected
        while session(batch.pid):
            time.sleep(0.05)
        assert run(*words)[1].count("(unchanged)") == NUMBER
        assert [p.name for p in out.iterdir() if p.name.startswith(".")] == [".apkg-state.sqlite"]
    assert hit >= kills() / 2
