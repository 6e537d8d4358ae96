"""Every CWL of strangers is drawn, or refused with one clear error; it never crashes."""

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from apkg.errors import ApkgError
from apkg.pipeline.graph import FORMATS, graph_data, lines, read_graph

CORPUS = os.environ.get("APKG_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="needs APKG_CORPUS")


@pytest.mark.usefixtures("graphviz")
@pytest.mark.parametrize(("folder", "refused"), [("eo-cwl", 1), ("cwl-conformance", 0)])
def test_all_are_drawn(folder, refused):
    errors, drawn = [], 0
    for path in sorted(Path(CORPUS, folder).rglob("*.cwl")):
        try:
            graph = read_graph(str(path))
        except ApkgError as error:
            errors.append(error)
            continue
        drawn += 1
        json.dumps(graph_data(graph))
        assert len(lines(graph)) > 1 or not graph.picture.nodes
        assert FORMATS[".mmd"](graph.picture).startswith("flowchart ")
        root = etree.fromstring(FORMATS[".svg"](graph.picture).encode())
        boxes = [g for g in root.iter("{*}g") if g.get("class", "").startswith("node")]
        assert len(boxes) == len(graph.picture.nodes)
        # What a valid document says is all there.
        if folder == "cwl-conformance":
            missing = [n.name for n in graph.picture.nodes if n.kind == "missing"]
            assert missing == [], path.name
    assert drawn > 100
    assert len(errors) == refused
    assert all(error.hint and error.location for error in errors)
