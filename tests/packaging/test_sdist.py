"""What packagers get: everything to build, test and read, and nothing that lay about."""

import subprocess
import sys
import tarfile

import pytest
from checkout import git

from apkg import __version__

pytestmark = pytest.mark.slow

INCLUDED = ("apkg/", "schemas/", "samples/", "tests/")
BESIDE = {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore"}


@pytest.fixture(scope="module")
def members(published, tmp_path_factory):
    """The members of the sdist, built in a checkout where somebody has worked."""
    (published / "apkg" / "__pycache__").mkdir()
    (published / "apkg" / "__pycache__" / "model.cpython-311.pyc").touch()
    (published / "results").mkdir()
    (published / "results" / "secret.txt").touch()
    out = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", out]
    done = subprocess.run([*command, published], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with tarfile.open(out / f"eo_apkg-{__version__}.tar.gz") as archive:
        return archive.getmembers()


def test_it_holds_what_is_committed_and_nothing_else(members, published):
    top = f"eo_apkg-{__version__}/"
    assert all(member.name.startswith(top) for member in members)
    held = {member.name.removeprefix(top) for member in members}
    committed = set(git(published, "ls-files", "-z").split("\0")) - {""}
    expected = {name for name in committed if name.startswith(INCLUDED)} | BESIDE
    assert held == expected | {"PKG-INFO"}


def test_it_unpacks_as_plain_files(members):
    assert all(member.isfile() for member in members)
    assert {member.uid for member in members} == {0}
