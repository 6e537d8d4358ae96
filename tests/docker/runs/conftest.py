"""Packages to run on real engines, and the command that runs them."""

import json
import subprocess
import sys

import pytest
from docker_images import SAMPLES, unmeasured
from run_places import missing

#: What runc and crun want to raise, a confined machine may not let them.
PODMAN_SETTINGS = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
"""


@pytest.fixture
def run():
    """Call ``apkg run …`` and check its exit code; gives the finished process."""

    def call(*arguments, code=0, env=None):
        command = [sys.executable, "-m", "apkg", "run", *map(str, arguments)]
        env = unmeasured() if env is None else env
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return call


@pytest.fixture(scope="session")
def package(notebook_image, tmp_path_factory):
    """The package of a sample, with its image, and its scene beside it."""
    folder = tmp_path_factory.mktemp("water")
    command = ["convert", SAMPLES / "water-mask", "-o", folder, "--image", notebook_image]
    subprocess.run([sys.executable, "-m", "apkg", *command], check=True, capture_output=True)
    scene = (SAMPLES / "water-mask" / "data" / "scene.tif").read_bytes()
    (folder / "scene.tif").write_bytes(scene)
    return folder


@pytest.fixture
def tool(tmp_path, request):
    """Write the CWL of a shell script in an image."""

    def write(script, image=None, **figures):
        name = image or request.getfixturevalue("base")
        document = {
            "cwlVersion": "v1.2",
            "class": "CommandLineTool",
            "id": "tool",
            "requirements": {
                "DockerRequirement": {"dockerPull": name},
                **({"ResourceRequirement": figures} if figures else {}),
            },
            "baseCommand": ["sh", "-c", script],
            "inputs": {},
            "outputs": {},
        }
        path = tmp_path / "tool.cwl"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.fixture
def podman(tmp_path, monkeypatch):
    """Let Podman run here, and have an image of Docker's; gives the name there."""
    settings = tmp_path / "containers.conf"
    settings.write_text(PODMAN_SETTINGS, encoding="utf-8")
    monkeypatch.setenv("CONTAINERS_CONF", str(settings))

    def load(name):
        if subprocess.run(["podman", "image", "exists", name], check=False).returncode != 0:
            archive = tmp_path / "image.tar"
            subprocess.run(["docker", "save", "-o", archive, name], check=True)
            subprocess.run(["podman", "load", "-q", "-i", archive], check=True, capture_output=True)
            archive.unlink()
        words = ["podman", "run", "--rm", "--net=none", name, "true"]
        if subprocess.run(words, capture_output=True, check=False).returncode != 0:
            missing("Podman that runs containers")
        return name

    return load
