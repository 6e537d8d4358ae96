"""The small parts: an archive's file, lines of a job, an account, names of images."""

import io
import json
import signal
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest

from apkg import process
from apkg.builders import image_file
from apkg.builders.command_engine import repository
from apkg.builders.engine_docker import DockerEngine
from apkg.builders.engine_podman import PodmanEngine
from apkg.builders.image_file import FileOfImage
from apkg.builders.podman_left import own_temporary
from apkg.builders.registry_login import logged_in
from apkg.builders.streamed import streamed
from apkg.errors import ToolError


def archive(kind, content=b"content"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        member = tarfile.TarInfo("name")
        member.type, member.size = kind, len(content)
        tar.addfile(member, io.BytesIO(content))
    return data.getvalue()


def test_the_file_of_an_archive():
    file = FileOfImage("cannot read it")
    data = archive(tarfile.REGTYPE)
    file.feed(data[:700])
    file.feed(data[700:])
    assert file.content() == b"content"


@pytest.mark.parametrize("data", [archive(tarfile.DIRTYPE, b""), b"", b"no archive" * 100])
def test_no_file_in_an_archive(data):
    file = FileOfImage("cannot read it")
    file.feed(data)
    with pytest.raises(ToolError, match="cannot read it: "):
        file.content()


def test_too_large_a_file(monkeypatch):
    monkeypatch.setattr(image_file, "_MOST_BYTES", 2**20)
    file = FileOfImage("cannot read it")
    file.feed(bytes(2**20))
    with pytest.raises(ToolError, match="larger than 1 MB"):
        file.feed(bytes(2**20))


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("a", "a"),
        ("a:1", "a"),
        ("host:5000/a/b", "host:5000/a/b"),
        ("host:5000/a/b:1", "host:5000/a/b"),
        ("host/a:1@sha256:00", "host/a"),
    ],
)
def test_repository(image, name):
    assert repository(image) == name


def test_both_streams_come_as_one_and_in_order():
    code = "import os; [os.write(1 + n % 2, f'{n}\\n'.encode()) for n in range(100)]; exit(3)"
    lines = []
    assert process.follow([sys.executable, "-c", code], on_line=lines.append) == 3
    assert lines == [str(number) for number in range(100)]


def test_output_as_it_is():
    code = "import os; os.write(1, bytes(range(256))); os.write(2, b'words\\n')"
    data, lines = bytearray(), []
    command = [sys.executable, "-c", code]
    assert process.collect(command, on_data=data.extend, on_line=lines.append) == 0
    assert (data, lines) == (bytes(range(256)), ["words"])


def sleeping(on_line, stop):
    code = "import time; print('started', flush=True); time.sleep(60)"
    process.follow([sys.executable, "-c", code], on_line=on_line, stop=stop)


def test_who_leaves_the_lines_ends_the_job():
    start = time.monotonic()
    lines = streamed(sleeping)
    assert next(lines) == "started"
    lines.close()
    assert time.monotonic() - start < 20
    assert not [one for one in threading.enumerate() if one.name == "apkg-engine"]


def test_a_signal_ends_the_job():
    start = time.monotonic()

    def read():
        for _ in streamed(sleeping):
            threading.Timer(0.1, signal.raise_signal, (signal.SIGTERM,)).start()

    with pytest.raises(SystemExit):
        read()
    assert time.monotonic() - start < 20


def test_what_a_job_raises_is_raised_after_its_lines():
    def job(on_line, _stop):
        on_line("a")
        raise ToolError("no")

    lines = streamed(job)
    assert next(lines) == "a"
    with pytest.raises(ToolError, match="no"):
        next(lines)


def test_an_account_for_docker_and_for_nobody_else(tmp_path):
    own = tmp_path / "own"
    (own / "cli-plugins").mkdir(parents=True)
    before = {"auths": {"a": {"auth": "eA=="}}, "credsStore": "x", "currentContext": "c"}
    (own / "config.json").write_text(json.dumps(before), encoding="utf-8")
    engine = DockerEngine("docker", environment={"DOCKER_CONFIG": str(own)})
    account = {"registry": "host", "username": "somebody", "password": "secret"}
    with logged_in(engine, account):
        place = engine.environment["DOCKER_CONFIG"]
        assert place != str(own)
        config = json.loads(Path(place, "config.json").read_text(encoding="utf-8"))
        assert set(config["auths"]) == {"a", "host"}
        assert config["currentContext"] == "c"
        assert "credsStore" not in config
        assert (tmp_path / place / "cli-plugins").is_dir()
    assert engine.environment == {"DOCKER_CONFIG": str(own)}
    assert not (tmp_path / place).exists()
    assert (own / "cli-plugins").is_dir()


def test_an_account_for_podman():
    engine = PodmanEngine("podman", environment={})
    with logged_in(engine, {"registry": "h", "username": "u", "password": "p"}):
        text = Path(engine.environment["REGISTRY_AUTH_FILE"]).read_text(encoding="utf-8")
        assert json.loads(text)["auths"]["h"] == {"auth": "dTpw"}
    assert engine.environment == {}


def test_a_temporary_folder_is_gone_after_it(tmp_path):
    with own_temporary({"TMPDIR": str(tmp_path)}) as environment:
        (tmp_path / environment["TMPDIR"] / "file").write_text("x", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []
