"""Images made from the base image that ``APKG_DOCKER_BASE`` names, by a real engine.

The base is a Debian with Python that can reach a package index; ``.ci/run`` makes one.
"""

import os
import shutil
import subprocess

import pytest


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
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=_env())
        assert done.returncode == 0, done.stdout + done.stderr
        return name

    return built


def _env():
    # The one builder that every client has; these Dockerfiles need no other.
    return {**os.environ, "DOCKER_BUILDKIT": "0"}
