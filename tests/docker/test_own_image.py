"""The image of apkg itself, made of its recipe: any user, nothing writable, no network."""

import os
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from docker_images import SAMPLES

from apkg import __version__

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture(scope="module")
def image(base):
    name = f"apkg-test/own-{uuid.uuid4().hex[:8]}"
    command = ["docker", "build", "--network=host", "-q", "-t", name, "--build-arg", f"BASE={base}"]
    done = subprocess.run(
        [*command, "-f", ROOT / ".docker" / "Dockerfile", ROOT],
        capture_output=True, text=True, check=False, env={**os.environ, "DOCKER_BUILDKIT": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    yield name
    subprocess.run(["docker", "rmi", name], capture_output=True, check=True)


@pytest.fixture
def apkg(image, tmp_path):
    """``apkg(*words, user=...)`` in a container as tight as can be, over ``tmp_path``."""
    tmp_path.chmod(0o755)

    def run(*words, user=None, writable=True):
        options = ["--rm", "--read-only", "--network", "none", "--cap-drop", "ALL"]
        if user is not None:
            options += ["--user", f"{user}:{user}"]
        mount = f"{tmp_path}:/work" + ("" if writable else ":ro")
        return subprocess.run(
            ["docker", "run", *options, "-v", mount, image, *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_version_as_nobody(apkg):
    done = apkg("--version", writable=False)
    assert (done.returncode, done.stdout) == (0, f"apkg {__version__}\n"), done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files to another user")
def test_any_user_converts_and_validates_a_mounted_sample(apkg, tmp_path):
    shutil.copytree(SAMPLES / "water-mask", tmp_path / "water-mask")
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 12345, 12345)
    made = apkg("convert", "water-mask", "-o", "package", user=12345)
    assert made.returncode == 0, made.stderr
    written = sorted((tmp_path / "package").iterdir())
    names = ["water-mask.cwl", "water-mask.deploy.json", "water-mask.inputs.yml"]
    assert [path.name for path in written] == names
    assert {path.stat().st_uid for path in written} == {12345}
    checked = apkg("validate", "package", user=54321, writable=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_folder_that_cannot_be_written_is_one_clear_error(apkg, tmp_path):
    shutil.copytree(SAMPLES / "water-mask", tmp_path / "water-mask")
    done = apkg("convert", "water-mask", user=12345, writable=False)
    assert done.returncode == 3
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_image_holds_what_is_needed_and_no_more(image):
    look = (
        "set -eu; ! test -e /source; ! test -e /opt/apkg/bin/pip; id -u; "
        "/opt/apkg/bin/python -c 'import apkg, lxml, jsonschema, nbformat; print(apkg.__file__)'"
    )
    done = subprocess.run(
        ["docker", "run", "--rm", "--entrypoint", "sh", image, "-c", look],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    user, place = done.stdout.split()
    assert (done.returncode, user) == (0, "65534"), done.stderr
    assert place.startswith("/opt/apkg/lib/")
