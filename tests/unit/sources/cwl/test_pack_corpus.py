"""Strangers' workflows: what cwltool accepts (as the corpus says), it accepts packed, too."""

import csv
import io
import logging
import os
from pathlib import Path

import pytest

from apkg.errors import ApkgError
from apkg.files.documents import read_document
from apkg.files.yaml_out import dump
from apkg.pipeline.validate import validate_paths, validate_text
from apkg.sources.cwl.pack import pack

CORPUS = Path(os.environ.get("APKG_CORPUS") or ".")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("APKG_CORPUS" not in os.environ, reason="needs APKG_CORPUS"),
    pytest.mark.filterwarnings("ignore"),
]


def accepted_documents():
    """What cwltool accepts, by the lists of the corpus."""
    lines = (CORPUS / "cwl-conformance" / "accept.txt").read_text(encoding="utf-8").split()
    yield from (CORPUS / "cwl-conformance" / line for line in lines)
    with (CORPUS / "eo-cwl" / "index.csv").open(encoding="utf-8", newline="") as stream:
        yield from (CORPUS / row["file"] for row in csv.DictReader(stream) if row["cwltool"] == "0")


def workflows():
    for path in accepted_documents():
        value = read_document(path).value
        if isinstance(value, dict) and (value.get("class") == "Workflow" or "$graph" in value):
            yield path


def packed(path, folder):
    """The packed document, or why there is none."""
    try:
        return pack(read_document(path), way=os.path.relpath(path.parent, folder))
    except ApkgError as error:
        return error


def accepts(path):
    """Whether cwltool accepts it."""
    from cwltool.main import main

    logging.disable()
    try:
        said = io.StringIO()
        return main(["--validate", str(path)], stdout=said, stderr=said) == 0
    finally:
        logging.disable(logging.NOTSET)


def errors(findings):
    return {finding.rule for finding in findings if finding.severity == "error"}


def test_our_validator_says_the_same_of_them(tmp_path):
    tried, other = 0, []
    for path in workflows():
        document = packed(path, tmp_path)
        if isinstance(document, ApkgError):
            # Several that could be meant.
            assert document.hint, path
            continue
        tried += 1
        (before,) = validate_paths([path])
        after = validate_text(dump(document).encode(), name="packed.cwl")
        if not errors(after.findings) <= errors(before.findings):
            other.append((str(path), [f.message for f in after.findings]))
    assert other == []
    assert tried > 100


def test_cwltool_accepts_them_packed(tmp_path):
    refused = []
    for number, path in enumerate(workflows()):
        document = packed(path, tmp_path)
        if not isinstance(document, ApkgError):
            place = tmp_path / f"{number}.cwl"
            place.write_text(dump(document), encoding="utf-8")
            refused += [] if accepts(place) else [str(path)]
    assert refused == []
