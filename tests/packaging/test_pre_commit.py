"""The hooks, run by pre-commit itself in the repository of a user."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from checkout import ROOT, git
from notebooks import write

from apkg.cli.errors import guarded
from apkg.cli.root import root

pytestmark = pytest.mark.slow

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """A user's repository with a package, its notebook, and files that are none of ours."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    write(folder, "threshold = 0.5  # Above this is water\nscene = 'scene.tif'  # type: File")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["apkg", "convert", "demo.ipynb"])
    assert guarded(root) == 0
    (folder / "settings.json").write_text("{broken")
    (folder / "notes.yaml").write_text("a: [")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A package")
    return folder


def try_repo(theirs, published, home, *options):
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "pre_commit", "try-repo", published, "--verbose", *options]
    return subprocess.run(
        command, cwd=theirs, env=environment, capture_output=True, text=True, check=False,
        timeout=540,
    )  # fmt: skip


def test_hooks_pass_what_is_right_and_stop_what_is_wrong(theirs, published, tmp_path):
    home = tmp_path / "home"
    done = try_repo(theirs, published, home, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("demo.cwl", "demo.deploy.json", "demo.ipynb"):
        assert f"{name}: " in done.stdout
    # Other JSON and YAML is not ours to judge.
    assert "settings" not in done.stdout
    assert "notes" not in done.stdout
    package = theirs / "demo.cwl"
    package.write_text(package.read_text(encoding="utf-8").replace("cwlVersion", "cwlVersoin"))
    git(theirs, "add", "-A")
    stopped = try_repo(theirs, published, home)
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "demo.cwl" in stopped.stdout
    shutil.rmtree(home)


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_hooks_tell_pre_commit_what_it_needs(hook):
    assert {"id", "name", "description", "entry", "language"} <= set(hook)
    assert hook["entry"].split()[0] == "apkg"
    assert "files" in hook or "types" in hook


def test_the_manifest_of_hooks_is_one():
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert Path(ROOT / ".pre-commit-config.yaml").is_file()
