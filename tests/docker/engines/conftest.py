"""Engines to test: Docker's builders, and Podman."""

import secrets
import subprocess

import pytest
from engine_places import missing

from apkg.builders.engines import find_engine
from apkg.errors import ToolError


@pytest.fixture(params=["classic", "buildkit"])
def engine(request, base, monkeypatch):
    """Docker with its classic builder, and with the best one there is."""
    if request.param == "classic":
        monkeypatch.setenv("DOCKER_BUILDKIT", "0")
    else:
        monkeypatch.delenv("DOCKER_BUILDKIT", raising=False)
    found = find_engine("docker")
    if request.param == "buildkit" and found.builder == "classic":
        missing("client of Docker with BuildKit")
    return found


@pytest.fixture
def tag(request):
    """The name of an image that is gone after the test."""
    name = f"apkg-test/engine-{secrets.token_hex(6)}:1"
    yield name
    subprocess.run(["docker", "image", "rm", name], capture_output=True, check=False)


@pytest.fixture(scope="session")
def podman(base, tmp_path_factory):
    """Podman, with the base image."""
    try:
        found = find_engine("podman")
    except ToolError:
        missing("podman")
    if found.inspect(base) is None:
        archive = tmp_path_factory.mktemp("podman") / "base.tar"
        subprocess.run(["docker", "save", "-o", archive, base], check=True)
        subprocess.run(["podman", "load", "-q", "-i", archive], check=True, capture_output=True)
        archive.unlink()
    return found


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder of temporary files, which a test may find empty again."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder
