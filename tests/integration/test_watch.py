"""``apkg watch`` as a process of its own, beside somebody who edits."""

import os
import re
import signal
import time

import pytest
from batches import documents, session, start, write_many
from notebooks import cell, write

pytest.importorskip("watchfiles")
PATIENCE = 60


class Watch:
    """The running command, and what it has printed."""

    def __init__(self, folder, *words):
        self.out = folder / "out.txt"
        self.err = folder / "err.txt"
        with self.out.open("w") as out, self.err.open("w") as err:
            words = ("watch", *words)
            self.process = start(*words, cwd=folder, stdout=out, stderr=err)

    def until(self, pattern, *, times=1, err=False):
        """Wait until it has printed this so many times."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            text = (self.err if err else self.out).read_text()
            if len(re.findall(pattern, text)) >= times:
                return text
            assert self.process.poll() is None, self.err.read_text()
            time.sleep(0.05)
        raise AssertionError(f"{pattern}: {self.out.read_text()} {self.err.read_text()}")

    def end(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(20)


@pytest.fixture
def watch(tmp_path):
    running = []

    def call(*words):
        running.append(Watch(tmp_path, *words))
        running[-1].until("Watching", err=True)
        return running[-1]

    yield call
    for one in running:
        one.end()


def test_what_is_edited_is_converted_and_checked(tmp_path, watch):
    folder = write_many(tmp_path / "source", 3)
    seen = watch(folder, "-o", "out", "--profile", "best-practice")
    assert len(documents(tmp_path / "out")) == 9
    seen.until(r"n00\d\n", times=3)
    seen.until(r"n001\.cwl: cwl: valid")

    write(folder, "threshold = 0.5", name="n001.ipynb")
    seen.until(r"n001\n", times=2)
    assert "threshold" in (tmp_path / "out/n001.cwl").read_text()

    write(folder, "x = foo()", name="n002.ipynb")
    seen.until(r"n002\.ipynb: failed")
    seen.until(r"n002\.ipynb, cell 1, line 1", err=True)
    write(folder, "x = 1", cell("import helper", "x"), name="n002.ipynb")
    seen.until(r"n002\n", times=2)

    (folder / "helper.py").write_text("y = 1\n")
    seen.until(r"n002\n", times=3)
    assert "helper.py" in (tmp_path / "out/n002.cwl").read_text()

    write(folder, "new = 1", name="new.ipynb")
    seen.until(r" new\n")
    assert seen.end() == 130
    assert "Interrupted" in seen.err.read_text()
    assert "Traceback" not in seen.err.read_text()
    assert session(seen.process.pid) == []
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")] == [
        ".apkg-state.sqlite"
    ]


def test_many_saves_at_once_are_one_change(tmp_path, watch):
    folder = write_many(tmp_path / "source", 1)
    seen = watch(folder, "-o", "out")
    seen.until(r": n000\n")
    for number in range(30):
        write(folder, f"x = {number}", name="n000.ipynb")
        time.sleep(0.01)
    limit = time.monotonic() + PATIENCE
    while "default: 29" not in (tmp_path / "out/n000.cwl").read_text():
        assert time.monotonic() < limit
        time.sleep(0.05)
    # It says so after it has written.
    text = seen.until(r": n000\n", times=2)
    assert text.count(": n000\n") < 10


def test_its_own_documents_are_no_change(tmp_path, watch):
    folder = write_many(tmp_path / "source", 2)
    seen = watch(folder, "-o", folder)
    write(folder, "x = 7", name="n000.ipynb")
    seen.until(r"n000\n", times=2)
    time.sleep(2)
    assert len(re.findall(r": n00\d\n", seen.out.read_text())) == 3


def test_an_empty_folder_and_folders_below(tmp_path, watch):
    folder = tmp_path / "source"
    folder.mkdir()
    seen = watch(folder, "-r", "-o", "out")
    (folder / "deep").mkdir()
    write(folder / "deep", "x = 1", name="late.ipynb")
    seen.until(r" late\n")


def test_it_goes_on_where_it_was(tmp_path, watch):
    folder = write_many(tmp_path / "source", 2)
    assert watch(folder, "-o", "out").end() == 130
    again = watch(folder, "-o", "out")
    assert again.out.read_text() == ""
    write(folder, "x = 7", name="n000.ipynb")
    again.until(r"n000\n")
    assert "n001" not in again.out.read_text()
