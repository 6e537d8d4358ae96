"""CWL from before v1.0 is told once, with the way to today's."""

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document
from apkg.pipeline.validate import validate_text
from apkg.sources.cwl import read_cwl_document
from apkg.sources.cwl.pack import pack

OLD = """\
cwlVersion: {version}
class: Workflow
description: old
inputs: [{{id: '#x', type: File}}]
outputs: [{{id: '#y', source: '#s.y', type: File}}]
steps: [{{id: '#s', run: s.cwl, inputs: [{{id: '#s.x', source: '#x'}}], outputs: [{{id: '#s.y'}}]}}]
"""


@pytest.mark.parametrize("version", ["draft-2", "draft-3", "cwl:draft-3", "draft-4.dev3"])
def test_one_finding_says_what_to_do(version):
    text = OLD.format(version=version)
    (found,) = validate_text(text.encode(), name="old.cwl").findings
    assert (found.rule, found.severity, found.location.line) == ("cwl/version", "error", 1)
    assert "cwl-upgrader" in found.advice
    told = read_cwl_document(parse_document(text, name="old.cwl")).findings[0]
    assert told.advice == found.advice


def test_a_draft_does_not_go_into_a_new_document():
    text = "cwlVersion: draft-3\nclass: CommandLineTool\nbaseCommand: x\ninputs: []\noutputs: []\n"
    with pytest.raises(SourceError, match="draft-3") as caught:
        pack(parse_document(text, name="old.cwl"))
    assert "cwl-upgrader" in caught.value.hint
    assert caught.value.location.line == 1
