"""A daemon that stops in mid-build, whose disk is full, or that does not answer at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_places import context, daemon, missing

from apkg.builders.engine_docker import DockerEngine
from apkg.builders.engines import find_engine
from apkg.builders.interface import ImageRequest
from apkg.errors import ToolError

pytestmark = [pytest.mark.docker, pytest.mark.slow]

HOST = ("--network=host",)


def engines(environment):
    """Docker with the builders there are, for another daemon."""
    found = find_engine("docker")
    kinds = {"classic", found.builder}
    return [DockerEngine(found.program, builder=kind, environment=environment) for kind in kinds]


def test_the_engine_stops_in_mid_build(base, tmp_path):
    with daemon(tmp_path) as (environment, process):
        # The other builders: tests/docker/acceptance/test_provoked.py.
        engine = DockerEngine(find_engine("docker").program, environment=environment)

        def on_log(line):
            if line.endswith("now") and "RUN" not in line:
                process.terminate()

        made = context(tmp_path / "context", "FROM tiny:1\nRUN echo now; sleep 60\n")
        request = ImageRequest(context=made, tag="tried:1", options=HOST, on_log=on_log)
        with pytest.raises(ToolError, match="the container engine has stopped") as caught:
            engine.build(request)
        assert "journalctl" in caught.value.hint
        process.wait(timeout=60)
        with pytest.raises(ToolError, match="does not answer"):
            engine.check()
        with pytest.raises(ToolError, match="does not answer"):
            engine.inspect("tiny:1")


def test_the_disk_of_the_engine_is_full(base, tmp_path):
    data = tmp_path / "small"
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", data]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        missing("right to mount")
    try:
        with daemon(tmp_path, data) as (environment, _):
            text = "FROM tiny:1\nRUN dd if=/dev/zero of=/large bs=1000000 count=200\n"
            made = context(tmp_path / "context", text)
            for engine in engines(environment):
                with pytest.raises(ToolError, match="the disk of the engine is full") as caught:
                    engine.build(ImageRequest(context=made, tag="tried:1", options=HOST))
                assert caught.value.message.startswith("tried:1 is not built: ")
                assert "The step: RUN dd if=/dev/zero" in caught.value.message
                assert "docker system df" in caught.value.hint
    finally:
        subprocess.run(["umount", "--lazy", data], check=True)


def test_no_daemon_at_all(base, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    with pytest.raises(ToolError, match="its daemon does not answer") as caught:
        find_engine("docker")
    assert "systemctl start docker" in caught.value.hint
    assert "apkg build --dry-run" in caught.value.hint


#: Drops root, then looks for an engine, and builds with it.
ORDINARY = """\
import os, sys
from pathlib import Path
from apkg.builders import classic_context, engines, engine_failure, engine_trouble
from apkg.builders.interface import BuildContext, ImageRequest
from apkg.errors import ApkgError
os.setgroups([int(number) for number in sys.argv[3:]])
os.setgid(54321)
os.setuid(54321)
os.environ["HOME"] = "/nonexistent"
try:
    engine = engines.find_engine("docker")
    context = BuildContext(folder=Path(sys.argv[1]), dockerfile="Dockerfile", buildpack="",
                           base_images=(), steps=(), digest="")
    engine.build(ImageRequest(context=context, tag=sys.argv[2], on_log=print))
    print(engine.read(sys.argv[2], "/a.txt"))
except ApkgError as error:
    print(error.message, error.hint)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone may become somebody else")
def test_an_ordinary_user(base, tag, tmp_path):
    folder = tmp_path / "context"
    context(folder, f"FROM {base}\nCOPY --chmod=600 a.txt /\nRUN true\n", {"a.txt": "a"})
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and one.is_relative_to(tmp_path.parents[2]):
            one.chmod(0o755)
    socket = Path("/var/run/docker.sock").stat()
    for groups, expected in (([], "you may not use the Docker daemon"), ([socket.st_gid], "b'a'")):
        command = [sys.executable, "-c", ORDINARY, folder, tag, *map(str, groups)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert expected in done.stdout, done.stdout + done.stderr
        if not groups:
            assert "usermod -aG docker" in done.stdout
