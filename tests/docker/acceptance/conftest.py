"""``apkg`` as its users call it, the images of the samples, and somebody who is not root."""

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
from acceptance_samples import BY_NAME, USER, finished
from docker_images import alone

SOCKET = Path("/var/run/docker.sock")


def missing(what):
    """Skip, or fail where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"on CI there has to be {what}")
    pytest.skip(f"there is no {what}")


@pytest.fixture(scope="session")
def apkg():
    """``apkg(*words, code=0)`` in a process of its own; ``python`` is another interpreter."""

    def call(*words, python=sys.executable, **options):
        return finished([python, "-m", "apkg", *words], **options)

    return call


@pytest.fixture(scope="session")
def as_user():
    """``as_user(*words)``: the same as an ordinary user of the engine.

    The interpreter may be in a folder that is root's alone: the user may read everything.
    """
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        missing("root with setpriv")
    capable = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    become = (f"--reuid={USER}", f"--regid={USER}", f"--groups={SOCKET.stat().st_gid}")
    path = f"PATH={os.environ['PATH']}"

    def call(*words, folder, code=0, environment=None):
        more = [f"{name}={value}" for name, value in (environment or {}).items()]
        start = ["setpriv", *become, *capable, "env", "-i", path, "HOME=/nonexistent", *more]
        return finished([*start, sys.executable, "-m", "apkg", *words], code=code, cwd=folder)

    return call


@pytest.fixture
def own_folder(tmp_path):
    """``own_folder(*folders)``: copies of them in a folder of the user's; gives that."""
    place = tmp_path / "of user"

    def make(*folders):
        for folder in folders:
            shutil.copytree(folder, place / folder.name)
        for path in (place, *place.rglob("*")):
            os.chown(path, USER, USER)
        # Folders of pytest are for their owner alone.
        for parent in (tmp_path, *tmp_path.parents):
            if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o001)
        return place

    return make


@dataclass(frozen=True)
class Made:
    """A sample's folder, the package that ``apkg build`` wrote for it, and what it told."""

    folder: Path
    package: Path
    told: dict


@pytest.fixture(scope="session")
def made(apkg, base, tmp_path_factory):
    """``made(name)``: the image and the package of a sample, built if it is not there yet."""
    known = {}

    def make(name):
        if name not in known:
            sample, place = BY_NAME[name], tmp_path_factory.mktemp(name)
            folder, package = sample.copy(place, base), place / "package"
            command = sample.command(folder, base, "-o", package, "-q", "--format", "json")
            with alone(tmp_path_factory, name):
                told = json.loads(apkg(*command).stdout)
            known[name] = Made(folder=folder, package=package, told=told)
        return known[name]

    return make


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A Python with this one's packages, the kernel of Bash and the tools of the samples."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    ours = [path for path in map(Path, sys.path) if path.name == "site-packages"]
    add = "".join(f"import site; site.addsitedir({str(path)!r})\n" for path in ours)
    (packages / "samples.pth").write_text(add, encoding="utf-8")
    python = folder / "bin" / "python"
    kernel = [python, "-m", "bash_kernel.install", "--sys-prefix"]
    if subprocess.run(kernel, capture_output=True, check=False).returncode != 0:
        missing("bash_kernel")
    flood = BY_NAME["flood-detector"]
    program = folder / "bin" / flood.name
    start = f"#!/bin/sh\nexport FLOOD_HOME='{flood.source}'\n"
    program.write_text(f'{start}exec "$FLOOD_HOME/{flood.name}.sh" "$@"\n')
    program.chmod(0o755)
    return python


@pytest.fixture
def without_container(apkg, installed, tmp_path):
    """``without_container(folder, *values)``: the folder of results of a run without an image."""

    def run(folder, *values):
        apkg("convert", folder, "-o", tmp_path / "plain")
        path = os.pathsep.join([str(installed.parent), os.environ["PATH"]])
        words = ["-o", tmp_path / "none", "-q", "--no-container"]
        environment = {**os.environ, "PATH": path}
        apkg("run", tmp_path / "plain", *values, *words, python=installed, env=environment)
        return tmp_path / "none"

    return run
