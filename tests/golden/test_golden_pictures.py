"""Pictures as text are what they were: Mermaid, DOT, the tree and its JSON.

After an intended change: ``pytest tests/golden --update-golden``, then read ``git diff``.
"""

import json
from pathlib import Path

import pytest
from sources import SAMPLES

from apkg.pipeline.graph import FORMATS, graph_data, lines, read_graph

PICTURES = Path(__file__).parent / "pictures"
CASES = {"flood": PICTURES / "flood.cwl", "water-mask": SAMPLES / "water-mask"}
WRITERS = {
    ".mmd": lambda graph: FORMATS[".mmd"](graph.picture),
    ".dot": lambda graph: FORMATS[".dot"](graph.picture),
    ".txt": lambda graph: "\n".join(lines(graph)) + "\n",
    ".json": lambda graph: json.dumps(graph_data(graph), indent=1, ensure_ascii=False) + "\n",
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("suffix", WRITERS)
def test_pictures(case, suffix, request):
    found = WRITERS[suffix](read_graph(str(CASES[case])))
    path = PICTURES / f"{case}{suffix}"
    if request.config.getoption("--update-golden"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_bytes().decode("utf-8"), f"{path.name} has changed"


def test_a_terminal_without_unicode_gets_the_same_tree():
    graph = read_graph(str(CASES["flood"]))
    plain = lines(graph, ascii_only=True)
    assert len(plain) == len(lines(graph))
    assert "\n".join(plain).isascii()
