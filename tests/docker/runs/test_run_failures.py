"""Each way in which a run can fail is told from the others, and says what to do."""

import json
import subprocess
import sys
import time

import nbformat.v4 as nb
import pytest

pytestmark = [pytest.mark.docker, pytest.mark.slow]

RUNNERS = pytest.mark.parametrize("runner", ["cwltool", "toil"])
SAMPLE = "threshold = 0.5\nprint(threshold)"


@pytest.fixture
def failed(run, tmp_path):
    """Run a package that fails; gives what is told."""

    def call(package, *words):
        done = run(package, "-o", tmp_path / "out", *words, code=3)
        assert not (tmp_path / "out").exists()
        return done.stderr[f"\n{done.stderr}".rindex("\nerror: ") :]

    return call


@RUNNERS
def test_an_image_that_is_nowhere(failed, tool, runner):
    package = tool("true", image="registry.invalid/no/such:1")
    error = failed(package, "--runner", runner)
    assert "the image registry.invalid/no/such:1 is not here, and cannot be fetched" in error
    assert "apkg build" in error


def test_a_full_disk(failed, tool):
    error = failed(tool("cat /dev/zero >/dev/full"))
    assert "tool.cwl has failed: the disk is full" in error
    assert "TMPDIR" in error


@RUNNERS
def test_what_the_tool_says_itself(failed, tool, runner):
    error = failed(tool("echo the reason >&2; exit 4"), "--runner", runner)
    assert error == "error: tool.cwl has failed:\nthe reason\n"


def test_a_container_that_somebody_kills(tool, tmp_path):
    package = tool("echo started >&2; sleep 399; true")
    command = [sys.executable, "-m", "apkg", "run", str(package), "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stderr:
            lines.append(line)
            # The error repeats it.
            if lines == ["started\n"]:
                # Docker says a little later that it runs.
                time.sleep(1)
                asked = ["docker", "ps", "--no-trunc", "--format={{.ID}} {{.Command}}"]
                found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
                names = [row.split()[0] for row in found.splitlines() if "sleep 399" in row]
                assert len(names) == 1, found
                subprocess.run(["docker", "kill", *names], check=True, capture_output=True)
        assert process.wait(timeout=60) == 3
    told = "".join(lines)
    assert "its container was killed, from outside or as this machine has run out" in told


@pytest.fixture
def notebook(tmp_path):
    """Convert a small notebook for an image; gives its folder."""
    source = tmp_path / "demo.ipynb"
    cells = [nb.new_code_cell(SAMPLE, metadata={"tags": ["parameters"]})]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    source.write_text(
        json.dumps(nb.new_notebook(cells=cells, metadata={"kernelspec": kernel})),
        encoding="utf-8",
    )

    def converted(image):
        words = ["convert", source, "-o", tmp_path / "package", "--image", image]
        subprocess.run(
            [sys.executable, "-m", "apkg", *map(str, words)], check=True, capture_output=True
        )
        return tmp_path / "package"

    return converted


def test_no_papermill_in_the_image(failed, notebook, base):
    error = failed(notebook(base))
    assert "the image has no papermill, which the notebook's launcher needs" in error


def test_no_kernel_in_the_image(failed, notebook, notebook_image, build):
    name = "apkg-test/no-kernel:1"
    without = "RUN pip uninstall -q -y ipykernel\n"
    error = failed(notebook(build(name, f"FROM {notebook_image}\n{without}")))
    assert "the image has no Jupyter kernel for python" in error
    assert "apkg build" in error


def test_no_engine_that_answers(failed, tool, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock")
    error = failed(tool("true"), "--engine", "docker")
    assert "Docker is installed, but its daemon does not answer" in error
    assert "--no-container" in error
