"""A build that fails says why and keeps its log; one that is stopped leaves nothing."""

import os
import signal
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture
def dockerfile(notebook, base):
    """``dockerfile(lines)``: the environment of the notebook is this Dockerfile."""

    def write(lines, image=base):
        (notebook / "Dockerfile").write_text(f"FROM {image}\n{lines}\n")
        return notebook

    return write


def image_of(tag):
    command = ["docker", "image", "ls", "-q", tag]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_failing_step_is_named_and_the_log_kept(apkg, dockerfile, tag, tmp_path):
    folder = dockerfile("RUN echo so far so good && cat /not/there")
    done = apkg("build", folder, "-t", tag, "-o", tmp_path / "package", "-q", code=3)
    assert "RUN echo so far so good && cat /not/there" in done.err
    assert "No such file or directory" in done.err
    log = tmp_path / "package" / "demo.build.log"
    assert f"The full log is in {log}." in done.err
    assert "so far so good" in log.read_text()
    assert [path.name for path in log.parent.iterdir()] == [log.name]
    assert image_of(tag) == ""


def test_a_base_image_that_is_nowhere(apkg, dockerfile, tag, tmp_path):
    folder = dockerfile("RUN true", image="localhost:9/apkg-test/none:1")
    done = apkg("build", folder, "-t", tag, "-o", tmp_path / "package", "-q", code=3)
    assert "the base image localhost:9/apkg-test/none:1 is not here" in done.err
    assert not (tmp_path / "package").exists()


def test_a_registry_that_is_not_there_keeps_image_and_log_and_writes_no_package(
    lean, notebook, tag, tmp_path
):
    image = f"localhost:9/{tag}"
    try:
        words = ["-t", image, "-o", tmp_path / "package", "--push", "-q"]
        done = lean(notebook, *words, code=3)
        assert "cannot push" in done.err
        assert [path.name for path in (tmp_path / "package").iterdir()] == ["demo.build.log"]
        assert image_of(image) != ""
    finally:
        subprocess.run(["docker", "image", "rm", "-f", image], capture_output=True, check=False)


def test_a_build_that_takes_too_long_ends_with_what_it_was_doing(apkg, dockerfile, tag, tmp_path):
    folder = dockerfile("RUN echo begin && sleep 300")
    words = ["-t", tag, "-o", tmp_path / "package", "-q", "--timeout", "5"]
    done = apkg("build", folder, *words, code=3)
    assert "was not done in 5 seconds" in done.err
    assert "sleep 300" in done.err
    assert image_of(tag) == ""


@pytest.mark.parametrize(
    ("builder", "number", "code"),
    [("0", signal.SIGINT, 130), (None, signal.SIGTERM, 143)],
    ids=["classic", "best"],
)
def test_an_interrupted_build_leaves_nothing(dockerfile, tag, tmp_path, number, code, builder):
    folder = dockerfile(f"RUN echo begin {os.getpid()} && sleep 300")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    if builder is not None:
        environment["DOCKER_BUILDKIT"] = builder
    process = subprocess.Popen(
        [sys.executable, "-m", "apkg", "build", folder, "-t", tag, "-o", tmp_path / "a" / "b"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    with process:
        seen = ""
        for line in process.stderr:
            seen += line
            if "sleep 300" in line:
                break
        os.kill(process.pid, number)
        out, rest = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, ""), seen + rest
    assert not (tmp_path / "a").exists()
    assert list(temporary.iterdir()) == []
    assert image_of(tag) == ""
    left = ["docker", "ps", "--quiet", "--all", "--no-trunc", "--format={{.Command}}"]
    done = subprocess.run(left, capture_output=True, text=True, check=True)
    assert f"begin {os.getpid()}" not in done.stdout
