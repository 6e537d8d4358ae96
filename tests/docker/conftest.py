"""Images made from the base image that ``APKG_DOCKER_BASE`` names, by a real engine.

The base is a Debian with Python that can reach a package index; ``.ci/run`` makes one.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from docker_images import PYTHON, SAMPLES, alone, of_sample


@pytest.fixture(scope="session")
def base():
    """The name of the base image."""
    name = os.environ.get("APKG_DOCKER_BASE")
    if not name or not shutil.which("docker"):
        if os.environ.get("CI"):
            pytest.fail("on CI there has to be an engine, and APKG_DOCKER_BASE")
        pytest.skip("APKG_DOCKER_BASE names no base image")
    return name


@pytest.fixture(scope="session")
def build(base, tmp_path_factory):
    """Build an image from the text of a Dockerfile and a folder; gives its name."""

    def built(name, text, folder=None):
        place = folder or tmp_path_factory.mktemp("context")
        file = tmp_path_factory.mktemp("dockerfile") / "Dockerfile"
        file.write_text(text, encoding="utf-8")
        command = ["docker", "build", "--network=host", "-q", "-t", name, "-f", file, place]
        with alone(tmp_path_factory, name):
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=_env())
        assert done.returncode == 0, done.stdout + done.stderr
        return name

    return built


@pytest.fixture(scope="session")
def notebook_image(build, base):
    """An image with papermill, a kernel and rasterio, and nothing of apkg."""
    install = "RUN pip install -q papermill ipykernel rasterio\n"
    return build("apkg-test/notebook:1", f"FROM {base}\n{PYTHON}{install}")


@pytest.fixture(scope="session")
def stacker_image(build, notebook_image):
    """The image of samples/stacker, its Python taken from ours."""
    return build("apkg-test/stacker:1", of_sample("stacker", notebook_image), SAMPLES / "stacker")


def _env():
    # The one builder that every client has; these Dockerfiles need no other.
    return {**os.environ, "DOCKER_BUILDKIT": "0"}


@pytest.fixture
def registry(tmp_path):
    """The address of a registry that runs for one test."""
    program = shutil.which("docker-registry")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("on CI there has to be a docker-registry")
        pytest.skip("there is no docker-registry")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = tmp_path / "registry.yml"
    config.write_text(
        "version: 0.1\nlog: {level: error}\n"
        f"storage: {{filesystem: {{rootdirectory: {tmp_path / 'registry'}}}}}\n"
        f"http: {{addr: '127.0.0.1:{port}'}}\n"
    )
    process = subprocess.Popen(
        [program, "serve", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/v2/")
        yield f"localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(100):
        try:
            with opener.open(url):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the registry does not answer")
