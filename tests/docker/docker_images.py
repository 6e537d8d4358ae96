"""What the images of these tests have in common."""

import contextlib
import fcntl
import os
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
#: The virtual environment comes first on the path, as python does in images of python's own.
PYTHON = "RUN python3 -m venv /opt/python\nENV PATH=/opt/python/bin:$PATH\n"


def of_sample(name, image):
    """The Dockerfile of a sample, on an image that holds its Python and most of its packages."""
    text = (SAMPLES / name / "Dockerfile").read_text(encoding="utf-8")
    return re.sub(r"^FROM \S+( AS \w+)?$", rf"FROM {image}\1", text, flags=re.MULTILINE)


@contextlib.contextmanager
def alone(tmp_path_factory, name):
    """One of the tests that run side by side at a time: an image is not built twice."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    with (root / f"{name.replace('/', '-')}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def unmeasured(environment=None):
    """The environment, in which Python does not measure what it runs.

    Measuring takes as long again, and other tests measure the same lines.
    """
    given = os.environ if environment is None else environment
    return {name: text for name, text in given.items() if not name.startswith("COVERAGE_PROCESS")}
