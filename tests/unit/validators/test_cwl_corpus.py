"""Agreement with the conformance files: what cwltool accepts, and what it rejects."""

import os
import time
from pathlib import Path

import pytest

from apkg.pipeline.validate import validate_paths

CORPUS = os.environ.get("APKG_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="needs APKG_CORPUS")


def names(list_name):
    folder = Path(CORPUS) / "cwl-conformance"
    lines = (folder / list_name).read_text(encoding="utf-8").splitlines()
    return [folder / line.strip() for line in lines if line.strip()]


def test_all_that_cwltool_accepts_is_accepted_in_a_second():
    start = time.process_time()
    reports = validate_paths(names("accept.txt"))
    assert len(reports) > 280
    # The corpus lacks one library that a file includes; that it is missing is right to say.
    errors = [f for r in reports for f in r.findings if f.severity == "error"]
    assert [f for f in errors if f.subject != "underscore.js"] == []
    # Half a second on one slow core; the margin is for machines that do other things as well.
    assert time.process_time() - start < 3


def test_all_that_cwltool_rejects_is_rejected():
    reports = validate_paths(names("cwltool-rejects.txt"))
    assert len(reports) >= 7
    assert [r.path for r in reports if r.valid] == []


def test_every_finding_says_where_and_what_to_do():
    for report in validate_paths([Path(CORPUS)]):
        for finding in report.findings:
            assert finding.location is not None
            assert finding.location.line or finding.rule == "document/unreadable"
            assert finding.advice or finding.severity == "note", finding
