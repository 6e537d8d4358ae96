from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of help texts that strangers' tools print."""
    place = os.environ.get("APKG_CORPUS")
    folder = Path(place or "") / "help"
    if not place or not folder.is_dir():
        pytest.skip("APKG_CORPUS names no folder with help texts")
    return folder
