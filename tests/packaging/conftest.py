"""The checkout as others get it."""

import shutil

import pytest
from checkout import ROOT, git


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A repository with one commit: the files that are (or would be) committed here."""
    folder = tmp_path_factory.mktemp("published") / "apkg"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Everything")
    return folder
