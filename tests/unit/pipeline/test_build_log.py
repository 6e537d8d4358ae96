"""The log of a build is whole, there at once, and gone with an interrupted build."""

import os
import signal

import pytest

from apkg.errors import ApkgError, ToolError
from apkg.pipeline.build_log import BuildLog


def logged(path, stop):
    with BuildLog(path, lambda _line: None) as log:
        log.open()
        log("one")
        stop()


def fail():
    raise ToolError("it failed", hint="Mend it.")


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_every_line_is_there_at_once_without_escapes(tmp_path):
    seen, path = [], tmp_path / "a" / "b" / "log"
    with BuildLog(path, seen.append) as log:
        log("zero")
        assert log.written is None
        log.open()
        log("one\x1b[2J")
        assert path.read_text() == "zero\none\N{REPLACEMENT CHARACTER}[2J\n"
        log("two")
        log("#7 sha256:0123456789abcdef 0B / 12MB 0.1s")
    assert seen == ["zero", "one\N{REPLACEMENT CHARACTER}[2J", "two"]
    assert (
        log.written,
        path.read_text().endswith("two\n#7 sha256:0123456789abcdef 0B / 12MB 0.1s\n"),
    ) == (path, True)


def test_where_nothing_is_built_the_last_log_stays(tmp_path):
    (tmp_path / "log").write_text("of the last build")
    with BuildLog(tmp_path / "log", print) as log:
        log("up to date")
    assert (tmp_path / "log").read_text() == "of the last build"


def test_a_failed_build_keeps_its_log_with_the_reason_and_tells_where(tmp_path):
    with pytest.raises(ToolError) as caught:
        logged(tmp_path / "log", fail)
    assert (tmp_path / "log").read_text() == "one\nerror: it failed\n"
    assert caught.value.hint == f"Mend it.\nThe full log is in {tmp_path / 'log'}."


def test_an_interrupted_build_leaves_neither_log_nor_folder(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        logged(tmp_path / "a" / "b" / "log", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_build_leaves_the_folders_that_were_there(tmp_path):
    (tmp_path / "other").touch()
    with pytest.raises(KeyboardInterrupt):
        logged(tmp_path / "log", interrupt)
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_log_that_cannot_be_written_is_said_before_anything_is_built(tmp_path):
    with pytest.raises(ApkgError, match="cannot be written"):
        logged(tmp_path, fail)
