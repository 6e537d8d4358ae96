"""Somebody who is not root runs packages, and owns what comes out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from run_places import missing

pytestmark = [pytest.mark.docker, pytest.mark.slow]

#: No account of this machine has it.
USER = 54321
SOCKET = Path("/var/run/docker.sock")


@pytest.fixture
def folder(tmp_path, package):
    """A folder of the user's, with the package, which others may look into."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        missing("root with setpriv")
    place = tmp_path / "of user"
    shutil.copytree(package, place)
    for path in (place, *place.rglob("*")):
        os.chown(path, USER, USER)
    # Folders of pytest are for their owner alone.
    for parent in tmp_path.parents:
        if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o001)
    tmp_path.chmod(0o711)
    return place


def as_user(*words, group):
    """The words that run apkg as the user.

    The interpreter may be in a folder that is root's alone: the user may read everything.
    """
    capable = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    groups = f"--groups={group}" if group is not None else "--clear-groups"
    path = f"PATH={os.environ['PATH']}"
    return [
        *("setpriv", f"--reuid={USER}", f"--regid={USER}", groups, *capable),
        *("env", "-i", path, "HOME=/nonexistent", sys.executable, "-m", "apkg", "run", *words),
    ]


@pytest.mark.parametrize(("runner", "engine"), [("cwltool", "docker"), ("toil", "none")])
def test_results_are_the_users_own(folder, runner, engine):
    words = [".", "scene=scene.tif", "-o", "out", "-q", "--runner", runner, "--engine", engine]
    done = called(as_user(*words, group=SOCKET.stat().st_gid), folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    made = sorted((folder / "out").iterdir())
    assert [path.name for path in made] == [
        "water-mask.executed.ipynb",
        "water-mask.tif",
        "water-statistics.json",
    ]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in (folder / "out", *made)} == {
        (USER, USER)
    }


def test_without_the_right_to_use_docker(folder):
    words = [".", "scene=scene.tif", "-o", "out", "--engine", "docker"]
    done = called(as_user(*words, group=None), folder)
    assert done.returncode == 3
    assert "you may not use the Docker daemon" in done.stderr
    assert "--no-container" in done.stderr
    assert not (folder / "out").exists()


def called(command, folder):
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
