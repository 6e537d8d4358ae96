"""What cwltool accepts, it accepts packed, too: strangers' workflows."""

import contextlib
import io
import logging
import os
from pathlib import Path

import pytest

from apkg.errors import ApkgError
from apkg.files.documents import read_document
from apkg.files.yaml_out import dump
from apkg.pipeline.validate import validate_text
from apkg.sources.cwl.pack import pack

CORPUS = os.environ.get("APKG_CORPUS")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS, reason="needs APKG_CORPUS"),
    pytest.mark.filterwarnings("ignore"),
]


def documents():
    for name in ("cwl-conformance", "eo-cwl"):
        yield from sorted((Path(CORPUS or "") / name).rglob("*.cwl"))


def accepted(path):
    """Whether cwltool accepts it."""
    from cwltool.main import main

    logging.disable()
    try:
        said = io.StringIO()
        return main(["--validate", str(path)], stdout=said, stderr=said) == 0
    finally:
        logging.disable(logging.NOTSET)


def is_workflow(path):
    with contextlib.suppress(ApkgError):
        value = read_document(path).value
        return isinstance(value, dict) and (value.get("class") == "Workflow" or "$graph" in value)
    return False


def test_packed_workflows_are_accepted(tmp_path):
    tried, refused, ours, unsaid = 0, [], [], []
    for path in documents():
        if not is_workflow(path) or not accepted(path):
            continue
        try:
            document = pack(read_document(path), way=os.path.relpath(path.parent, tmp_path))
        except ApkgError as error:
            # Several that could be meant, or a file that is not beside it.
            unsaid += [] if error.hint else [str(path)]
            continue
        tried += 1
        text = dump(document)
        packed = tmp_path / "packed.cwl"
        packed.write_text(text, encoding="utf-8")
        if not accepted(packed):
            refused.append(str(path))
        found = validate_text(text.encode(), name="packed.cwl").findings
        ours += [f"{path}: {f.message}" for f in found if f.severity == "error"]
    assert refused == []
    assert unsaid == []
    assert ours == []
    assert tried > 100
