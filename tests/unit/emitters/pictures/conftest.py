"""Graphviz, the real one. On CI it has to be there."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def graphviz():
    if shutil.which("dot") is None:
        if os.environ.get("CI"):
            pytest.fail("on CI there has to be Graphviz")
        pytest.skip("Graphviz is missing")
