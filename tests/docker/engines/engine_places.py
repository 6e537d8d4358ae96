"""Contexts to build, daemons and registries of the tests' own, and what they leave."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

import pytest

from apkg.builders.interface import BuildContext

#: Options of Podman in a container, or in a machine without systemd.
CONFINED = ("--isolation=chroot", "--network=host")
PROGRAMS = ("sh", "sleep", "dd", "cat")


def context(folder, text, files=(), **more):
    """A build context with this Dockerfile, and files by name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Dockerfile").write_text(text, encoding="utf-8")
    for name, content in dict(files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    rest = {"buildpack": "", "base_images": (), "steps": (), "digest": ""}
    return BuildContext(folder=folder, dockerfile="Dockerfile", **rest, **more)


def missing(what):
    """Skip, or fail where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"on CI there has to be {what}")
    pytest.skip(f"there is no {what}")


def docker(*words, program="docker", check=True):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_token(token, program="docker"):
    """Containers, and images without a name, whose environment holds ``token``."""
    found = []
    for kind, listed in (
        ("container", ["container", "ls", "--all", "--quiet"]),
        ("image", ["image", "ls", "--quiet", "--no-trunc", "--filter=dangling=true"]),
    ):
        for one in docker(*listed, program=program).split():
            # Others make and remove theirs at the same time.
            text = docker(kind, "inspect", one, program=program, check=False)
            for described in json.loads(text or "[]"):
                if token in str(described["Config"]["Env"]):
                    found += [(kind, one)]
    return found


def tiny_root(archive):
    """Write a root file system with a shell and little else, from this machine's own programs."""
    files = set()
    for name in PROGRAMS:
        path = shutil.which(name)
        listed = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
        files |= {path, *re.findall(r"(/\S+) \(0x", listed)}
    with tarfile.open(archive, "w", dereference=True) as tar:
        for path in sorted(files):
            tar.add(path)
            if Path(path).name == "sh":
                tar.add(path, "/bin/sh")
    return archive


@contextlib.contextmanager
def daemon(folder, data=None):
    """A Docker daemon of our own; gives the environment to reach it, and its process."""
    if os.geteuid() != 0 or not shutil.which("dockerd"):
        missing("root with dockerd")
    # The path of a socket has 107 characters at most, and those of tests have long names.
    short = Path(tempfile.mkdtemp(prefix="apkg-"))
    host = f"unix://{short}/docker.sock"
    command = [
        # In namespaces of its own: a second daemon takes the bridge of the first one away.
        "unshare", "--net", "--mount", "--propagation=private",
        "dockerd", f"--data-root={data or folder / 'data'}", f"--exec-root={short / 'exec'}",
        f"--host={host}", f"--pidfile={folder / 'pid'}", "--bridge=none", "--iptables=false",
    ]  # fmt: skip
    with (folder / "daemon.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    environment = {**os.environ, "DOCKER_HOST": host}
    try:
        for _ in range(300):
            asked = ["docker", "version"]
            if not subprocess.run(
                asked, env=environment, capture_output=True, check=False
            ).returncode:
                break
            assert process.poll() is None, (folder / "daemon.log").read_text()
            time.sleep(0.1)
        root = tiny_root(folder / "root.tar")
        subprocess.run(["docker", "import", root, "tiny:1"], env=environment, check=True)
        yield environment, process
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(short)


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextlib.contextmanager
def registry(folder, accounts=None):
    """A registry on a port of the loopback interface; gives its ``host:port``."""
    program = shutil.which("docker-registry")
    if program is None:
        missing("docker-registry")
    port = free_port()
    folder.mkdir()
    text = (
        "version: 0.1\nlog: {level: error}\n"
        f"storage: {{filesystem: {{rootdirectory: {folder / 'data'}}}}}\n"
        f"http: {{addr: '127.0.0.1:{port}'}}\n"
    )
    if accounts is not None:
        (folder / "accounts").write_text(accounts, encoding="ascii")
        text += f"auth: {{htpasswd: {{realm: tests, path: {folder / 'accounts'}}}}}\n"
    (folder / "config.yml").write_text(text, encoding="utf-8")
    with (folder / "registry.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "serve", folder / "config.yml"], stdout=log, stderr=log
        )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            assert process.poll() is None, (folder / "registry.log").read_text()
            time.sleep(0.1)
        yield f"localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def stop_when_it_runs(command, token, number):
    """Send a signal to a build as soon as ``now-TOKEN`` is printed in it; gives status and log."""
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as build:
        try:
            for line in build.stdout:
                lines.append(line)
                if line.rstrip().endswith(f"now-{token}") and "RUN" not in line:
                    build.send_signal(number)
            status = build.wait(timeout=60)
        finally:
            build.kill()
    log = "".join(lines)
    assert f"now-{token}\n" in log, log
    return status, log


def has_ended(token):
    """Whether the step's command has: BuildKit's containers are in no list."""
    for _ in range(100):
        asked = ["pgrep", "-f", f"now-{token}"]
        if subprocess.run(asked, capture_output=True, check=False).returncode:
            return True
        time.sleep(0.1)
    return False
