"""Pages as a browser shows them. On CI, Graphviz and Chromium have to be there."""

import os
import shutil

import chromium
import pytest
from hostile_workflow import HOSTILE

from apkg.pipeline.graph import read_graph, write_graph
from apkg.pipeline.report import write_report


def _needs(*programs):
    if all(programs):
        return
    if os.environ.get("CI"):
        pytest.fail("on CI there have to be Graphviz and Chromium")
    pytest.skip("Graphviz or Chromium is missing")


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    _needs(shutil.which("dot"), chromium.PROGRAM)
    with chromium.browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """A folder with ``report.html``, ``graph.html`` and ``graph.svg`` of the hostile workflow."""
    folder = tmp_path_factory.mktemp("pages")
    package = folder / "hostile.cwl"
    package.write_text(HOSTILE, encoding="utf-8")
    write_report(str(package), folder / "report.html", force=False)
    for name in ("graph.html", "graph.svg"):
        write_graph(read_graph(str(package)), folder / name, force=False)
    return folder
