"""Every good CWL file, broken in one place each time: found, and found at that place."""

import json
import os
from pathlib import Path

import pytest
from cwl_mutants import mutants, plain

from apkg.errors import SourceError
from apkg.files.documents import parse_document, read_document
from apkg.pipeline.validate import validate_document

HERE = Path(__file__).resolve().parents[2] / "schemas" / "positive"
CORPUS = os.environ.get("APKG_CORPUS")


def good_files():
    files = sorted(HERE.glob("*.cwl"))
    if CORPUS:
        folder = Path(CORPUS) / "cwl-conformance"
        names = (folder / "accept.txt").read_text(encoding="utf-8").splitlines()
        files += [folder / name for name in names if name.strip()]
    return files


@pytest.mark.parametrize("path", good_files(), ids=lambda path: path.name)
def test_every_mutant_is_rejected_where_it_is_broken(path):
    document = read_document(path)
    if not isinstance(document.value, dict) or "cwlVersion" not in document.value:
        pytest.skip("no process of its own")
    missed, misplaced = [], []
    for what, value, places in mutants(plain(document.value)):
        text = json.dumps(value, indent=1)
        try:
            mutant = parse_document(text, name=str(path))
        except SourceError as error:  # pragma: no cover - would be our own fault
            pytest.fail(f"{what}: {error.message}")
        errors = [f for f in validate_document(mutant).findings if f.severity == "error"]
        if not errors:
            missed.append(what)
            continue
        lines = {mutant.location(p, key=True).line for p in places}
        lines |= {mutant.location(p).line for p in places}
        if not lines & {f.location.line for f in errors if f.location}:
            misplaced.append((what, [(f.location.line, f.message) for f in errors], lines))
    assert not missed
    assert not misplaced
