"""Batches that are killed at any moment: what is there is whole, and resuming completes it."""

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from batches import documents, kills, run, session, start, unmeasured, write_many

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at /proc")
NUMBER = 30


def test_kill_9_at_random_moments(tmp_path):
    source = write_many(tmp_path / "source", NUMBER)
    assert run("convert", source, "-o", tmp_path / "undisturbed", "--jobs", 2)[0] == 0
    expected = documents(tmp_path / "undisturbed")
    assert len(expected) == 3 * NUMBER
    moments = random.Random(20181113)
    hit = 0
    for number in range(kills()):
        out = tmp_path / f"out{number}"
        words = ("convert", source, "-o", out, "--jobs", 2, "--resume")
        # Now and then a second one, while it resumes.
        for _ in range(moments.choice([1, 1, 2])):
            hit += kill(words, moments)
            left = documents(out)
            assert {name: expected[name] for name in left} == left
        code, printed, said = run(*words)
        assert code == 0, said
        assert printed.count("\n") == NUMBER
        assert documents(out) == expected
        if number % 3 == 0:
            code, printed, said = run(*words)
            assert (code, printed.count("(unchanged)")) == (0, NUMBER), said
        assert [p.name for p in out.iterdir() if p.name.startswith(".")] == [".apkg-state.sqlite"]
    assert hit >= kills() / 2


def kill(words, moments):
    """Kill a batch at some moment, while it starts or after some results; whether it still ran."""
    with start(*words) as batch:
        results = moments.randrange(-NUMBER // 3, NUMBER)
        for _ in range(results):
            batch.stdout.readline()
        time.sleep(moments.uniform(0, 0.4 if results < 0 else 0.02))
        ran = batch.poll() is None
        if ran:
            # All of it, or the one process that the others belong to.
            (os.killpg if moments.random() < 0.5 else os.kill)(batch.pid, signal.SIGKILL)
    limit = time.monotonic() + 20
    while session(batch.pid):
        assert time.monotonic() < limit, "processes are left"
        time.sleep(0.02)
    return ran


def test_checking_that_is_killed_goes_on_where_it_was(tmp_path):
    source = write_many(tmp_path / "source", NUMBER)
    environment = {**unmeasured(), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    words = ("validate", source, "--format", "json", "--jobs", 2, "--report")
    _, expected, _ = run(*words, tmp_path / "1.jsonl")
    with start(*words, tmp_path / "2.jsonl", "--resume", env=environment) as batch:
        for _ in range(50):
            batch.stdout.readline()
        os.killpg(batch.pid, signal.SIGKILL)
    (state,) = (tmp_path / "cache").rglob("*.sqlite")
    with sqlite3.connect(state) as db:
        assert db.execute("SELECT count(*) FROM sources").fetchone() > (1,)
    db.close()
    code, printed, _ = run(*words, tmp_path / "3.jsonl", "--resume", env=environment)
    assert (code, printed) == (0, expected)
    assert (tmp_path / "3.jsonl").read_bytes() == (tmp_path / "1.jsonl").read_bytes()
