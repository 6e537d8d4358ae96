"""Images go to a real registry and come back, or it is clear why they do not."""

import subprocess

import pytest
from engine_places import context, free_port, registry

from apkg.builders.engines import find_engine
from apkg.builders.interface import ImageRequest
from apkg.builders.registry_login import logged_in
from apkg.errors import ToolError

pytestmark = [pytest.mark.docker, pytest.mark.slow]

#: The account "somebody" with the password "secret", as htpasswd -B writes it.
ACCOUNTS = "somebody:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n"


@pytest.fixture
def docker(base):
    return find_engine("docker")


@pytest.fixture
def small(docker, tmp_path):
    """``small(place)``: an image of this name with one file."""
    names = []

    def make(name):
        made = context(tmp_path / "context", "FROM scratch\nCOPY a.txt /\n", {"a.txt": "a"})
        docker.build(ImageRequest(context=made, tag=name))
        names.append(name)
        return name

    yield make
    for name in names:
        subprocess.run(["docker", "image", "rm", name], capture_output=True, check=False)


def test_push_gives_the_digest_and_pull_fetches_it(docker, small, tmp_path):
    with registry(tmp_path / "registry") as host:
        name = small(f"{host}/project/small:1")
        log = []
        pushed = docker.push(name, log.append)
        assert log
        assert pushed.startswith(f"{host}/project/small@sha256:")
        assert pushed in docker.inspect(name).digests
        docker.remove(name)
        assert docker.inspect(pushed) is None
        docker.pull(pushed)
        assert docker.read(pushed, "/a.txt") == b"a"
        docker.remove(pushed)
        with pytest.raises(ToolError, match="there is no such image"):
            docker.pull(f"{host}/project/small:2")


def test_podman_pushes_too(podman, docker, small, tmp_path):
    with registry(tmp_path / "registry") as host:
        name = f"{host}/project/small:1"
        made = context(tmp_path / "own", "FROM scratch\nCOPY a.txt /\n", {"a.txt": "a"})
        podman.build(ImageRequest(context=made, tag=name))
        try:
            with pytest.raises(ToolError, match="speaks HTTP"):
                podman.push(name)
        finally:
            podman.remove(name)


def test_a_registry_refuses_strangers(docker, small, tmp_path):
    with registry(tmp_path / "registry", ACCOUNTS) as host:
        name = small(f"{host}/project/small:1")
        with pytest.raises(ToolError, match="the registry refuses") as caught:
            docker.push(name)
        assert "docker login" in caught.value.hint
        account = {"registry": host, "username": "somebody", "password": "secret"}
        with logged_in(docker, account):
            assert "@sha256:" in docker.push(name)
        with pytest.raises(ToolError, match="the registry refuses"):
            docker.pull(f"{host}/project/small:1")


def test_nobody_is_there(docker, small):
    name = small(f"localhost:{free_port()}/project/small:1")
    with pytest.raises(ToolError, match="the registry cannot be reached"):
        docker.push(name)


def test_the_base_image_is_missing(engine, tag, tmp_path):
    with registry(tmp_path / "registry") as host:
        made = context(tmp_path / "context", f"FROM {host}/no/such:1\nRUN true\n")
        with pytest.raises(ToolError, match=r"there is no such (base )?image") as caught:
            engine.build(ImageRequest(context=made, tag=tag))
    assert "no/such:1" in caught.value.message
    made = context(tmp_path / "context", "FROM registry.invalid/no/such:1\n")
    with pytest.raises(ToolError, match="the registry cannot be reached"):
        engine.build(ImageRequest(context=made, tag=tag))
