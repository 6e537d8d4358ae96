"""A Slurm cluster for these tests, and the package of two steps that they run on it."""

import json
import os
import subprocess
import sys

import pytest
from notebooks import cell, write
from slurm_cluster import missing, running_cluster

SQUARES = """
from pathlib import Path
Path("squares.txt").write_text("".join(f"{n * n}\\n" for n in range(count)))
"""
TOTAL = """
import json
from pathlib import Path
total = sum(map(int, Path(numbers).read_text().split()))
Path("total.json").write_text(json.dumps(total))
"""
#: The second step takes the file that the first one makes.
WORKFLOW = """\
cwlVersion: v1.2
class: Workflow
id: two-steps
label: Two steps
doc: The squares of the first whole numbers, and their sum
inputs:
  count: {type: int, label: Count, doc: How many numbers}
outputs:
  squares: {type: File, label: Squares, doc: The squares, outputSource: make/squares}
  total: {type: File, label: Total, doc: Their sum, outputSource: add/total}
steps:
  make: {run: squares.cwl, in: {count: count}, out: [squares]}
  add: {run: total.cwl, in: {numbers: make/squares}, out: [total]}
"""


@pytest.fixture(scope="session")
def cluster():
    """The cluster, with an idle node."""
    if absent := missing():
        if os.environ.get("CI"):
            pytest.fail(f"on CI there have to be munge and slurm-wlm; missing: {absent}")
        pytest.skip(f"not installed: {', '.join(absent)}")
    with running_cluster() as started:
        yield started


@pytest.fixture
def apkg(cluster):
    """Call ``apkg ARGS`` where Slurm's clients find the cluster; gives the finished process."""

    def call(*args, code=0):
        command = [sys.executable, "-m", "apkg", *map(str, args)]
        done = subprocess.run(
            command, env=cluster.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}\n{cluster.logs()}"
        return done

    return call


@pytest.fixture
def package_of(apkg, tmp_path):
    """The CWL of a package: two notebooks, a step each; ``package_of(cell)`` is the first."""

    def make(squares):
        folder = tmp_path / "package"
        write(tmp_path, "count: int = 4", cell(squares), name="squares.ipynb")
        numbers = "from pathlib import Path\nnumbers: Path = Path('squares.txt')"
        write(tmp_path, numbers, cell(TOTAL), name="total.ipynb")
        for name in ("squares", "total"):
            apkg("convert", tmp_path / f"{name}.ipynb", "-o", folder, "--style", "tool")
        workflow = folder / "two-steps.cwl"
        workflow.write_text(WORKFLOW, encoding="utf-8")
        return workflow

    return make


@pytest.fixture
def package(package_of):
    """The package whose second step adds the squares of the first."""
    return package_of(SQUARES)


@pytest.fixture
def results():
    """What a run has left: ``results(folder)``."""

    def read(folder):
        text = (folder / "squares.txt").read_text(encoding="utf-8")
        return text.split(), json.loads((folder / "total.json").read_text(encoding="utf-8"))

    return read
