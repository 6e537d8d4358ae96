"""What the images of these tests have in common."""

from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
#: The virtual environment comes first on the path, as python does in images of python's own.
PYTHON = "RUN python3 -m venv /opt/python\nENV PATH=/opt/python/bin:$PATH\n"
