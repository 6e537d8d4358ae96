"""``repo2docker --engine apkg`` builds and runs, as others would use it."""

import signal
import subprocess
import sys

import pytest
from engine_places import (
    CONFINED,
    context,
    docker,
    free_port,
    has_ended,
    stop_when_it_runs,
    with_token,
)

from apkg.builders.engines import find_engine

pytestmark = [pytest.mark.docker, pytest.mark.slow]

SCRIPT = """\
#!/bin/sh
echo "from the container: $1 $WORD"
cat /data/a.txt
echo an error >&2
exit $2
"""
DOCKERFILE = (
    "FROM {base}\nCOPY --chmod=755 go.sh /go\nWORKDIR /data\nRUN echo in the build {more}\n"
)


@pytest.fixture
def folder(base, tmp_path):
    made = context(tmp_path / "folder", DOCKERFILE.format(base=base, more=""), {"go.sh": SCRIPT})
    return made.folder


def repo2docker(*words):
    own = ["--engine=apkg", "--user-id=1000", "--user-name=somebody"]
    command = [sys.executable, "-m", "repo2docker", *own, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_builds_and_runs(engine, folder, tag, tmp_path):
    (tmp_path / "a.txt").write_text("the file\n", encoding="utf-8")
    words = [
        f"--image-name={tag}",
        "-e",
        "WORD=word",
        f"-v={tmp_path}:/data",
        f"-p=127.0.0.1:{free_port()}:80",
    ]
    done = repo2docker(*words, folder, "/go", "argument", "3")
    log = done.stdout + done.stderr
    assert done.returncode == 3, log
    assert "in the build" in log
    assert "from the container: argument word\n" in log
    assert "the file\n" in log
    assert "an error\n" in log
    assert docker("ps", "--all", "--quiet", f"--filter=ancestor={tag}") == ""
    again = repo2docker("--no-run", f"--image-name={tag}", folder)
    assert "Reusing existing image" in again.stdout + again.stderr


def test_a_failing_build_is_one_of_repo2docker(engine, base, folder, tag):
    (folder / "Dockerfile").write_text(f"FROM {base}\nRUN echo words; false\n", encoding="utf-8")
    done = repo2docker("--no-run", f"--image-name={tag}", folder)
    assert done.returncode != 0
    assert "The step: RUN echo words; false" in done.stderr


def test_podman_builds_for_it(podman, folder, tag):
    options = [f"--ApkgEngine.extra_build_args={option}" for option in CONFINED]
    own = ["--ApkgEngine.container_engine=podman", *options, "--no-run", f"--image-name={tag}"]
    done = repo2docker(*own, folder)
    try:
        assert done.returncode == 0, done.stdout + done.stderr
        assert podman.read(tag, "/go").decode() == SCRIPT
    finally:
        podman.remove(tag)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_nothing(base, folder, tag, temporary, number):
    token = tag.rpartition("-")[2].partition(":")[0]
    text = DOCKERFILE.format(base=base, more=f"now-{token}; sleep 600")
    text = text.replace("COPY", f"ENV TOKEN={token}\nCOPY")
    (folder / "Dockerfile").write_text(text, encoding="utf-8")
    own = ["--engine=apkg", "--user-id=1000", "--user-name=somebody", "--no-run"]
    command = [sys.executable, "-m", "repo2docker", *own, f"--image-name={tag}", str(folder)]
    status, log = stop_when_it_runs(command, token, number)
    assert status != 0, log
    assert has_ended(token)
    assert with_token(token) == []
    assert find_engine("docker").inspect(tag) is None
    assert list(temporary.iterdir()) == []
