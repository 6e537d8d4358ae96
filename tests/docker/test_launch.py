"""Notebooks opened in their image, in a real engine: who gets in, what is seen, what is left."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

import pytest
from notebooks import cell, write

pytestmark = [pytest.mark.docker, pytest.mark.slow]

CODE = "from pathlib import Path\nPath('made.txt').write_text('x')\nprint('the sum is', 40 + 2)"


@pytest.fixture(scope="module")
def image(notebook_image, build):
    """An image with JupyterLab, Voilà and a kernel."""
    install = "RUN pip install -q jupyterlab voila\n"
    return build("apkg-test/lab:1", f"FROM {notebook_image}\n{install}")


@pytest.fixture
def notebook(tmp_path):
    return write(tmp_path, cell(CODE), name="sum.ipynb")


def start(*words):
    command = [sys.executable, "-m", "apkg", "launch", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def launched(*words):
    """``apkg launch WORDS`` that answers: the process and what it says."""
    with start("--format", "json", *words) as started:
        try:
            lines = iter(started.stdout.readline, "")
            text = ""
            for line in lines:
                text += line
                if line == "}\n":
                    break
            assert text, started.stderr.read()
            yield started, json.loads(text)
        finally:
            with suppress(ProcessLookupError):
                started.send_signal(signal.SIGTERM)
            started.wait(60)


def get(url, *, method="GET", body=None, page=None, token=True):
    """The status and the text that ``url`` gives; ``page`` is another one of the server."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if token else ""
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)) as connection:
        connection.request(method, (page or parts.path) + query, body=body)
        with connection.getresponse() as answer:
            return answer.status, answer.read().decode()


def containers(started):
    """The containers of a command, running or not."""
    words = ["docker", "ps", "--all", "--quiet", f"--filter=name=^apkg-launch-{started.pid}-"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def ended(started, number, code):
    started.send_signal(number)
    assert started.wait(60) == code
    assert containers(started) == ""


@pytest.mark.parametrize("options", [[], ["--", "--network=host"]], ids=["published", "host"])
def test_jupyterlab_works_in_the_folder(image, notebook, tmp_path, options):
    with launched(notebook, "-t", image, *options) as (started, said):
        url = said["url"]
        assert urlsplit(url).hostname == "127.0.0.1"
        assert get(url)[0] == 200
        assert "<title>JupyterLab" in get(url)[1]
        assert get(url, page="/api/contents", token=False)[0] == 403
        assert get(url, token=False)[0] in {302, 403}
        status, text = get(url, page="/api/contents/sum.ipynb")
        assert status == 200
        assert "40 + 2" in text
        body = json.dumps({"type": "file", "format": "text", "content": "by hand"})
        assert get(url, page="/api/contents/new.txt", method="PUT", body=body)[0] == 201
        ended(started, signal.SIGINT, 130)
    assert (tmp_path / "new.txt").read_text(encoding="utf-8") == "by hand"
    assert (tmp_path / "new.txt").stat().st_uid == os.getuid()


def test_voila_shows_results_and_no_code(image, notebook, tmp_path):
    with launched(notebook, "-t", image, "--voila") as (started, said):
        assert said["server"] == "Voilà"
        status, text = get(said["url"], token=False)
        assert status in {302, 403}
        assert "the sum is" not in text
        status, text = get(said["url"])
        assert status == 200
        assert "the sum is 42" in text
        assert "write_text" not in text
        ended(started, signal.SIGTERM, 143)
    assert (tmp_path / "made.txt").stat().st_uid == os.getuid()


def test_a_folder_that_is_read_only(image, notebook, tmp_path):
    with launched(tmp_path, "-t", image, "--read-only") as (started, said):
        body = json.dumps({"type": "file", "format": "text", "content": "by hand"})
        status = get(said["url"], page="/api/contents/new.txt", method="PUT", body=body)[0]
        assert status >= 400
        ended(started, signal.SIGINT, 130)
    assert [path.name for path in tmp_path.iterdir()] == ["sum.ipynb"]


def test_a_container_that_is_killed(image, notebook):
    with launched(notebook, "-t", image) as (started, said):
        subprocess.run(["docker", "kill", said["container"]], check=True, capture_output=True)
        assert started.wait(60) == 3
        assert "JupyterLab does not run in apkg-test/lab:1 (status 137)" in started.stderr.read()
    assert containers(started) == ""


def failed(*words):
    with start(*words) as started:
        out, error = started.communicate()
    assert (started.returncode, out) == (3, ""), out + error
    assert containers(started) == ""
    return error


def test_an_image_that_is_not_built(base, notebook, tmp_path):
    error = failed(tmp_path)
    assert "docker does not have the image sum:1.0.0" in error
    assert f"apkg build {tmp_path}" in error


def test_an_image_without_the_server(base, notebook, tmp_path):
    error = failed(notebook, "-t", base)
    assert f"the image {base} has no JupyterLab" in error
    assert "Add a line jupyterlab to requirements.txt" in error
    (tmp_path / "environment.yml").touch()
    assert "Add voila to environment.yml" in failed(notebook, "-t", base, "--voila")
    (tmp_path / "environment.yml").unlink()
    (tmp_path / "Dockerfile").touch()
    assert "RUN pip install jupyterlab" in failed(notebook, "-t", base)


def test_an_option_that_the_engine_refuses(image, notebook):
    error = failed(notebook, "-t", image, "--", "--memory=nonsense")
    assert "JupyterLab does not run in apkg-test/lab:1" in error
    assert "memory" in error


def test_ctrl_c_before_the_server_answers(image, notebook):
    with start(notebook, "-t", image) as started:
        limit = time.monotonic() + 60
        while not containers(started) and time.monotonic() < limit:
            time.sleep(0.05)
        started.send_signal(signal.SIGINT)
        assert started.wait(60) == 130
        assert started.stdout.read() == ""
    assert containers(started) == ""
