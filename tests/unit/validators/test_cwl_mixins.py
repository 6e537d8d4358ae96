"""``$mixin``: fields of a file where the document states none of its own (SALAD v1.2, 2.5)."""

import pytest

from apkg.files.documents import read_document
from apkg.pipeline.validate import validate_paths
from apkg.sources.cwl import read_cwl
from apkg.sources.cwl.pack import pack

TOOL = """\
cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
requirements:
- $mixin: shared/needs.yml
  coresMin: 2
inputs: []
outputs: []
"""


@pytest.fixture
def tool(tmp_path):
    def write(needs):
        (tmp_path / "shared").mkdir()
        (tmp_path / "shared/needs.yml").write_text(needs)
        (tmp_path / "tool.cwl").write_text(TOOL)
        return tmp_path / "tool.cwl"

    return write


def test_what_is_stated_wins_over_what_is_mixed_in(tool):
    path = tool("class: ResourceRequirement\nramMin: 10\ncoresMin: 1\n")
    (report,) = validate_paths([path])
    assert report.findings == ()
    asked = read_cwl(read_document(path)).resources
    assert (asked.ram_min, asked.cores_min) == (10, 2)
    body = {"class": "ResourceRequirement", "ramMin": 10, "coresMin": 2}
    assert pack(read_document(path))["requirements"] == [body]


def test_a_fault_in_what_is_mixed_in_is_shown_there(tool):
    (report,) = validate_paths([tool("class: ResourceRequirement\nramMin: much\n")])
    (found,) = report.findings
    assert (found.location.path.rpartition("/")[2], found.location.line) == ("needs.yml", 2)
