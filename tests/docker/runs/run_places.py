"""What the tests of runs look at."""

import os
import subprocess

import pytest


def missing(what):
    """Skip, or fail where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"on CI there has to be {what}")
    pytest.skip(f"there is no {what}")


def containers(engine="docker"):
    """The runs of which there are containers."""
    asked = [
        "ps",
        "--all",
        "--no-trunc",
        "--filter=label=org.apkg.run",
        "--format={{.Image}} {{.Command}}",
    ]
    done = subprocess.run([engine, *asked], capture_output=True, text=True, check=True)
    return done.stdout
