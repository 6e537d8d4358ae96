"""``apkg build`` on a real engine, as its users call it."""

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass

import pytest
from docker_images import alone
from notebooks import cell, write

NETWORK = ("--", "--network=host")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def apkg():
    """``apkg(*arguments, code=0)`` in a process of its own."""

    def call(*arguments, code=0, **options):
        command = [sys.executable, "-m", "apkg", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def notebook(tmp_path):
    """A folder with a notebook that needs nothing but Python."""
    folder = tmp_path / "in"
    folder.mkdir()
    title = cell("# A demo\n\nWrites a letter n times.", kind="markdown")
    write(folder, title, "n = 3  # How often", cell("open('letters.txt', 'w').write('x' * n)"))
    return folder


@pytest.fixture
def tag():
    """A name for an image, which is gone after the test."""
    name = f"apkg-test/build-{secrets.token_hex(6)}:1"
    yield name
    subprocess.run(["docker", "image", "rm", "-f", name], capture_output=True, check=False)


@pytest.fixture(scope="session")
def call_lean(apkg, base):
    """Build on the base image, by the builder of every client."""

    def call(folder, *arguments, options=NETWORK, env=os.environ, **more):
        words = ["build", folder, "--lean", "--base-image", base, *arguments, *options]
        return apkg(*words, env={**env, "DOCKER_BUILDKIT": "0"}, **more)

    return call


@pytest.fixture(scope="session")
def first_steps(call_lean, tmp_path_factory):
    """An image that stays, so that the engine has what each of these builds begins with."""
    folder = tmp_path_factory.mktemp("lean")
    write(folder, "n = 1", cell("print(n)"))
    with alone(tmp_path_factory, "apkg-test/lean"):
        call_lean(folder, "-t", "apkg-test/lean:1", "-o", folder / "out", "-q")


@pytest.fixture
def lean(call_lean, first_steps):
    """``lean(folder, *arguments)``: a build whose first steps have been done before."""
    return call_lean
